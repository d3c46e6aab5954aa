"""Planted credentials are looked for in everything that a service leaves behind; one that is there on purpose is found."""

import io
import logging
import os
import sqlite3
import sys
from contextlib import closing

import pytest

from tests.canaries.echo import echoing
from tests.canaries.planted import canaries, canary, credentials, hits
from tests.canaries.scenario import Scenario
from tests.commands.blog import Blog
from tests.commands.conftest import Relay


def test_no_credential_is_anywhere_it_should_not_be(
    blog: Blog, relay: Relay, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "relay")
    with echoing() as (url, heard):
        for name, value in credentials(url).items():
            monkeypatch.setenv(name, value)
        scenario = Scenario(blog, url, relay)
        scenario.configure()
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{canary('PASTED')}\n"))
        scenario.say("account", "connect", "late", "--paste")
        scenario.edit()
        scenario.say("deliver")
        scenario.serve(dict(os.environ))
        scenario.gather()
    scenario.artefacts["log of commands"] = caplog.text.encode()
    looked_for = canaries(scenario.made)

    assert hits(scenario.artefacts, looked_for) == []
    assert len(looked_for) == 28
    used = {name for name, _ in hits({str(n): one for n, one in enumerate(heard)}, looked_for)}
    assert len(used) >= 8


def test_a_credential_that_got_into_a_row_is_found_in_rows_files_copies_and_words(
    blog: Blog, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    with echoing() as (url, _):
        for name, value in credentials(url).items():
            monkeypatch.setenv(name, value)
        scenario = Scenario(blog, url, relay)
        scenario.configure()
        scenario.say("poll")
        with closing(sqlite3.connect(blog.folder / "relay.db")) as db, db:
            db.execute("UPDATE crossposts SET note = ?", (f"it said {canary('MASTO')}",))
        scenario.say("queue", "list", "--json")
        scenario.gather()

    assert {where for _, where in hits(scenario.artefacts, canaries({}))} >= {"rows", "copy.db", "relay.db", "commands"}


@pytest.mark.parametrize("spelling", range(5))
def test_a_credential_that_is_there_is_found(spelling: int) -> None:
    looked_for = canaries({})
    planted = looked_for["MASTO"][spelling % len(looked_for["MASTO"])].encode()
    assert hits({"rows": b"before " + planted + b" after", "log": b"nothing"}, looked_for) == [("MASTO", "rows")]
