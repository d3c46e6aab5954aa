"""The values of the AT Protocol that relay writes or is given: what is none of them never leaves."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.account import Account, Secret
from relay.core.crosspost import Draft, Keys
from relay.core.directory.forms import is_handle as is_in_directory
from relay.core.outcome import AuthLost, Refused, Sent
from relay.networks.bluesky.atproto import session
from relay.networks.bluesky.facets import handles
from relay.networks.bluesky.record import mentioned, record
from relay.networks.bluesky.repository import replying
from relay.networks.bluesky.syntax import at_uri, is_handle, is_tid
from relay.networks.writing import tid
from tests.counting.suites import SUITES, cases

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
SYNTAX = SUITES / "atproto-interop" / "syntax"
needs_suites = pytest.mark.skipif(not SUITES.is_dir(), reason="the public suites do not stand beside the project")


@contextmanager
def server_that_says(did: str) -> Iterator[str]:
    """A server for which everybody is ``did``."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"did": did}).encode())

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Answering)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(("did", "known"), [("did:plc:cget", True), ("", False), ("cget.bsky.social", False)])
def test_a_mention_is_told_only_by_what_is_an_identity(did: str, known: bool) -> None:  # noqa: FBT001 — a column of the table
    with server_that_says(did) as service, httpx.Client() as http:
        found = mentioned(http, service, "Avec @cget.bsky.social")
    assert found == ({"cget.bsky.social": did} if known else {})


@pytest.mark.parametrize("handle", ["blog", "blog@exemple.fr", "blog.exemple.fr.", "été.exemple.fr", ""])
def test_an_account_whose_handle_is_none_says_how_one_is_written(handle: str) -> None:
    account = Account("bsky", "bluesky", {"handle": handle}, {"password": Secret("x")})
    with httpx.Client() as http:
        outcome = session(http, account)
    assert outcome == AuthLost(f"“{handle}” is no handle: write `handle` in full, such as blog.bsky.social.")


def test_a_mention_too_long_for_a_handle_is_not_looked_up() -> None:
    assert handles("@" + "a.bc" * 63 + "de @cget.bsky.social") == ("cget.bsky.social",)


@pytest.mark.parametrize(
    ("language", "told"), [("fr", ["fr"]), ("fr-CA", ["fr-CA"]), ("fr_FR", None), ("français", None)]
)
def test_a_language_that_is_no_tag_is_left_out_for_a_server_would_refuse_the_post(
    language: str, told: list[str] | None
) -> None:
    assert record(Draft("Une étude", language, ""), Keys(NOW, 0), {}).get("langs") == told


def test_what_is_no_address_of_a_record_cannot_be_answered() -> None:
    with httpx.Client() as http:
        assert isinstance(replying(http, "http://127.0.0.1:9", (Sent("https://bsky.app/a", ""),)), Refused)


def test_an_address_is_taken_apart() -> None:
    assert at_uri("at://did:plc:cget/app.bsky.feed.post/3k") == ("did:plc:cget", "app.bsky.feed.post", "3k")
    assert at_uri("at://cget.bsky.social") == ("cget.bsky.social", "", "")
    assert at_uri("at://did:plc:cget/app.bsky.feed.post/3k/more") is None


@given(st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)), st.integers(0, 2**64 - 1))  # noqa: DTZ001 — hypothesis adds the zone
def test_every_key_that_relay_mints_is_a_tid(moment: datetime, nonce: int) -> None:
    assert is_tid(tid.mint(Keys(moment, nonce)))


@needs_suites
def test_every_case_of_the_protocol_s_own_passes() -> None:
    found = [case for case in cases() if "_syntax_" in case.suite or "_parse_" in case.suite]
    assert len(found) > 400
    assert [case for case in found if not case.passes] == []


@needs_suites
def test_the_directory_takes_the_handles_that_the_protocol_takes() -> None:
    for path in SYNTAX.glob("handle_syntax_*.txt"):
        lines = [line for line in path.read_text().split("\n") if line and not line.startswith("#")]
        assert [is_in_directory(f"@{line}", "bluesky") for line in lines] == [is_handle(line) for line in lines]
