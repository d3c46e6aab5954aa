"""The numbers that rows are to have, taken before they are written: so that many of them are one statement."""

from functools import cache
from typing import Any

from sqlalchemy import Connection, Integer, Select, Table, bindparam, func, select


def next_of(tx: Connection, table: Table, count: int) -> list[int]:
    """The next ``count`` values of its ``id``. Writers take turns: nobody else writes there meanwhile."""
    if not count:
        return []
    if tx.dialect.name == "postgresql":
        return [*tx.execute(_numbers(table), {"count": count}).scalars()]
    last = tx.execute(_last(table)).scalar() or 0
    return [*range(last + 1, last + 1 + count)]


@cache
def _last(table: Table) -> Select[Any]:
    return select(func.max(table.c.id))


@cache
def _numbers(table: Table) -> Select[Any]:
    sequence = func.pg_get_serial_sequence(table.name, "id")
    return select(func.nextval(sequence)).select_from(func.generate_series(1, bindparam("count", type_=Integer)))
