"""``python -m tests.upgrades.beside --commit REVISION``: that version at work on a database that this one brought up.

Both are real processes on one PostgreSQL: the one of before alone, then beside this one. 1 where one of them does not
ask, deliver or answer, or where a post is shown twice.
"""
# ruff: noqa: T201  # it is a command, and runs git and relay

import argparse
import os
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from sqlalchemy import text

from relay.demo import timelines
from relay.storage.database import Database, open_database
from relay.storage.schema import version
from tests.commands.blog import Blog, Ran
from tests.fakes.feed_server import FeedServer, answer, listening
from tests.torture.servers import OURS, database

ROOT = Path(__file__).parents[2]
PROGRAM = "import sys; from relay.cli.main import run; sys.exit(run(sys.argv[1:]))"
ITEM = "<item><title>Nouvelle {0}</title><link>{1}/{0}</link><guid>{1}/{0}</guid></item>"
FEED = '<rss version="2.0"><channel><title>Agence</title><link>{}/</link><description>A</description>{}</channel></rss>'
PATIENCE = 120
"""Seconds."""


class Side:
    """One version: its code, its configuration, and its daemon."""

    def __init__(self, name: str, code: Path, blog: Blog, address: str) -> None:
        """``code`` is the folder that has ``src``; its daemon listens where its configuration says."""
        self.name, self.blog, self.address = name, blog, address
        self.environment = {**os.environ, "PYTHONPATH": str(code / "src"), "RELAY_DATABASE": address}

    def command(self, *words: str) -> Ran:
        """One command of this version."""
        done = subprocess.run(self._words(*words), env=self.environment, capture_output=True, text=True, check=False)
        return Ran(done.returncode, done.stdout, done.stderr)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Its daemon, once it answers."""
        with (self.blog.folder / "log").open("a") as log:
            process = subprocess.Popen(self._words("run"), env=self.environment, stderr=log)
        try:
            until(f"{self.name} answers", self.answers)
            yield
        finally:
            process.terminate()
            process.wait(30)

    def answers(self) -> bool:
        """Whether its page for editors, or the way in, is there."""
        try:
            return httpx.get(f"http://{self._listens()}/review", follow_redirects=True).status_code < 500
        except httpx.TransportError:
            return False

    def _listens(self) -> str:
        return str(tomllib.loads(self.blog.file.read_text())["service"]["listen"])

    def _words(self, *words: str) -> list[str]:
        return [sys.executable, "-c", PROGRAM, words[0], "--config", str(self.blog.file), *words[1:]]


def until(what: str, is_so: Callable[[], bool]) -> None:
    """Wait for it; a ``TimeoutError`` says what did not come."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.3)


def tried(folder: Path, address: str, commit: str, tell: Callable[[str], None]) -> None:
    """All of it; an ``AssertionError`` or a ``TimeoutError`` says what does not hold."""
    code = folder / "code"
    code.mkdir()
    packed = subprocess.run(["git", "archive", commit, "src"], cwd=ROOT, capture_output=True, check=True).stdout
    subprocess.run(["tar", "-x", "-C", str(code)], input=packed, check=True)
    network = timelines.serve()
    with listening(answer(404)) as site, closing(open_database(address)) as db:
        old = Side("the version before", code, _blog(folder / "old", site, network.url, 18731), address)
        new = Side("this version", ROOT, _blog(folder / "new", site, network.url, 18732), address)
        _publish(site, 0)
        added = old.command("user", "add", "camille")
        assert added.code == 0, str(added)
        with old.running():
            _walk(db, old, site, 1, tell, f"{old.name}, on its own schema {_at(db)}")
            said = new.command("migrate", "--no-backup")
            assert said.code == 0, str(said)
            tell(said.out.strip())
            _walk(db, new, site, 2, tell, f"{old.name}, on schema {_at(db)}")
            with new.running():
                _walk(db, new, site, 3, tell, "both beside each other")
                assert old.answers(), "the version before does not answer"
                assert new.answers(), "this version does not answer"
        again = old.command("status")
        tell(f"{old.name}, begun anew: exit {again.code} {' '.join(again.err.strip().splitlines()[-1:])}")
    shown = httpx.get(f"{network.url}/out").text
    twice = [number for number in (1, 2, 3) if shown.count(f"Nouvelle {number}") != shown.count("Nouvelle 1")]
    assert "Nouvelle 1" in shown, "the first post is not shown"
    assert not twice, f"posts {twice} are not shown as often as the first"
    network.stop()


def _walk(db: Database, by: Side, site: FeedServer, number: int, tell: Callable[[str], None], who: str) -> None:
    """News come, somebody asks; an editor says yes, by a command of ``by``; somebody sends."""
    _publish(site, number)
    until(f"{who}: the news are taken in", lambda: _has(_asked(db), f"Nouvelle {number}", "waiting"))
    with db.write() as tx:
        own = text("SELECT id FROM crossposts WHERE state = 'waiting' AND draft LIKE :like")
        id = tx.execute(own, {"like": f"%Nouvelle {number}%"}).scalar_one()
    approved = by.command("queue", "approve", str(id), "--as", "camille")
    assert approved.code == 0, str(approved)
    until(f"{who}: the post is sent", lambda: _has(db, f"Nouvelle {number}", "sent"))
    tell(f"{who}: asked, approved, sent")


def _asked(db: Database) -> Database:
    """Every source has become due, and somebody has had the time to ask it."""
    with db.write() as tx:
        tx.execute(text("UPDATE sources SET due = now() - interval '1 minute' WHERE due > now()"))
    time.sleep(4)
    return db


def _has(db: Database, words: str, state: str) -> bool:
    with db.read() as tx:
        own = text("SELECT count(*) FROM crossposts WHERE state = :state AND draft LIKE :like")
        return bool(tx.execute(own, {"state": state, "like": f"%{words}%"}).scalar())


def _at(db: Database) -> str | None:
    with db.read() as tx:
        return version(tx)


def _publish(site: FeedServer, number: int) -> None:
    items = "".join(ITEM.format(one, site.url) for one in range(number, -1, -1))
    site.pages["/rss"] = answer(200, FEED.format(site.url, items).encode())


def _blog(folder: Path, site: FeedServer, network: str, port: int) -> Blog:
    folder.mkdir()
    blog = Blog(folder)
    blog.configure(site.url, f'network = "sandbox"\nserver = "{network}"\nimitates = "mastodon"', port=port)
    key = folder.parent / "relay.key"
    key.write_text("0" * 64)
    own = blog.file.read_text().replace(f'database = "{folder}/relay.db"\n', "").replace("latest 3", "none")
    blog.file.write_text(own.replace("[service]", f'[service]\nkey = {{ file = "{key}" }}'))
    return blog


def main() -> int:
    """Read what is asked, do it, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.upgrades.beside", description=__doc__)
    parser.add_argument("--commit", required=True, help="whose code is the version before")
    parser.add_argument("--database", default=OURS, metavar="URL", help="an empty one; else a server is started")
    parser.add_argument("--folder", type=Path, help="where the files are (the system's)")
    asked = parser.parse_args()
    with database(asked.database) as address, TemporaryDirectory(prefix="relay-beside-", dir=asked.folder) as folder:
        try:
            tried(Path(folder), address, asked.commit, lambda said: print(said, flush=True))
        except (AssertionError, TimeoutError) as error:
            print(f"it does not hold: {type(error).__name__}: {error}")
            for log in sorted(Path(folder).glob("*/log")):
                print(log.read_text()[-3000:])
            return 1
    print("both go on")
    return 0


if __name__ == "__main__":
    sys.exit(main())
