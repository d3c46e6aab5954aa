"""Copies of a database that posts are stored in all the while: each is whole."""

import sqlite3
import threading
from pathlib import Path
from random import Random

from relay.storage.backing import back_up
from relay.storage.database import Database
from relay.wiring import clock
from tests.edges.opened import opened
from tests.ending import site

WRITERS = 3


def copied(folder: Path, times: int) -> int:
    """How many of so many copies are sound, and know that they are copies."""
    ending = threading.Event()
    with opened(folder) as db:
        writers = [threading.Thread(target=_write, args=(db, number, ending)) for number in range(WRITERS)]
        for writer in writers:
            writer.start()
        try:
            for number in range(times):
                back_up(db, folder / f"{number}.db", clock())
        finally:
            ending.set()
            for writer in writers:
                writer.join()
    return sum(_is_sound(folder / f"{number}.db") for number in range(times))


def _write(db: Database, number: int, ending: threading.Event) -> None:
    chance, next_ = Random(number), number  # noqa: S311  # chance, and no secret
    while not ending.is_set():
        site.approved(db, range(next_, next_ + 1), chance, clock())
        next_ += WRITERS


def _is_sound(file: Path) -> bool:
    copy = sqlite3.connect(file)
    said = copy.execute("PRAGMA quick_check").fetchall()
    marked = copy.execute("SELECT count(*) FROM copies WHERE seen_at IS NULL").fetchone()
    copy.close()
    file.unlink()
    return said == [("ok",)] and marked == (1,)
