"""Connecting an account of X by OAuth 1.0a: by a PIN, or by coming back."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from relay.core.account import Account
from relay.core.crosspost import Draft, Keys, Request
from relay.core.grant import Grant
from relay.core.outcome import AuthLost, Refused, Retry, Sent
from relay.networks.connecting import Visit
from relay.networks.x import network as x
from tests.edges.dances import REDIRECT, STATE, Dance, app, connected, mounted
from tests.fakes.oauth import Authority
from tests.fakes.oauth_one import Keys as ConsumerKeys
from tests.fakes.wire import Fault, Reply, Wire, listening
from tests.fakes.x import SECRETS, X

NOW = datetime(2026, 11, 24, 8, 0, 30, tzinfo=UTC)
CONSUMER = {name: SECRETS[name] for name in ("consumer_key", "consumer_secret")}


@pytest.fixture
def keys() -> ConsumerKeys:
    own = {"oauth_token": SECRETS["access_token"], "oauth_token_secret": SECRETS["access_token_secret"]}
    return ConsumerKeys((SECRETS["consumer_key"], SECRETS["consumer_secret"]), own, (REDIRECT,))


@pytest.fixture
def dance(keys: ConsumerKeys, x_server: X) -> Iterator[Dance]:
    routes = {"/oauth/request_token": keys.request_token, "/oauth/access_token": keys.access_token}
    with listening(Wire(mounted(routes, x_server.answer), publishes="/oauth/")) as wire:
        account = Account("oiseau", "x", {"server": wire.url}, app(**CONSUMER))
        yield Dance(x, account, wire, Authority(), {SECRETS["access_token"], SECRETS["access_token_secret"]})


@pytest.mark.parametrize("redirect", [REDIRECT, "oob"])
def test_what_was_granted_posts(
    http: httpx.Client, dance: Dance, keys: ConsumerKeys, x_server: X, redirect: str
) -> None:
    visit = dance.begin(http, redirect)
    grant = dance.finish(http, visit, keys.allow(visit.url), redirect)
    assert isinstance(grant, Grant)
    account = connected(dance.account, grant)
    request = x.prepare(http, account, Draft("Une nouvelle", "fr", "https://blog.example/"), Keys(NOW, 1))
    assert isinstance(request, Request)
    assert isinstance(x.publish(http, account, request), Sent)
    assert [post.text for post in x_server.posts] == ["Une nouvelle"]
    assert (grant.whose, grant.refresh, grant.expires_at) == ("@veille", None, None)


@pytest.mark.shows("token", at="x_signed", lacks=True)
def test_a_terminal_gets_a_pin_and_nothing_is_to_be_renewed(dance: Dance) -> None:
    assert (dance.connecting().redirect, dance.connecting().refresh) == ("oob", None)


def test_the_state_comes_back_with_the_person(http: httpx.Client, dance: Dance, keys: ConsumerKeys) -> None:
    visit = dance.begin(http)
    assert keys.allow(visit.url)["state"] == STATE


def test_a_no_is_a_no(http: httpx.Client, dance: Dance, keys: ConsumerKeys) -> None:
    visit = dance.begin(http)
    assert dance.finish(http, visit, keys.deny(visit.url)) == Refused("You said no at X: nothing was connected.")


def test_a_pin_is_good_once(http: httpx.Client, dance: Dance, keys: ConsumerKeys) -> None:
    visit = dance.begin(http, "oob")
    pin = keys.allow(visit.url)
    assert isinstance(dance.finish(http, visit, pin, "oob"), Grant)
    assert isinstance(dance.finish(http, visit, pin, "oob"), AuthLost)


@pytest.mark.parametrize("pin", ["0000000", "canary-of-a-pin-3f9a"])
def test_a_wrong_pin_is_worth_nothing(http: httpx.Client, dance: Dance, keys: ConsumerKeys, pin: str) -> None:
    visit = dance.begin(http, "oob")
    keys.allow(visit.url)
    told = dance.finish(http, visit, {"code": pin}, "oob")
    assert isinstance(told, AuthLost)
    assert pin not in told.why


def test_what_was_sent_is_not_said_again(http: httpx.Client, dance: Dance, keys: ConsumerKeys) -> None:
    visit = dance.begin(http, "oob")
    secrets = ["canary-of-a-pin-3f9a", *(secret.value for secret in visit.kept.values()), *CONSUMER.values()]
    body = json.dumps({"errors": [{"code": 89, "message": " ".join(secrets)}]}).encode()
    dance.wire.network = lambda _: Reply(403, body)
    told = dance.finish(http, visit, {"code": secrets[0]}, "oob")
    assert isinstance(told, Refused)
    assert not [one for one in secrets if one in told.why]


def test_a_pin_of_another_request_is_worth_nothing(http: httpx.Client, dance: Dance, keys: ConsumerKeys) -> None:
    mine, other = dance.begin(http), dance.begin(http)
    assert isinstance(dance.finish(http, mine, keys.allow(other.url)), Refused)


def test_a_request_ends(http: httpx.Client, dance: Dance, keys: ConsumerKeys) -> None:
    visit = dance.begin(http, "oob")
    pin = keys.allow(visit.url)
    keys.now += timedelta(minutes=16)
    assert isinstance(dance.finish(http, visit, pin, "oob"), AuthLost)


def test_no_pin_at_all_says_what_to_do(http: httpx.Client, dance: Dance) -> None:
    visit = dance.begin(http, "oob")
    for answered in ({}, {"code": " "}, {"oauth_verifier": "1 2"}):
        told = dance.finish(http, visit, answered, "oob")
        assert isinstance(told, Refused)
        assert "copy all of it" in told.why


def test_keys_that_x_does_not_know_are_named(http: httpx.Client, dance: Dance) -> None:
    account = replace(dance.account, secrets=app(consumer_key="unknown", consumer_secret="canary-of-a-key-3f9a"))
    told = dance.connecting().begin(http, account, REDIRECT, STATE)
    assert isinstance(told, AuthLost)
    assert "canary" not in told.why


def test_keys_that_no_header_carries_are_named(http: httpx.Client, dance: Dance) -> None:
    account = replace(dance.account, secrets=app(consumer_key="key\n", consumer_secret="canary-of-a-key-3f9a"))
    assert isinstance(dance.connecting().begin(http, account, REDIRECT, STATE), AuthLost)
    assert dance.wire.calls == []


def test_an_address_that_the_app_has_not_named_is_refused_in_words(http: httpx.Client, dance: Dance) -> None:
    told = dance.connecting().begin(http, dance.account, "http://127.0.0.1:1/elsewhere", STATE)
    assert isinstance(told, Refused)
    assert "Callback URL not approved" in told.why


@pytest.mark.parametrize("fault", [Fault.DROP_BEFORE, Fault.DROP_AFTER, Fault.UNAVAILABLE, Fault.GARBAGE_AFTER])
def test_a_broken_answer_is_asked_for_again(http: httpx.Client, dance: Dance, fault: Fault) -> None:
    dance.wire.faults = [fault]
    assert isinstance(dance.connecting().begin(http, dance.account, REDIRECT, STATE), Retry)


@pytest.mark.parametrize("body", [b"\xff\xfe", b"oauth_token=a", b"oauth_token=&oauth_token_secret=", b"&" * 9000])
def test_what_is_no_token_is_not_taken_for_one(http: httpx.Client, dance: Dance, body: bytes) -> None:
    dance.wire.network = lambda _: Reply(200, body, {"content-type": "text/html"})
    assert not isinstance(dance.connecting().begin(http, dance.account, REDIRECT, STATE), Visit)
