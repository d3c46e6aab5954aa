"""Whether a SQLite file was written meanwhile: a number of SQLite's own, for microseconds and no look at a row."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine

from relay.storage import driver


class Written:
    """Asked from any thread, always of the same engine."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._own: Any = None
        self._unheeded = 0

    def version(self, engine: Engine) -> int | None:
        """Another number than before once anything was committed by anyone; ``None`` where nobody can say."""
        number = self._number(engine)
        return None if number is None else number - self._unheeded

    @contextmanager
    def unheeded(self, engine: Engine) -> Iterator[Callable[[], None]]:
        """A write that nobody is to look for, as that a loop lives; it calls what it is given once it holds the lock.

        What others committed before that is told of. What they commit in the same milliseconds after it is not:
        whoever rests looks after a while all the same.
        """
        before = list[int | None]()
        yield lambda: before.append(self._number(engine))
        after = self._number(engine)
        if after is not None and before and before[0] is not None:
            with self._turn:
                self._unheeded += after - before[0]

    def close(self) -> None:
        """Give its connection back."""
        with self._turn:
            if self._own is not None:
                self._own.close()
            self._own = None

    def _number(self, engine: Engine) -> int | None:
        """``PRAGMA data_version`` tells of every other connection, so this one never writes. PostgreSQL has none."""
        if engine.dialect.name != "sqlite":
            return None
        with self._turn:
            try:
                return int(self._connection(engine).execute("PRAGMA data_version").fetchone()[0])
            except driver.chosen().Error:
                self._own = None
                return None

    def _connection(self, engine: Engine) -> Any:
        if self._own is None:
            taken = engine.raw_connection()
            taken.detach()  # it is not one of those that transactions share
            self._own = taken.dbapi_connection
        return self._own
