"""What is found on a disk after a power cut, held against what had been promised by then."""

import sqlite3
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from relay.pipeline import auditing
from relay.storage import driver
from relay.storage.database import open_database
from relay.storage.schema import migrate
from tests.power.record import Committed, Committing, Event, Left
from tests.power.rows import digest
from tests.power.workload import FILE

_EMPTY = digest(lambda _: ())
_BLIND = """
SELECT crossposts.state, attempts.outcome FROM crossposts LEFT JOIN attempts
ON attempts.crosspost_id = crossposts.id AND attempts.attempt = :attempt
WHERE crossposts.id = :crosspost AND crossposts.attempt >= :attempt AND attempts.id IS NOT NULL
"""
_SENDABLE = ("approved", "scheduled")


@dataclass(slots=True)
class Promises:
    """By a moment of the record: the state after every commit so far, and the requests that had left."""

    states: list[str] = field(default_factory=lambda: [_EMPTY])
    next: str | None = None
    left: list[Left] = field(default_factory=list)

    def take(self, event: Event, following: str | None) -> None:
        """``following`` is the state that the commit under way makes, if it does."""
        match event:
            case Committing():
                self.next = following
            case Committed():
                self.states.append(event.digest)
                self.next = None
            case Left():
                self.left.append(event)
            case _:
                pass


@dataclass(slots=True)
class Found:
    """Images by what was wrong with them; an image may be counted under more than one name.

    ``corrupt``: SQLite finds damage, or the rows are those of no moment. ``lost``: an acknowledged commit is not there.
    ``blind``: of a request that had left, no trace is there, or its post would be sent again without a look.
    ``broken``: the audit's chain does not hold. ``unstartable``: relay cannot begin again.
    """

    wrong: Counter[str] = field(default_factory=Counter)
    images: int = 0
    told: list[str] = field(default_factory=list)
    verified: set[str] = field(default_factory=lambda: {_EMPTY})
    """The same rows make the same chain, which need not be gone through twice."""

    @property
    def holds(self) -> bool:
        """Whether there is nothing to complain of."""
        return not self.wrong.total()

    def judge(self, folder: Path, promises: Promises, where: str) -> None:
        """One image: SQLite first, by the build that relay itself takes."""
        self.images += 1
        before = Counter(self.wrong)
        try:
            self._look(folder / FILE, promises)
        except sqlite_error() as error:
            self.wrong["corrupt"] += 1
            where += f" ({error})"
        if new := self.wrong - before:
            self.told.append(f"{where}: {', '.join(new)}")

    def _look(self, file: Path, promises: Promises) -> None:
        with closing(driver.chosen().connect(str(file))) as connection:
            sound = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            foreign = connection.execute("PRAGMA foreign_key_check").fetchall()
            state = digest(connection.execute)
            self.wrong["corrupt"] += sound != ["ok"] or bool(foreign) or state not in {*promises.states, promises.next}
            self.wrong["lost"] += state not in {promises.states[-1], promises.next}
            self.wrong["blind"] += any(_is_blind(connection, left) for left in promises.left) if state != _EMPTY else 0
        if state in self.verified:
            return
        with closing(open_database(str(file))) as db:
            chain, strays = auditing.verify(db)
            self.wrong["broken"] += bool(chain.wrong or strays)
        if not (chain.wrong or strays):
            self.verified.add(state)

    def start(self, folder: Path) -> None:
        """Relay begins again on an image from before its tables were whole."""
        try:
            with closing(open_database(str(folder / FILE))) as db:
                migrate(db)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is counted
            self.wrong["unstartable"] += 1
            self.told.append(f"it does not start: {error}")


def sqlite_error() -> type[Exception]:
    """What the build of SQLite in use raises."""
    module: ModuleType = driver.chosen()
    found: type[Exception] = module.Error
    return found


def _is_blind(connection: sqlite3.Connection, left: Left) -> bool:
    """Whether relay knows less than the network: no row of the attempt, or one that may be sent as if it had no end."""
    row = None
    with suppress(sqlite_error()):
        row = connection.execute(_BLIND, {"crosspost": left.crosspost, "attempt": left.attempt}).fetchone()
    return row is None or (row[0] in _SENDABLE and row[1] is None)
