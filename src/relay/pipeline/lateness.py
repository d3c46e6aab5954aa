"""How late sources are asked; one whose host is left alone for a while is not late."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from relay.core.polling import moves, pause
from relay.pipeline.desk import Desk
from relay.storage import pauses, sources

LATE = timedelta(hours=1)
"""So long after it was due a source that was not asked is overdue."""


@dataclass(frozen=True, slots=True)
class Late:
    """When the source was due that waits longest, ``None`` where none does; how many are overdue."""

    due: datetime | None = None
    overdue: int = 0


def of_sources(tx: Connection, desk: Desk, now: datetime) -> Late:
    """Those of the configuration. Read are only rows that are due: few, where polling keeps up."""
    due = _due(tx, desk, now)
    first = next(due, None)
    if first is None or now - first < LATE:
        return Late(first)
    return Late(first, 1 + sum(now - one >= LATE for one in due))


def _due(tx: Connection, desk: Desk, now: datetime) -> Iterator[datetime]:
    """When each was due, the longest overdue first."""
    running = pauses.running(tx, now)
    for id, due, state in sources.overdue(tx, now):
        source = desk.sources.get(id)
        if source is None:
            continue
        asked = (moves.address(source, state), state.place.landed) if running else ()
        if not pause.longest(running, asked, id, desk.own_hosts):
            yield due
