"""The process that relay is: it may die before or after any commit, and the next one knows only what is stored."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import event

from relay.storage import backing
from relay.storage.database import Database, open_database
from relay.storage.owning import file_of
from relay.storage.schema import migrate
from relay.storage.tables.columns import metadata
from tests.pipeline.world import Crash


@dataclass
class Process:
    """A database of which nothing is kept in memory over a death, and how often it was written to."""

    db: Database
    template: Path | None = None
    deaths: int = 0
    commits: int = 0
    copies: dict[str, Path] = field(default_factory=dict)

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
            self.deaths += 1
            self.db.close()
        finally:
            event.remove(self.db.engine, moment, count)

    def is_in_transaction(self) -> bool:
        """Whether a worker that is held up now would hold up all others, too."""
        return bool(self.db.engine.pool.checkedout())  # type: ignore[attr-defined]

    def begin_anew(self) -> None:
        """As it is before the first poll: by a file, where there is one."""
        self.db.close()
        file = file_of(self.db)
        if file is None or self.template is None:
            empty(self.db)
            return
        for end in ("-wal", "-shm"):
            Path(f"{file}{end}").unlink(missing_ok=True)
        shutil.copyfile(self.template, file)

    def back_up(self, now: datetime) -> None:
        """One copy; an older one is dropped. On PostgreSQL there is none."""
        if self.template:
            target = self.template.with_name("copy.db")
            target.unlink(missing_ok=True)
            backing.back_up(self.db, target, now)

    def put_back(self, now: datetime) -> None:
        """The copy takes the place of the database, and what that was is thrown away."""
        file = file_of(self.db)
        if file and self.template:
            self.db.close()
            aside = backing.put_back(self.template.with_name("copy.db"), file, now)
            for end in ("", "-wal", "-shm"):
                Path(f"{aside}{end}").unlink(missing_ok=True)


def opened(address: str, *, durable: bool = True) -> Process:
    """The process on this database. One that is not ``durable`` is quick: what a power cut does is tried elsewhere."""
    db = open_database(address)
    migrate(db)
    file, template = file_of(db), None
    if file:
        db.close()
        template = file.with_name(f"{file.name}.template")
        backing._alone(file)  # all in one file, to be copied
        shutil.copyfile(file, template)
    process = Process(db, template)
    if file and not durable:
        event.listen(db.engine, "connect", _hasty)
    event.listen(db.engine, "commit", lambda _: _counted(process))
    return process


def _counted(process: Process) -> None:
    process.commits += 1


def _hasty(connection: object, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")  # type: ignore[attr-defined]


def empty(db: Database) -> None:
    """No row in any table."""
    with db.write() as tx:
        for table in reversed(metadata.sorted_tables):
            tx.execute(table.delete())
