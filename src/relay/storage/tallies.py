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
    """Since when the cross-post that has been in a state for longest is in it.

    By account as well, as an index has it: no row is read, with all that was ever written in it.
    """
    columns, found = crossposts.c, dict[State, datetime]()
    since = select(columns.state, func.min(columns.changed_at)).group_by(columns.account, columns.state)
    for state, at in tx.execute(since):
        found[State(state)] = min(at, found.get(State(state), at))
    return found


def attempted(tx: Connection) -> dict[str, int]:
    """Attempts to publish by how they ended. One that is under way is none yet: what is counted only grows."""
    outcome = attempts.c.outcome
    ended = select(outcome, func.count()).where(outcome.is_not(None)).group_by(outcome)
    return {row[0]: row[1] for row in tx.execute(ended)}
