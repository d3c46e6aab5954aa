"""Every way in which a document is read, done in another process; what ends that process is a value like the others."""

from typing import Any, TypeVar

from msgspec.msgpack import Decoder

from relay.core.document import ParsedEntry, ParsedFeed, Picture
from relay.core.pictures.kinds import kind
from relay.core.pictures.rendition import NEEDS, TYPES, Rendition
from relay.core.source import Selectors
from relay.intake.caged.allowance import PICTURE, Failed, ended
from relay.intake.caged.cage import Cage
from relay.intake.finding.discover import Candidate
from relay.intake.finding.propose import Proposal
from relay.intake.fulltext import Completed
from relay.intake.parsing import Parsing
from relay.intake.pictures.rendition import Unusable, digest
from relay.intake.wire.page import Page

Value = TypeVar("Value")

_FEED = Decoder(ParsedFeed)
_COMPLETED = Decoder(Completed)
_NAMED = Decoder(tuple[str, ...])
_CANDIDATES = Decoder(tuple[Candidate, ...])
_PROPOSALS = Decoder(tuple[Proposal, ...])
_PICTURES = Decoder(tuple[Picture, ...])
_RENDITIONS: "Decoder[tuple[Rendition, ...] | Unusable]" = Decoder(tuple[Rendition, ...] | Unusable)


def caged(cage: Cage) -> Parsing:
    """Reading by the processes of ``cage``."""

    def or_nothing(task: str, gives: "Decoder[tuple[Value, ...]]", *arguments: Any) -> tuple[Value, ...]:
        """Of a page that cannot be read, nothing is known."""
        found = cage.ask(task, gives, *arguments)
        return () if isinstance(found, Failed) else found

    def feed(body: bytes, url: str, content_type: str | None) -> ParsedFeed:
        found = cage.ask("feed", _FEED, body, url, content_type)
        return _unread(found, "document")

    def page(body: bytes, url: str, content_type: str | None, select: Selectors) -> ParsedFeed:
        found = cage.ask("page", _FEED, body, url, content_type, select)
        return _unread(found, "page")

    def article(entry: ParsedEntry, page: Page) -> Completed:
        found = cage.ask("article", _COMPLETED, entry, page)
        return Completed(entry, f"{page.url} {found.why}.") if isinstance(found, Failed) else found

    def drawn(task: str, body: bytes) -> tuple[Rendition, ...] | Unusable:
        found = cage.ask(task, _RENDITIONS, body, allowance=PICTURE)
        if not isinstance(found, Failed | Unusable) and not _are_of(found, body):
            found = ended("it spoke nonsense")
        return Unusable(f"It {found.why}.") if isinstance(found, Failed) else found

    return Parsing(
        feed=feed,
        page=page,
        named=lambda body, url: or_nothing("named", _NAMED, body, url),
        candidates=lambda found: or_nothing("candidates", _CANDIDATES, found),
        proposals=lambda *about: or_nothing("proposals", _PROPOSALS, *about),
        article=article,
        pictures=lambda found: or_nothing("pictures", _PICTURES, found),
        renditions=lambda body: drawn("renditions", body),
        chosen=lambda body: drawn("chosen", body),
    )


def _are_of(found: tuple[Rendition, ...], body: bytes) -> bool:
    """Whether they are what ``body`` can become: by its digest they are named, in the database and as files."""
    if tuple(one.need for one in found) != NEEDS or {one.digest for one in found} != {digest(body)}:
        return False
    return all(one.type in TYPES and one.type == kind(one.body) and one.length == len(one.body) for one in found)


def _unread(found: ParsedFeed | Failed, what: str) -> ParsedFeed:
    if not isinstance(found, Failed) and any(entry.mark or entry.sketch for entry in found.entries):
        found = ended("it spoke nonsense")  # that is relay's own to say
    if not isinstance(found, Failed):
        return found
    return ParsedFeed(error=f"This {what} {found.why}.", is_deadly=found.is_deadly)
