"""What relay agreed on with hubs, one subscription a source at most."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, Row, delete, insert, select

from relay.core.polling.pollstate import PollState
from relay.core.pushing.subscription import State, Subscription
from relay.storage import rows
from relay.storage.tables.editorial import entries
from relay.storage.tables.intake import sources, subscriptions


def every(tx: Connection) -> dict[str, Subscription]:
    """All of them, by source."""
    return {row.source_id: _subscription(row) for row in tx.execute(select(subscriptions))}


def of(tx: Connection, source_id: str) -> Subscription | None:
    """That of a source."""
    return _one(tx.execute(select(subscriptions).where(subscriptions.c.source_id == source_id)).first())


def of_some(tx: Connection, source_ids: Collection[str]) -> dict[str, Subscription]:
    """Those of these sources, by source."""
    found = tx.execute(select(subscriptions).where(subscriptions.c.source_id.in_(source_ids)))
    return {row.source_id: _subscription(row) for row in found}


def behind(tx: Connection, token: str) -> Subscription | None:
    """That whose callback's address has this token, whatever a stranger puts in its place."""
    if not token.isprintable():  # PostgreSQL takes no NUL, not even to look for it
        return None
    return _one(tx.execute(select(subscriptions).where(subscriptions.c.token == token)).first())


def put(tx: Connection, subscription: Subscription) -> None:
    """Store it in the place of whatever its source had."""
    forget(tx, subscription.source_id)
    tx.execute(insert(subscriptions).values(**asdict(subscription)))


def forget(tx: Connection, source_id: str) -> None:
    """Its callback is unknown from now on."""
    tx.execute(delete(subscriptions).where(subscriptions.c.source_id == source_id))


def offering(tx: Connection, source_ids: Sequence[str]) -> dict[str, PollState]:
    """Those of the sources whose last document named a hub; the others, most of them, are not even read."""
    named = select(sources.c.id, sources.c.state).where(sources.c.state.like('%"hubs":["%'))
    wanted = frozenset(source_ids)
    return {row.id: rows.load(row.state, PollState) for row in tx.execute(named) if row.id in wanted}


def found_at(tx: Connection, source_id: str, now: datetime) -> list[datetime]:
    """When what was first seen at exactly ``now``, so by this poll, had been published."""
    own = (entries.c.source_id == source_id) & (entries.c.first_seen == now)
    return list(tx.execute(select(entries.c.published).where(own)).scalars())


def _one(row: Row[tuple[object, ...]] | None) -> Subscription | None:
    return _subscription(row) if row else None


def _subscription(row: Row[tuple[object, ...]]) -> Subscription:
    values = {**row._mapping}  # noqa: SLF001  # the library's documented name
    return Subscription(**{**values, "state": State(row.state)})
