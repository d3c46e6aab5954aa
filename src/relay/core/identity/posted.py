"""What another tool has posted before relay came: the names by which it is known again, and the words for it."""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from relay.core.document import ParsedEntry
from relay.core.entry import identities

MarkKind = Literal["name", "title", "until"]
"""A guid or an address; a title; the moment up to which all of a source was posted."""


@dataclass(frozen=True, slots=True)
class Posted:
    """An entry as another tool remembers it; whatever of it that tool did not keep is ``None``.

    ``how`` is what became of it and by whom: "posted by feed2toot". ``where`` is a network or an address. ``feed`` is
    the address of the feed it came from. ``until`` stands alone: all of ``feed``, or of every feed, dated up to then.
    """

    how: str
    guid: str | None = None
    url: str | None = None
    title: str | None = None
    at: datetime | None = None
    where: str = ""
    feed: str | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """One name as it is kept: ``value`` is a digest, or empty for a moment; ``moment`` is when, if that is known."""

    kind: MarkKind
    value: str
    how: str
    where: str
    moment: datetime | None
    is_anywhere: bool = False
    """Whether it names the entry in whatever feed it is found: an address of the web does, another guid does not."""


def marks(posted: Posted) -> frozenset[Mark]:
    """Every name under which it may come again; none where the tool kept nothing that says anything."""
    shared = (posted.how, posted.where, posted.at)
    found = {Mark("name", value, *shared, is_anywhere=True) for value in _names(posted.url, None)}
    is_address = (posted.guid or "").startswith(("http://", "https://"))
    found |= {Mark("name", value, *shared, is_anywhere=is_address) for value in _names(None, posted.guid)}
    if title := title_value(posted.title):
        found.add(Mark("title", title, *shared))
    if posted.until:
        found.add(Mark("until", "", posted.how, posted.where, posted.until))
    return frozenset(found)


def values(entry: ParsedEntry) -> frozenset[str]:
    """The digests of what may be a mark's: guid and address, whichever of the two the other tool kept."""
    return _names(entry.url, entry.id)


def title_value(title: str | None) -> str:
    """The digest of a title, whatever its capitals and spaces; empty for none."""
    words = " ".join(unicodedata.normalize("NFC", title or "").casefold().split())
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest() if words else ""


def is_before(entry: ParsedEntry, until: datetime) -> bool:
    """Whether it is dated up to that moment; one without a date is, since it was there."""
    dated = entry.published or entry.updated
    return dated is None or dated <= until


def words(mark: Mark) -> str:
    """Why nobody announces the entry, in a sentence for the editor."""
    where = f" ({mark.where})" if mark.where else ""
    if mark.kind == "until":
        return f"Already {mark.how}{where}, which had all up to {mark.moment:%Y-%m-%d}."
    when = f", {mark.moment:%Y-%m-%d}" if mark.moment else ""
    return f"Already {mark.how}{where}{when}."


def _names(url: str | None, guid: str | None) -> frozenset[str]:
    named = identities(ParsedEntry(id=guid, url=url, title=None))
    return frozenset(name.value for name in named if name.kind in {"guid", "url"})
