"""Cross-posts out of long queues: a page at a time, by state, account, source, words and whose they are.

Every question is asked for each state by itself: one state is read in the order of an index, and no further than the
page goes. Words are looked for in a narrow table beside, which is read in full where nothing fits.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select, union_all

from relay.core.crosspost import Crosspost, State
from relay.storage import rows
from relay.storage.tables.finding import findable
from relay.storage.tables.review import crossposts

_C = crossposts.c


class Order(StrEnum):
    """The oldest entry first, the newest first, or what leaves soonest, of what has a moment to leave."""

    OLD = "old"
    NEW = "new"
    LEAVES = "leaves"


@dataclass(frozen=True, slots=True)
class Word:
    """A word as ``core.language.stems.fold`` makes it, and the sources whose name has it."""

    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cross-posts are looked for; empty ones are any, ``sources`` of ``None`` too.

    ``words`` must all be there. ``written_by``: the words are this editor's. ``for_``: they are not, and this editor
    has not approved them.
    """

    states: tuple[State, ...]
    accounts: tuple[str, ...] = ()
    sources: tuple[str, ...] | None = None
    words: tuple[Word, ...] = ()
    written_by: str = ""
    for_: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: behind this cross-post, or ahead of it with ``is_back``."""

    id: int
    is_back: bool = False


def page(tx: Connection, wanted: Wanted, order: Order, limit: int, place: Place | None = None) -> list[int]:
    """Identifiers of cross-posts in this order: the first ``limit`` of them, or those beside ``place``."""
    is_back = place is not None and place.is_back
    keys = _keys(order, is_back=is_back)
    beyond = _beyond(tx, order, place) if place else []
    each = [_of(wanted, state).add_columns(_C.not_before).where(*beyond) for state in wanted.states]
    if order is Order.LEAVES:
        each = [one.where(_C.not_before.is_not(None)) for one in each]
    found = [row.id for row in tx.execute(_first(each, keys, limit))]
    return found[::-1] if is_back else found


def entries(
    tx: Connection, wanted: Wanted, *, newest_first: bool = False, after: int | None = None, limit: int = 40
) -> list[int]:
    """Identifiers of ``limit`` entries that have such cross-posts: those after entry ``after`` in this order."""
    each = [_of(wanted, state).with_only_columns(_C.entry_id).group_by(_C.entry_id) for state in wanted.states]
    if after is not None:
        each = [one.where(_C.entry_id < after if newest_first else _C.entry_id > after) for one in each]
    found = tx.execute(_first(each, (("entry_id", newest_first),), limit * max(len(each), 1))).scalars()
    return [*dict.fromkeys(found)][:limit]


def following(tx: Connection, wanted: Wanted, of: Crosspost) -> int | None:
    """The cross-post that comes after ``of``, by entry, from the start again after the last."""
    order = (("entry_id", False), ("id", False))
    others = [_of(wanted, state).where(_C.id != of.id) for state in wanted.states]
    later = or_(_C.entry_id > of.entry_id, and_(_C.entry_id == of.entry_id, _C.id > of.id))
    first = tx.execute(_first([one.where(_C.entry_id >= of.entry_id, later) for one in others], order, 1)).first()
    first = first or tx.execute(_first(others, order, 1)).first()
    return first.id if first else None


def _of(wanted: Wanted, state: State) -> Select[Any]:
    """Every cross-post that fits, in one state."""
    own = select(_C.id, _C.entry_id).where(_C.state == state, *_limits(wanted))
    if wanted.words or wanted.sources is not None:
        own = own.join(findable, findable.c.crosspost_id == _C.id).where(*_words(wanted))
    return own


def _limits(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.accounts:
        yield _C.account.in_(wanted.accounts)
    if wanted.written_by:
        yield _C.edited_by == wanted.written_by
    if wanted.for_:
        yield or_(_C.edited_by.is_(None), _C.edited_by != wanted.for_)
        yield ~_C.approvals.contains(f'"by":{rows.dump(wanted.for_)},', autoescape=True)


def _words(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.sources is not None:
        yield findable.c.source_id.in_(wanted.sources)
    for word in wanted.words:
        has = findable.c.words.contains(word.text, autoescape=True)
        yield or_(has, findable.c.source_id.in_(word.sources)) if word.sources else has


def _keys(order: Order, *, is_back: bool) -> tuple[tuple[str, bool], ...]:
    """The columns of an order, and whether they go down."""
    down = (order is Order.NEW) != is_back
    return (("not_before" if order is Order.LEAVES else "entry_id", down), ("id", down))


def _beyond(tx: Connection, order: Order, place: Place) -> list[ColumnElement[bool]]:
    """What lies beyond a place; one that is gone is no place, and the page is the first."""
    at = tx.execute(select(_C.id, _C.entry_id, _C.not_before).where(_C.id == place.id)).first()
    (name, down), _ = _keys(order, is_back=place.is_back)
    if at is None or getattr(at, name) is None:
        return []
    column, value = _C[name], getattr(at, name)
    on = column < value if down else column > value
    same = and_(column == value, _C.id < at.id if down else _C.id > at.id)
    return [column <= value if down else column >= value, or_(on, same)]  # the first is for the index


def _first(each: Sequence[Select[Any]], keys: Sequence[tuple[str, bool]], limit: int) -> Select[Any]:
    """The first of each of these, then the first of all."""
    cut = [select(_sorted(one, one.selected_columns, keys).limit(limit).subquery()) for one in each]
    every = union_all(*cut).subquery() if len(cut) > 1 else cut[0].subquery()
    return _sorted(select(every), every.c, keys).limit(limit)


def _sorted(query: Select[Any], columns: Any, keys: Sequence[tuple[str, bool]]) -> Select[Any]:
    return query.order_by(*(columns[name].desc() if down else columns[name].asc() for name, down in keys))


def twins(tx: Connection, ids: Collection[int], states: Sequence[State], limit: int) -> dict[int, list[int]]:
    """Entries whose headlines have the words of theirs, for each cross-post in ``ids`` that has any; the newest."""
    key = findable.c.alike
    own = select(findable.c.crosspost_id, key).where(findable.c.crosspost_id.in_(ids), key != "")
    keys = {row.crosspost_id: row.alike for row in tx.execute(own)}
    # Two questions and no join: SQLite would begin with all that is in these states.
    like = select(findable.c.crosspost_id, key).where(key.in_(set(keys.values())))
    found = {
        row.crosspost_id: row.alike for row in tx.execute(like.order_by(findable.c.crosspost_id.desc()).limit(limit))
    }
    place = select(_C.id, _C.entry_id, _C.state).where(_C.id.in_({*keys, *found}))
    where = {row.id: row for row in tx.execute(place.order_by(_C.entry_id.desc()))}
    by_key: dict[str, dict[int, None]] = {}
    for id, row in where.items():
        if id in found and row.state in states:
            by_key.setdefault(found[id], {})[row.entry_id] = None
    others = {id: [one for one in by_key.get(of, ()) if one != where[id].entry_id] for id, of in keys.items()}
    return {id: entries_ for id, entries_ in others.items() if entries_}
