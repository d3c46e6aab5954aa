"""Whatever becomes of a file, it is read, or refused in a sentence; and what is read can be written."""

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relay.cli.importing import skeleton
from relay.cli.importing.plan import plan
from relay.cli.writing import drafted
from relay.config.configuration import Configuration
from relay.config.load import load
from relay.config.toml.syntax import Flaw, parse
from relay.core.identity.posted import marks
from relay.intake.importing.imported import File, Imported, Left
from relay.intake.importing.tools import TOOLS
from relay.wiring import network_keys
from tests.importing.samples import FEED2TOOT, FRESHRSS, HUGINN, VENUS, VENUS_ENTRY, database

KEYS = network_keys()


@cache
def configuration() -> Configuration:
    with TemporaryDirectory() as folder:
        file = Path(folder, "relay.toml")
        file.write_text('version = 1\nlanguage = "en"\n[sources.a]\nurl = "https://a.example/rss"\n')
        found = load(file, {}, KEYS).configuration
    assert found
    return found


@cache
def samples() -> dict[str, tuple[bytes, ...]]:
    with TemporaryDirectory() as folder:
        share = database(Path(folder), "share", [{"url": "https://a.example/1", "shared_ts": 1}])
        feeds = {"id": 1, "url": "https://a.example/rss", "name": "A"}
        echo = {
            "id": 1,
            "feed_id": 1,
            "destination_type": "mastodon",
            "destination_id": 1,
            "template": "{{ title }}",
            "filter_keywords": "a",
        }
        account = {"id": 1, "instance": "m.example", "name": "a"}
        item = {"echo_id": 1, "item_id": "a", "item_url": "https://a.example/1", "posted_at": "2026-03-01"}
        echoes = database(Path(folder), feeds=[feeds], echoes=[echo], accounts=[account], posted_items=[item])
    return {
        "feed2toot": (FEED2TOOT.encode(), b"A <https://a.example/rss|title|b,c>\nurn:1\n"),
        "feed2fedi": (share, b'{"feeds": [{"url": "https://a.example/rss", "filters": [{"check": "regex", "check_params": "a", "action": "drop"}]}], "fedi_instance": "m.example", "bot_post_template": "{title}"}'),
        "feediverse": (b"feeds:\n- {template: '{title}', url: https://a.example/rss}\nupdated: '2026-03-01'\nurl: https://m.example\n",),
        "rss2toot": (b"'client', (0, 1)\n'https://a.example/1', (1024, 45)\n",),
        "feedecho": (echoes, json.dumps({"format": "feedecho-export", "version": 1, "feeds": [feeds], "accounts": {"mastodon": [account]}, "echoes": [echo]}).encode()),
        "venus": (VENUS.encode(), VENUS_ENTRY.encode()),
        "miniflux": (b'[{"feed_url": "https://a.example/rss", "blocklist_rules": "(?i)a", "keep_filter_entry_rules": "EntryTitle=a"}]', b'{"entries": [{"status": "read", "url": "https://a.example/1"}]}'),
        "freshrss": (FRESHRSS.encode(), b'{"items": [{"guid": "a", "categories": ["user/-/state/com.google/read"]}]}'),
        "postiz": (b'[{"state": "PUBLISHED", "publishDate": "2026-03-01", "content": "<p>a</p> https://a.example/1"}, {"id": "a", "providerIdentifier": "bluesky", "name": "a.example"}]', b"state,publishDate,content\nPUBLISHED,2026-03-01,https://a.example\n"),
        "huginn": (json.dumps(HUGINN).encode(), b'[{"created_at": "2026-03-01", "payload": {"url": "https://a.example/1"}}]'),
    }  # fmt: skip


PIECES = (
    b"",
    b"\0",
    b"\xff\xfe",
    b'"',
    b"'",
    b"\n",
    b"{",
    b"[",
    b"]",
    b"<",
    b"&",
    b"%",
    b"null",
    b"-1e999",
    b"1" * 5000,
    b"\xed\xa0\x80",
    b"{{",
    b"|",
    b"\\",
    b"[a]",
    b"true",
    b"\x08",
)
PLACES = st.integers(0, 5000)
CHANGES = st.lists(st.tuples(PLACES, st.integers(0, 40), st.sampled_from(PIECES)), min_size=1, max_size=5)


def mutated(body: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    """Each change puts a piece in the place of some bytes."""
    for place, size, piece in changes:
        at = place % (len(body) + 1)
        body = body[:at] + piece + body[at + size :]
    return body


@pytest.mark.parametrize("tool", TOOLS)
@settings(max_examples=15, deadline=None)
@given(changes=CHANGES)
def test_a_mutated_file_is_read_or_refused_in_a_sentence(tool: str, changes: list[tuple[int, int, bytes]]) -> None:
    label, _, read = TOOLS[tool]
    for body in samples()[tool]:
        found = read([File("file", mutated(body, changes))])
        if isinstance(found, Left):
            assert found.what
            assert "\n" not in str(found).strip()
        else:
            _can_be_written(found, label)


def test_as_they_are_they_are_read() -> None:
    for tool, bodies in samples().items():
        for body in bodies:
            assert isinstance(TOOLS[tool][2]([File("file", body)]), Imported), tool


def _can_be_written(imported: Imported, label: str) -> None:
    planned = plan(imported, configuration(), label)
    text = drafted("version = 1\n", planned.new, skeleton.remark(imported, planned, configuration(), KEYS))
    assert not isinstance(parse(text), Flaw), text
    for one in imported.posted:
        assert all(len(mark.value) <= 64 for mark in marks(one))
