"""Servers of Mastodon's API that are not as they should be, while an account is connected."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from relay.core.grant import Grant
from relay.core.outcome import AuthLost, Refused, Retry
from relay.networks.connecting import Visit
from tests.edges.dances import REDIRECT, STATE, Dance
from tests.edges.own_dances import of_mastodon
from tests.fakes.mastodon import Mastodon
from tests.fakes.wire import Fault, Reply, Wire, closed_port, listening

NOW = datetime(2026, 11, 24, 8, 0, 30, tzinfo=UTC)


@pytest.fixture
def dance(mastodon_server: Mastodon) -> Iterator[Dance]:
    with of_mastodon(mastodon_server) as found:
        yield found


@pytest.mark.parametrize("fault", [Fault.DROP_BEFORE, Fault.DROP_AFTER, Fault.ERROR_AFTER, Fault.GATEWAY_AFTER])
def test_a_broken_answer_may_be_asked_for_again(http: httpx.Client, dance: Dance, fault: Fault) -> None:
    visit = dance.begin(http)
    answered = dance.authority.allow(visit.url)
    dance.wire.faults = [fault]
    assert isinstance(dance.finish(http, visit, answered), Retry)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"null",
        b"[" * 100_000,
        b"{}",
        json.dumps({"access_token": ""}).encode(),
        json.dumps({"access_token": 1}).encode(),
        json.dumps({"access_token": "two\nlines"}).encode(),
        json.dumps({"access_token": "x" * 9000}).encode(),
        json.dumps({"access_token": "x" * 20, "token_type": "mac"}).encode(),
        json.dumps({"access_token": "x" * 20, "error": "invalid_grant"}).encode(),
    ],
)
def test_what_is_no_token_is_not_taken_for_one(http: httpx.Client, dance: Dance, body: bytes) -> None:
    visit = dance.begin(http)
    dance.authority.says = (200, body)
    told = dance.finish(http, visit, dance.authority.allow(visit.url))
    assert not isinstance(told, Grant)
    assert told.why


@pytest.mark.parametrize("life", [-1, 0, 1e300, "soon", None, True, [], 10**30, "9" * 40])
def test_a_lifetime_that_is_none_is_no_end(http: httpx.Client, dance: Dance, life: object) -> None:
    dance.authority.extra = {"expires_in": life}
    assert dance.connect(http).expires_at is None


def test_a_server_of_the_year_9999_breaks_nothing(http: httpx.Client, dance: Dance) -> None:
    visit, late = dance.begin(http), {"date": "Fri, 31 Dec 9999 23:59:59 GMT"}
    body = json.dumps({"access_token": "token-not-a-real-one", "expires_in": 3600}).encode()
    dance.wire.network = lambda _: Reply(200, body, late)
    told = dance.finish(http, visit, {"code": "code-not-a-real-one"})
    assert isinstance(told, Grant)
    assert told.expires_at
    assert told.expires_at.year < 9999


def test_what_was_sent_is_not_said_again(http: httpx.Client, dance: Dance) -> None:
    """The fake says the code again in its refusal, as some servers do; ``Dance.finish`` looks for it."""
    visit = dance.begin(http)
    told = dance.finish(http, visit, {"code": "canary-of-a-code-3f9a"})
    assert isinstance(told, AuthLost)
    assert "canary" not in told.why
    assert "••••" in told.why


def test_a_token_is_not_carried_after_a_redirect(dance: Dance) -> None:
    with (
        httpx.Client(trust_env=False, follow_redirects=True) as http,
        listening(Wire(dance.authority.token, "-")) as to,
    ):
        visit = dance.begin(http)
        answered = dance.authority.allow(visit.url)
        moved = Reply(307, b"", {"location": f"{to.url}/oauth/token"})
        dance.wire.network = lambda _: moved
        told = dance.finish(http, visit, answered)
    assert isinstance(told, Refused)
    assert to.calls == []


def test_no_token_travels_unsecured(http: httpx.Client, dance: Dance) -> None:
    dance.account = replace(dance.account, options={"instance": "http://social.example"})
    told = dance.connecting().begin(http, dance.account, REDIRECT, STATE)
    assert isinstance(told, Refused)
    assert "https://" in told.why


def test_a_server_that_cannot_be_reached_may_be_asked_again(http: httpx.Client, dance: Dance) -> None:
    dance.account = replace(dance.account, options={"instance": closed_port()})
    assert isinstance(dance.connecting().begin(http, dance.account, REDIRECT, STATE), Retry)


@pytest.mark.parametrize(
    ("status", "expected"), [(404, Refused), (403, Refused), (429, Retry), (503, Retry), (200, Retry)]
)
def test_a_server_that_takes_no_apps_says_so(
    http: httpx.Client, dance: Dance, status: int, expected: type[Refused | Retry]
) -> None:
    dance.wire.network = lambda _: Reply(status, b"<html>No</html>", {"content-type": "text/html"})
    assert isinstance(dance.connecting().begin(http, dance.account, REDIRECT, STATE), expected)


def test_a_name_that_hides_something_is_not_shown(http: httpx.Client, dance: Dance) -> None:
    other = dance.wire.network
    hostile = {"id": "1", "username": "blog\u202e\x1b[2J"}
    dance.wire.network = lambda call: (
        dance.authority.reply(200, hostile) if call.path.endswith("verify_credentials") else other(call)
    )
    assert dance.connect(http).whose == ""


def test_the_address_of_the_visit_is_written_as_addresses_are(http: httpx.Client, dance: Dance) -> None:
    redirect = "http://127.0.0.1:8377/accounts/callback?a=1&b=é"
    visit = dance.connecting().begin(http, dance.account, redirect, "s+/=&")
    assert isinstance(visit, Visit)
    told = parse_qs(urlsplit(visit.url).query)
    assert (told["redirect_uri"], told["state"]) == ([redirect], ["s+/=&"])
