"""Every way in which a document of a stranger's is read, so that whoever reads can be told where."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from relay.core.document import ParsedEntry, ParsedFeed, Picture
from relay.core.pictures.rendition import Rendition
from relay.core.source import Selectors
from relay.intake.once import Once

if TYPE_CHECKING:  # a daemon has a child of its own that reads, and needs none of these itself
    from relay.intake.finding.discover import Candidate
    from relay.intake.finding.propose import Proposal
    from relay.intake.fulltext import Completed
    from relay.intake.pictures.rendition import Unusable
    from relay.intake.wire.page import Page


@dataclass(frozen=True, slots=True)
class Parsing:
    """None of these raises anything, whatever the bytes are.

    ``feed``, ``page`` (a feed made of one), ``article``, ``pictures``, ``renditions`` and ``chosen`` are as the
    functions of ``relay.intake``; ``named`` are the feeds that a page names, ``candidates`` where others may be, and
    ``proposals`` ways to read it as one.
    """

    feed: Callable[[bytes, str, str | None], ParsedFeed]
    page: Callable[[bytes, str, str | None, Selectors], ParsedFeed]
    named: Callable[[bytes, str], tuple[str, ...]]
    candidates: "Callable[[Page], tuple[Candidate, ...]]"
    proposals: "Callable[[bytes, str, str | None], tuple[Proposal, ...]]"
    article: "Callable[[ParsedEntry, Page], Completed]"
    pictures: "Callable[[Page], tuple[Picture, ...]]"
    renditions: "Callable[[bytes], tuple[Rendition, ...] | Unusable]"
    chosen: "Callable[[bytes], tuple[Rendition, ...] | Unusable]"


def later(make: Callable[[], Parsing]) -> Parsing:
    """What ``make`` gives, which is called by the first who has something to read."""
    made = Once(make)

    def of(name: str) -> Callable[..., Any]:
        def read(*about: Any) -> Any:
            return getattr(made(), name)(*about)

        return read

    return Parsing(**{one.name: of(one.name) for one in fields(Parsing)})


def _direct() -> Parsing:
    from relay.intake.finding.discover import candidates, discover  # noqa: PLC0415  # see above
    from relay.intake.finding.propose import propose  # noqa: PLC0415
    from relay.intake.finding.scrape import scrape  # noqa: PLC0415
    from relay.intake.fulltext import article  # noqa: PLC0415
    from relay.intake.parse import parse  # noqa: PLC0415
    from relay.intake.pictures.look import pictures_of  # noqa: PLC0415
    from relay.intake.pictures.rendition import chosen, renditions  # noqa: PLC0415

    return Parsing(parse, scrape, discover, candidates, propose, article, pictures_of, renditions, chosen)


DIRECT = later(_direct)
"""By the process that asks: for tests, and for what is relay's own."""
