"""A process that brings a database up is killed, here and there: the schema is the old one or the new one, never between.

Half of the deaths come before a statement or a call that makes something durable, each another one; the others at any
moment.
"""

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import event, text

from relay.storage import backing, database, schema
from relay.storage.database import Database, open_database
from relay.storage.migrations import HEAD
from relay.storage.schema import version
from relay.storage.upgrading import upgrade
from tests.upgrades.kept import Kept, kept, lost
from tests.upgrades.made import NOON, make

CALLS = ("fsync", "link", "unlink", "replace", "close")
PLANTS = ("autocommit", "unfinished copies")
"""Bugs to plant: each statement is for ever at once; a copy has its name before it is whole."""


@dataclass(frozen=True, slots=True)
class Deaths:
    """How many there were, how many left the old schema and how many the new one; what was wrong; the moments it has."""

    kills: int
    old: int
    new: int
    moments: int
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """From which schema, with how many rows in each table; which moments chance chooses, and a bug to plant."""

    revision: str
    rows: int
    seed: int = 0
    plant: str = ""


def spread(kills: int, moments: int) -> list[int]:
    """Moments from the first to the last, as far from each other as can be."""
    return [1 + number * (moments - 1) // max(kills - 1, 1) for number in range(kills)]


def killed(folder: Path, plan: Plan, counted: Callable[[int], Sequence[int]], timed: int) -> Deaths:
    """Deaths at the moments that ``counted`` chooses, told how many there are, and as many more at any time."""
    template = folder / "template.db"
    with closing(open_database(str(template))) as db:
        make(db, plan.revision, plan.rows)
        before = kept(db, plan.revision)
    moments, seconds = _lived(_fresh(template), plan.plant)
    chance = Random(plan.seed)  # noqa: S311  # which moments, and nothing secret
    ends: list[Callable[[], None]] = [_before(one) for one in counted(moments)]
    ends += [_after(chance.uniform(0, seconds)) for _ in range(timed)]
    left = [_left(template, end, plan, before) for end in ends]
    old = sum(schema == plan.revision for schema, _ in left)
    return Deaths(len(ends), old, len(ends) - old, moments, tuple(said for _, wrong in left for said in wrong))


def _left(template: Path, end: Callable[[], None], plan: Plan, before: Kept) -> tuple[str | None, list[str]]:
    file = _fresh(template)
    _die(file, end, plan.plant)
    return _wrong(file, plan.revision, before)


def _fresh(template: Path) -> Path:
    folder = template.parent / "life"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return Path(shutil.copy(template, folder / "relay.db"))


def _lived(file: Path, plant: str) -> tuple[int, float]:
    """How many moments a whole life has, and how many seconds."""
    reading, writing = os.pipe()
    began = time.monotonic()
    child = os.fork()
    if not child:
        count = [0]
        _live(file, plant, lambda: count.__setitem__(0, count[0] + 1))
        os.write(writing, str(count[0]).encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as said:
        return int(said.read()), time.monotonic() - began


def _die(file: Path, end: Callable[[], None], plant: str) -> None:
    child = os.fork()
    if not child:
        _live(file, plant, end)
        os._exit(0)
    os.waitpid(child, 0)


def _before(number: int) -> Callable[[], None]:
    """Death at the moment with this number."""
    left = [number]

    def moment() -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    return moment


def _after(seconds: float) -> Callable[[], None]:
    """Death so much later than the first moment."""
    is_set: list[bool] = []

    def moment() -> None:
        if not is_set:
            signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
            signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.0001))
            is_set.append(True)

    return moment


def _live(file: Path, plant: str, moment: Callable[[], None]) -> None:
    _plant(plant)
    for name in CALLS:
        setattr(os, name, _watched(getattr(os, name), moment))
    db = open_database(str(file))
    event.listen(db.engine, "before_cursor_execute", lambda *_: moment())
    event.listen(db.engine, "commit", lambda *_: moment())
    try:
        upgrade(db, NOON)
    except Exception:  # noqa: BLE001  # what it leaves is looked at
        os._exit(1)
    moment()


def _watched(call: Callable[..., Any], moment: Callable[[], None]) -> Callable[..., Any]:
    def watched(*words: Any, **named: Any) -> Any:
        moment()
        return call(*words, **named)

    return watched


def _plant(plant: str) -> None:
    if plant == "autocommit":
        database._begin_sqlite = lambda _: None  # type: ignore[assignment]
    if plant == "unfinished copies":
        backing.mkstemp = _named_at_once  # type: ignore[assignment, attr-defined]
        backing.give_name = _nothing


def _nothing(made: Path, target: Path) -> None:
    """It has its name."""


def _named_at_once(prefix: str, dir: Path) -> tuple[int, str]:  # noqa: A002  # as the original has it
    path = dir / prefix[1:-1]
    return os.open(path, os.O_CREAT | os.O_RDWR, 0o600), str(path)


def _wrong(file: Path, revision: str, before: Kept) -> tuple[str | None, list[str]]:
    """The schema that was left, and what is not as it must be then, and after the next start."""
    db = open_database(str(file))
    try:
        with db.read() as tx:
            left, said = version(tx), str(tx.execute(text("PRAGMA integrity_check")).scalar())
        wrong = [f"it was left at {left}"] if left not in (revision, HEAD) else []
        wrong += [said] if said != "ok" else []
        wrong += lost(db, before) + _tables(db, left) + [*_copies(file, revision)]
        upgrade(db, NOON + timedelta(minutes=1))
        wrong += lost(db, before) + _tables(db, HEAD)
        return left, wrong + [f"{path.name} is left" for path in file.parent.glob(".*")]
    except Exception as error:  # noqa: BLE001  # whatever the next start meets
        return None, [f"the next start fails: {type(error).__name__}: {str(error).splitlines()[0]}"]
    finally:
        db.close()


def _tables(db: Database, revision: str | None) -> list[str]:
    """Whether there are as many tables and indexes as an empty database of this schema has."""
    empty = Path(str(db.engine.url.database)).parent.parent / f"empty-{revision}.db"
    with closing(open_database(str(empty))) as like, like.write() as tx, db.read() as own:
        if version(tx) is None:
            schema._upgrade(tx, revision or "head")
        count = text("SELECT count(*) FROM sqlite_master WHERE type IN ('table', 'index')")
        wanted, found = tx.execute(count).scalar(), own.execute(count).scalar()
    return [] if wanted == found else [f"at {revision} it has {found} tables and indexes, not {wanted}"]


def _copies(file: Path, revision: str) -> Iterator[str]:
    for copy in file.parent.glob("relay.db.schema-*"):
        with closing(open_database(str(copy))) as db, db.read() as tx:
            if version(tx) != revision:
                yield f"{copy.name} is no copy of what was"
