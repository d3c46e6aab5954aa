"""The numbers that rows are to have, taken before they are written: so that many of them are one statement."""

from sqlalchemy import Connection, Table, func, literal, select


def next_of(tx: Connection, table: Table, count: int) -> list[int]:
    """The next ``count`` values of its ``id``. Writers take turns: nobody else writes there meanwhile."""
    if not count:
        return []
    if tx.dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(table.name, "id")
        asked = select(func.nextval(sequence)).select_from(func.generate_series(1, literal(count)))
        return [*tx.execute(asked).scalars()]
    last = tx.execute(select(func.max(table.c.id))).scalar() or 0
    return [*range(last + 1, last + 1 + count)]
