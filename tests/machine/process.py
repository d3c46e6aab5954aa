"""The process that relay is: it may die before or after any commit, and the next one knows only what is stored."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import event

from relay.storage.database import Database, open_database
from relay.storage.tables.columns import metadata
from tests.pipeline.world import Crash


@dataclass
class Process:
    """A database that is opened anew after every death."""

    address: str
    db: Database
    deaths: int = 0

    @contextmanager
    def dying(self, at: int, *, committed: bool) -> Iterator[None]:
        """Die at the commit with this number (from 1, 0 for never), or once it is ``committed``."""
        left = at

        def count(*_: object) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise Crash

        moment = "begin" if committed else "commit"
        event.listen(self.db.engine, moment, count)
        try:
            yield
        except Crash:
            self._begin_anew()
        else:
            event.remove(self.db.engine, moment, count)

    def _begin_anew(self) -> None:
        self.deaths += 1
        self.db.close()
        self.db = open_database(self.address)


def empty(db: Database) -> None:
    """As it is before the first poll."""
    with db.write() as tx:
        for table in reversed(metadata.sorted_tables):
            tx.execute(table.delete())
