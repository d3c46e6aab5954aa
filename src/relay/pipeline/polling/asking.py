"""Steps 3 to 8 for one request: ask, read, and store for each source the answer is for, one transaction a source."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from time import monotonic

from relay.core.ailment import ailment_of
from relay.core.document import Answer, Fetched, NotModified, Unreachable
from relay.core.polling import moves
from relay.core.polling import rules as polling
from relay.core.polling.pause import host_of
from relay.core.polling.pollstate import Lesson, PollState
from relay.core.source import Source, Validators
from relay.intake.wire.exchange import Reply
from relay.pipeline.desk import Desk
from relay.pipeline.polling import quiet, search, taking, telling_off, turns
from relay.pipeline.polling.heard import Heard
from relay.pipeline.polling.lesson import Before, read
from relay.pipeline.polling.quiet import Quiet
from relay.pipeline.polling.record import Exchange, advice
from relay.pipeline.polling.turns import Asking, Member
from relay.pipeline.reading.fulltext import completed
from relay.pipeline.reading.reader import Reader
from relay.storage import probing, quarantine, sketches, sources
from relay.storage.database import Database

log = logging.getLogger("relay")

FRESH = 3.0
"""Seconds for which what was read of a source is believed to be so still."""


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
class Begun:
    """A request whose first exchange has been made: how that ended, and when it began (``since``: of ``monotonic``).

    ``is_tried``: to write it together with others was tried, and cannot be.
    """

    said: Reply | Exception
    at: datetime
    since: float
    is_tried: bool = False


def ask(db: Database, reader: Reader, desk: Desk, asking: Asking, now: datetime, begun: Begun | None = None) -> Asked:
    """Ask once; what the answer says is stored for every source it is for, or nothing of it is."""
    with desk.tracing.span("poll", source_id=asking.members[0].source.id):
        if begun is None and not is_fresh(asking) and _has_been_asked(db, asking.members[0]):
            return Asked(())
        return _asked(db, reader, desk, asking, begun.at if begun else now, begun)


def is_fresh(asking: Asking) -> bool:
    """Whether what was read of its sources is believed to be so still."""
    return monotonic() - asking.read <= FRESH


def _asked(db: Database, reader: Reader, desk: Desk, asking: Asking, now: datetime, begun: Begun | None) -> Asked:
    first, began = asking.members[0], begun.since if begun else monotonic()
    own = reader.of(first.source)
    with desk.tracing.span("fetch", host=host_of(asking.url)) as span:
        answer = _answer(own.after(begun.said) if begun else own, asking, conditions(asking, now))
        span.say(answer=type(answer).__name__.lower())
    exchange = Exchange(asking.url, answer, monotonic() - began)
    now += timedelta(seconds=int(exchange.seconds))
    members = [replace(one, stored=None) for one in asking.members] if begun and begun.is_tried else asking.members
    whose = [one for one in members if one.source is first.source or _is_for(one, asking.url, answer)]
    polled = tuple(_take_apart(db, reader.of(member.source), desk, member, exchange, now) for member in whose)
    return Asked(polled, telling_off.is_enough(answer, desk))


def _has_been_asked(db: Database, member: Member) -> bool:
    """By another process, or because somebody pressed a button, since this pass began."""
    with db.read() as tx:
        return sources.state(tx, member.source.id).polled_at != member.state.polled_at


def conditions(asking: Asking, now: datetime) -> Validators:
    """None, unless every source it is for knows the same document: a 304 would hide it from the others."""
    known = {polling.conditions(member.state, now) for member in asking.members}
    is_news = any(member.state.is_first for member in asking.members)
    return Validators() if is_news or len(known) > 1 else known.pop()


def _is_for(member: Member, asked: str, answer: Answer) -> bool:
    """An answer is for another source too that is asked at the same address, or that was led where it came from."""
    if moves.address(member.source, member.state) == asked:
        return True
    hops = answer.hops if isinstance(answer, Fetched | NotModified) else ()
    came_from = hops[-1].target if hops else asked
    return isinstance(answer, Fetched | NotModified) and came_from == turns.key(member)


def _answer(reader: Reader, asking: Asking, conditions: Validators) -> Answer:
    """An exchange that fails in a way nobody foresaw is a failure like another: it stops no other source."""
    try:
        answer = reader.ask(asking.members[0].source, asking.url, conditions)
        if isinstance(answer, Unreachable):
            probing.open_some()  # a source is not to blame where relay could open no connection to it
    except Exception as error:
        if ailment_of(error) is not None:
            raise
        log.exception("%s could not be asked", asking.url)
        return Unreachable(f"relay could not ask ({type(error).__name__}: {str(error)[:200]})")
    return answer


def _take_apart(db: Database, reader: Reader, desk: Desk, member: Member, exchange: Exchange, now: datetime) -> Polled:
    """An answer that breaks us stops no other source, and counts as a failure: it is not asked again at once."""
    source = member.source
    try:
        polled = _take(db, reader, desk, member, exchange, now)
        return replace(polled, state=search.after(db, reader, source, polled.state, now))
    except Exception as error:
        if ailment_of(error) is not None:
            raise
        log.exception("the poll of %(source)s broke off", {"source": source.id})
        why = f"relay could not take its answer ({type(error).__name__}: {str(error)[:200]})"
        after = polling.next_poll(source, member.state, Unreachable(why), Lesson(), now)
        with db.write() as tx:
            before = sources.state(tx, source.id)
            if before.polled_at != member.state.polled_at:
                return Polled(source.id, before)
            sources.save(tx, source.id, after, None)
        return Polled(source.id, after)


def _take(db: Database, reader: Reader, desk: Desk, member: Member, exchange: Exchange, now: datetime) -> Polled:
    source = member.source
    heard = _heard(db, reader, desk, member, exchange, partial(_before, db, source))
    if state := _quietly(db, desk, Quiet(member, heard, now)):
        return Polled(source.id, state)
    state, stored = taking.take(db, desk, source, heard, now)
    if stored.is_stale:  # something that was not read again
        heard = _heard(db, reader, desk, member, exchange, partial(_before, db, source, is_whole=True))
        state, stored = taking.take(db, desk, source, heard, now)
    return Polled(source.id, state, stored.new, stored.edited, stored.queued)


def _quietly(db: Database, desk: Desk, one: Quiet) -> PollState | None:
    """The state after it, if it is written of its source alone."""
    is_quiet = quiet.is_quiet(one.heard.exchange.answer, one.heard.document)
    return quiet.written(db, desk, [one])[0] if is_quiet and one.member.stored is not None else None


def _heard(
    db: Database, reader: Reader, desk: Desk, member: Member, exchange: Exchange, before: Callable[[], Before]
) -> Heard:
    source = member.source
    with desk.tracing.span("parse", source_id=source.id) as span:
        document, lesson = read(reader, source, exchange.answer, member.state, before)
        span.say(entries=len(document.entries), **({"error": "unreadable"} if lesson.error else {}))
    document, notes = completed(db, reader, source, document)
    notes = (*notes, *advice(reader, source, exchange))
    return Heard(exchange, document, lesson, notes, member.state.polled_at)


def _before(db: Database, source: Source, *, is_whole: bool = False) -> Before:
    """What is known of its documents; where one is to be read whole, nothing of its entries."""
    with db.read() as tx:
        return Before(quarantine.of(tx, source.id), () if is_whole else sketches.of(tx, source.id))
