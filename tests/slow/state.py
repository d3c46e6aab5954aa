"""What is in a database, but for what says only that somebody was there."""

from collections.abc import Mapping

from sqlalchemy import Connection, text

from tests.edges.newsroom import Newsroom

NOTED = {("sessions", "seen_at"), ("users", "seen_at"), ("tokens", "used_at")}
"""When a session, a member, a token was last there: written at a reading request, every five minutes at most."""

Rows = Mapping[str, list[str]]


class Watched:
    """A room's database, from now on."""

    def __init__(self, room: Newsroom) -> None:
        self._room = room
        self._rows = self._read()

    def changed(self) -> set[str]:
        """The tables whose rows are others than when this was asked before."""
        before, self._rows = self._rows, self._read()
        return {name for name in {*before, *self._rows} if before.get(name) != self._rows.get(name)}

    def _read(self) -> Rows:
        with self._room.office.db.read() as tx:
            names = tx.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
            return {name: _table(tx, name) for name in names}


def _table(tx: Connection, name: str) -> list[str]:
    rows = tx.execute(text(f'SELECT * FROM "{name}"')).mappings().all()  # noqa: S608  # a table of our own
    kept = [{column: value for column, value in row.items() if (name, column) not in NOTED} for row in rows]
    return sorted(map(repr, kept))
