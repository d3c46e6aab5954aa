"""What relay says of itself at the end: its rows, read past the proxy."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from relay.core.crosspost import State
from relay.storage import crossposts
from relay.storage.database import Database
from tests.scale.names import number

OPEN = (State.WAITING, State.APPROVED, State.SCHEDULED, State.SENDING, State.UNCONFIRMED)
Name = tuple[str, int]
"""Account and number of a post."""
DOUBT = "The worker stopped before the network's answer was stored."


@dataclass(frozen=True, slots=True)
class Rows:
    """``posts``: each with its state; ``approved``: those with a yes; ``ids``: which row is which post.

    ``doubts``: attempts that somebody else took over. ``stale``: a sentence for each result that was accepted after that.
    """

    posts: dict[Name, State]
    approved: frozenset[Name]
    ids: dict[int, Name]
    doubts: int
    stale: tuple[str, ...]


def read(db: Database) -> Rows:
    """All of it."""
    with db.read() as tx:
        found = crossposts.by_state(tx, tuple(State))
        names = {one.id: (one.account, number(one.draft.text)) for one in found}
        doubts = tx.execute(text("SELECT count(*) FROM audit WHERE what = :doubt"), {"doubt": DOUBT}).scalar_one()
        stale = (*_moves(tx, names), *_fetches(tx))
    posts = {names[one.id]: one.state for one in found}
    return Rows(posts, frozenset(names[one.id] for one in found if one.approvals), names, doubts, stale)


def open_ones(db: Database) -> Counter[str]:
    """How many are not at an end, by state."""
    with db.read() as tx:
        counted = crossposts.count_by_state(tx)
    return Counter({state: counted[state] for state in OPEN if counted.get(state)})


def _moves(tx: Connection, names: dict[int, Name]) -> Iterator[str]:
    """Each line of a cross-post begins where the one before it ended; a result of an attempt that is over does not."""
    found = tx.execute(
        text("SELECT crosspost_id, from_state, to_state, what FROM audit WHERE crosspost_id IS NOT NULL ORDER BY id")
    )
    stands: dict[int, str] = {}
    for id, before, after, what in found:
        if before and id in stands and stands[id] != before:
            yield f"{names.get(id)}: {before} → {after} ({what}), where it was {stands[id]}"
        stands[id] = after


def _fetches(tx: Connection) -> Iterator[str]:
    """No answer is stored after a later one of the same source: whoever asked first and stores last is too late."""
    times: dict[str, list[datetime]] = defaultdict(list)
    for source, at, seconds in tx.execute(text("SELECT source_id, at, seconds FROM fetches ORDER BY id")):
        moment = datetime.fromisoformat(at) if isinstance(at, str) else at
        if times[source] and moment.timestamp() - seconds < times[source][-1].timestamp() - 1:
            yield f"{source}: an answer of {moment} was stored after one of {times[source][-1]}"
        times[source].append(moment)
