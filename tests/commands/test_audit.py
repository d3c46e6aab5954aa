"""``relay audit``, ``relay stop`` and ``relay resume``, as they are typed."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.commands.blog import FEED, Blog
from tests.commands.conftest import Relay
from tests.fakes.feed_server import FeedServer, answer

HEAD = [(b"Content-Type", b"application/rss+xml")]


@pytest.fixture
def told(relay: Relay, site: FeedServer) -> Relay:
    """A relay with one cross-post that was approved, and people of every kind."""
    site.pages["/rss"] = answer(body=FEED.format(url=site.url).encode(), headers=HEAD)
    relay("poll")
    for name, role in (("camille", "editor"), ("didier", "director"), ("ada", "admin"), ("remi", "writer")):
        relay("user", "add", name, "--role", role)
    relay("queue", "approve", "1", "--as", "camille")
    return relay


@pytest.fixture
def exported(told: Relay, blog: Blog) -> Path:
    file = blog.folder / "audit.jsonl"
    file.write_text(told("audit", "export", "--as", "didier").out)
    return file


def test_an_export_can_be_verified_and_so_can_the_database(told: Relay, exported: Path) -> None:
    in_file, in_database = told("audit", "verify", str(exported)), told("audit", "verify")
    assert (in_file.code, in_file.err, in_database.code, in_database.err) == (0, "", 0, "")
    assert in_file.out == in_database.out
    (line,) = [line for line in map(json.loads, exported.read_text().splitlines()) if line["what"] == "approved"]
    assert (line["who"], line["means"], line["subject"], line["crosspost"]) == ("camille", "command line", "out", 1)
    words = told("audit", "words", line["words"])
    assert json.loads(words.out)["text"].startswith("Égalité des territoires")


def test_a_forged_export_is_found(told: Relay, exported: Path) -> None:
    exported.write_text(exported.read_text().replace('"who":"camille","words"', '"who":"didier","words"'))
    ended = told("audit", "verify", str(exported))
    assert ended.code == 1
    assert "is not as it was written" in ended.err


def test_a_head_that_is_gone_is_found(told: Relay, exported: Path) -> None:
    head = told("audit", "verify", "--json").json["head"]
    assert told("audit", "verify", "--head", head).code == 0
    exported.write_text("".join(exported.read_text().splitlines(keepends=True)[:-1]))
    cut = told("audit", "verify", str(exported), "--head", head, "--json")
    assert cut.code == 1
    assert "were cut off" in cut.json["wrong"][0]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("line,at\n1,2026\n", "line 1 of the file is no line of an export"),
        ("[1]\n", "line 1 of the file is no line of an export"),
        ('{"line":1,"line":2}\n', "line 1 of the file is no line of an export"),
        ("{}\n", "line 1 of the file is no line of an export"),
        ('{"line":1,"before":"","hash":""}\n', "Line 1 does not follow"),
    ],
)
def test_what_is_no_export_is_said_to_be_none(told: Relay, blog: Blog, text: str, why: str) -> None:
    (blog.folder / "other").write_text(text)
    ended = told("audit", "verify", str(blog.folder / "other"))
    assert (ended.code, why in ended.err, "Traceback" in ended.err) == (1, True, False)


def test_a_file_that_is_not_there_is_named(told: Relay) -> None:
    ended = told("audit", "verify", "nowhere.jsonl")
    assert (ended.code, ended.err) == (1, "relay: nowhere.jsonl: No such file or directory\n")


def test_a_table_for_a_spreadsheet_has_no_formula_in_it(told: Relay) -> None:
    told("stop", "--as", "camille", "--reason", "=1+1")
    told("user", "add", "=cmd", "--role", "director")
    rows = list(csv.DictReader(io.StringIO(told("audit", "export", "--as", "=cmd", "--csv").out)))
    assert (rows[-1]["who"], rows[-1]["what"]) == ("'=cmd", "exported")
    assert {len(row["hash"]) for row in rows} == {64}


@pytest.mark.parametrize("name", ["camille", "remi"])
def test_the_audit_is_for_directors_and_admins(told: Relay, name: str) -> None:
    refused = told("audit", "export", "--as", name)
    assert (refused.code, refused.out) == (1, "")
    assert "may not export the audit" in refused.err


def test_everything_is_stopped_and_goes_on(told: Relay) -> None:
    begun = told("stop", "--as", "camille", "--reason", "Un chiffre faux")
    assert begun.out == "Everything is stopped: 1 cross-posts wait. `relay resume --as USER` lets them go.\n"
    (stopped,) = told("status", "--json").json["stopped"]
    assert (stopped["by"], stopped["why"], stopped["waiting"]) == ("camille", "Un chiffre faux", 1)
    assert told("deliver").code == 0
    lifted = told("resume", "--as", "ada")
    assert lifted.out.startswith("The stop of camille (")
    assert "stopped" not in told("status", "--json").json


def test_who_may_not_stop_is_told_so(told: Relay) -> None:
    assert "remi (writer) may not stop everything." in told("stop", "--as", "remi", "--reason", "x").err
    assert "there is no editor 'personne'" in told("stop", "--as", "personne", "--reason", "x").err
    assert "Nothing is stopped" in told("resume", "--as", "camille").err


def test_a_director_overrides_with_a_reason(told: Relay) -> None:
    told("queue", "recall", "1", "--as", "camille")
    assert "give a reason" in told("queue", "override", "1", "--as", "didier").err
    done = told("queue", "override", "1", "--as", "didier", "--reason", "Urgent", "--json")
    assert done.json["state"] == "approved"
