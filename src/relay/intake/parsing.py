"""Every way in which a document of a stranger's is read, so that whoever reads can be told where."""

from collections.abc import Callable
from dataclasses import dataclass

from relay.core.document import ParsedEntry, ParsedFeed, Picture
from relay.core.pictures.rendition import Rendition
from relay.core.source import Selectors
from relay.intake.finding.discover import discover
from relay.intake.finding.propose import Proposal, propose
from relay.intake.finding.scrape import scrape
from relay.intake.finding.seek import HERE, Reading
from relay.intake.fulltext import Completed, article
from relay.intake.parse import parse
from relay.intake.pictures.look import pictures_of
from relay.intake.pictures.rendition import Unusable, chosen, renditions
from relay.intake.wire.page import Page


@dataclass(frozen=True, slots=True)
class Parsing:
    """None of these raises anything, whatever the bytes are.

    ``feed``, ``page`` (a feed made of one), ``article``, ``pictures``, ``renditions`` and ``chosen`` are as the
    functions of ``relay.intake``; ``named`` are the feeds that a page names, ``proposals`` ways to read it as one.
    """

    feed: Callable[[bytes, str, str | None], ParsedFeed]
    page: Callable[[bytes, str, str | None, Selectors], ParsedFeed]
    named: Callable[[bytes, str], tuple[str, ...]]
    seeking: Reading
    proposals: Callable[[bytes, str, str | None], tuple[Proposal, ...]]
    article: Callable[[ParsedEntry, Page], Completed]
    pictures: Callable[[Page], tuple[Picture, ...]]
    renditions: Callable[[bytes], tuple[Rendition, ...] | Unusable]
    chosen: Callable[[bytes], tuple[Rendition, ...] | Unusable]


DIRECT = Parsing(parse, scrape, discover, HERE, propose, article, pictures_of, renditions, chosen)
"""By the process that asks: for tests, and for what is relay's own."""
