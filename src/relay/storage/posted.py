"""What other tools had posted: kept by its names, and looked for when a source shows what is new."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Connection, insert, select, tuple_

from relay.core.crosspost import State
from relay.core.identity.posted import Mark
from relay.storage.tables.editorial import identities
from relay.storage.tables.posted import posted
from relay.storage.tables.review import crossposts

Value = TypeVar("Value")

ANYWHERE = ""
"""The source of a name that is known in whatever feed it is found."""
AT_ONCE = 2000
_ANY = select(posted.c.kind).limit(1)
_AHEAD = (State.WAITING, State.CHANGES, State.APPROVED, State.SCHEDULED, State.HELD, State.FAILED)


def keep(tx: Connection, source_id: str, marks: Iterable[Mark]) -> int:
    """Remember them under this source, or under none; how many are new. What is known already stays as it is."""
    named = {(mark.kind, mark.value): mark for mark in marks}
    kept = 0
    for some in _chunks([*named.values()]):
        keys = [(mark.kind, mark.value) for mark in some]
        own = (posted.c.source_id == source_id, tuple_(posted.c.kind, posted.c.value).in_(keys))
        known = {(row.kind, row.value) for row in tx.execute(select(posted.c.kind, posted.c.value).where(*own))}
        new = [_row(source_id, mark) for mark in some if (mark.kind, mark.value) not in known]
        if new:
            tx.execute(insert(posted), new)
        kept += len(new)
    return kept


def of(tx: Connection, source_id: str, values: Collection[str]) -> dict[tuple[str, str], Mark]:
    """By kind and value, what is remembered under these values for this source, or for all; its own goes first."""
    found: dict[tuple[str, str], Mark] = {}
    for some in _chunks(sorted(values)):
        own = (posted.c.source_id.in_((source_id, ANYWHERE)), posted.c.value.in_(some))
        for row in tx.execute(select(posted).where(*own).order_by(posted.c.source_id)):
            found[row.kind, row.value] = Mark(row.kind, row.value, row.how, row.place, row.moment)
    return found


def is_any(tx: Connection) -> bool:
    """Whether anything is remembered at all."""
    return tx.execute(_ANY).first() is not None


def waiting(tx: Connection, source_id: str, values: Collection[str]) -> list[int]:
    """The cross-posts that wait for an editor, or to leave, of entries that this source, or any, knows by a name."""
    found: set[int] = set()
    for some in _chunks(sorted(values)):
        named = (identities.c.kind.in_(("guid", "url")), identities.c.value.in_(some))
        known = select(identities.c.entry_id).where(*named)
        known = known if source_id == ANYWHERE else known.where(identities.c.source_id == source_id)
        own = (crossposts.c.entry_id.in_(known), crossposts.c.state.in_(_AHEAD))
        found |= {*tx.execute(select(crossposts.c.id).where(*own)).scalars()}
    return sorted(found)


def _row(source_id: str, mark: Mark) -> dict[str, object]:
    said = {"how": mark.how, "place": mark.where, "moment": mark.moment}
    return {"source_id": source_id, "kind": mark.kind, "value": mark.value, **said}


def _chunks(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    return (values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE))
