"""Planted credentials are looked for in everything that a service leaves behind; one that is there on purpose is found."""

import base64
import io
import logging
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.canaries.echo import echoing
from tests.canaries.planted import STAY, canaries, canary, credentials, hits
from tests.canaries.scenario import Scenario
from tests.commands.blog import Blog
from tests.commands.conftest import Relay
from tests.fakes.certificate import context
from tests.fakes.feed_server import answer, listening


@pytest.fixture
def scenario(
    blog: Blog, relay: Relay, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scenario]:
    """All credentials are planted, and a proxy that nobody is to ask."""
    tls = context(tmp_path_factory.mktemp("tls"))
    with echoing() as (url, mail, heard), listening(answer(200), tls=tls) as other:
        proxy = f"http://camille:{canary('PROXY')}@{url.removeprefix('http://')}"
        names = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"), proxy)
        for name, value in (credentials(url) | names).items():
            monkeypatch.setenv(name, value)
        found = Scenario(blog, url, mail, other.url.replace("http:", "https:"), relay, heard)
        found.configure()
        yield found


def test_no_credential_is_anywhere_it_should_not_be(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "relay")
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{canary('PASTED')}\n"))
    scenario.say("account", "connect", "late", "--paste")
    scenario.edit()
    scenario.say("deliver")
    scenario.serve(dict(os.environ))
    scenario.gather()
    scenario.artefacts["log of commands"] = caplog.text.encode()
    looked_for = canaries(scenario.made)

    assert hits(scenario.artefacts, looked_for) == []
    assert len(looked_for) == 37
    assert scenario.arrived() == set(looked_for) - set(STAY)
    assert b"certificate" in scenario.artefacts["rows"]
    assert [any(place in one for one in scenario.heard) for place in (b"/webhook", b"/intranet")] == [True, True]


def test_a_credential_that_got_into_a_row_is_found_in_rows_files_copies_and_words(scenario: Scenario) -> None:
    scenario.say("poll")
    with closing(sqlite3.connect(scenario.blog.folder / "relay.db")) as db, db:
        db.execute("UPDATE crossposts SET note = ?", (f"it said {canary('MASTO')}",))
    scenario.say("queue", "list", "--json")
    scenario.gather()

    assert {where for _, where in hits(scenario.artefacts, canaries({}))} >= {"rows", "copy.db", "relay.db", "commands"}


@pytest.mark.parametrize("spelling", range(5))
def test_a_credential_that_is_there_is_found(spelling: int) -> None:
    looked_for = canaries({})
    planted = looked_for["MASTO"][spelling % len(looked_for["MASTO"])].encode()
    assert hits({"rows": b"before " + planted + b" after", "log": b"nothing"}, looked_for) == [("MASTO", "rows")]


def test_what_stands_in_the_base64_of_more_is_found() -> None:
    looked_for = canaries({})
    for user in ("camille", "camille.", "camille.."):
        header = base64.b64encode(f"{user}:{canary('WORDPRESS')}".encode())
        assert hits({"log": b"Basic " + header}, looked_for) == [("WORDPRESS", "log")]
