"""Servers and secrets that are not as they should be: nothing is said of a secret, nothing stops the delivery."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from relay.core.account import Account, Secret
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, Refused, Retry, Sent, Unsure
from relay.intake.wire.guard import Guard
from relay.intake.wire.transport import posting_client
from relay.networks.bluesky import atproto
from relay.networks.bluesky import network as bluesky
from relay.networks.linkedin import network as linkedin
from relay.networks.mastodon import network as mastodon
from relay.networks.sandbox import network as sandbox
from relay.networks.telegram import network as telegram
from relay.networks.wire.answers import NoAnswer, ask, content
from tests.fakes.feed_server import answer, listening

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
REQUEST = Request("key", json.dumps({"status": "Une nouvelle", "text": "Une nouvelle"}))
CANARY = "canary-3f9a"
UNFIT = ["", f"{CANARY}\nrest", f"{CANARY}\r\n", f"{CANARY}é", f"{CANARY}\x00", f"{CANARY} rest", f" {CANARY}"]


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with posting_client(Guard(("127.0.0.1",)), None, deadline=5) as client:
        yield client


def account(url: str, key: str = "fits") -> Account:
    return Account(
        "toots", "mastodon", {"instance": url, "server": url, "imitates": "mastodon"}, {"token": Secret(key)}
    )


@pytest.mark.parametrize("token", UNFIT)
def test_a_token_that_cannot_be_one_is_held_for_a_person(http: httpx.Client, token: str) -> None:
    draft = Draft("Une nouvelle", "fr", "https://blog.example/")
    outcome = mastodon.prepare(http, account("http://127.0.0.1:1", token), draft, Keys(NOW, 1))
    assert isinstance(outcome, AuthLost)
    assert CANARY not in outcome.why


@pytest.mark.parametrize("token", UNFIT)
def test_a_token_shows_in_nothing_that_is_said_of_a_failure(http: httpx.Client, token: str) -> None:
    with listening(answer(body=b"{}")) as server:
        published = mastodon.publish(http, account(server.url, token), REQUEST)
        found = mastodon.find(http, account(server.url, token), REQUEST, NOW)
    assert CANARY not in f"{published!r} {found!r}"
    assert isinstance(found, CannotTell)


@pytest.mark.parametrize("token", UNFIT[1:5])
def test_what_could_not_even_be_written_was_not_sent(http: httpx.Client, token: str) -> None:
    with listening(answer(body=b"{}")) as server:
        outcome = mastodon.publish(http, account(server.url, token), REQUEST)
    assert (type(outcome), server.asked) == (Retry, [])


def test_an_answer_of_a_hundred_thousand_brackets_has_no_content() -> None:
    assert content(httpx.Response(200, content=b"[" * 100_000)) is None


@pytest.mark.parametrize("to", ["http://xn--/", "http://[", "http://a..b/", "//", "http://é" * 30])
def test_a_redirect_to_nowhere_leaves_a_doubt_and_no_exception(http: httpx.Client, to: str) -> None:
    with listening(answer(302, headers=[(b"Location", to.encode())])) as server:
        told = ask(http, "POST", f"{server.url}/api/v1/statuses")
    assert not isinstance(told, NoAnswer) or told.sent


def test_an_answer_beyond_all_measure_is_not_taken_into_memory(http: httpx.Client) -> None:
    with listening(answer(body=b'"' + b"x" * 11 * 1024**2 + b'"')) as server:
        outcome = mastodon.publish(http, account(server.url), REQUEST)
    assert isinstance(outcome, Unsure)
    assert "larger than 10 MiB" in outcome.why


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", " javascript:x", "//x", "", 'http://x/"><b>']
)
def test_only_an_address_of_the_web_is_offered_as_the_place_of_a_post(http: httpx.Client, url: str) -> None:
    body = json.dumps({"id": "1", "url": url}).encode()
    with listening(answer(body=body)) as server:
        posted = mastodon.publish(http, account(server.url), REQUEST)
        put = sandbox.publish(http, account(server.url), REQUEST)
    assert isinstance(posted, Sent)
    assert (posted.url, type(put)) == (None, Sent)


@pytest.mark.parametrize(
    ("url", "server"), [("http://pds.example", None), ("https://pds.example", "https://pds.example")]
)
def test_a_password_goes_over_tls_alone_to_where_an_identity_points(url: str, server: str | None) -> None:
    assert atproto._server({"service": [{"type": "AtprotoPersonalDataServer", "serviceEndpoint": url}]}) == server


@pytest.mark.parametrize("error", [{"a": 1}, ["ExpiredToken"], None, 7])
def test_an_error_that_is_no_word_leaves_a_doubt_and_no_exception(http: httpx.Client, error: object) -> None:
    body = json.dumps({"did": "did:plc:x", "accessJwt": "session", "error": error}).encode()
    with listening(answer(body=body)) as server:
        blog = Account("blog", "bluesky", {"handle": "a.b", "service": server.url}, {"password": Secret("secret")})
        assert isinstance(bluesky.publish(http, blog, Request("key", "{}")), Unsure)


@pytest.mark.parametrize("code", [{"a": 1}, [403], None, "403"])
def test_a_code_that_is_no_number_is_a_refusal_and_no_exception(http: httpx.Client, code: object) -> None:
    body = json.dumps({"ok": False, "error_code": code, "description": "Bad Request"}).encode()
    with listening(answer(400, body=body)) as server:
        channel = Account("news", "telegram", {"chat": "@news", "server": server.url}, {"token": Secret("1:a")})
        call = Request("key", json.dumps({"method": "sendMessage", "fields": {"text": "Une nouvelle"}}))
        assert isinstance(telegram.publish(http, channel, call), Refused)


def page_of(server: str) -> Account:
    return Account("page", "linkedin", {"page": "urn:li:organization:1", "server": server}, {"token": Secret("a")})


@pytest.mark.parametrize("created", [10**30, -(10**30), -1, 10**16])
def test_a_time_beyond_all_measure_tells_nothing_and_is_no_exception(http: httpx.Client, created: int) -> None:
    body = json.dumps({"elements": [{"id": "urn:li:share:1", "createdAt": created, "commentary": "Une"}]}).encode()
    with listening(answer(body=body)) as server:
        found = linkedin.find(
            http,
            page_of(server.url),
            Request("key", json.dumps({"author": "urn:li:organization:1", "commentary": "Une"})),
            NOW,
        )
    assert isinstance(found, CannotTell)


@pytest.mark.parametrize("where", ["https://[x.linkedin.com/", "https://linkedin.com@evil.example/", "//", ""])
def test_a_picture_is_sent_to_no_address_that_is_none(http: httpx.Client, where: str) -> None:
    body = json.dumps({"value": {"uploadUrl": where, "image": "urn:li:image:1"}}).encode()
    shown = Image("https://blog.example/a.jpg", "image/jpeg", 800, 600)
    draft = Draft("Une nouvelle", "fr", "https://blog.example/", image=shown)
    with listening(answer(body=body)) as server:
        outcome = linkedin.prepare(http, page_of(server.url), draft, Keys(NOW, 1), b"picture")
    assert isinstance(outcome, Refused | Retry)
    assert len(server.asked) == 1
