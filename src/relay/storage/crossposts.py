"""Cross-posts: queued with their entry, changed by compare-and-set, claimed by one worker at a time."""

from collections.abc import Sequence
from dataclasses import replace as copied
from datetime import datetime

from sqlalchemy import Connection, Row, func, insert, select, update

from relay.core.crosspost import Approval, Crosspost, Draft, Keys, Part, Request, State
from relay.storage import findable, numbers, revisions, rows
from relay.storage.tables.editorial import entries
from relay.storage.tables.review import crossposts


def queue(tx: Connection, crosspost: Crosspost) -> int:
    """Store a new cross-post; its ``id`` is given by the database and returned."""
    (stored,) = queue_all(tx, (crosspost,))
    return stored.id


def queue_all(tx: Connection, new: Sequence[Crosspost]) -> list[Crosspost]:
    """Store new cross-posts of entries that are stored; each as it is then, with its ``id``."""
    ids = numbers.next_of(tx, crossposts, len(new))
    stored = [copied(one, id=id) for one, id in zip(new, ids, strict=True)]
    if stored:
        tx.execute(_INSERT, [{"id": one.id, **_values(one)} for one in stored])
        findable.add(tx, stored)
    return stored


_INSERT = insert(crossposts)


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
    is_stored = tx.execute(update(crossposts).where(*unchanged).values(_values(new))).rowcount == 1
    if is_stored and new.revision != old.revision:
        revisions.keep(tx, old)
    if is_stored and new.draft != old.draft:
        findable.change(tx, new)
    return is_stored


def get(tx: Connection, id: int) -> Crosspost | None:
    """One cross-post."""
    row = tx.execute(select(crossposts).where(crossposts.c.id == id)).first()
    return _crosspost(row) if row else None


def of_entry(tx: Connection, entry_id: int) -> list[Crosspost]:
    """The cross-posts of an entry, in the order in which they were queued."""
    own = select(crossposts).where(crossposts.c.entry_id == entry_id).order_by(crossposts.c.id)
    return [_crosspost(row) for row in tx.execute(own)]


def by_state(tx: Connection, states: Sequence[State], limit: int | None = None, after: int = 0) -> list[Crosspost]:
    """Cross-posts in these states that come ``after`` one, the oldest first; all of them without ``limit``."""
    wanted = select(crossposts).where(crossposts.c.state.in_(states), crossposts.c.id > after)
    return [_crosspost(row) for row in tx.execute(wanted.order_by(crossposts.c.id).limit(limit))]


def of_entries(tx: Connection, states: Sequence[State], ids: Sequence[int]) -> list[Crosspost]:
    """The cross-posts in these states of these entries, in the order of those."""
    own = select(crossposts).where(crossposts.c.state.in_(states), crossposts.c.entry_id.in_(ids))
    place = {id: number for number, id in enumerate(ids)}
    return sorted(map(_crosspost, tx.execute(own)), key=lambda one: (place[one.entry_id], one.id))


def by_ids(tx: Connection, ids: Sequence[int]) -> list[Crosspost]:
    """Those of these cross-posts that there are, in this order."""
    found = {row.id: _crosspost(row) for row in tx.execute(select(crossposts).where(crossposts.c.id.in_(ids)))}
    return [found[id] for id in ids if id in found]


def due(tx: Connection, state: State, now: datetime, limit: int | None = None) -> list[Crosspost]:
    """Cross-posts in ``state`` whose ``not_before`` has come, the earliest first; all of them without ``limit``."""
    ready = select(crossposts).where(crossposts.c.state == state, crossposts.c.not_before <= now)
    return [
        _crosspost(row) for row in tx.execute(ready.order_by(crossposts.c.not_before, crossposts.c.id).limit(limit))
    ]


def next_due(tx: Connection, states: Sequence[State], now: datetime) -> datetime | None:
    """When the first cross-post in one of these states becomes due after ``now``."""
    at = crossposts.c.not_before
    ahead = select(at).where(at > now).order_by(at).limit(1)
    found = [tx.execute(ahead.where(crossposts.c.state == state)).scalar() for state in states]
    return min((one for one in found if one is not None), default=None)


def untouched(tx: Connection, states: Sequence[State], accounts: Sequence[str], since: datetime) -> list[Crosspost]:
    """Cross-posts in these states, for these accounts, that nothing has changed after ``since``."""
    own = (crossposts.c.account.in_(accounts), crossposts.c.state.in_(states), crossposts.c.changed_at <= since)
    return [_crosspost(row) for row in tx.execute(select(crossposts).where(*own).order_by(crossposts.c.id))]


def abandoned(tx: Connection, states: Sequence[State], now: datetime) -> list[Crosspost]:
    """Cross-posts in these states whose worker died: their lease is over."""
    stale = select(crossposts).where(crossposts.c.state.in_(states), crossposts.c.lease_until < now)
    return [_crosspost(row) for row in tx.execute(stale)]


def dated_after(tx: Connection, now: datetime) -> list[Crosspost]:
    """Cross-posts that wait for a moment after ``now``, or that a worker has until then."""
    ahead = (crossposts.c.not_before > now) | (crossposts.c.lease_until > now)
    return [_crosspost(row) for row in tx.execute(select(crossposts).where(ahead).order_by(crossposts.c.id))]


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


def count_by_state(tx: Connection, accounts: Sequence[str] = ()) -> dict[State, int]:
    """How many cross-posts stand in each state; of these accounts alone, where any is named."""
    own = (crossposts.c.account.in_(accounts),) if accounts else ()
    counted = tx.execute(select(crossposts.c.state, func.count()).where(*own).group_by(crossposts.c.state))
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
        "unseen_at": crosspost.unseen_at,
        "wanted_at": crosspost.wanted_at,
        "wanted_by": crosspost.wanted_by,
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
        unseen_at=row.unseen_at,
        wanted_at=row.wanted_at,
        wanted_by=row.wanted_by,
    )
