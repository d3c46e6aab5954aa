"""A document of which most was read before: only the entries whose bytes are new are read, the others stay as known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version

from relay.core.document import Fetched, ParsedEntry, ParsedFeed
from relay.core.identity.sketching import are_distinct, drawn
from relay.core.sketch import Mark, Sketch
from relay.core.source import Source
from relay.intake.splitting import alone, marking
from relay.intake.splitting.split import Split, split
from relay.pipeline.reading.reader import Reader

Kept = Mapping[bytes, Sketch]
"""What is known of a source's entries, by the digest of their bytes."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """A body in its parts, and the digest of each entry."""

    parts: Split
    digests: tuple[bytes, ...]


def kept(sketches: Sequence[Sketch]) -> Kept:
    """As they are looked up."""
    return {one.mark.digest: one for one in sketches}


def read(reader: Reader, source: Source, answer: Fetched, wish: str, known: Kept) -> ParsedFeed:
    """What the answer says; ``wish`` is what the operator wants read of it (``PollState.wish``).

    Entries that are ``known`` are sketches of themselves in it, wherever all else is as if it had been read whole.
    """
    cut = _cut(source, answer, wish)
    partly = _partly(reader, source, answer, cut, known) if cut and known else None
    if partly:
        return partly
    whole = reader.read(source, answer)
    return _marked(whole, cut) if cut else whole


def _cut(source: Source, answer: Fetched, wish: str) -> _Cut | None:
    if source.select or source.fulltext or answer.is_delta or (parts := split(answer.body)) is None:
        return None
    judged_by = (wish, source.language, *source.mentions)
    around = marking.context(parts, _version(), source.id, answer.url, answer.content_type or "", *judged_by)
    return _Cut(parts, tuple(marking.digest(around, entry) for entry in parts.entries))


@cache
def _version() -> str:
    """Another version of relay may read the same bytes in another way."""
    return version("relay")


def _marked(document: ParsedFeed, cut: _Cut) -> ParsedFeed:
    """The document with the marks by which its entries are known again, unless anything in it had to be repaired."""
    if document.error or document.repaired or len(document.entries) != len(cut.digests):
        return document
    found = zip(document.entries, cut.digests, cut.parts.entries, strict=True)
    entries = (
        _with_mark(entry, digest, alone.weight(by)) if alone.is_alone(by) else entry for entry, digest, by in found
    )
    return replace(document, entries=tuple(entries))


def _with_mark(entry: ParsedEntry, digest: bytes, weight: int) -> ParsedEntry:
    return replace(entry, mark=Mark(digest, weight))


def _partly(reader: Reader, source: Source, answer: Fetched, cut: _Cut, known: Kept) -> ParsedFeed | None:
    """``None`` where it is to be read whole: nothing is known of it, or what is new is not clearly apart."""
    new = [place for place, digest in enumerate(cut.digests) if digest not in known]
    weights = _weights(answer.body, cut, new, known) if len(new) < len(cut.digests) else None
    if weights is None:
        return None
    written = b"".join(cut.parts.entries[place] for place in new)
    found = reader.read(source, replace(answer, body=cut.parts.head + written + cut.parts.tail))
    if found.error or found.repaired or found.is_complete or len(found.entries) != len(new):
        return None
    read = map(_with_mark, found.entries, (cut.digests[place] for place in new), weights)
    entries = tuple(drawn(known[digest]) if digest in known else next(read) for digest in cut.digests)
    return replace(found, entries=entries) if are_distinct(entries) else None


def _weights(body: bytes, cut: _Cut, new: Sequence[int], known: Kept) -> list[int] | None:
    """Of the new entries, if they say the same without the others, and the document is one that is read to its end."""
    head, tail, written = cut.parts.head, cut.parts.tail, [cut.parts.entries[place] for place in new]
    weights = [alone.weight(one) for one in written]
    others = sum(known[digest].mark.weight for digest in cut.digests if digest in known)
    whole = sum(weights) + others + alone.weight(head) + alone.weight(tail)
    is_readable = alone.fits(whole) and all(alone.is_alone(one) for one in written)
    is_led_up_to = alone.is_led_up_to(head, tail, has_first=new[0] == 0) if new else not alone.has_title(tail)
    is_apart = alone.agree(body, head) and not alone.shares_media(body, b"".join(written))
    return weights if is_readable and is_led_up_to and is_apart else None
