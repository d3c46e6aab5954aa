"""A relay in trouble: what it says, what it does not say, and connections that lead nowhere."""

import json
import ssl
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import httpx
import pytest

from relay.core.account import Account, Secret
from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, Finding, Outcome, Refused, Retry, Sent, Unsure
from relay.intake.wire.guard import Guard
from relay.intake.wire.transport import Transport, posting_client
from relay.networks.nostr import network as nostr
from relay.networks.nostr import websocket
from tests.edges.far_end import FarEnd
from tests.fakes import certificate
from tests.fakes.feed_server import answer, listening
from tests.fakes.nostr import KEY, NostrRelay, relaying

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 7)
SINCE = datetime(2026, 11, 24, 7, 58, tzinfo=UTC)
DRAFT = Draft("Une nouvelle", "fr", "")


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(websocket, "PATIENCE", 0.4)


def account(*urls: str, accepted: int = 1) -> Account:
    options = {"relays": " ".join(urls), "accepted": str(accepted)}
    return Account("nostr", "nostr", options, {"key": Secret(KEY)})


def prepared(http: httpx.Client, to: Account) -> Request:
    request = nostr.prepare(http, to, DRAFT, KEYS)
    assert isinstance(request, Request), request
    return request


def published(http: httpx.Client, to: Account) -> Outcome:
    return nostr.publish(http, to, prepared(http, to))


def found(http: httpx.Client, to: Account) -> Finding:
    return nostr.find(http, to, prepared(http, to), SINCE)


@pytest.mark.parametrize(
    ("says", "outcome"),
    [
        ("duplicate: already have this event", Sent),
        ("rate-limited: slow down there chief", Retry),
        ("error: could not connect to the database", Retry),
        ("blocked: you are banned from posting here", Refused),
        ("restricted: not allowed to write.", Refused),
        ("pow: difficulty 26 is less than 30", Refused),
        ("invalid: bad signature", Refused),
        ("mute: no one was listening", Refused),
        ("no", Refused),
        ("auth-required: we only accept events from registered users", AuthLost),
    ],
)
@pytest.mark.shows("limit", "refusal")
def test_what_a_relay_says_to_an_event(
    nostr_relay: FarEnd, nostr_server: NostrRelay, http: httpx.Client, says: str, outcome: type
) -> None:
    nostr_server.says = says
    told = published(http, nostr_relay.account)
    assert isinstance(told, outcome)
    assert nostr_relay.published() == []
    assert isinstance(told, Sent | AuthLost) or told.why == f"{nostr_relay.wire.url} answered: {says}"


@pytest.mark.parametrize(
    "says",
    ["invalid: 1764000000 is too old", "invalid: created_at too early", "invalid: event creation date is too far off"],
)
def test_a_note_of_another_time_must_be_approved_again(
    nostr_relay: FarEnd, nostr_server: NostrRelay, http: httpx.Client, says: str
) -> None:
    nostr_server.says = says
    told = published(http, nostr_relay.account)
    assert isinstance(told, Refused)
    assert told.why.endswith("approve it again.")


def test_a_no_without_a_name_is_a_no_to_what_was_sent(
    nostr_relay: FarEnd, nostr_server: NostrRelay, http: httpx.Client
) -> None:
    nostr_server.raw = [json.dumps(["OK", "", False, "invalid: 280 characters should be enough for anybody"])]
    assert isinstance(published(http, nostr_relay.account), Refused)


def test_who_is_asked_for_says_what_to_do(nostr_relay: FarEnd, nostr_server: NostrRelay, http: httpx.Client) -> None:
    nostr_server.greets = [json.dumps(["AUTH", "challenge"])]
    nostr_server.says = "auth-required: who are you?"
    told = published(http, nostr_relay.account)
    assert isinstance(told, AuthLost)
    assert "NIP-42" in told.why
    assert "take it out of `relays`" in told.why


def test_what_is_said_beside_the_answer_changes_nothing(
    nostr_relay: FarEnd, nostr_server: NostrRelay, http: httpx.Client
) -> None:
    nostr_server.greets = [json.dumps(["AUTH", "c"]), json.dumps(["NOTICE", "welcome"]), json.dumps(["OK", "x", False])]
    assert isinstance(published(http, nostr_relay.account), Sent)
    assert isinstance(found(http, nostr_relay.account), Sent)


@pytest.mark.parametrize(
    "raw",
    [
        ["x" * (16 << 20)],
        [b"\xff\xfe"],
        ["[" * 100_000],
        ['"OK"'],
        ["null"],
        [json.dumps(["OK"]), json.dumps(["OK", "another", True, ""]), "{}"],
    ],
)
def test_an_answer_that_is_none_leaves_a_doubt(
    nostr_relay: FarEnd, nostr_server: NostrRelay, http: httpx.Client, raw: list[str | bytes]
) -> None:
    nostr_server.raw = raw
    assert isinstance(published(http, nostr_relay.account), Unsure)


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("raw", [[], [json.dumps(["NOTICE", "thinking"])] * 3])
def test_silence_leaves_a_doubt(
    nostr_relay: FarEnd, nostr_server: NostrRelay, http: httpx.Client, raw: list[str | bytes]
) -> None:
    nostr_server.raw = raw
    assert isinstance(published(http, nostr_relay.account), Unsure)


@pytest.mark.parametrize("status", [200, 101, 301, 401, 403, 404, 503])
def test_who_speaks_no_websocket_has_been_told_nothing(http: httpx.Client, status: int) -> None:
    with listening(answer(status, headers=[(b"Location", b"http://127.0.0.1:1/")])) as server:
        to = account(server.url.replace("http", "ws"))
        told, look = published(http, to), found(http, to)
    assert isinstance(told, Retry)
    assert f"answered {status}" in told.why
    assert isinstance(look, CannotTell)


def test_a_relay_beyond_the_guard_is_not_reached_and_that_is_said(nostr_relay: FarEnd) -> None:
    with posting_client(Guard(), None) as http:
        told = published(http, nostr_relay.account)
    assert isinstance(told, Retry)
    assert "service.allow" in told.why
    assert nostr_relay.wire.calls == []


def test_what_leaves_through_relays_own_client_arrives(nostr_relay: FarEnd) -> None:
    with posting_client(Guard(("127.0.0.1",)), None) as http:
        assert isinstance(published(http, nostr_relay.account), Sent)
        assert isinstance(found(http, nostr_relay.account), Sent)
    assert nostr_relay.published() == [DRAFT.text]


@pytest.mark.usefixtures("hasty")
def test_silence_ends_in_time_for_relays_own_client_too(nostr_relay: FarEnd, nostr_server: NostrRelay) -> None:
    nostr_server.raw, begun = [], monotonic()
    with posting_client(Guard(("127.0.0.1",)), None) as http:
        assert isinstance(published(http, nostr_relay.account), Unsure)
    assert monotonic() - begun < 5


def test_the_way_to_a_relay_can_be_secured(nostr_server: NostrRelay, tmp_path: Path) -> None:
    trusted = ssl.create_default_context(cafile=certificate.trust(tmp_path))
    with relaying(nostr_server, certificate.context(tmp_path)) as wire:
        with httpx.Client(transport=Transport(Guard(("127.0.0.1",)), 10, trusted)) as http:
            assert isinstance(published(http, account(wire.url)), Sent)
        with posting_client(Guard(("127.0.0.1",)), None) as http:
            assert isinstance(published(http, account(wire.url)), Retry)
    assert wire.url.startswith("wss://")
    assert nostr_server.texts() == [DRAFT.text]
