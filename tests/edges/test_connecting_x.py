"""Connecting an account of X by OAuth 2.0: a code of thirty seconds, a token of two hours, a refresh token of one use."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from relay.core.account import Account, Secret
from relay.core.crosspost import Draft, Keys, Request
from relay.core.grant import Grant
from relay.core.outcome import AuthLost, Refused, Retry, Sent
from relay.networks.x import network as x
from tests.edges.dances import REDIRECT, STATE, Dance, app, connected, mounted
from tests.fakes.oauth import Authority, Client
from tests.fakes.wire import Call, Fault, Reply, Wire, listening
from tests.fakes.x import TOKEN, X

NOW = datetime(2026, 11, 24, 8, 0, 30, tzinfo=UTC)
ID, SECRET = "client-id-of-relay", "client/secret not a real one+"


@pytest.fixture
def authority() -> Authority:
    return Authority(
        code_life=timedelta(seconds=30),
        token_life=timedelta(hours=2),
        refresh_life=timedelta(days=180),
        basic=True,
        first=TOKEN,
        clients={ID: Client(SECRET, (REDIRECT,))},
    )


@pytest.fixture
def dance(authority: Authority, x_server: X) -> Iterator[Dance]:
    def token(call: Call) -> Reply:
        """X's own words for a code or refresh token that is worth nothing."""
        told = authority.token(call)
        words = "Value passed for the token was invalid."
        return authority.no(400, "invalid_request", words) if b"invalid_grant" in told.body else told

    with listening(Wire(mounted({"/2/oauth2/token": token}, x_server.answer), publishes="/2/oauth2/token")) as wire:
        account = Account("oiseau", "x", {"server": wire.url, "client_id": ID}, app(client_secret=SECRET))
        yield Dance(x, account, wire, authority)


def public(dance: Dance) -> None:
    """The app is one that can keep no secret."""
    dance.authority.clients[ID] = Client("", (REDIRECT,))
    dance.account = replace(dance.account, secrets={})


def test_an_account_without_an_app_is_not_connected_in_a_browser() -> None:
    assert x.abilities(Account("oiseau", "x", {}, app(token="pasted"))).connect is None


def test_the_visit_asks_for_what_relay_needs_and_to_stay(http: httpx.Client, dance: Dance) -> None:
    told = dict(parse_qsl(urlsplit(dance.begin(http).url).query))
    assert told["scope"].split() == ["tweet.read", "tweet.write", "users.read", "media.write", "offline.access"]
    assert (told["state"], told["code_challenge_method"]) == (STATE, "S256")


def test_an_account_of_the_real_x_goes_to_the_real_x(http: httpx.Client, dance: Dance) -> None:
    account = replace(dance.account, options={"client_id": ID})
    visit = dance.connecting().begin(http, account, REDIRECT, STATE)
    assert getattr(visit, "url", "").startswith("https://x.com/i/oauth2/authorize?")


@pytest.mark.parametrize("kind", ["confidential", "public"])
def test_what_was_granted_posts(http: httpx.Client, dance: Dance, x_server: X, kind: str) -> None:
    if kind == "public":
        public(dance)
    account = connected(dance.account, dance.connect(http))
    request = x.prepare(http, account, Draft("Une nouvelle", "fr", "https://blog.example/"), Keys(NOW, 1))
    assert isinstance(request, Request)
    assert isinstance(x.publish(http, account, request), Sent)
    assert [post.text for post in x_server.posts] == ["Une nouvelle"]


def test_the_grant_says_whose_it_is_and_when_it_ends(http: httpx.Client, dance: Dance) -> None:
    grant = dance.connect(http)
    assert (grant.whose, grant.expires_at, grant.ends_at) == ("@veille", NOW + timedelta(hours=2), None)
    assert grant.refresh


def test_a_token_is_not_lost_for_want_of_a_name(http: httpx.Client, dance: Dance) -> None:
    dance.authority.first = "another-token-than-the-fake-knows"
    assert dance.connect(http).whose == ""


@pytest.mark.shows("token", at="x_bearer")
def test_each_refresh_token_is_good_once(http: httpx.Client, dance: Dance) -> None:
    first = dance.connect(http)
    second = dance.refresh(http, first)
    assert isinstance(second, Grant)
    assert dance.authority.holds(second.secrets["token"].value)
    third = dance.refresh(http, second)
    assert isinstance(third, Grant)
    lost = dance.refresh(http, first)
    assert isinstance(lost, AuthLost)
    assert "Connect the account again" in lost.why


def test_two_who_refresh_at_once_get_one_token(http: httpx.Client, dance: Dance) -> None:
    grant, start, told = dance.connect(http), Barrier(2), []

    def refresh() -> None:
        start.wait()
        told.append(dance.refresh(http, grant))

    threads = [Thread(target=refresh) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(one).__name__ for one in told) == ["AuthLost", "Grant"]


@pytest.mark.parametrize("fault", [Fault.DROP_BEFORE, Fault.ERROR_BEFORE, Fault.UNAVAILABLE, Fault.GARBAGE_AFTER])
def test_a_refresh_without_an_answer_is_tried_again(http: httpx.Client, dance: Dance, fault: Fault) -> None:
    grant = dance.connect(http)
    dance.wire.faults = [fault]
    assert isinstance(dance.refresh(http, grant), Retry)


def test_too_many_calls_wait(http: httpx.Client, dance: Dance) -> None:
    grant = dance.connect(http)
    dance.wire.network = lambda _: Reply(429, b'{"title":"Too Many Requests"}', {"retry-after": "77"})
    told = dance.refresh(http, grant)
    assert isinstance(told, Retry)
    assert told.wait == timedelta(seconds=77)


def test_a_code_lives_for_thirty_seconds(http: httpx.Client, dance: Dance) -> None:
    visit = dance.begin(http)
    answered = dance.authority.allow(visit.url)
    dance.authority.now += timedelta(seconds=31)
    told = dance.finish(http, visit, answered)
    assert isinstance(told, AuthLost)
    assert "Connect it again" in told.why


def test_another_verifier_gets_nothing(http: httpx.Client, dance: Dance) -> None:
    visit = dance.begin(http)
    answered = dance.authority.allow(visit.url)
    told = dance.finish(http, replace(visit, kept={"verifier": Secret("y" * 86)}), answered)
    assert isinstance(told, AuthLost)


def test_a_wrong_client_secret_is_named(http: httpx.Client, dance: Dance) -> None:
    visit = dance.begin(http)
    answered = dance.authority.allow(visit.url)
    dance.account = replace(dance.account, secrets=app(client_secret="another-secret-of-an-app"))
    told = dance.finish(http, visit, answered)
    assert isinstance(told, AuthLost)
    assert "client_secret" in told.why


def test_a_no_is_a_no(http: httpx.Client, dance: Dance) -> None:
    visit = dance.begin(http)
    assert isinstance(dance.finish(http, visit, dance.authority.deny(visit.url)), Refused)


@pytest.mark.parametrize("error", ["server_error", "temporarily_unavailable"])
def test_a_network_that_cannot_answer_just_now_is_asked_again(http: httpx.Client, dance: Dance, error: str) -> None:
    assert isinstance(dance.finish(http, dance.begin(http), {"error": error}), Retry)


def test_another_error_is_said_in_the_networks_words_on_one_line(http: httpx.Client, dance: Dance) -> None:
    answered = {"error": "invalid_scope", "error_description": "no\r\nsuch\x1b[31m scope " + "x" * 999}
    told = dance.finish(http, dance.begin(http), answered)
    assert isinstance(told, Refused)
    assert told.why.isprintable()
    assert len(told.why) < 400
