"""Rows that a clock ahead of its time has dated: they are moved with it when it is set back.

The audit stays as it was written: it is chained. So does what a person, a network or a browser was told as a date.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Column, ColumnElement, Connection, Table, bindparam, func, select, update

from relay.core.clock import SetBack
from relay.core.polling.pollstate import PollState
from relay.core.polling.setback import set_right
from relay.core.source import Source
from relay.storage import changing, rows
from relay.storage.tables.accounts import accounts, foretold, grants, visits
from relay.storage.tables.editorial import entries, pictures
from relay.storage.tables.hub import errands, pings, subscribers, topics
from relay.storage.tables.intake import fetches, pauses, pushes, questions, sources, subscriptions
from relay.storage.tables.notices import listeners, messages, notices
from relay.storage.tables.parts import parted
from relay.storage.tables.people import ceremonies, links, sessions, tries, users
from relay.storage.tables.programs import positions, tokens
from relay.storage.tables.review import attempts, audit, crossposts
from relay.storage.tables.service import feeds

Moments = tuple[tuple[Table, tuple[str, ...]], ...]

ASKED: Moments = (
    (pauses, ("until",)),
    (fetches, ("at",)),
    (pushes, ("at",)),
    (questions, ("asked_at", "answered_at")),
    (subscriptions, ("asked_at", "leased_at", "pushed_at")),
)
"""What polling remembers beside the state of each source."""
SHOWN: Moments = (
    (entries, ("first_seen", "withdrawn_at", "held_until")),
    (pictures, ("due",)),
    (parted, ("at",)),
    (feeds, ("published_at", "begun_at")),
)
"""What decides which entries readers have."""
LEFT: Moments = (
    (crossposts, ("created_at", "changed_at", "unseen_at")),
    (attempts, ("started_at", "finished_at")),
    (accounts, ("fetched_at", "asked_at", "held_since")),
    (grants, ("lease_until",)),
    (visits, ("expires_at",)),
    (foretold, ("at",)),
    (topics, ("changed_at",)),
    (errands, ("not_before",)),
    (subscribers, ("at", "not_before", "failing_since")),
    (pings, ("at", "not_before", "failing_since")),
    (listeners, ("since",)),
    (notices, ("at",)),
    (messages, ("not_before", "lease_until", "made_at", "done_at")),
    (positions, ("told_at", "not_before", "failing_since")),
    (tokens, ("used_at",)),
    (users, ("seen_at",)),
    (links, ("expires_at", "used_at")),
    (sessions, ("begun_at", "seen_at")),
    (ceremonies, ("expires_at",)),
    (tries, ("since", "last")),
)
"""What leaves relay, and who may come in. A session ends when its browser was told that it does."""
GRANTED = ("connected_at", "granted_at", "expires_at", "ends_at", "refresh_at")


def move(tx: Connection, moments: Moments, change: SetBack) -> None:
    """Every one of these that is still to come."""
    for table, names in moments:
        for name in names:
            _move(tx, table.c[name], change)


def show(tx: Connection, change: SetBack) -> None:
    """What readers had stays out, and what waited for its picture waits no longer than it would have."""
    ahead = entries.c.held_until > change.now
    tx.execute(update(entries).where(ahead).values(changed=changing.number()))
    move(tx, SHOWN, change)


def poll(tx: Connection, wanted: Mapping[str, Source], change: SetBack) -> int:
    """How many of these sources are asked sooner than the tables said."""
    known = {row.id: rows.load(row.state, PollState) for row in tx.execute(select(sources.c.id, sources.c.state))}
    right = {id: set_right(wanted[id], state, change) for id, state in known.items() if id in wanted}
    moved = [id for id in right if right[id] != known[id]]
    for id in moved:
        values = {"due": right[id].due, "state": rows.dump(right[id])}
        tx.execute(update(sources).where(sources.c.id == id).values(values))
    return len(moved)


def ask(tx: Connection, change: SetBack) -> None:
    """The rest of what polling and subscribing remember; a lease of a hub counts from when it was given."""
    leased = subscriptions.c.leased_at > change.now
    _move(tx, subscriptions.c.lease_until, change, leased)
    move(tx, ASKED, change)


def leave(tx: Connection, change: SetBack) -> None:
    """What is told to others, and who may come in."""
    given = grants.c.granted_at > change.now
    for name in reversed(GRANTED):
        own = given if name != "refresh_at" else given | (grants.c.refresh_at > change.was)
        _move(tx, grants.c[name], change, own)
    _move(tx, accounts.c.allowance_until, change, accounts.c.allowance_left < 0)  # relay's own; others are a network's
    _doubt(tx, change)
    move(tx, LEFT, change)


def _doubt(tx: Connection, change: SetBack) -> None:
    """What may be public is looked for from before it can have left: from the last line that was rightly dated.

    Where there is none, from long before: to look too far back does no harm.
    """
    first = select(func.min(audit.c.id)).where(audit.c.at > change.now).scalar_subquery()
    sound = tx.execute(select(func.max(audit.c.at)).where(audit.c.at <= change.now, audit.c.id < first)).scalar()
    doubtful = (attempts.c.outcome.is_(None) | (attempts.c.outcome == "Unsure"), attempts.c.started_at > change.now)
    tx.execute(update(attempts).where(*doubtful).values(started_at=sound or change.now - change.by))


def _move(tx: Connection, column: Column[datetime], change: SetBack, *own: ColumnElement[bool]) -> None:
    table = column.table
    keys = [key for key in table.primary_key if key is not column]
    found = tx.execute(select(*keys, column).where(column > change.now, *own)).all()
    if not found:
        return
    chosen = [key == bindparam(f"own_{key.name}") for key in keys]
    change_one = update(table).where(*chosen).values({column.name: bindparam("moved")})
    tx.execute(change_one, [_named(keys, row, change) for row in found])


def _named(keys: Sequence[Column[object]], row: Sequence[object], change: SetBack) -> dict[str, object]:
    *own, moment = row
    assert isinstance(moment, datetime)
    return {f"own_{key.name}": value for key, value in zip(keys, own, strict=True)} | {"moved": change.moved(moment)}
