"""``relay import KIND FILE…``: shown first, written when it is asked for, and the same a second time."""

import json
from pathlib import Path

import pytest

from relay.cli.ending import Ending
from relay.cli.importing import memory, tool
from relay.config.configuration import Loaded
from relay.config.load import load
from relay.core.identity.posted import Posted, marks
from relay.storage import posted as stored
from relay.storage.database import open_database
from relay.wiring import network_keys
from tests.importing.conftest import Command
from tests.importing.samples import FEED2TOOT, FRESHRSS, HUGINN, database

FEEDS = "L'agence <https://agence.example/rss|title|ville>\nAnru <https://anru.example/rss|title|quartier>\n"
CACHE = "https://agence.example/1\nurn:2\n"


@pytest.fixture
def names(tmp_path: Path) -> list[str]:
    """What somebody who used feed2toot has."""
    files = {"feed2toot.ini": FEED2TOOT, "feeds.txt": FEEDS, "cache.db": CACHE}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    return [str(tmp_path / name) for name in files]


def known(file: Path, source: str, *posted: Posted) -> int:
    """How many of the names of these are remembered for a source."""
    db = open_database(str(file.with_name("relay.db")))
    with db.read() as tx:
        values = {mark.value for one in posted for mark in marks(one)}
        found = stored.of(tx, source, values)
    db.close()
    return len(found)


def test_it_is_shown_and_nothing_is_written(relay: Command, file: Path, names: list[str]) -> None:
    before = file.read_text()
    shown = relay("import", "feed2toot", *names)

    assert shown.code == 0
    assert file.read_text() == before
    assert known(file, "", Posted("", url="https://agence.example/1")) == 0
    assert "+ l-agence: L'agence\n  https://agence.example/rss" in shown.out
    assert "= anru: Anru" in shown.out
    assert "+[sources.l-agence]" in shown.out
    assert '[sources.anru] is there and stays as it is: add title ~ "(?i)quartier" to its keep' in shown.out
    assert "--write adds 1 of 2 feeds" in shown.out
    assert "remembers 2 that feed2toot has dealt with" in shown.out


def test_it_is_written_with_every_comment_kept(relay: Command, file: Path, names: list[str]) -> None:
    before = file.read_text()
    written = relay("import", "feed2toot", *names, "--write")
    text = file.read_text()

    assert written.code == 0, written.err
    assert text.startswith(before.rstrip())
    assert "keep = [\n    'title ~ \"(?i)ville\"',\n    'title ~ \"Logement 100%\"',\n]" in text
    assert relay("check").code == 0
    assert "2 are remembered" in written.out
    assert known(file, "", Posted("", url="https://agence.example/1")) == 1
    assert [known(file, id, Posted("", guid="urn:2")) for id in ("l-agence", "anru", "cget")] == [1, 1, 0]


def test_it_stands_in_the_audit(relay: Command, names: list[str]) -> None:
    relay("import", "feed2toot", *names, "--write")
    relay("user", "add", "didier", "--role", "director")

    assert "3 names of what feed2toot has posted are remembered" in relay("audit", "export", "--as", "didier").out


def test_the_accounts_are_comments_that_only_need_their_signs_taken_away(
    relay: Command, file: Path, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    relay("import", "feed2toot", *names, "--write")
    head, _, skeleton = file.read_text().partition("# ── From feed2toot")
    file.write_text(head + "\n".join(line.removeprefix("#").removeprefix(" ") for line in skeleton.splitlines()[1:]))
    monkeypatch.setenv("RELAY_MASTODON_EXAMPLE_TOKEN", "kept-in-an-envelope")
    loaded = load(file, {"RELAY_MASTODON_EXAMPLE_TOKEN": "kept-in-an-envelope"}, network_keys())

    assert loaded.configuration, loaded.messages
    (account,) = loaded.configuration.accounts
    (route,) = loaded.configuration.routes
    assert dict(account.options) == {"instance": "https://mastodon.example", "visibility": "unlisted"}
    assert (route.sources, route.accounts, route.text) == (("l-agence", "anru"), (account.id,), "{title:80} {link}")
    again = relay("import", "feed2toot", *names, "--json").json
    assert again["difference"] == ""


def test_a_second_import_changes_nothing(relay: Command, file: Path, names: list[str]) -> None:
    relay("import", "feed2toot", *names, "--write")
    before = file.read_text()
    again = relay("import", "feed2toot", *names, "--write", "--json").json

    assert file.read_text() == before
    assert (again["difference"], again["remembered"], again["posted"]) == ("", 0, 2)


def test_a_cache_alone_is_remembered(relay: Command, file: Path, names: list[str]) -> None:
    before = file.read_text()

    assert relay("import", "feed2toot", names[2], "--write").code == 0
    assert file.read_text() == before
    assert known(file, "anru", Posted("", url="https://agence.example/1"), Posted("", guid="urn:2")) == 2


def test_no_secret_is_printed_or_written(relay: Command, file: Path, tmp_path: Path) -> None:
    scenario = tmp_path / "scenario.json"
    scenario.write_text(json.dumps(HUGINN))
    said = relay("import", "huginn", str(scenario), "--write")

    assert said.code == 0, said.err
    assert "kept-in-an-envelope" not in said.out + said.err + file.read_text()
    assert 'instance = "https://mastodon.example"' in file.read_text()
    assert 'token = {env = "RELAY_POSTER_TOKEN"}' in file.read_text()
    assert relay("check").code == 0


def test_what_is_no_filter_is_said_and_left_out(relay: Command, tmp_path: Path) -> None:
    (tmp_path / "config.ini").write_text("[https://a.example/rss]\nfilter = (\n[ftp://b.example]\nname = B\n")
    said = relay("import", "venus", str(tmp_path / "config.ini"))

    assert 'https://a.example/rss: text ~ "(" is no filter (the library regex says: missing )' in said.out
    assert "config.ini:3: [ftp://b.example] is no feed: left out" in said.out
    assert "keep" not in said.out.partition("Not brought over")[0]


def test_a_password_in_an_address_is_not_printed(relay: Command, tmp_path: Path) -> None:
    (tmp_path / "config.ini").write_text("[https://camille:hidden@a.example/rss]\nface = x\nodd = 1\n")
    said = relay("import", "venus", str(tmp_path / "config.ini"))

    assert "! not a web address: without a title\n  https://…@a.example/rss" in said.out
    assert "hidden" not in said.out + said.err


def test_what_a_terminal_would_obey_is_not_printed(relay: Command, tmp_path: Path) -> None:
    feed = {"id": 1, "url": "https://a.example/rss", "name": "A\x1b]0;x\x07 B"}
    (tmp_path / "db.sqlite").write_bytes(database(tmp_path, feed=[feed], entry=[{"guid": "urn:1"}]))
    said = relay("import", "freshrss", str(tmp_path / "db.sqlite"))

    assert "A\ufffd]0;x\ufffd B\n  https://a.example/rss\n" in said.out
    assert "\x1b" not in said.out


def test_a_folder_stands_for_the_files_in_it(relay: Command, tmp_path: Path) -> None:
    (tmp_path / "cache" / "sources").mkdir(parents=True)
    for number in range(3):
        entry = f'<entry xmlns="http://www.w3.org/2005/Atom"><id>urn:{number}</id></entry>'
        (tmp_path / "cache" / f"a.example,{number}").write_text(entry)

    assert relay("import", "venus", str(tmp_path / "cache"), "--json").json["posted"] == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["feed2toot", "absent.ini"], "absent.ini: No such file or directory"),
        (["feed2fedi", "{folder}/relay.toml"], "relay.toml:1: this is no JSON"),
        (["huginn", "\0"], "is not the name of a file"),
    ],
)
def test_a_bad_file_is_one_sentence(relay: Command, file: Path, words: list[str], said: str) -> None:
    ended = relay("import", *(word.format(folder=file.parent) for word in words))

    assert (ended.code, ended.out) == (1, "")
    assert said in ended.err
    assert len(ended.err.strip().splitlines()) == 1


def test_a_database_that_is_still_written_is_refused(relay: Command, tmp_path: Path) -> None:
    (tmp_path / "cache.sqlite").write_bytes(b"SQLite format 3\0")
    (tmp_path / "cache.sqlite-wal").write_bytes(b"x")

    assert "stop it first" in relay("import", "feed2fedi", str(tmp_path / "cache.sqlite")).err


def test_it_is_remembered_before_the_sources_are_there(
    relay: Command, file: Path, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A daemon may ask for them the moment that they are written."""

    def full(*_: object) -> Loaded:
        raise Ending("there is no space")

    monkeypatch.setattr(tool, "write", full)
    assert relay("import", "feed2toot", *names, "--write").code == 1
    assert "l-agence" not in file.read_text()
    assert known(file, "l-agence", Posted("", guid="urn:2")) == 1


def test_a_guid_of_a_feed_that_is_no_source_is_remembered_of_none(relay: Command, file: Path, tmp_path: Path) -> None:
    """Whatever else has that guid is other news."""
    item = {"guid": "7", "categories": ["user/-/state/com.google/read"], "origin": {"feedUrl": "https://b.example/rss"}}
    (tmp_path / "read.json").write_text(json.dumps({"items": [item]}))
    (tmp_path / "feeds.opml").write_text(FRESHRSS)
    ran = relay("import", "freshrss", str(tmp_path / "feeds.opml"), str(tmp_path / "read.json"), "--write", "--json")

    assert (ran.json["posted"], ran.json["remembered"]) == (1, 0)
    assert [known(file, id, Posted("", guid="7")) for id in ("l-agence", "anru", "")] == [0, 0, 0]


def test_what_waits_here_already_is_named(relay: Command, names: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "waiting", lambda *_: (4, 7))

    assert "cross-posts wait here already: 4, 7." in relay("import", "feed2toot", *names, "--write").out
