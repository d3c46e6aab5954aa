"""A fetch as it is remembered for people: what was asked, what came of it, and what they should know."""

from dataclasses import dataclass
from datetime import datetime

from relay.core.document import Answer, Blocked, Fetched, NotModified, ParsedFeed
from relay.core.fetched import Fetch
from relay.core.polling.pollstate import PollState
from relay.core.source import Source
from relay.pipeline.reading.reader import Reader
from relay.pipeline.storing.store import Stored


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer, and how long that took, in seconds."""

    url: str
    answer: Answer
    seconds: float


@dataclass(frozen=True, slots=True)
class Taken:
    """What an answer became: the state before and after it, its document, what was stored, and what else is to say."""

    before: PollState
    after: PollState
    document: ParsedFeed
    stored: Stored
    notes: tuple[str, ...] = ()


def record(exchange: Exchange, taken: Taken, now: datetime) -> Fetch:
    """The fetch, with the notes of everybody who had a hand in it."""
    answer, stored = exchange.answer, taken.stored
    repaired = (f"repaired: {what}" for what in taken.document.repaired)
    return Fetch(
        at=now,
        answer=taken.after.answer,
        url=exchange.url,
        size=len(answer.body) if isinstance(answer, Fetched) else 0,
        saved=taken.before.size if isinstance(answer, NotModified) else 0,
        seconds=exchange.seconds,
        new=stored.new,
        edited=stored.edited,
        notes=(*repaired, *stored.notes, *taken.notes, *_gap(answer, taken.before, stored)),
    )


def advice(reader: Reader, source: Source, exchange: Exchange) -> tuple[str, ...]:
    """Whoever is refused can only ask the publisher, and has to say as whom it asks."""
    if not isinstance(exchange.answer, Blocked) or exchange.answer.is_ours:
        return ()
    return (f"Write to its publisher: {exchange.url} refuses “{reader.name(source.id)}”.",)


def _gap(answer: Answer, before: PollState, stored: Stored) -> tuple[str, ...]:
    """A whole document that shares nothing with what is known: news may have come and gone between two polls."""
    is_whole = isinstance(answer, Fetched) and not answer.is_delta
    if before.is_first or not is_whole or stored.known or not stored.new:
        return ()
    return ("Not one entry is known from before: some may have been missed.",)
