"""An answer that brings nothing new: it is written of its source alone, in one transaction with others of its kind."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from relay.core.document import Answer, Busy, ParsedFeed
from relay.core.polling import moves
from relay.core.polling import rules as polling
from relay.core.polling.pollstate import PollState
from relay.core.pushing import pushing
from relay.core.pushing.subscription import Subscription
from relay.core.source import Source
from relay.pipeline.desk import Desk
from relay.pipeline.polling import telling_off
from relay.pipeline.polling.heard import Heard, keep_all
from relay.pipeline.polling.record import Taken
from relay.pipeline.storing.store import Stored
from relay.storage import pauses, sources, subscriptions
from relay.storage.database import Database
from relay.storage.postgresql import BESIDE


@dataclass(frozen=True, slots=True)
class Quiet:
    """What was heard of a source, and the names of the pauses that such an answer ends."""

    source: Source
    heard: Heard
    now: datetime
    ended: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of all of them: read anew, for another process may have asked meanwhile."""

    states: dict[str, PollState]
    pushing: dict[str, Subscription]
    paused: set[str]


Found = PollState | Exception | None
"""The state after it, which is written; what broke it off; or that it is about more than its source."""


def take(db: Database, desk: Desk, source: Source, heard: Heard, now: datetime) -> PollState | None:
    """The state after it, which is written; ``None``: nothing is, as it is about more than this source.

    So it is with entries, with a question to editors, and with the pauses of a host, which other sources are on too.
    """
    if not _is_quiet(heard.exchange.answer, heard.document):
        return None
    one = Quiet(source, heard, now, tuple(telling_off.ended(desk, source, heard.exchange)))
    found = db.gathering.put(one, partial(_written, db))
    if isinstance(found, Exception):
        raise found
    return found


def _is_quiet(answer: Answer, document: ParsedFeed) -> bool:
    """A complete document that is empty takes all its entries back."""
    return not (isinstance(answer, Busy) or document.entries or document.is_complete)


def _written(db: Database, some: Sequence[Quiet]) -> Sequence[Found]:
    """All at once; where one of them cannot be written, each by itself."""
    try:
        return _together(db, some)
    except OperationalError:  # the database's, and not of one of them
        raise
    except Exception as error:  # noqa: BLE001  # raised where it was asked
        return [found for one in some for found in _written(db, [one])] if len(some) > 1 else [error]


def _together(db: Database, some: Sequence[Quiet]) -> list[PollState | None]:
    with db.write(of=BESIDE) as tx:
        known = _known(tx, some)
        old = frozenset(known.states)
        found = [_taken(known, one) for one in some]
        kept = {one.source.id: taken.after for one, taken in zip(some, found, strict=True) if taken}
        sources.save_all(
            tx,
            {id: state for id, state in kept.items() if id in old},
            {id: state for id, state in kept.items() if id not in old},
        )
        keep_all(tx, [(one.source, one.heard, taken, one.now) for one, taken in zip(some, found, strict=True) if taken])
    return [taken.after if taken else None for taken in found]


def _known(tx: Connection, some: Sequence[Quiet]) -> _Known:
    ids = {one.source.id for one in some}
    states = sources.locked(tx, ids)
    return _Known(
        states, subscriptions.of_some(tx, ids), pauses.remembered(tx, {name for one in some for name in one.ended})
    )


def _taken(known: _Known, one: Quiet) -> Taken | None:
    """What becomes of its source; the next of the same source finds that."""
    source, heard = one.source, one.heard
    before = moves.current(source, known.states.get(source.id, PollState()))
    before = replace(before, backup=pushing.backup_poll(known.pushing.get(source.id), one.now))
    if before.polled_at != heard.since or not known.paused.isdisjoint(one.ended):
        return None
    after = polling.next_poll(source, before, heard.exchange.answer, heard.lesson, one.now)
    if after.place.url != before.place.url:
        return None
    known.states[source.id] = after
    return Taken(before, after, heard.document, Stored(), heard.notes)
