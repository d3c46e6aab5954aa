"""``python -m tests.upgrades.moving [--entries 1000000]``: SQLite moved into PostgreSQL and back; 1 where a row differs.

Half way through, the process that moves is killed, and another begins again. Whatever was posted is not posted again.
"""
# ruff: noqa: T201  # it is a command

import argparse
import os
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, Popen
from tempfile import TemporaryDirectory

from sqlalchemy import text

from relay.core.crosspost import State
from relay.storage import copies
from relay.storage.database import Database, open_database
from relay.storage.moving import tables, tallied
from tests.commands.blog import Blog
from tests.pipeline.world import World
from tests.torture.servers import OURS, database
from tests.upgrades.stock import large, world_on

PROGRAM = "import sys; from relay.cli.main import run; sys.exit(run(sys.argv[1:]))"
SOURCE, ACCOUNT = "http://127.0.0.1:9", 'network = "sandbox"\nserver = "http://127.0.0.1:9"\nimitates = "mastodon"'
COPIED = "SELECT count(*) FROM pg_stat_progress_copy WHERE tuples_processed > :number"
MEMORY = 200_000_000
"""Bytes that a move may need, however many rows there are."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A move that came to its end: seconds, those of them that it computed itself, the most memory that it had (bytes), rows, and what it said."""

    seconds: float
    cpu: float
    memory: int
    rows: int
    said: str


def tried(
    folder: Path, address: str, entries: int, tell: Callable[[str], None], *, is_short: bool = False
) -> list[str]:
    """What does not hold, in a sentence each. A short one dies nowhere, and does not come back."""
    world = large(folder / "relay.db", entries, folder / "feeds")
    there = open_database(address)
    blog = _blog(folder)
    wrong = [] if is_short else _killed(blog, address, there, entries // 2)
    with world.db.read() as tx:
        wrong += ["the old one was marked before it was moved"] if copies.unseen(tx) else []
    moved = _moved(blog, address)
    tell(_told("SQLite to PostgreSQL", moved))
    wrong += _same(world.db, there) + _heavy(moved)
    wrong += [] if is_short else _again(blog, address, world, moved, tell)
    for name, db in (("new", there), ("old", world.db)):
        wrong += [f"on the {name} side {one}" for one in _anew(world_on(db, world))]
    wrong += [] if is_short else _back(folder, address, there, tell)
    there.close()
    world.db.close()
    return wrong


def _again(blog: Blog, address: str, world: World, moved: Moved, tell: Callable[[str], None]) -> list[str]:
    """As if it had died when all was there, and before it could say so."""
    with world.db.write() as tx:
        tx.execute(text("DELETE FROM copies"))
    again = _moved(blog, address)
    tell(_told("the same once more", again))
    return [] if again.said == moved.said else [f"moved once more, it says: {again.said}"]


def _back(folder: Path, address: str, there: Database, tell: Callable[[str], None]) -> list[str]:
    returned = _moved(_blog(folder), str(folder / "back.db"), address)
    tell(_told("PostgreSQL to SQLite", returned))
    with closing(open_database(str(folder / "back.db"))) as copy:
        return _same(there, copy) + _heavy(returned)


def _blog(folder: Path) -> Blog:
    blog = Blog(folder)
    blog.configure(SOURCE, ACCOUNT)
    (folder / "relay.key").write_text("0" * 64)
    own = blog.file.read_text().replace(f'database = "{folder}/relay.db"\n', "")
    blog.file.write_text(own.replace("[service]", f'[service]\nkey = {{ file = "{folder}/relay.key" }}'))
    return blog


def _begun(blog: Blog, address: str, source: str) -> Popen[str]:
    """An address may have a password, which no configuration may have."""
    words = [sys.executable, "-c", PROGRAM, "migrate", "--config", str(blog.file), "--to", address]
    environment = {**os.environ, "RELAY_DATABASE": source or str(blog.folder / "relay.db")}
    return Popen(words, stdout=PIPE, stderr=PIPE, text=True, env=environment)


def _killed(blog: Blog, address: str, there: Database, number: int) -> list[str]:
    """Killed when so many rows of a table are over there: nothing is."""
    process = _begun(blog, address, "")
    while process.poll() is None and not _has_copied(there, number):
        time.sleep(0.01)
    process.kill()
    process.communicate()
    if process.returncode != -9:
        return ["it was at its end before it could be killed"]
    with there.write() as tx:
        left = [table.name for table in tables() if tx.execute(table.select().limit(1)).first()]
    return [f"killed half way, it left rows in {', '.join(left)}"] if left else []


def _has_copied(there: Database, number: int) -> bool:
    with there.read() as tx:
        return bool(tx.execute(text(COPIED), {"number": number}).scalar())


def _moved(blog: Blog, address: str, source: str = "") -> Moved:
    began = time.monotonic()
    process = _begun(blog, address, source)
    memory, cpu = 0, 0.0
    while process.poll() is None:
        memory, cpu = _used(process.pid) or (memory, cpu)
        time.sleep(0.05)
    out, err = process.communicate()
    if process.returncode:
        raise RuntimeError(err)
    return Moved(time.monotonic() - began, cpu, memory, int(out.split()[0]), out)


def _used(pid: int) -> tuple[int, float] | None:
    """The most memory that a process has had (bytes), and its seconds of CPU; ``None`` when it is over."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        times = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    except OSError:
        return None
    most = [int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM")]
    return (most[0], sum(map(int, times)) / os.sysconf("SC_CLK_TCK")) if most else None


def _heavy(moved: Moved) -> list[str]:
    return [f"it took {moved.memory / 1e6:.0f} MB of memory"] if moved.memory > MEMORY else []


def _same(one: Database, other: Database) -> list[str]:
    """The mark of the old one, that it is a copy, is the only row that is not on both sides."""
    with one.read() as here, other.read() as there:
        both = [table for table in tables() if table.name != "copies"]
        return [f"{table.name} differs" for table in both if tallied(here, table) != tallied(there, table)]


def _anew(world: World) -> list[str]:
    """The same source asked again, in an answer with other validators, and one pass of deliveries."""
    before = {one.id for one in world.in_state(State.SENT)}
    shown = len(world.network.shown)
    world.pass_(hours=30)
    world.agency.etag = f'"{time.monotonic_ns()}"'
    polled = world.poll()
    delivered = world.deliver()
    after = {one.id for one in world.in_state(State.SENT)}
    asked = len(world.agency.requests) and polled.state.answer.startswith("200")
    wrong = [] if asked else [f"the source was not asked: {polled.state.answer}"]
    wrong += [f"{polled.new} entries are new"] if polled.new else []
    return wrong + (
        [f"{delivered} were sent"] if delivered or after != before or len(world.network.shown) != shown else []
    )


def _told(what: str, moved: Moved) -> str:
    speed = f"{moved.rows} rows in {moved.seconds:.1f} s ({moved.cpu:.1f} s of CPU), {moved.rows / moved.seconds:.0f} rows/s"
    return f"{what}: {speed}, {moved.memory / 1e6:.0f} MB of memory"


def main() -> int:
    """Read what is asked, do it, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.upgrades.moving", description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000, help="how many (1000000)")
    parser.add_argument("--database", default=OURS, metavar="URL", help="an empty one; else a server is started")
    parser.add_argument("--folder", type=Path, help="where the files are (the system's)")
    parser.add_argument("--short", action="store_true", help="nobody is killed, and nothing comes back")
    parser.add_argument("--stock", type=Path, help="a folder that has a database of an earlier run, which is used")
    asked = parser.parse_args()
    with database(asked.database) as address, TemporaryDirectory(prefix="relay-moving-", dir=asked.folder) as folder:
        wrong = tried(asked.stock or Path(folder), address, asked.entries, print, is_short=asked.short)
    how = "moved" if asked.short else "killed half way, moved there and back"
    print(f"asked: {asked.entries} entries, {how}, and worked on on both sides")
    print("\n".join(wrong) if wrong else "reached: every table is the same, 0 entries are new, 0 posts were sent again")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
