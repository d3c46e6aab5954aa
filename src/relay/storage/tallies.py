"""How much there is of everything, counted by the database."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from relay.core.crosspost import State
from relay.storage.tables.editorial import entries
from relay.storage.tables.review import attempts, crossposts


def entries_kept(tx: Connection) -> int:
    """How many entries are kept."""
    return tx.execute(select(func.count()).select_from(entries)).scalar_one()


def longest(tx: Connection) -> dict[State, datetime]:
    """Since when the cross-post that has been in a state for longest is in it."""
    since = select(crossposts.c.state, func.min(crossposts.c.changed_at).label("since")).group_by(crossposts.c.state)
    return {State(row.state): row.since for row in tx.execute(since)}


def attempted(tx: Connection) -> dict[str, int]:
    """Attempts to publish by how they ended; ``open`` is of those that have not."""
    ended = func.coalesce(attempts.c.outcome, "open")
    return {row[0]: row[1] for row in tx.execute(select(ended, func.count()).group_by(ended))}
