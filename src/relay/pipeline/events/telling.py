"""What the journal says goes to whoever listens: in order, under one id for ever, until it has arrived.

A hook is claimed before anything is sent to it, and its position written after: what a crash cuts off is sent again.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import httpx
from sqlalchemy import Connection

from relay.core.crosspost import Request
from relay.core.programs.happening import Happening
from relay.core.programs.hook import Hook, Position, ended, failed, readdressed, told
from relay.core.programs.notice import Notice, Told, notice, of
from relay.networks.wire import standard
from relay.networks.wire.answers import Answer, why
from relay.networks.wire.waits import wait_asked
from relay.storage import positions
from relay.storage.database import Database

log = logging.getLogger("relay")

LEASE = timedelta(minutes=2)
"""Longer than one message takes: after that whoever claimed the hook is dead."""
MOST = 100
"""Messages in one pass; the rest is due in the next."""
AT_ONCE = 200
"""Lines that are read together."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What became of one message; ``why`` it did not arrive is empty where it did."""

    hook: str
    id: str
    why: str = ""


def due(db: Database, hooks: Sequence[Hook], now: datetime) -> list[Hook]:
    """The hooks for which there is something new; one that is new itself is told from now on."""
    with db.read() as tx:
        known, last = positions.every(tx), positions.last(tx)
    if {hook.id: hook.url for hook in hooks} != {id: position.url for id, position in known.items()}:
        with db.write() as tx:
            known = _settled(tx, hooks)
    return [hook for hook in hooks if _is_due(known[hook.id], last, now)]


def tell(db: Database, http: httpx.Client, hook: Hook, clock: Callable[[], datetime]) -> list[Spoken]:
    """All that the hook has not heard, one after the other, until one of it does not arrive."""
    held, spoken = _claimed(db, hook, clock()), list[Spoken]()
    while held is not None and len(spoken) < MOST:
        with db.read() as tx:
            lines = positions.after(tx, held.seen, AT_ONCE)
        found = _wanted(lines, hook)
        if found is None:
            _stored(db, held, replace(held, seen=lines[-1].record.line if lines else held.seen, not_before=None))
            return spoken
        message = notice(*found)
        after, reason = _outcome(held, found[0].record.line, ask(http, hook, message), clock())
        spoken.append(Spoken(hook.id, message.id, reason))
        goes_on = not reason and len(spoken) < MOST
        held = _stored(db, held, replace(after, not_before=clock() + LEASE) if goes_on else after)
        if reason:
            break
    return spoken


def ask(http: httpx.Client, hook: Hook, message: Notice) -> Answer | str:
    """The receiver's answer, or why nothing could be sent at all. No redirect is followed."""
    key = standard.key_in(hook.secret.value) if hook.secret else None
    if key is None:
        return standard.WANTED
    return standard.posted(http, hook.url, key, Request(message.id, message.body))


def reason_of(answer: Answer | str) -> str:
    """Why it did not arrive, in a sentence; empty where it did."""
    if isinstance(answer, str):
        return answer
    return "" if standard.is_taken(answer) else why(answer)


def rewind(db: Database, hook: Hook, since: datetime) -> int:
    """Tell the hook of everything after ``since`` once more, under the ids of before; how many messages that are."""
    with db.write() as tx:
        start = positions.before(tx, since)
        positions.put(tx, Position(hook.id, hook.url, start))
        count, seen = 0, start
        while lines := positions.after(tx, seen, AT_ONCE):
            count += sum(of(line) in hook.events for line in lines)
            seen = lines[-1].record.line
    return count


def _settled(tx: Connection, hooks: Sequence[Hook]) -> dict[str, Position]:
    known, last = positions.every(tx), positions.last(tx)
    for hook in hooks:
        old = known.get(hook.id)
        if old is None:
            positions.put(tx, Position(hook.id, hook.url, last))
        elif old.url != hook.url:
            positions.put(tx, readdressed(old, hook.url))
    positions.forget(tx, [hook.id for hook in hooks])
    return positions.every(tx)


def _is_due(position: Position, last: int, now: datetime) -> bool:
    is_time = position.not_before is None or position.not_before <= now
    return position.ended_at is None and position.seen < last and is_time


def _claimed(db: Database, hook: Hook, now: datetime) -> Position | None:
    """Nobody else tells this hook before the lease is over."""
    with db.write() as tx:
        old = positions.get(tx, hook.id)
        if old is None or old.url != hook.url or not _is_due(old, positions.last(tx), now):
            return None
        held = replace(old, not_before=now + LEASE)
        return held if positions.replace(tx, old, held) else None


def _wanted(lines: Sequence[Told], hook: Hook) -> tuple[Told, Happening] | None:
    named = ((line, of(line)) for line in lines)
    return next(((line, event) for line, event in named if event is not None and event in hook.events), None)


def _outcome(held: Position, line: int, answer: Answer | str, now: datetime) -> tuple[Position, str]:
    reason = reason_of(answer)
    if not reason:
        return told(held, line, now), ""
    if isinstance(answer, httpx.Response) and answer.status_code == 410:
        return ended(held, reason, now), reason
    asked = wait_asked(answer) if isinstance(answer, httpx.Response) and "retry-after" in answer.headers else None
    return failed(held, reason, asked or timedelta(0), now), reason


def _stored(db: Database, held: Position, new: Position) -> Position | None:
    """``None`` where somebody else has the hook meanwhile: it was wound back, or the lease was over."""
    with db.write() as tx:
        return new if positions.replace(tx, held, new) else None
