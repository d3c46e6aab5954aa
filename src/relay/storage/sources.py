"""What relay remembers of its sources between two polls."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from relay.core.polling.pollstate import PollState
from relay.core.source import Origin
from relay.storage import rows
from relay.storage.tables.intake import sources


def states(tx: Connection) -> dict[str, PollState]:
    """Every source ever polled, by identifier."""
    return {row.id: rows.load(row.state, PollState) for row in tx.execute(select(sources.c.id, sources.c.state))}


def due(tx: Connection, ids: Sequence[str], now: datetime) -> list[tuple[str, PollState]]:
    """Which of the configured sources are to be asked at ``now``: those never asked, then the longest overdue."""
    asked = set(tx.execute(select(sources.c.id)).scalars())
    found = tx.execute(
        select(sources.c.id, sources.c.state).where(sources.c.due <= now).order_by(sources.c.due, sources.c.id)
    )
    wanted = set(ids)
    overdue = [(row.id, rows.load(row.state, PollState)) for row in found if row.id in wanted]
    return [*((id, PollState()) for id in ids if id not in asked), *overdue]


def next_due(tx: Connection, ids: Sequence[str]) -> datetime | None:
    """When the first of these sources is asked again; ``None`` where none is to be."""
    return tx.execute(select(func.min(sources.c.due)).where(sources.c.id.in_(ids))).scalar()


def state(tx: Connection, id: str) -> PollState:
    """The state of one source; a new one if it was never asked."""
    text = tx.execute(select(sources.c.state).where(sources.c.id == id)).scalar()
    return rows.load(text, PollState) if text else PollState()


def origins(tx: Connection, ids: Collection[str] | None = None) -> dict[str, Origin]:
    """What the feed of each source, or of each of these, says of itself, by source identifier."""
    own = select(sources.c.id, sources.c.origin).where(sources.c.origin.is_not(None))
    found = tx.execute(own if ids is None else own.where(sources.c.id.in_(ids)))
    return {row.id: rows.load(row.origin, Origin) for row in found}


def told(tx: Connection, ids: Collection[str]) -> list[tuple[str, str | None]]:
    """The same as it is stored, to see whether it is as it was."""
    own = select(sources.c.id, sources.c.origin).where(sources.c.id.in_(ids)).order_by(sources.c.id)
    return [(row.id, row.origin) for row in tx.execute(own)]


def origin(tx: Connection, id: str) -> Origin | None:
    """What this source's feed says of itself."""
    return rows.load_or_none(tx.execute(select(sources.c.origin).where(sources.c.id == id)).scalar(), Origin)


def save(tx: Connection, id: str, state: PollState, told: Origin | None) -> None:
    """Remember ``state``; an origin that this poll did not tell keeps its stored value."""
    kept = told or origin(tx, id)
    tx.execute(delete(sources).where(sources.c.id == id))
    places = {"due": state.due, "landed": state.place.landed or None}
    words = {"state": rows.dump(state), "origin": rows.dump(kept) if kept else None}
    tx.execute(insert(sources).values(id=id, **places, **words))


def landed(tx: Connection, urls: Sequence[str]) -> list[tuple[str, PollState]]:
    """The sources whose last answer came from one of these addresses."""
    found = tx.execute(select(sources.c.id, sources.c.state).where(sources.c.landed.in_(urls)))
    return [(row.id, rows.load(row.state, PollState)) for row in found]
