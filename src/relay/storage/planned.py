"""What is on its way, and what has left: as much of each cross-post as a schedule needs, quickly for thousands."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from relay.core.crosspost import State
from relay.storage.tables.review import attempts, crossposts

LEAVING = (State.APPROVED, State.SCHEDULED)
_OWN = crossposts.c
_COLUMNS = (
    _OWN.id,
    _OWN.account,
    _OWN.route,
    _OWN.state,
    _OWN.not_before,
    _OWN.wanted_at,
    _OWN.attempt,
    _OWN.changed_at,
    _OWN.note,
    (_OWN.parts != "[]").label("is_begun"),
    _OWN.request.is_not(None).label("is_frozen"),
    _OWN.draft.contains("---").label("may_be_thread"),
)


@dataclass(frozen=True, slots=True)
class Planned:
    """One that is approved, or scheduled; ``may_be_thread``: its words may be those of several posts."""

    id: int
    account: str
    route: int
    state: State
    not_before: datetime | None
    wanted_at: datetime | None
    attempt: int
    changed_at: datetime
    note: str
    is_begun: bool
    is_frozen: bool
    may_be_thread: bool


@dataclass(frozen=True, slots=True)
class Left:
    """When the last post of a cross-post left."""

    id: int
    account: str
    at: datetime


def leaving(tx: Connection, accounts: Collection[str] | None = None) -> list[Planned]:
    """What nobody has to say anything of before it leaves, of these accounts or of all."""
    wanted = select(*_COLUMNS).where(_OWN.state.in_(LEAVING), _OWN.lease_until.is_(None))
    return _planned(tx, wanted if accounts is None else wanted.where(_OWN.account.in_(accounts)))


def chosen_at(tx: Connection, account: str, moment: datetime, but: int) -> int | None:
    """Another cross-post of the account for which somebody has chosen this very moment."""
    open_ = (_OWN.account == account, _OWN.wanted_at == moment, _OWN.id != but, _OWN.state.in_(_OPEN))
    found: int | None = tx.execute(select(_OWN.id).where(*open_).order_by(_OWN.id).limit(1)).scalar()
    return found


_OPEN = (*LEAVING, State.WAITING, State.CHANGES, State.HELD)


def left(tx: Connection, since: datetime, until: datetime, accounts: Collection[str] | None = None) -> list[Left]:
    """What is public since then, in the order in which it left."""
    last = func.max(attempts.c.started_at).label("at")
    joined = attempts.join(crossposts, _OWN.id == attempts.c.crosspost_id)
    own = (attempts.c.outcome == "Sent", attempts.c.started_at >= since, attempts.c.started_at < until)
    found = select(_OWN.id, _OWN.account, last).select_from(joined).where(*own).group_by(_OWN.id, _OWN.account)
    wanted = found if accounts is None else found.where(_OWN.account.in_(accounts))
    return [Left(row.id, row.account, row.at) for row in tx.execute(wanted.order_by(last, _OWN.id))]


def _planned(tx: Connection, wanted: Select[tuple[object, ...]]) -> list[Planned]:
    return [_of(row) for row in tx.execute(wanted.order_by(_OWN.id))]


def _of(row: Row[Any]) -> Planned:
    return Planned(
        id=row.id,
        account=row.account,
        route=row.route,
        state=State(row.state),
        not_before=row.not_before,
        wanted_at=row.wanted_at,
        attempt=row.attempt,
        changed_at=row.changed_at,
        note=row.note,
        is_begun=bool(row.is_begun),
        is_frozen=bool(row.is_frozen),
        may_be_thread=bool(row.may_be_thread),
    )
