"""A feed's older documents, read once when somebody asks: its archives, or its further pages (RFC 5005 §3, §4)."""

from collections.abc import Callable
from dataclasses import dataclass

import httpx

from relay.core.document import Fetched, Gone, NotModified, ParsedEntry, ParsedFeed
from relay.core.source import Validators
from relay.intake.fetch import fetch
from relay.intake.parse import parse
from relay.intake.wire.over_httpx import OverHttpx

MOST = 20
"""Documents that are followed, unless somebody says otherwise."""

Read = Callable[[bytes, str, str | None], ParsedFeed]
"""As ``relay.intake.parse.parse`` reads."""


@dataclass(frozen=True, slots=True)
class History:
    """The older entries, newest document first, those of a newer document before those of the same id in an older one.

    ``documents`` were read; ``note`` says why there are no more, where it is not that the oldest has been reached.
    """

    entries: tuple[ParsedEntry, ...] = ()
    documents: int = 0
    note: str | None = None


def older(
    http: httpx.Client,
    source_id: str,
    document: ParsedFeed,
    most: int = MOST,
    told: Callable[[str], None] = lambda _: None,
    read: Read = parse,
) -> History:
    """What ``document`` leads back to, one request after the other, each told; ``document`` itself is not in it."""
    found, seen, note = list[ParsedEntry](), set[str](), None
    while document.previous and not note:
        if document.previous in seen:
            note = f"{document.previous} was read already: the feed's archives lead in a circle."
        elif len(seen) == most:
            note = f"There are older documents than the {most} that were read, from {document.previous} on."
        else:
            seen.add(document.previous)
            told(document.previous)
            document = _read(http, source_id, document.previous, read)
            note = document.error
            found += document.entries
    return History(_newest(found), len(seen) - (document.error is not None), note)


def _read(http: httpx.Client, source_id: str, url: str, read: Read) -> ParsedFeed:
    match fetch(OverHttpx(http), url, source_id, Validators()):
        case Fetched() as answer:
            document = read(answer.body, answer.url, answer.content_type)
            return ParsedFeed(error=f"{url}: {document.error}") if document.error else document
        case Gone() | NotModified():
            return ParsedFeed(error=f"{url}: it is not there any more.")
        case other:
            return ParsedFeed(error=f"{url}: {other.why}")


def _newest(entries: list[ParsedEntry]) -> tuple[ParsedEntry, ...]:
    """One entry for each id: the first met is the newest (RFC 5005 §4.2)."""
    first: dict[object, ParsedEntry] = {}
    for entry in entries:
        first.setdefault(entry.id or entry.url or (entry.title, entry.published), entry)
    return tuple(first.values())
