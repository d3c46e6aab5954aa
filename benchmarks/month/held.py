"""What a process holds at the end of a simulated day."""

import ctypes
import functools
import gc
import os
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Sized
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from benchmarks.cost import descendants, held
from benchmarks.month.service import Living
from relay.pipeline.storing import neighbourhood
from relay.publish import archive, cleaning, item, syndication
from relay.publish.kept import Kept
from relay.storage.tables.every import metadata


@dataclass(frozen=True, slots=True)
class Day:
    """``trimmed`` is what is resident once the allocator has given back what is free (``malloc_trim``).

    ``blocks`` are pieces of memory that Python has given away, ``objects`` those its collector knows.
    """

    number: int
    resident: float
    trimmed: float
    children: float
    objects: int
    blocks: int
    rows: int
    caches: dict[str, int]


def look(living: Living, number: int, *, full: bool) -> Day:
    """As of now; the caches that have a bound are told first and emptied then, unless they are to be ``full``."""
    _wait()
    caches = dict(_caches(living, gc.get_objects()))
    if not full:
        _empty(living)
    for _ in range(3):
        gc.collect()
    objects = gc.get_objects()
    pid = os.getpid()
    resident = held(pid).resident
    ctypes.CDLL(None).malloc_trim(0)
    theirs = sum(held(child).own for child in descendants(pid))
    return Day(
        number,
        resident,
        held(pid).resident,
        theirs,
        len(objects),
        sys.getallocatedblocks(),
        _rows(living),
        caches,
    )


def kinds() -> Counter[str]:
    """How many objects there are of each type."""
    return Counter(f"{type(one).__module__}.{type(one).__qualname__}" for one in gc.get_objects())


def _rows(living: Living) -> int:
    with living.relay.db.read() as tx:
        return sum(tx.execute(select(func.count()).select_from(table)).scalar_one() for table in metadata.sorted_tables)


def _wait() -> None:
    """Until nobody is at work: who counts objects holds them, and a tuple in the making may then not be made."""
    for thread in threading.enumerate():
        if thread.name.startswith("hook "):
            thread.join()


def _empty(living: Living) -> None:
    """Filling up takes weeks, and says nothing of what would grow for ever."""
    engine = living.relay.db.engine
    engine.dispose()  # SQLite keeps at most 2 MB of pages for each connection
    engine.clear_compiled_cache()  # at most 750 statements
    neighbourhood.of(engine).kept.clear()
    state = living.app.state
    bounded: tuple[Kept[Any], ...] = (cleaning._POSTS, item._ITEMS, archive._ARTICLES, *syndication._ENTRIES.values())  # noqa: SLF001
    for kept in bounded:
        kept._made.clear()  # noqa: SLF001
    state.shelf._standing.clear()  # noqa: SLF001
    state.hatch._known.clear()  # noqa: SLF001
    state.stock.history._past.clear()  # noqa: SLF001
    state.stock.history._made.clear()  # noqa: SLF001
    for one in _remembering(gc.get_objects()):
        if one.cache_info().maxsize is not None:
            one.cache_clear()


def _remembering(objects: list[Any]) -> list["functools._lru_cache_wrapper[Any]"]:
    found = (one for one in objects if isinstance(one, functools._lru_cache_wrapper))  # noqa: SLF001
    return [one for one in found if str(one.__module__).startswith("relay.")]


def _caches(living: Living, objects: list[Any]) -> Iterator[tuple[str, int]]:
    state = living.app.state
    past = state.stock.history
    own: dict[str, Sized] = {
        "shelf": state.shelf._standing,  # noqa: SLF001  # what is looked at is how much is kept, here and below
        "hatch": state.hatch._known,  # noqa: SLF001
        "stock": state.stock._documents,  # noqa: SLF001
        "freshness": state.freshness._planned,  # noqa: SLF001
        "history: files": past._past,  # noqa: SLF001
        "history: deltas": past._made,  # noqa: SLF001
        "neighbourhoods": neighbourhood.of(living.relay.db.engine).kept,
        "turns: hosts": living.turns._hosts,  # noqa: SLF001
        "robots: sites": living.relay.reader.robots._known,  # noqa: SLF001
        "posts": cleaning._POSTS._made,  # noqa: SLF001
        "items": item._ITEMS._made,  # noqa: SLF001
        "articles": archive._ARTICLES._made,  # noqa: SLF001
    }
    yield from ((name, len(one)) for name, one in own.items())
    yield "statements of SQLAlchemy", len(living.relay.db.engine._compiled_cache or ())  # noqa: SLF001
    yield "history: versions", sum(map(len, past._past.values()))  # noqa: SLF001
    yield "entries of feeds", sum(len(one._made) for one in syndication._ENTRIES.values())  # noqa: SLF001
    for one in _remembering(objects):
        yield f"{one.__module__}.{one.__qualname__}".removeprefix("relay."), one.cache_info().currsize
