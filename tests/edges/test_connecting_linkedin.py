"""Connecting LinkedIn: a member or a Page, for sixty days, and longer where LinkedIn gives a refresh token."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from relay.core.account import Account
from relay.core.crosspost import Draft, Keys, Request
from relay.core.grant import Grant
from relay.core.outcome import AuthLost, Refused, Retry, Sent
from relay.networks.connecting import Visit
from relay.networks.linkedin import network as linkedin
from tests.edges.dances import REDIRECT, STATE, Dance, app, connected, mounted
from tests.fakes.linkedin import ORGANIZATION, PERSON, TOKEN, LinkedIn
from tests.fakes.oauth import Authority, Client
from tests.fakes.wire import Call, Fault, Reply, Wire, listening

NOW = datetime(2026, 11, 24, 8, 0, 30, tzinfo=UTC)
ID, SECRET = "86abc", "WPL_AP1.not-a-real-secret"
MEMBER = {"sub": PERSON.rpartition(":")[2], "name": "Claire Géographe"}


@pytest.fixture
def authority() -> Authority:
    return Authority(
        code_life=timedelta(minutes=30),
        token_life=timedelta(days=60),
        has_pkce=False,
        rotates=False,
        tells_refresh_end=True,
        first=TOKEN,
        clients={ID: Client(SECRET, (REDIRECT,))},
    )


@pytest.fixture
def dance(authority: Authority, linkedin_server: LinkedIn) -> Iterator[Dance]:
    linkedin_server.is_member = True

    def userinfo(call: Call) -> Reply:
        held = authority.holds(call.headers.get("authorization", "").removeprefix("Bearer "))
        return authority.reply(200, MEMBER) if held else Reply(401, b"{}")

    routes = {"/oauth/v2/accessToken": authority.token, "/v2/userinfo": userinfo}
    with listening(Wire(mounted(routes, linkedin_server.answer), publishes="/oauth/v2/accessToken")) as wire:
        options = {"page": PERSON, "server": wire.url, "client_id": ID}
        yield Dance(linkedin, Account("page", "linkedin", options, app(client_secret=SECRET)), wire, authority)


def as_page(dance: Dance, server: LinkedIn) -> None:
    server.is_member = False
    dance.account = replace(dance.account, options={**dance.account.options, "page": ORGANIZATION})


def scope(visit: Visit) -> list[str]:
    return dict(parse_qsl(urlsplit(visit.url).query))["scope"].split()


@pytest.mark.parametrize("kind", ["member", "page"])
def test_what_was_granted_posts(http: httpx.Client, dance: Dance, linkedin_server: LinkedIn, kind: str) -> None:
    if kind == "page":
        as_page(dance, linkedin_server)
    account = connected(dance.account, dance.connect(http))
    request = linkedin.prepare(http, account, Draft("Une nouvelle", "fr", "https://blog.example/"), Keys(NOW, 1))
    assert isinstance(request, Request)
    assert isinstance(linkedin.publish(http, account, request), Sent)
    assert [post.text for post in linkedin_server.posts] == ["Une nouvelle"]


def test_a_member_and_a_page_are_asked_for_what_each_may_do(
    http: httpx.Client, dance: Dance, linkedin_server: LinkedIn
) -> None:
    assert scope(dance.begin(http)) == ["openid", "profile", "w_member_social"]
    as_page(dance, linkedin_server)
    assert scope(dance.begin(http)) == ["w_organization_social", "r_organization_social"]


def test_an_account_of_the_real_linkedin_goes_to_the_real_linkedin(http: httpx.Client, dance: Dance) -> None:
    account = replace(dance.account, options={"client_id": ID, "page": PERSON})
    visit = dance.connecting().begin(http, account, REDIRECT, STATE)
    assert getattr(visit, "url", "").startswith("https://www.linkedin.com/oauth/v2/authorization?")


def test_an_account_without_an_app_is_not_connected_in_a_browser() -> None:
    assert linkedin.abilities(Account("page", "linkedin", {"page": PERSON})).connect is None


def test_an_app_without_its_secret_says_what_is_missing(http: httpx.Client, dance: Dance) -> None:
    told = dance.connecting().begin(http, replace(dance.account, secrets={}), REDIRECT, STATE)
    assert isinstance(told, Refused)
    assert "client_secret" in told.why


def test_a_grant_without_a_refresh_token_says_when_it_ends(http: httpx.Client, dance: Dance) -> None:
    grant = dance.connect(http)
    assert (grant.whose, grant.expires_at, grant.refresh) == (MEMBER["name"], NOW + timedelta(days=60), None)
    assert isinstance(dance.refresh(http, grant), AuthLost)


@pytest.mark.parametrize("kind", ["said again", "not said again"])
@pytest.mark.shows("token", at="linkedin_page")
@pytest.mark.shows("token", at="linkedin_member")
def test_a_refresh_token_stays_and_ends_where_it_was_to(http: httpx.Client, dance: Dance, kind: str) -> None:
    dance.authority.refresh_life, dance.authority.repeats = timedelta(days=365), kind == "said again"
    first = dance.connect(http)
    assert first.ends_at == NOW + timedelta(days=365)
    dance.authority.now += timedelta(days=50)
    second = dance.refresh(http, first)
    assert isinstance(second, Grant)
    assert second.refresh == first.refresh
    assert (second.expires_at, second.ends_at) == (NOW + timedelta(days=110), first.ends_at)
    dance.authority.now += timedelta(days=400)
    assert isinstance(dance.refresh(http, second), AuthLost)


def test_another_member_than_the_accounts_is_named(http: httpx.Client, dance: Dance) -> None:
    dance.account = replace(dance.account, options={**dance.account.options, "page": "urn:li:person:Other-1"})
    visit = dance.begin(http)
    told = dance.finish(http, visit, dance.authority.allow(visit.url))
    assert isinstance(told, Refused)
    assert MEMBER["name"] in told.why
    assert PERSON in told.why


def test_a_code_is_worth_one_token(http: httpx.Client, dance: Dance) -> None:
    visit = dance.begin(http)
    answered = dance.authority.allow(visit.url)
    assert isinstance(dance.finish(http, visit, answered), Grant)
    assert isinstance(dance.finish(http, visit, answered), AuthLost)


@pytest.mark.parametrize("error", ["access_denied", "user_cancelled_login", "user_cancelled_authorize"])
def test_a_no_is_a_no(http: httpx.Client, dance: Dance, error: str) -> None:
    visit = dance.begin(http)
    told = dance.finish(http, visit, dance.authority.deny(visit.url, error))
    assert told == Refused("You said no at LinkedIn: nothing was connected.")


@pytest.mark.parametrize("fault", [Fault.DROP_BEFORE, Fault.ERROR_BEFORE, Fault.GATEWAY_AFTER, Fault.CUT_SHORT])
def test_a_broken_answer_may_be_asked_for_again(http: httpx.Client, dance: Dance, fault: Fault) -> None:
    dance.authority.refresh_life = timedelta(days=365)
    grant = dance.connect(http)
    dance.wire.faults = [fault]
    assert isinstance(dance.refresh(http, grant), Retry)
