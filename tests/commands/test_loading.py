"""What is loaded when: a daemon that has nothing to do holds nothing of what it would do it with."""

import asyncio
import ctypes
import importlib
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock

import httpx
import pytest

from relay.cli import thrift
from relay.intake.parsing import DIRECT, later
from relay.intake.wire import later as polls
from relay.intake.wire.address import web_address
from relay.intake.wire.curl import over_curl
from relay.intake.wire.guard import Guard
from relay.intake.wire.pace import Turns
from relay.storage import driver
from relay.web.app import create
from relay.web.house import House
from tests.edges.newsroom import open_newsroom
from tests.edges.opened import migrated

SERVICE = """\
version = 1
timezone = "Europe/Paris"
[service]
listen = "127.0.0.1:0"
feeds = "{0}/feeds"
database = "{0}/relay.db"
[accounts.masto]
network = "sandbox"
server = "http://127.0.0.1:9"
imitates = "mastodon"
[feeds.blog]
title = "Le blog"
link = "http://127.0.0.1/feeds/blog/"
"""
QUIET = """
import sys, threading
from argparse import Namespace
from pathlib import Path
from relay.cli.session import service
from relay.cli import daemon
has_database = "sqlalchemy" in sys.modules
with service(Namespace(config=Path(sys.argv[1]))) as relay:
    from relay.daemon import _loops, _office, listen
    from relay.web.app import create
    app = create(_office(relay, threading.Event(), lambda _: None, None))
    for job in _loops(relay, None, threading.Event(), lambda _: None):
        job.run()
print(has_database, *(name for name in sys.argv[2:] if name in sys.modules))
"""
IDLE = (
    *("pycurl", "lxml.etree", "nh3", "feedparser", "feedgen", "jinja2", "cryptography", "argon2", "alembic"),
    *("prometheus_client", "sqlalchemy.dialects.postgresql", "relay.web.review", "relay.web.api.routes"),
    *("relay.networks.mastodon.network", "relay.publish.atom", "relay.intake.parse"),
)
"""Each is loaded by the first who needs it."""


def test_a_daemon_that_has_nothing_to_do_has_loaded_nothing_to_do_it_with(tmp_path: Path) -> None:
    file = tmp_path / "relay.toml"
    file.write_text(SERVICE.format(tmp_path))
    migrated(tmp_path / "relay.db").close()
    done = subprocess.run([sys.executable, "-c", QUIET, file, *IDLE], capture_output=True, text=True, check=False)

    assert (done.stdout.strip(), done.returncode) == ("False", 0), done.stderr


def test_documents_are_read_by_what_the_first_of_them_makes() -> None:
    make = Mock(return_value=DIRECT)
    parsing = later(make)
    assert make.call_count == 0

    first, second = (parsing.feed(b"<rss/>", "https://exemple.fr/", None) for _ in range(2))

    assert (first, second, make.call_count) == (DIRECT.feed(b"<rss/>", "https://exemple.fr/", None), first, 1)


async def asked(house: House, *paths: str) -> list[int]:
    transport = httpx.ASGITransport(house)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        return [(await client.get(path)).status_code for path in paths]


def test_readers_are_answered_before_the_pages_of_editors_are_loaded(tmp_path: Path) -> None:
    with open_newsroom(tmp_path) as room:
        house = create(room.office)
        readers = asyncio.run(asked(house, "/feeds/nowhere/", "/static/style.css", "/hub"))
        before, editors = house.is_furnished, asyncio.run(asked(house, "/review", "/metrics", "/api/nothing", "/no"))

    assert (readers, before) == ([404, 200, 405], False)
    assert (editors, house.is_furnished) == ([401, 401, 404, 404], True)


def test_who_never_asks_has_nothing_made_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(over_curl, "polling", pytest.fail)
    with polls.polling(Guard(), "https://exemple.fr/contact", Turns()) as found:
        assert "https://exemple.fr/contact" in found.agent


def test_who_asks_once_all_is_closed_has_nothing_made_ready() -> None:
    polling = polls.Later("relay", pytest.fail)
    polling.close()

    with pytest.raises(RuntimeError):
        polling.get(web_address("https://exemple.fr/"), ())
    with pytest.raises(RuntimeError):
        polling.many(1)


def test_what_the_system_refuses_of_the_library_of_c_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", Mock(side_effect=OSError("no such library")))
    thrift.begin()
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(ctypes, "CDLL", pytest.fail)
    thrift.begin()


def test_where_the_library_of_c_is_another_memory_stays_as_that_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: SimpleNamespace())
    thrift.begin()


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [
        ((3, 53, 0), None, "sqlite3"),
        ((3, 40, 1), None, "sqlite3"),
        ((3, 40, 1), (3, 53, 4), "pysqlite3.dbapi2"),
        ((3, 53, 9), (3, 53, 4), "pysqlite3.dbapi2"),
        ((3, 53, 0), (3, 51, 0), "sqlite3"),
        ((3, 40, 1), (3, 41, 0), "pysqlite3.dbapi2"),
        ((3, 42, 0), (3, 41, 0), "sqlite3"),
    ],
)
def test_which_build_of_sqlite_is_worked_with(
    monkeypatch: pytest.MonkeyPatch, own: tuple[int, ...], other: tuple[int, ...] | None, expected: str
) -> None:
    builds = {"sqlite3": own} | ({"pysqlite3.dbapi2": other} if other else {})

    def load(name: str) -> SimpleNamespace:
        if name not in builds:
            raise ImportError(name)
        return SimpleNamespace(name=name, sqlite_version_info=builds[name])

    monkeypatch.setattr(importlib, "import_module", load)

    assert driver.chosen().name == expected
