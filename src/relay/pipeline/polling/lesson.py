"""Step 4: what an answer says, and what it teaches beside its entries."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from relay.core.document import Answer, Fetched, ParsedFeed
from relay.core.polling.pollstate import Hints, Lesson, PollState
from relay.core.polling.quarantine import Quarantine, refusal
from relay.core.sketch import Sketch
from relay.core.source import Origin, Source
from relay.pipeline.reading import piecemeal
from relay.pipeline.reading.reader import Reader


@dataclass(frozen=True, slots=True)
class Before:
    """What is known of a source's documents: what is ``held`` against one, and ``kept`` of the last one's entries."""

    held: Quarantine | None = None
    kept: tuple[Sketch, ...] = ()


def read(
    reader: Reader, source: Source, answer: Answer, state: PollState, before: Callable[[], Before] = Before
) -> tuple[ParsedFeed, Lesson]:
    """The document, and what it teaches; of what was read ``before`` no more is read again than is needed.

    That is asked for only where the bytes are not those of the last document.
    """
    if not isinstance(answer, Fetched):
        return ParsedFeed(), Lesson()
    if same := unchanged(answer, state):
        return ParsedFeed(), same
    digest, known = _digest(answer), before()
    why = refusal(known.held, digest)
    kept = piecemeal.kept(known.kept)
    document = ParsedFeed(error=why) if why else piecemeal.read(reader, source, answer, state.wish, kept)
    if answer.is_delta:
        document = replace(document, is_complete=False)
    return document, _lesson(document, answer, digest)


def unchanged(answer: Fetched, state: PollState) -> Lesson | None:
    """What is learnt where the bytes are those of the last document; ``None`` where they are not."""
    is_same = not answer.is_delta and _digest(answer) == state.body
    return Lesson(is_same=True, body=state.body or "", size=len(answer.body)) if is_same else None


def _digest(answer: Fetched) -> str:
    return hashlib.sha256(answer.body).hexdigest()


def _lesson(document: ParsedFeed, answer: Fetched, digest: str) -> Lesson:
    moments = (entry.published or entry.updated for entry in document.entries)
    return Lesson(
        error=document.error,
        hints=Hints(None, document.ttl, document.period, document.skip_hours, document.skip_days),
        moments=tuple(moment for moment in moments if moment),
        body=digest,
        size=len(answer.body),
        hubs=answer.hubs or document.hubs,
        topic=answer.topic or document.self_url,
    )


def origin(document: ParsedFeed, source: Source, now: datetime) -> Origin | None:
    """What the feed says of itself, if it says anything."""
    if not document.entries:
        return None
    dates = [moment for entry in document.entries if (moment := entry.updated or entry.published)]
    return Origin(
        id=document.id or document.self_url or source.url,
        title=document.title or source.name,
        feed_url=document.self_url or source.url,
        site_url=document.url,
        updated=document.updated or max(dates, default=now.replace(microsecond=0)),
        rights=document.rights,
        authors=tuple(person.name for person in document.authors),
        categories=document.categories,
        icon=document.icon,
        language=document.language,
    )
