"""Connecting a WordPress site: it makes a password for relay, and the browser brings it back."""

import json
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from relay.core.account import Account, Secret
from relay.core.crosspost import Draft, Keys, Request
from relay.core.grant import Grant
from relay.core.outcome import Refused, Retry, Sent
from relay.networks.wordpress import network as wordpress
from tests.edges.dances import REDIRECT, STATE, Dance, connected, mounted
from tests.fakes.oauth import Authority
from tests.fakes.wire import Call, Reply, Wire, closed_port, listening
from tests.fakes.wordpress import PASSWORD, USER, WordPress

NOW = datetime(2026, 11, 24, 8, 0, 30, tzinfo=UTC)
MADE = PASSWORD.replace(" ", "")
ME = "/wp-json/wp/v2/users/me"


@pytest.fixture
def dance(wordpress_server: WordPress) -> Iterator[Dance]:
    def me(call: Call) -> Reply:
        given = b64decode(call.headers.get("authorization", "").removeprefix("Basic ")).decode()
        if given != f"{USER}:{MADE}":
            words = {"code": "incorrect_password", "message": f"The provided password {given} is invalid."}
            return Reply(401, json.dumps(words).encode())
        return Reply(200, json.dumps({"id": 3, "name": "La veille", "slug": USER}).encode())

    with listening(Wire(mounted({ME: me}, wordpress_server.answer), publishes=ME)) as wire:
        yield Dance(
            wordpress, Account("site", "wordpress", {"site": wire.url, "user": USER}), wire, Authority(), {MADE}
        )


def allowed(url: str, login: str = USER, password: str = MADE) -> dict[str, str]:
    """What WordPress adds to the address that it was told (wp-admin/js/auth-app.js)."""
    asked = dict(parse_qsl(urlsplit(url).query))
    assert asked["app_name"].startswith("relay site ")
    back = dict(parse_qsl(urlsplit(asked["success_url"]).query))
    return back | {"site_url": "https://blog.example", "user_login": login, "password": password}


def test_what_was_granted_posts(http: httpx.Client, dance: Dance, wordpress_server: WordPress) -> None:
    visit = dance.begin(http)
    grant = dance.finish(http, visit, allowed(visit.url))
    assert isinstance(grant, Grant)
    account = connected(dance.account, grant)
    request = wordpress.prepare(http, account, Draft("Une nouvelle", "fr", "https://blog.example/"), Keys(NOW, 1))
    assert isinstance(request, Request)
    assert isinstance(wordpress.publish(http, account, request), Sent)
    assert wordpress_server.texts() == ["Une nouvelle"]
    assert (grant.whose, grant.refresh, grant.expires_at) == ("La veille", None, None)


def test_the_state_comes_back_with_the_person(http: httpx.Client, dance: Dance) -> None:
    visit = dance.begin(http)
    assert visit.url.startswith(f"{dance.wire.url}/wp-admin/authorize-application.php?")
    assert allowed(visit.url)["state"] == STATE


@pytest.mark.shows("token", at="wordpress_site", lacks=True)
def test_a_password_never_ends(dance: Dance) -> None:
    assert (dance.connecting().refresh, dance.connecting().redirect) == (None, "")


def test_a_no_is_a_no(http: httpx.Client, dance: Dance) -> None:
    told = dance.finish(http, dance.begin(http), {"success": "false", "state": STATE})
    assert told == Refused("You said no at WordPress: nothing was connected.")


def test_each_visit_asks_for_a_password_of_another_name(http: httpx.Client, dance: Dance) -> None:
    names = {dict(parse_qsl(urlsplit(dance.begin(http).url).query))["app_name"] for _ in range(9)}
    assert len(names) == 9


def test_a_site_that_makes_no_such_passwords_is_named(http: httpx.Client, dance: Dance) -> None:
    told = dance.finish(http, dance.begin(http), {"success": "false", "error": "disabled", "state": STATE})
    assert isinstance(told, Refused)
    assert "turned them off" in told.why


def test_another_user_than_the_accounts_is_named(http: httpx.Client, dance: Dance) -> None:
    dance.account = replace(dance.account, options={**dance.account.options, "user": "claire"})
    visit = dance.begin(http)
    told = dance.finish(http, visit, allowed(visit.url))
    assert isinstance(told, Refused)
    assert USER in told.why
    assert "claire" in told.why


def test_a_password_that_opens_nothing_is_not_kept(http: httpx.Client, dance: Dance) -> None:
    visit = dance.begin(http)
    told = dance.finish(http, visit, allowed(visit.url, password="canary-of-a-password-3f9a"))
    assert isinstance(told, Refused)
    assert "canary" not in told.why


@pytest.mark.parametrize("password", ["", "x" * 500, "two\nlines"])
def test_what_is_no_password_is_not_taken_for_one(http: httpx.Client, dance: Dance, password: str) -> None:
    told = dance.finish(http, dance.begin(http), {"password": password, "user_login": USER})
    assert isinstance(told, Refused)
    assert dance.wire.calls == []


def test_a_site_that_cannot_answer_just_now_is_asked_again(http: httpx.Client, dance: Dance) -> None:
    visit = dance.begin(http)
    dance.wire.network = lambda _: Reply(503, b'{"code":"x","message":"canary-of-a-password-3f9a"}')
    told = dance.finish(http, visit, allowed(visit.url, password="canary-of-a-password-3f9a"))
    assert isinstance(told, Retry)
    assert "canary" not in told.why


def test_a_site_that_is_gone_is_asked_again(http: httpx.Client, dance: Dance) -> None:
    visit = dance.begin(http)
    dance.account = replace(dance.account, options={"site": closed_port(), "user": USER})
    assert isinstance(dance.finish(http, visit, {"password": MADE}), Retry)


@pytest.mark.parametrize(
    ("site", "redirect"), [("http://blog.example", REDIRECT), ("https://blog.example", "http://relay.example/callback")]
)
def test_no_password_travels_unsecured(http: httpx.Client, dance: Dance, site: str, redirect: str) -> None:
    account = replace(dance.account, options={"site": site, "user": USER}, secrets={"password": Secret("-")})
    told = dance.connecting().begin(http, account, redirect, STATE)
    assert isinstance(told, Refused)
    assert "https://" in told.why
