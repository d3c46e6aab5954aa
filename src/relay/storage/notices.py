"""What editors are to be told: rows made out of the audit, in the transaction that remembers how far it was read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy import delete as deleting

from relay.core.crosspost import State
from relay.core.telling.listener import Kind
from relay.core.telling.notice import AGAIN, Notice
from relay.storage.tables.accounts import foretold
from relay.storage.tables.notices import listeners, notices
from relay.storage.tables.review import audit, crossposts


@dataclass(frozen=True, slots=True)
class Happened:
    """A line of the audit; ``subject`` is the cross-post's account, or else what the line is about."""

    line: int
    at: datetime
    who: str
    subject: str
    what: str
    crosspost_id: int | None
    before: State | None
    after: State | None


@dataclass(frozen=True, slots=True)
class Heard:
    """How far a listener has heard: the last line of the audit, and since when it listens."""

    line: int
    since: datetime


def last_line(tx: Connection) -> int:
    """The newest line of the audit. Writers take turns, so that none before it is still to come."""
    return tx.execute(select(func.max(audit.c.id))).scalar() or 0


def heard(tx: Connection) -> dict[str, Heard]:
    """By listener, how far it is."""
    return {row.id: Heard(row.seen, row.since) for row in tx.execute(select(listeners))}


def begin(tx: Connection, listener: str, now: datetime) -> Heard:
    """It listens from now on: what happened before is on the page."""
    new = Heard(last_line(tx), now)
    tx.execute(insert(listeners).values(id=listener, seen=new.line, since=now))
    return new


def advance(tx: Connection, listener: str, line: int) -> None:
    """It has heard all up to this line."""
    tx.execute(update(listeners).where(listeners.c.id == listener).values(seen=line))


def after(tx: Connection, line: int, most: int) -> list[Happened]:
    """What has happened since."""
    wanted = select(audit).where(audit.c.id > line).order_by(audit.c.id).limit(most)
    return [
        Happened(
            row.id,
            row.at,
            row.who,
            row.subject,
            row.what,
            row.crosspost_id,
            State(row.from_state) if row.from_state else None,
            State(row.to_state) if row.to_state else None,
        )
        for row in tx.execute(wanted)
    ]


def endings(tx: Connection, since: datetime) -> list[tuple[str, datetime, int, datetime]]:
    """Which accounts were foretold to end since then: the account, when, how many days before, and when it was said."""
    own = select(foretold).where(foretold.c.at >= since).order_by(foretold.c.at)
    return [(row.account, row.ends_at, row.days, row.at) for row in tx.execute(own)]


def put(tx: Connection, some: Collection[Notice]) -> int:
    """Those of them that are new; how many are."""
    known = _known(tx, some)
    new = [one for one in some if (one.listener, one.key) not in known]
    if new:
        tx.execute(insert(notices), [_values(one) for one in new])
    return len(new)


def are_known(tx: Connection, some: Collection[Notice]) -> bool:
    """Whether every one of these is a row already."""
    return {(one.listener, one.key) for one in some} <= _known(tx, some)


def oldest(tx: Connection, listener: str) -> datetime | None:
    """Since when something waits to be told."""
    own = (notices.c.listener == listener, notices.c.bulletin.is_(None))
    return tx.execute(select(notices.c.at).where(*own).order_by(notices.c.id).limit(1)).scalar()


def bundle(tx: Connection, listener: str, kind: Kind | None = None) -> int | None:
    """What it has not been told, or only what is of one kind, belongs to one bulletin from now on.

    Its number is that of its first notice; ``None`` where there is nothing to tell.
    """
    own = [notices.c.listener == listener, notices.c.bulletin.is_(None)]
    wanted = own if kind is None else [*own, notices.c.kind == kind]
    number = tx.execute(select(func.min(notices.c.id)).where(*wanted)).scalar()
    if number is not None:
        tx.execute(update(notices).where(*wanted).values(bulletin=number))
    return number


def is_untold(tx: Connection, listener: str, kind: Kind) -> bool:
    """Whether something of this kind waits to be told."""
    own = (notices.c.listener == listener, notices.c.bulletin.is_(None), notices.c.kind == kind)
    return tx.execute(select(notices.c.id).where(*own).limit(1)).first() is not None


def forget_moot(tx: Connection, listener: str) -> int:
    """Forget what was judged, sent or moved before anybody was told of it; how much that was."""
    is_so = select(crossposts.c.id).where(
        crossposts.c.id == notices.c.crosspost_id, crossposts.c.state == notices.c.state
    )
    own = (notices.c.listener == listener, notices.c.bulletin.is_(None), notices.c.crosspost_id.is_not(None))
    return tx.execute(deleting(notices).where(*own, ~is_so.exists())).rowcount


def others(tx: Connection, number: int) -> list[Notice]:
    """What a bulletin tells that is about no cross-post, the oldest first."""
    own = select(notices).where(notices.c.bulletin == number, notices.c.crosspost_id.is_(None))
    return [_notice(row) for row in tx.execute(own.order_by(notices.c.id))]


def of_crossposts(tx: Connection, number: int, ids: Sequence[int]) -> dict[int, Notice]:
    """By cross-post, what a bulletin tells of these; the last word of each."""
    own = select(notices).where(notices.c.bulletin == number, notices.c.crosspost_id.in_(ids))
    return {row.crosspost_id: _notice(row) for row in tx.execute(own.order_by(notices.c.id))}


def places(tx: Connection, number: int) -> list[tuple[int, int]]:
    """Which cross-posts a bulletin tells, and of which entries: the oldest news first."""
    of = notices.join(crossposts, crossposts.c.id == notices.c.crosspost_id)
    own = select(crossposts.c.id, crossposts.c.entry_id).select_from(of).where(notices.c.bulletin == number)
    return [(row[0], row[1]) for row in tx.execute(own.order_by(notices.c.id))]


def overdue(
    tx: Connection, listener: str, states: Collection[State], accounts: Collection[str], since: datetime, most: int
) -> list[tuple[int, str, State, datetime]]:
    """What stands in these states for these accounts, untouched ``since``, and was not told again after that touch."""
    told = select(notices.c.id).where(
        notices.c.crosspost_id == crossposts.c.id,
        notices.c.listener == listener,
        notices.c.key.startswith(AGAIN),
        notices.c.at >= crossposts.c.changed_at,
    )
    own = (crossposts.c.state.in_(states), crossposts.c.account.in_(accounts), crossposts.c.changed_at <= since)
    wanted = select(crossposts.c.id, crossposts.c.account, crossposts.c.state, crossposts.c.changed_at)
    found = tx.execute(wanted.where(*own, ~told.exists()).order_by(crossposts.c.id).limit(most))
    return [(row.id, row.account, State(row.state), row.changed_at) for row in found]


def _known(tx: Connection, some: Collection[Notice]) -> set[tuple[str, str]]:
    keys = [one.key for one in some]
    pairs = select(notices.c.listener, notices.c.key)
    batches = (keys[start : start + 500] for start in range(0, len(keys), 500))
    return {(row[0], row[1]) for batch in batches for row in tx.execute(pairs.where(notices.c.key.in_(batch)))}


def _values(one: Notice) -> dict[str, object]:
    return {
        "listener": one.listener,
        "key": one.key,
        "kind": one.kind,
        "crosspost_id": one.crosspost_id,
        "account": one.account,
        "state": one.state,
        "said": one.said,
        "at": one.at,
    }


def _notice(row: Row[Any]) -> Notice:
    state = State(row.state) if row.state else None
    return Notice(row.listener, row.key, Kind(row.kind), row.at, row.crosspost_id, row.account, state, row.said, row.id)
