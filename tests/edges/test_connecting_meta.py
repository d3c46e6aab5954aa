"""Connecting a Facebook Page and a Threads account: a code, a token for an hour, and one for much longer."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from relay.core.account import Account
from relay.core.crosspost import Draft, Keys, Request
from relay.core.grant import Grant
from relay.core.outcome import AuthLost, Refused, Retry, Sent
from relay.networks.facebook import network as facebook
from relay.networks.threads import network as threads
from tests.edges.dances import REDIRECT, STATE, Dance, app, connected, mounted
from tests.fakes import facebook as facebook_fake
from tests.fakes import threads as threads_fake
from tests.fakes.meta import Meta
from tests.fakes.oauth import Authority, Client
from tests.fakes.wire import Call, Fault, Reply, Wire, listening

NOW = datetime(2026, 11, 24, 8, 0, 30, tzinfo=UTC)
ID, SECRET = "1234567890", "secret-of-the-app-not-real"
OTHER = {"id": "999", "name": "Une autre page", "access_token": "token-of-another-page"}
OWN = {"id": facebook_fake.PAGE, "name": "Égalité des territoires", "access_token": facebook_fake.TOKEN}


@pytest.fixture
def meta() -> Meta:
    return Meta(Authority(has_pkce=False, clients={ID: Client(SECRET, (REDIRECT,))}), (ID, SECRET))


@pytest.fixture
def page(meta: Meta, facebook_server: facebook_fake.Facebook) -> Iterator[Dance]:
    meta.pages = [OTHER, OWN]
    routes = {"/v25.0/oauth/access_token": meta.exchange, "/v25.0/me/accounts": meta.accounts}
    routes["/v25.0/debug_token"] = meta.debug
    with listening(Wire(mounted(routes, facebook_server.answer), publishes="/oauth/")) as wire:
        options = {"page": facebook_fake.PAGE, "server": wire.url, "client_id": ID}
        account = Account("page", "facebook", options, app(client_secret=SECRET))
        yield Dance(facebook, account, wire, meta.authority, {facebook_fake.TOKEN, OTHER["access_token"]})


@pytest.fixture
def user(meta: Meta, threads_server: threads_fake.Threads) -> Iterator[Dance]:
    meta.long = threads_fake.TOKEN

    def me(call: Call) -> Reply:
        held = meta.authority.holds(call.headers.get("authorization", "").removeprefix("Bearer "))
        return meta.authority.reply(200, {"username": "veille", "id": "1"}) if held else Reply(401, b"{}")

    routes = dict.fromkeys(("/oauth/access_token", "/access_token", "/refresh_access_token"), meta.exchange)
    with listening(Wire(mounted({**routes, "/v1.0/me": me}, threads_server.answer), publishes="/oauth/")) as wire:
        options = {"server": wire.url, "client_id": ID}
        account = Account("fils", "threads", options, app(client_secret=SECRET))
        yield Dance(threads, account, wire, meta.authority)


@pytest.fixture(params=["page", "user"])
def either(request: pytest.FixtureRequest) -> Dance:
    dance: Dance = request.getfixturevalue(request.param)
    return dance


def posted(http: httpx.Client, dance: Dance) -> object:
    account = connected(dance.account, dance.connect(http))
    request = dance.network.prepare(http, account, Draft("Une nouvelle", "fr", "https://blog.example/"), Keys(NOW, 1))
    assert isinstance(request, Request)
    return dance.network.publish(http, account, request)


def test_what_was_granted_posts_to_the_page(
    http: httpx.Client, page: Dance, facebook_server: facebook_fake.Facebook
) -> None:
    assert isinstance(posted(http, page), Sent)
    assert [post.message for post in facebook_server.posts] == ["Une nouvelle"]


def test_what_was_granted_posts_to_threads(
    http: httpx.Client, user: Dance, threads_server: threads_fake.Threads
) -> None:
    assert isinstance(posted(http, user), Sent)
    assert threads_server.texts() == ["Une nouvelle"]


def test_accounts_of_the_real_networks_go_to_the_real_ones(http: httpx.Client, page: Dance, user: Dance) -> None:
    for dance, where in ((page, "https://www.facebook.com/v25.0/dialog/oauth?"), (user, "https://threads.com/oauth/")):
        account = replace(dance.account, options={"client_id": ID, "page": "1"})
        visit = dance.connecting().begin(http, account, REDIRECT, STATE)
        assert getattr(visit, "url", "").startswith(where)


def test_an_account_without_an_app_is_not_connected_in_a_browser(either: Dance) -> None:
    without = replace(either.account, options={"page": "1"})
    assert either.network.abilities(without).connect is None


def test_an_app_without_its_secret_says_what_is_missing(http: httpx.Client, either: Dance) -> None:
    told = either.connecting().begin(http, replace(either.account, secrets={}), REDIRECT, STATE)
    assert isinstance(told, Refused)
    assert "client_secret" in told.why


def test_a_no_is_a_no(http: httpx.Client, either: Dance) -> None:
    visit = either.begin(http)
    told = either.finish(http, visit, either.authority.deny(visit.url))
    assert isinstance(told, Refused)
    assert "You said no" in told.why


def test_a_code_is_worth_one_token(http: httpx.Client, either: Dance) -> None:
    visit = either.begin(http)
    answered = either.authority.allow(visit.url)
    assert isinstance(either.finish(http, visit, answered), Grant)
    told = either.finish(http, visit, answered)
    assert isinstance(told, AuthLost)
    assert "Connect it again" in told.why


def test_a_code_that_is_too_old_is_worth_none(http: httpx.Client, either: Dance) -> None:
    visit = either.begin(http)
    answered = either.authority.allow(visit.url)
    either.authority.now += timedelta(hours=2)
    assert isinstance(either.finish(http, visit, answered), AuthLost)


def test_a_code_ends_where_threads_adds_two_signs(http: httpx.Client, user: Dance) -> None:
    visit = user.begin(http)
    answered = user.authority.allow(visit.url)
    assert isinstance(user.finish(http, visit, {**answered, "code": answered["code"] + "#_"}), Grant)


def test_a_wrong_secret_is_refused_in_the_networks_words(http: httpx.Client, either: Dance) -> None:
    visit = either.begin(http)
    either.account = replace(either.account, secrets=app(client_secret="another-secret-of-an-app"))
    told = either.finish(http, visit, either.authority.allow(visit.url))
    assert isinstance(told, Refused)
    assert "validating application" in told.why


@pytest.mark.parametrize("fault", [Fault.DROP_AFTER, Fault.ERROR_AFTER, Fault.GATEWAY_AFTER])
def test_a_broken_answer_may_be_asked_for_again(http: httpx.Client, user: Dance, fault: Fault) -> None:
    visit = user.begin(http)
    user.wire.faults = [fault]
    assert isinstance(user.finish(http, visit, user.authority.allow(visit.url)), Retry)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"<html>", b'{"access_token":[]}', b'{"error":"words"}', b'{"error":{"code":"1"}}']
)
def test_what_is_no_token_is_not_taken_for_one(http: httpx.Client, either: Dance, body: bytes) -> None:
    visit = either.begin(http)
    answered = either.authority.allow(visit.url)
    either.wire.network = lambda _: Reply(200, body)
    assert not isinstance(either.finish(http, visit, answered), Grant)


@pytest.mark.shows("token", at="facebook_page", lacks=True)
def test_a_pages_token_does_not_end_unless_facebook_says_so(http: httpx.Client, page: Dance, meta: Meta) -> None:
    grant = page.connect(http)
    assert (grant.whose, grant.expires_at, grant.refresh) == (OWN["name"], None, None)
    meta.ends_at = int((NOW + timedelta(days=60)).timestamp())
    assert page.connect(http).expires_at == NOW + timedelta(days=60)


@pytest.mark.parametrize("ends_at", [-1, 10**18])
def test_an_end_that_is_none_is_no_end(http: httpx.Client, page: Dance, meta: Meta, ends_at: int) -> None:
    meta.ends_at = ends_at
    assert page.connect(http).expires_at is None


def test_a_page_is_found_behind_others(http: httpx.Client, page: Dance, meta: Meta) -> None:
    meta.pages, meta.size = [OTHER, OTHER, OWN], 1
    assert page.connect(http).whose == OWN["name"]


def test_pages_without_end_are_not_read_for_ever(http: httpx.Client, page: Dance, meta: Meta) -> None:
    meta.pages, meta.size = [OTHER] * 50, 1
    visit = page.begin(http)
    assert isinstance(page.finish(http, visit, meta.authority.allow(visit.url)), Refused)
    assert len([call for call in page.wire.calls if "me/accounts" in call.path]) == 5


@pytest.mark.parametrize(("pages", "named"), [([OTHER], OTHER["name"]), ([], "none")])
def test_a_page_that_is_not_there_is_refused_with_those_that_are(
    http: httpx.Client, page: Dance, meta: Meta, pages: list[dict[str, str]], named: str
) -> None:
    meta.pages = pages
    visit = page.begin(http)
    told = page.finish(http, visit, meta.authority.allow(visit.url))
    assert isinstance(told, Refused)
    assert named in told.why
    assert facebook_fake.PAGE in told.why


@pytest.mark.shows("token", at="threads_user")
def test_a_threads_token_is_renewed_by_itself(http: httpx.Client, user: Dance) -> None:
    first = user.connect(http)
    assert (first.whose, first.expires_at, first.ends_at) == (
        "@veille",
        NOW + timedelta(days=60),
        NOW + timedelta(days=60),
    )
    user.authority.now += timedelta(days=50)
    second = user.refresh(http, first)
    assert isinstance(second, Grant)
    assert second.secrets["token"] != first.secrets["token"]
    assert second.refresh == second.secrets["token"]
    assert second.expires_at == second.ends_at == NOW + timedelta(days=110)


def test_a_threads_token_of_today_is_renewed_tomorrow(http: httpx.Client, user: Dance) -> None:
    told = user.refresh(http, user.connect(http))
    assert isinstance(told, Retry)
    assert told.wait == timedelta(days=1)


def test_a_threads_token_that_has_ended_is_a_persons_affair(http: httpx.Client, user: Dance) -> None:
    grant = user.connect(http)
    user.authority.now += timedelta(days=61)
    assert isinstance(user.refresh(http, grant), AuthLost)
    assert isinstance(user.refresh(http, replace(grant, refresh=None)), AuthLost)
