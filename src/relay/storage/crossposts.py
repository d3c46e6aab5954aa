"""Cross-posts: queued with their entry, changed by compare-and-set, claimed by one worker at a time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, func, insert, literal, select, tuple_, update

from relay.core.crosspost import Approval, Crosspost, Draft, Keys, Part, Request, State
from relay.storage import rows
from relay.storage.tables.editorial import entries
from relay.storage.tables.review import crossposts


def queue(tx: Connection, crosspost: Crosspost) -> int:
    """Store a new cross-post; its ``id`` is given by the database and returned."""
    id: int = tx.execute(insert(crossposts).values(_values(crosspost)).returning(crossposts.c.id)).scalar_one()
    return id


def replace(tx: Connection, old: Crosspost, new: Crosspost) -> bool:
    """Store ``new`` if the row still is as ``old``: same state, revision, attempt, lease and yeses. Whether it was."""
    unchanged = (
        crossposts.c.id == old.id,
        crossposts.c.state == old.state,
        crossposts.c.revision == old.revision,
        crossposts.c.attempt == old.attempt,
        crossposts.c.lease_until == old.lease_until,
        crossposts.c.approvals == rows.dump(old.approvals),
    )
    return tx.execute(update(crossposts).where(*unchanged).values(_values(new))).rowcount == 1


def get(tx: Connection, id: int) -> Crosspost | None:
    """One cross-post."""
    row = tx.execute(select(crossposts).where(crossposts.c.id == id)).first()
    return _crosspost(row) if row else None


def of_entry(tx: Connection, entry_id: int) -> list[Crosspost]:
    """The cross-posts of an entry, in the order in which they were queued."""
    own = select(crossposts).where(crossposts.c.entry_id == entry_id).order_by(crossposts.c.id)
    return [_crosspost(row) for row in tx.execute(own)]


def by_state(tx: Connection, states: Sequence[State], limit: int | None = None) -> list[Crosspost]:
    """Cross-posts in these states, the oldest first; all of them without ``limit``."""
    wanted = select(crossposts).where(crossposts.c.state.in_(states)).order_by(crossposts.c.id).limit(limit)
    return [_crosspost(row) for row in tx.execute(wanted)]


def of_entries(
    tx: Connection, states: Sequence[State], *, newest_first: bool = False, after: int | None = None, limit: int = 40
) -> list[Crosspost]:
    """The cross-posts in these states of ``limit`` entries: those that come after entry ``after`` in this order."""
    key = crossposts.c.entry_id
    order = key.desc() if newest_first else key.asc()
    own = select(key).where(crossposts.c.state.in_(states)).group_by(key)
    if after is not None:
        own = own.where(key < after if newest_first else key > after)
    chosen = own.order_by(order).limit(limit).subquery()
    wanted = select(crossposts).where(crossposts.c.state.in_(states), key.in_(select(chosen.c.entry_id)))
    return [_crosspost(row) for row in tx.execute(wanted.order_by(order, crossposts.c.id))]


def following(tx: Connection, states: Sequence[State], of: Crosspost) -> int | None:
    """The cross-post in these states that comes after ``of``, by entry, from the start again after the last."""
    place = tuple_(crossposts.c.entry_id, crossposts.c.id)
    others = select(crossposts.c.id).where(crossposts.c.state.in_(states), crossposts.c.id != of.id)
    queue = others.order_by(crossposts.c.entry_id, crossposts.c.id).limit(1)
    later = tx.execute(queue.where(place > tuple_(literal(of.entry_id), literal(of.id)))).scalar()
    return later if later is not None else tx.execute(queue).scalar()


def due(tx: Connection, state: State, now: datetime, limit: int | None = None) -> list[Crosspost]:
    """Cross-posts in ``state`` whose ``not_before`` has come, the earliest first; all of them without ``limit``."""
    ready = select(crossposts).where(crossposts.c.state == state, crossposts.c.not_before <= now)
    return [
        _crosspost(row) for row in tx.execute(ready.order_by(crossposts.c.not_before, crossposts.c.id).limit(limit))
    ]


def untouched(tx: Connection, states: Sequence[State], accounts: Sequence[str], since: datetime) -> list[Crosspost]:
    """Cross-posts in these states, for these accounts, that nothing has changed after ``since``."""
    own = (crossposts.c.account.in_(accounts), crossposts.c.state.in_(states), crossposts.c.changed_at <= since)
    return [_crosspost(row) for row in tx.execute(select(crossposts).where(*own).order_by(crossposts.c.id))]


def abandoned(tx: Connection, states: Sequence[State], now: datetime) -> list[Crosspost]:
    """Cross-posts in these states whose worker died: their lease is over."""
    stale = select(crossposts).where(crossposts.c.state.in_(states), crossposts.c.lease_until < now)
    return [_crosspost(row) for row in tx.execute(stale)]


def routes(tx: Connection, states: Sequence[State]) -> list[tuple[str, str, int]]:
    """Which source goes to which account by which route, among the cross-posts in these states."""
    of_entry = crossposts.join(entries, entries.c.id == crossposts.c.entry_id)
    found = select(entries.c.source_id, crossposts.c.account, crossposts.c.route).select_from(of_entry)
    return [(row[0], row[1], row[2]) for row in tx.execute(found.where(crossposts.c.state.in_(states)).distinct())]


def reroute(tx: Connection, states: Sequence[State], source_id: str, account: str, route: int) -> None:
    """Give the cross-posts in these states from this source to this account another route."""
    of_source = crossposts.c.entry_id.in_(select(entries.c.id).where(entries.c.source_id == source_id))
    own = (of_source, crossposts.c.account == account, crossposts.c.state.in_(states))
    tx.execute(update(crossposts).where(*own).values(route=route))


def count_by_state(tx: Connection) -> dict[State, int]:
    """How many cross-posts stand in each state."""
    counted = tx.execute(select(crossposts.c.state, func.count()).group_by(crossposts.c.state))
    return {State(state): number for state, number in counted}


def _values(crosspost: Crosspost) -> dict[str, object]:
    return {
        "entry_id": crosspost.entry_id,
        "account": crosspost.account,
        "route": crosspost.route,
        "state": crosspost.state,
        "revision": crosspost.revision,
        "draft": rows.dump(crosspost.draft),
        "edited_by": crosspost.edited_by,
        "approvals": rows.dump(crosspost.approvals),
        "keys": rows.dump(crosspost.keys) if crosspost.keys else None,
        "request": rows.dump(crosspost.request) if crosspost.request else None,
        "not_before": crosspost.not_before,
        "attempt": crosspost.attempt,
        "lease_until": crosspost.lease_until,
        "parts": rows.dump(crosspost.parts),
        "live": rows.dump(crosspost.live) if crosspost.live else None,
        "remote_id": crosspost.remote_id,
        "remote_url": crosspost.remote_url,
        "note": crosspost.note,
        "created_at": crosspost.created_at,
        "changed_at": crosspost.changed_at,
    }


def _crosspost(row: Row[tuple[object, ...]]) -> Crosspost:
    return Crosspost(
        id=row.id,
        entry_id=row.entry_id,
        account=row.account,
        route=row.route,
        state=State(row.state),
        revision=row.revision,
        draft=rows.load(row.draft, Draft),
        edited_by=row.edited_by,
        approvals=rows.load(row.approvals, tuple[Approval, ...]),
        keys=rows.load_or_none(row.keys, Keys),
        request=rows.load_or_none(row.request, Request),
        not_before=row.not_before,
        attempt=row.attempt,
        lease_until=row.lease_until,
        parts=rows.load(row.parts, tuple[Part, ...]),
        live=rows.load_or_none(row.live, Draft),
        remote_id=row.remote_id,
        remote_url=row.remote_url,
        note=row.note,
        created_at=row.created_at,
        changed_at=row.changed_at,
    )
