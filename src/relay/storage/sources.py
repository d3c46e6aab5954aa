"""What relay remembers of its sources between two polls."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, delete, insert, select

from relay.core.source import Origin, PollState, Validators
from relay.storage import rows
from relay.storage.tables import sources


def states(tx: Connection) -> dict[str, PollState]:
    """Every source ever polled, by identifier."""
    return {row.id: _state(row) for row in tx.execute(select(sources))}


def due(tx: Connection, ids: Sequence[str], now: datetime) -> list[tuple[str, PollState]]:
    """Which of the configured sources are to be asked at ``now``, those never asked first."""
    known = states(tx)
    found = [(id, known.get(id, PollState())) for id in ids]
    return [(id, state) for id, state in found if state.due is None or state.due <= now]


def state(tx: Connection, id: str) -> PollState:
    """The state of one source; a new one if it was never asked."""
    row = tx.execute(select(sources).where(sources.c.id == id)).first()
    return _state(row) if row else PollState()


def origins(tx: Connection) -> dict[str, Origin]:
    """What each source's feed says of itself, by source identifier."""
    found = tx.execute(select(sources.c.id, sources.c.origin).where(sources.c.origin.is_not(None)))
    return {row.id: rows.load(row.origin, Origin) for row in found}


def save(tx: Connection, id: str, state: PollState, origin: Origin | None) -> None:
    """Remember ``state``; an origin that this poll did not tell keeps its stored value."""
    if origin is None:
        origin = origins(tx).get(id)
    tx.execute(delete(sources).where(sources.c.id == id))
    tx.execute(
        insert(sources).values(
            id=id,
            etag=state.validators.etag,
            last_modified=state.validators.last_modified,
            due=state.due,
            polled_at=state.polled_at,
            succeeded_at=state.succeeded_at,
            failures=state.failures,
            answer=state.answer,
            reason=state.reason,
            max_age=int(state.max_age.total_seconds()) if state.max_age else None,
            origin=rows.dump(origin) if origin else None,
        )
    )


def _state(row: Row[tuple[object, ...]]) -> PollState:
    return PollState(
        validators=Validators(row.etag, row.last_modified),
        due=row.due,
        polled_at=row.polled_at,
        succeeded_at=row.succeeded_at,
        failures=row.failures,
        answer=row.answer,
        reason=row.reason,
        max_age=None if row.max_age is None else timedelta(seconds=row.max_age),
    )
