"""Steps 3 to 8 for one request: ask, read, and store for each source the answer is for, one transaction a source."""

import hashlib
import logging
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic

from sqlalchemy import Connection

from relay.core import moves, polling, pushing
from relay.core.document import Answer, Blocked, Fetched, NotModified, ParsedFeed, Unreachable
from relay.core.fetched import Fetch
from relay.core.pollstate import Hints, Lesson, PollState
from relay.core.question import Kind
from relay.core.source import Origin, Source, Validators
from relay.pipeline import search, telling_off
from relay.pipeline.desk import Desk
from relay.pipeline.fulltext import completed
from relay.pipeline.reader import Reader
from relay.pipeline.store import Stored, store
from relay.pipeline.subscribe import count_misses
from relay.pipeline.turns import Asking, Member
from relay.storage import fetches, questions, sources
from relay.storage.database import Database

log = logging.getLogger("relay")


@dataclass(frozen=True, slots=True)
class Polled:
    """What one poll brought."""

    source_id: str
    state: PollState
    new: int = 0
    edited: int = 0
    queued: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of one request; ``is_enough``: its host had better not be asked more in this pass."""

    polled: tuple[Polled, ...]
    is_enough: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer, and how long that took, in seconds."""

    url: str
    answer: Answer
    seconds: float


def ask(db: Database, reader: Reader, desk: Desk, asking: Asking, now: datetime) -> Asked:
    """Ask once; what the answer says is stored for every source it is for, or nothing of it is."""
    first = asking.members[0]
    is_news_to_all = any(member.state.is_first for member in asking.members)
    conditions = Validators() if is_news_to_all else polling.conditions(first.state, now)
    began = monotonic()
    answer = _answer(reader, asking, conditions)
    exchange = Exchange(asking.url, answer, monotonic() - began)
    polled = tuple(_take_apart(db, reader, desk, member, exchange, now) for member in asking.members)
    return Asked(polled, telling_off.is_enough(answer, desk))


def _answer(reader: Reader, asking: Asking, conditions: Validators) -> Answer:
    """An exchange that fails in a way nobody foresaw is a failure like another: it stops no other source."""
    try:
        return reader.ask(asking.members[0].source, asking.url, conditions)
    except Exception as error:
        log.exception("%s could not be asked", asking.url)
        return Unreachable(f"relay could not ask ({type(error).__name__}: {str(error)[:200]})")


def _take_apart(db: Database, reader: Reader, desk: Desk, member: Member, exchange: Exchange, now: datetime) -> Polled:
    """An answer that breaks us stops no other source, and counts as a failure: it is not asked again at once."""
    source = member.source
    try:
        polled = _take(db, reader, desk, member, exchange, now)
        return replace(polled, state=search.after(db, reader, source, polled.state, now))
    except Exception as error:
        log.exception("the poll of %s broke off", source.id)
        why = f"relay could not take its answer ({type(error).__name__}: {str(error)[:200]})"
        after = polling.next_poll(source, member.state, Unreachable(why), Lesson(), now)
        with db.write() as tx:
            sources.save(tx, source.id, after, None)
        return Polled(source.id, after)


def _take(db: Database, reader: Reader, desk: Desk, member: Member, exchange: Exchange, now: datetime) -> Polled:
    source, answer = member.source, exchange.answer
    document, lesson = _read(reader, source, answer, member.state)
    document, notes = completed(db, reader, source, document)
    notes = (*notes, *_advice(reader, source, exchange))
    with db.write() as tx:
        # Read anew: another process may have asked meanwhile.
        before = moves.current(source, sources.state(tx, source.id))
        stored = store(tx, desk, source, document, now, is_backlog=before.is_first)
        lesson = replace(lesson, new=stored.new, known=stored.known)
        before = replace(before, backup=pushing.backup_poll(count_misses(tx, source.id, now), now))
        pause = telling_off.hear(tx, desk, source, answer, now)
        after = polling.next_poll(source, before, answer, lesson, now, pause)
        after = _admitting(after, before, stored.lost)
        # What a feed says of itself is taken with its news: its dates alone must change nothing that goes out.
        told = _origin(document, source, now) if stored.new or stored.edited else None
        sources.save(tx, source.id, after, told)
        notes = (*(f"repaired: {what}" for what in document.repaired), *stored.notes, *notes)
        fetches.add(tx, source.id, _fetch(exchange, before, after, replace(stored, notes=notes), now))
        _tell(tx, source, before, after, now)
    return Polled(source.id, after, stored.new, stored.edited, stored.queued)


def _read(reader: Reader, source: Source, answer: Answer, state: PollState) -> tuple[ParsedFeed, Lesson]:
    """The document, and what it teaches; the very bytes of the last one are not read again."""
    if not isinstance(answer, Fetched):
        return ParsedFeed(), Lesson()
    digest = hashlib.sha256(answer.body).hexdigest()
    if digest == state.body and not answer.is_delta:
        return ParsedFeed(), Lesson(is_same=True, body=digest, size=len(answer.body))
    document = reader.read(source, answer)
    if answer.is_delta:
        document = replace(document, is_complete=False)
    return document, _lesson(document, answer, digest)


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


def _admitting(after: PollState, before: PollState, lost: int) -> PollState:
    """What was not stored must not hide behind the next 304: the source is asked without its new validators."""
    if not lost:
        return after
    what = "1 entry" if lost == 1 else f"{lost} entries"
    answer = f"{after.answer}; {what} could not be stored: see the log"
    return replace(after, validators=before.validators, body=before.body, answer=answer)


def _advice(reader: Reader, source: Source, exchange: Exchange) -> tuple[str, ...]:
    """Whoever is refused can only ask the publisher, and has to say as whom it asks."""
    if not isinstance(exchange.answer, Blocked):
        return ()
    return (f"Write to its publisher: {exchange.url} refuses “{reader.name(source.id)}”.",)


def _fetch(exchange: Exchange, before: PollState, after: PollState, stored: Stored, now: datetime) -> Fetch:
    answer = exchange.answer
    return Fetch(
        at=now,
        answer=after.answer,
        url=exchange.url,
        size=len(answer.body) if isinstance(answer, Fetched) else 0,
        saved=before.size if isinstance(answer, NotModified) else 0,
        seconds=exchange.seconds,
        new=stored.new,
        edited=stored.edited,
        notes=(*stored.notes, *_gap(answer, before, stored)),
    )


def _gap(answer: Answer, before: PollState, stored: Stored) -> tuple[str, ...]:
    """A whole document that shares nothing with what is known: news may have come and gone between two polls."""
    is_whole = isinstance(answer, Fetched) and not answer.is_delta
    if before.is_first or not is_whole or stored.known or not stored.new:
        return ()
    return ("Not one entry is known from before: some may have been missed.",)


def _tell(tx: Connection, source: Source, before: PollState, after: PollState, now: datetime) -> None:
    """What an editor should know of a source beside its entries."""
    if after.place.url != before.place.url:
        questions.ask(tx, source.id, Kind.MOVED, after.place.url, (), now)


def _origin(document: ParsedFeed, source: Source, now: datetime) -> Origin | None:
    if not document.entries:
        return None
    dates = [moment for entry in document.entries if (moment := entry.updated or entry.published)]
    return Origin(
        id=document.id or document.self_url or source.url,
        title=document.title or source.name,
        feed_url=document.self_url or source.url,
        site_url=document.url,
        updated=document.updated or max(dates, default=now.replace(microsecond=0)),
    )
