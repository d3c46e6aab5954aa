"""What relay remembers of its sources between two polls."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter

from sqlalchemy import Connection, bindparam, func, insert, or_, select, update

from relay.core.polling.pollstate import Hints, Place, PollState
from relay.core.source import Origin
from relay.storage import rows
from relay.storage.tables.intake import sources


def states(tx: Connection) -> dict[str, PollState]:
    """Every source ever polled, by identifier."""
    return dict(each(tx))


def each(tx: Connection) -> Iterator[tuple[str, PollState]]:
    """The same, one after the other: ten thousand at once would need 20 MB."""
    for row in tx.execute(select(sources.c.id, sources.c.state)):
        yield row.id, rows.load(row.state, PollState)


Stored = tuple[str, str]
"""A source, and its state as its row has it; an empty text where there is no row."""


def read(stored: str) -> PollState:
    """The state that a row has; a new one where there is none."""
    return rows.load(stored, PollState) if stored else PollState()


def due(tx: Connection, ids: Sequence[str], now: datetime) -> list[Stored]:
    """Which of the configured sources are to be asked at ``now``: those never asked, then the longest overdue."""
    asked = set(tx.execute(select(sources.c.id)).scalars())
    found = tx.execute(
        select(sources.c.id, sources.c.state).where(sources.c.due <= now).order_by(sources.c.due, sources.c.id)
    )
    wanted = set(ids)
    return [*((id, "") for id in ids if id not in asked), *((id, state) for id, state in found if id in wanted)]


@dataclass(frozen=True, slots=True)
class Placed:
    """Of a state, where its source is asked, and when its feed wants that."""

    place: Place = field(default_factory=Place)
    hints: Hints = field(default_factory=Hints)


def places_due(tx: Connection, ids: Collection[str], now: datetime) -> Iterator[tuple[str, Placed]]:
    """The same, and of each only where and when it is asked: read a thousand at a time, and none of them kept."""
    asked = set(tx.execute(select(sources.c.id)).scalars())
    yield from ((id, Placed()) for id in ids if id not in asked)
    due = select(sources.c.id, sources.c.state).where(sources.c.due <= now).order_by(sources.c.due, sources.c.id)
    for id, state in tx.execute(due, execution_options={"yield_per": 1000}):
        if id in ids:
            yield id, rows.load(state, Placed)


_NAMED = sources.c.id.in_(bindparam("ids", expanding=True))
_DUE_OF = (
    select(sources.c.id, sources.c.state, (sources.c.due <= bindparam("now")).label("is_due"))
    .where(_NAMED)
    .order_by(sources.c.due, sources.c.id)
)


def due_of(tx: Connection, ids: Sequence[str], now: datetime) -> list[Stored]:
    """The same of a few sources: nothing is read of any other."""
    found = tx.execute(_DUE_OF, {"ids": ids, "now": now}).all()
    asked = {id for id, *_ in found}
    return [*((id, "") for id in ids if id not in asked), *((id, state) for id, state, is_due in found if is_due)]


def overdue(tx: Connection, now: datetime) -> Iterator[tuple[str, datetime, PollState]]:
    """The sources that are due at ``now``, the longest overdue first: read only as far as they are asked for."""
    due = select(sources.c.id, sources.c.due, sources.c.state).where(sources.c.due <= now)
    for row in tx.execute(due.order_by(sources.c.due, sources.c.id)):
        yield row.id, row.due, rows.load(row.state, PollState)


def troubled(tx: Connection) -> dict[str, PollState]:
    """The states of the sources that are not known to do well: a few too many, where a row is of an older version."""
    signs = ('%"failures":0,%', '%"is_gone":false,%', '%"missing":0,%')
    unwell = or_(*(sources.c.state.not_like(sign) for sign in signs))
    found = tx.execute(select(sources.c.id, sources.c.state).where(unwell))
    return {row.id: rows.load(row.state, PollState) for row in found}


def next_due(tx: Connection, ids: Sequence[str]) -> datetime | None:
    """When the first of these sources is asked again; ``None`` where none is to be."""
    return tx.execute(select(func.min(sources.c.due)).where(sources.c.id.in_(ids))).scalar()


def first_due(tx: Connection) -> datetime | None:
    """When the first of all is asked again, by the index alone."""
    return tx.execute(select(func.min(sources.c.due))).scalar()


def state(tx: Connection, id: str) -> PollState:
    """The state of one source; a new one if it was never asked."""
    return read(stored(tx, id))


def stored(tx: Connection, id: str) -> str:
    """The same as its row has it; empty where there is none."""
    return tx.execute(select(sources.c.state).where(sources.c.id == id)).scalar() or ""


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
    values = _values(state)
    if told:
        values["origin"] = rows.dump(told)
    if not tx.execute(update(sources).where(sources.c.id == id).values(values)).rowcount:
        tx.execute(insert(sources).values(id=id, **values))


_ADVANCED = (
    update(sources)
    .where(sources.c.id == bindparam("own"), sources.c.state == bindparam("known"))
    .values(due=bindparam("due"), landed=bindparam("landed"), state=bindparam("state"))
)


def advance(tx: Connection, some: Sequence[tuple[str, str, PollState]]) -> bool:
    """Have these sources, whose rows had such texts (none: they had no row), in these states.

    Whether all were as they had been; else, or where it raises ``IntegrityError``, nothing is to be kept of this
    transaction. By all who take several, new rows are taken first, and rows in the order of their names.
    """
    ordered = sorted(some, key=itemgetter(0))
    old = [{"own": id, "known": known, **_values(state)} for id, known, state in ordered if known]
    if new := [{"id": id, **_values(state)} for id, known, state in ordered if not known]:
        tx.execute(insert(sources), new)
    return not old or tx.execute(_ADVANCED, old).rowcount == len(old)


def _values(state: PollState) -> dict[str, object]:
    return {"due": state.due, "landed": state.place.landed or None, "state": rows.dump(state)}


_LANDED = select(sources.c.id).where(sources.c.landed.in_(bindparam("urls", expanding=True)))


def landed(tx: Connection, urls: Sequence[str], but: Collection[str] = ()) -> list[Stored]:
    """The sources whose last answer came from one of these addresses; not those of ``but``."""
    others = [id for id in tx.execute(_LANDED, {"urls": urls}).scalars() if id not in but]
    found = tx.execute(select(sources.c.id, sources.c.state).where(_NAMED), {"ids": others}) if others else ()
    return [(id, state) for id, state in found]
