"""Answers that bring nothing new: each is written of its source alone, all of one moment in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from relay.core.document import Answer, Busy, ParsedFeed
from relay.core.polling import rules as polling
from relay.core.polling.pollstate import PollState
from relay.core.pushing import pushing
from relay.core.pushing.subscription import Subscription
from relay.pipeline.desk import Desk
from relay.pipeline.polling import telling_off
from relay.pipeline.polling.heard import Heard, keep_all
from relay.pipeline.polling.record import Taken
from relay.pipeline.polling.turns import Member
from relay.pipeline.storing.store import Stored
from relay.storage import pauses, sources, subscriptions
from relay.storage.database import Database
from relay.storage.postgresql import BESIDE


@dataclass(frozen=True, slots=True)
class Quiet:
    """What was heard of a source."""

    member: Member
    heard: Heard
    now: datetime


@dataclass(frozen=True, slots=True)
class _Known:
    """What else decides: the agreements with their hubs, and the sources whose answer ends a pause."""

    pushing: dict[str, Subscription]
    ending: set[str]


def is_quiet(answer: Answer, document: ParsedFeed) -> bool:
    """A complete document that is empty takes all its entries back."""
    return not (isinstance(answer, Busy) or document.entries or document.is_complete)


def written(db: Database, desk: Desk, some: Sequence[Quiet]) -> list[PollState | None]:
    """The state after each; ``None`` where nothing is written, which has to be done with care, and alone.

    So it is where the row of its source is not any more what it was when it was asked, and with what is about more
    than its source: a move, which is a question to editors, and the end of a pause, which is of a host.
    """
    try:
        return _together(db, desk, some)
    except Exception as error:
        if not _is_of_one(error):
            raise
        if len(some) == 1:  # it shows once more what it is where it is taken with care
            return [None]
        half = len(some) // 2
        return [*written(db, desk, some[:half]), *written(db, desk, some[half:])]


class _OvertakenError(Exception):
    """The row of one of them is another by now."""


def _is_of_one(error: Exception) -> bool:
    """Whether one of them is to blame, and not the database, which would say so of each."""
    return isinstance(error, DataError | IntegrityError) or not isinstance(error, SQLAlchemyError)


def _together(db: Database, desk: Desk, some: Sequence[Quiet]) -> list[PollState | None]:
    with db.write(of=BESIDE) as tx:
        known = _known(tx, desk, some)
        found = [_taken(known, one) for one in some]
        kept = [(one, taken) for one, taken in zip(some, found, strict=True) if taken]
        if not sources.advance(
            tx, [(one.member.source.id, one.member.stored or "", taken.after) for one, taken in kept]
        ):
            raise _OvertakenError
        keep_all(tx, [(one.member.source, one.heard, taken, one.now) for one, taken in kept])
    return [taken.after if taken else None for taken in found]


def _known(tx: Connection, desk: Desk, some: Sequence[Quiet]) -> _Known:
    ids = {one.member.source.id for one in some}
    return _Known(subscriptions.of_some(tx, ids), _ending(tx, desk, some) if pauses.are_any(tx) else set())


def _ending(tx: Connection, desk: Desk, some: Sequence[Quiet]) -> set[str]:
    """The sources with whose answer a pause ends, over or not."""
    ended = {one.member.source.id: telling_off.ended(desk, one.member.source, one.heard.exchange) for one in some}
    paused = pauses.remembered(tx, {name for names in ended.values() for name in names})
    return {id for id, names in ended.items() if not paused.isdisjoint(names)}


def _taken(known: _Known, one: Quiet) -> Taken | None:
    """What becomes of its source; ``None``: of more than that."""
    source, before, heard = one.member.source, one.member.state, one.heard
    if source.id in known.ending or one.member.stored is None:
        return None
    backup = pushing.backup_poll(known.pushing.get(source.id), one.now)
    before = before if backup == before.backup else replace(before, backup=backup)
    after = polling.next_poll(source, before, heard.exchange.answer, heard.lesson, one.now)
    if after.place.url != before.place.url:
        return None
    return Taken(before, after, heard.document, Stored(), heard.notes)
