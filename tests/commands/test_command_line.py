"""What an operator types, and what the program answers: results on stdout, the rest on stderr, never a traceback."""

import json
import re
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from relay.cli import session
from relay.cli.ending import Ending
from relay.cli.failing import failures_said
from tests.commands.blog import FEED, Blog, Near
from tests.fakes.feed_server import FeedServer, answer, listening

SANDBOX = 'network = "sandbox"\nserver = "http://127.0.0.1:9"\nimitates = "mastodon"'


@pytest.fixture
def publisher() -> Iterator[FeedServer]:
    with listening() as server:
        body = FEED.format(url=server.url).encode()
        fresh = answer(body=body, headers=[(b"ETag", b'"v1"'), (b"Content-Type", b"application/rss+xml")])
        server.script += [fresh, answer(304, headers=[(b"ETag", b'"v1"')])]
        yield server


@pytest.fixture
def blog(tmp_path: Path, publisher: FeedServer, capsys: pytest.CaptureFixture[str]) -> Blog:
    blog = Near(tmp_path, capsys)
    blog.configure(publisher.url, SANDBOX)
    return blog


def test_polling_twice_asks_with_the_validators_and_changes_no_file(blog: Blog, publisher: FeedServer) -> None:
    blog.relay("poll")
    first = blog.relay("publish", "--json").json["written"]
    second_poll = blog.relay("poll", "--all", "--json").json[0]
    second = blog.relay("publish", "--json").json["written"]

    assert "blog/atom.xml" in first
    assert second == []
    assert (second_poll["answer"], second_poll["new"]) == ("304", 0)
    assert publisher.asked[-1].header(b"if-none-match") == b'"v1"'


def test_publishing_into_another_folder_gives_the_same_bytes(blog: Blog) -> None:
    blog.relay("poll")
    blog.relay("publish")
    feeds = blog.folder / "feeds"
    first = {path.relative_to(feeds): path.read_bytes() for path in feeds.rglob("*.*")}
    feeds.rename(blog.folder / "earlier")
    blog.relay("publish")

    assert {path.relative_to(feeds): path.read_bytes() for path in feeds.rglob("*.*")} == first


def test_nothing_is_polled_before_it_is_due(blog: Blog, publisher: FeedServer) -> None:
    blog.relay("poll")
    again = blog.relay("poll")

    assert again.out.startswith("No source is due")
    assert len(publisher.asked) == 1


def test_an_unreachable_source_ends_with_1_and_says_why(blog: Blog) -> None:
    blog.configure("http://127.0.0.1:9", SANDBOX)
    polled = blog.relay("poll", "--json")

    assert polled.code == 1
    assert "127.0.0.1" in polled.json[0]["answer"]
    assert "Traceback" not in polled.err


def test_an_address_that_is_not_public_is_refused_unless_it_is_allowed(blog: Blog, publisher: FeedServer) -> None:
    closed = blog.file.read_text().replace('allow    = ["127.0.0.1", "localhost"]', "")
    blog.file.write_text(closed)
    polled = blog.relay("poll", "--json")

    assert publisher.asked == []
    assert "allow" in polled.json[0]["answer"]


def test_the_queue_is_judged_from_the_command_line(blog: Blog) -> None:
    blog.relay("poll")
    number = str(blog.approve_first())
    recalled = blog.relay("queue", "recall", number, "--as", "camille", "--json").json
    rejected = blog.relay("queue", "reject", number, "--as", "camille", "--reason", "Déjà dit", "--json").json
    blog.relay("user", "add", "didier", "--role", "director")
    reopened = blog.relay("queue", "reopen", number, "--as", "didier", "--json").json

    assert [one["state"] for one in (recalled, rejected, reopened)] == ["waiting", "rejected", "waiting"]


def test_an_edit_makes_a_new_revision_that_its_writer_may_not_approve(blog: Blog) -> None:
    blog.relay("poll")
    blog.relay("user", "add", "camille")
    edited = blog.relay("queue", "edit", "1", "--as", "camille", "--text", "D'autres mots", "--json").json
    approved = blog.relay("queue", "approve", "1", "--as", "camille")

    assert (edited["revision"], edited["text"]) == (2, "D'autres mots")
    assert approved.code == 1
    assert "somebody else must approve" in approved.err


def test_the_history_of_a_cross_post_names_who_did_what(blog: Blog) -> None:
    blog.relay("poll")
    number = str(blog.approve_first())
    history = blog.relay("queue", "show", number, "--json").json["history"]

    assert [(line["who"], line["to_state"]) for line in history] == [("relay", "waiting"), ("camille", "approved")]


def test_a_network_that_does_not_answer_keeps_the_post_scheduled(blog: Blog) -> None:
    blog.relay("poll")
    blog.approve_first()
    delivered = blog.relay("deliver", "--json")

    assert [one["state"] for one in delivered.json] == ["scheduled"]


def test_status_says_when_each_source_is_asked_next_and_why_then(blog: Blog) -> None:
    blog.relay("poll")
    status = blog.relay("status", "--json").json

    assert status["sources"][0]["reason"] == "every 1 h: more often is not polite"
    assert status["sources"][0]["next_poll"].endswith("Z")
    assert status["queue"] == [{"state": "waiting", "crossposts": 1}]
    standing = {"standing": "fine", "waiting": 0, "ends_in": "", "why": ""}
    assert status["accounts"] == [{"account": "out", "network": "sandbox", **standing}]


def test_trying_a_feed_shows_what_would_become_of_it_and_stores_nothing(blog: Blog, publisher: FeedServer) -> None:
    tried = blog.relay("try", f"{publisher.url}/rss", "--json").json

    assert tried["entries"][0]["post"]["credit"] == "Source : CGET"
    assert tried["entries"][0]["announcements"][0]["counts"][0]["unit"] == "graphemes"
    assert not (blog.folder / "relay.db").exists()


def test_trying_a_feed_needs_no_configuration(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(FEED.format(url="https://agence.example"))
    tried = run("try", str(file), cwd=tmp_path)

    assert tried.returncode == 0
    assert "→ bluesky (route 1," in tried.stdout


def test_parse_writes_one_object_a_document(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.xml", tmp_path / "bad.xml"
    good.write_text(FEED.format(url="https://agence.example"))
    bad.write_text("not a feed")
    parsed = run("parse", "--json", str(good), str(bad), str(tmp_path / "absent.xml"))
    lines = [json.loads(line) for line in parsed.stdout.splitlines()]

    assert [line["ok"] for line in lines] == [True, False, False]
    assert lines[0]["entries"][0]["published"] == "2026-11-23T09:00:00Z"
    assert (lines[1]["entries"], bool(lines[1]["error"]), bool(lines[2]["error"])) == ([], True, True)
    assert parsed.returncode == 1


def test_count_tells_lengths_and_what_a_network_will_mark() -> None:
    counted = json.loads(run("count", "--network", "bluesky", "Déjà #SMCL https://a.example/é").stdout)

    assert counted["counts"][0] == {"unit": "graphemes", "used": 30, "max": 300}
    assert counted["counts"][1]["used"] == 33
    assert counted["fits"] is True
    assert counted["hashtags"] == [{"text": "#SMCL", "start": 5, "end": 10}]


def test_count_takes_the_limits_a_server_tells(tmp_path: Path) -> None:
    file = tmp_path / "instance.json"
    file.write_text('{"configuration": {"statuses": {"max_characters": 10, "characters_reserved_per_url": 5}}}')
    counted = json.loads(run("count", "--network", "mastodon", "--limits", str(file), "abc https://a.example/").stdout)

    assert counted["counts"] == [{"unit": "graphemes", "used": 9, "max": 10}]


def test_a_wrong_configuration_ends_with_78_and_points_at_the_mistake(blog: Blog) -> None:
    blog.file.write_text(blog.file.read_text().replace("backlog", "baklog"))
    polled = blog.relay("poll")

    assert polled.code == 78
    assert f"{blog.file}:" in polled.err
    assert "backlog" in polled.err
    assert "Traceback" not in polled.err


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("poll", "--nonsense"),
        ("queue",),
        ("count", "--network", "nowhere", "x"),
        ("poll", "--at", "yesterday"),
        ("demo", "--listen", "nowhere"),
    ],
)
def test_wrong_usage_ends_with_2(words: tuple[str, ...]) -> None:
    ended = run(*words)

    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("queue", "show", "99"), "no cross-post 99"),
        (("queue", "approve", "99", "--as", "nobody"), "no editor 'nobody'"),
        (("user", "link", "nobody"), "no editor 'nobody'"),
        (("poll", "--source", "absent"), "no source 'absent'"),
        (("health",), "does not answer"),
    ],
)
def test_what_cannot_be_done_ends_with_1_and_one_sentence(blog: Blog, words: tuple[str, ...], said: str) -> None:
    blog.configure("http://127.0.0.1:9", SANDBOX, port=9)
    ended = blog.relay(*words)

    assert ended.code == 1
    assert said in ended.err
    assert "Traceback" not in ended.err


def test_status_says_what_is_not_there_yet_as_a_person_would(blog: Blog) -> None:
    before = blog.relay("status").out
    blog.relay("poll")
    blog.relay("publish")
    after = blog.relay("status").out

    assert not re.search(r"\b(None|True|False)\b", before + after)
    assert re.search(r"never asked +– +now", before)
    assert re.search(r"FEEDS\n +blog +\S+ +yes ", after)


@pytest.mark.parametrize("id", ["99999999999999999999999", "-5", "abc", ""])
@pytest.mark.parametrize("words", [("queue", "show"), ("questions", "answer")])
def test_what_is_no_id_is_said_in_a_sentence(blog: Blog, id: str, words: tuple[str, ...]) -> None:
    more = ("yes", "--as", "camille") if words[0] == "questions" else ()
    ended = blog.relay(*words, id, *more)

    assert ended.code == 2
    assert f"argument ID: {id!r} is no number of one; write it as 12" in ended.err


def test_an_editor_has_a_name(blog: Blog) -> None:
    ended = blog.relay("user", "add", " ")

    assert (ended.code, ended.err) == (1, "relay: an editor has a name: `relay user add camille`\n")


def test_a_database_that_cannot_be_opened_is_said_in_a_sentence(blog: Blog) -> None:
    (blog.folder / "relay.db").write_bytes(b"this is no database, and it is longer than a header" * 20)
    ended = blog.relay("status")

    assert ended.code == 1
    assert "relay.db cannot be opened" in ended.err
    assert "Traceback" not in ended.err


def test_a_configuration_that_cannot_be_looked_at_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = PermissionError(13, "Permission denied", "/etc/relay/relay.toml")
    monkeypatch.setattr(session, "configuration", Mock(side_effect=refused))

    with pytest.raises(Ending, match=r"relay.toml: Permission denied"), session.service(Namespace()):
        pass


def test_whoever_has_read_enough_is_told_nothing() -> None:
    with pytest.raises(BrokenPipeError), failures_said():
        raise BrokenPipeError


def test_a_database_that_goes_away_is_said_in_a_sentence() -> None:
    gone = psycopg.OperationalError("server closed the connection unexpectedly")
    with pytest.raises(Ending, match="unexpectedly: see whether it runs and can be reached"), failures_said():
        raise OperationalError("SELECT 1", {}, gone)


def test_adding_a_source_finds_the_feed_and_keeps_the_comments(blog: Blog, publisher: FeedServer) -> None:
    page = b'<html><head><link rel="alternate" type="application/rss+xml" href="/news.rss"></head></html>'
    publisher.pages["/site"] = answer(body=page, headers=[(b"Content-Type", b"text/html")])
    blog.file.write_text("# my own words\n" + blog.file.read_text())
    added = blog.relay("add", f"{publisher.url}/site", "--id", "agence")

    assert added.code == 0, added.err
    assert f'url = "{publisher.url}/news.rss"' in blog.file.read_text()
    assert blog.file.read_text().startswith("# my own words\n")
    assert blog.relay("check").code == 0


def run(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """One command without a configuration of ours."""
    command = [sys.executable, "-m", "relay", *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60, check=False)
