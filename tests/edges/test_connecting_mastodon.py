"""Connecting an account of Mastodon, and of servers that speak its API."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from relay.core.account import Secret
from relay.core.crosspost import Draft, Keys, Request
from relay.core.grant import Grant
from relay.core.outcome import AuthLost, Refused, Sent
from relay.networks.connecting import Visit
from relay.networks.mastodon import network as mastodon
from relay.networks.wire.oauth import OOB
from tests.edges.dances import REDIRECT, STATE, Dance, connected
from tests.edges.own_dances import of_mastodon
from tests.fakes.mastodon import TOKEN, Mastodon

NOW = datetime(2026, 11, 24, 8, 0, 30, tzinfo=UTC)


@pytest.fixture
def dance(mastodon_server: Mastodon) -> Iterator[Dance]:
    with of_mastodon(mastodon_server) as found:
        yield found


def asked(visit: Visit) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(visit.url).query))


def test_the_visit_asks_for_what_relay_needs_and_no_more(http: httpx.Client, dance: Dance) -> None:
    told = asked(dance.begin(http))
    assert told["scope"] == "write:statuses write:media read:statuses read:accounts"
    assert (told["redirect_uri"], told["state"], told["response_type"]) == (REDIRECT, STATE, "code")


def test_what_was_granted_posts(http: httpx.Client, dance: Dance, mastodon_server: Mastodon) -> None:
    grant = dance.connect(http)
    account = connected(dance.account, grant)
    request = mastodon.prepare(http, account, Draft("Une nouvelle", "fr", "https://blog.example/"), Keys(NOW, 1))
    assert isinstance(request, Request)
    assert isinstance(mastodon.publish(http, account, request), Sent)
    assert [status.text for status in mastodon_server.statuses] == ["Une nouvelle"]


def test_the_account_is_named_with_its_server_and_its_token_does_not_end(http: httpx.Client, dance: Dance) -> None:
    grant = dance.connect(http)
    assert grant.whose == f"@blog@{urlsplit(dance.wire.url).netloc}"
    assert (grant.expires_at, grant.refresh, grant.ends_at) == (None, None, None)


def test_a_terminal_gets_a_code_to_copy(http: httpx.Client, dance: Dance) -> None:
    assert dance.connecting().redirect == OOB
    visit = dance.begin(http, OOB)
    assert "state" not in asked(visit)
    code = dance.authority.allow(visit.url)["code"]
    assert isinstance(dance.finish(http, visit, {"code": f" {code}\n"}, OOB), Grant)


def test_a_server_before_4_3_is_connected_without_pkce(http: httpx.Client, dance: Dance) -> None:
    dance.authority.has_pkce = False
    assert "code_challenge" not in dance.begin(http).url
    assert dance.connect(http).secrets["token"].value == TOKEN


def test_another_verifier_gets_nothing(http: httpx.Client, dance: Dance) -> None:
    visit = dance.begin(http)
    answered = dance.authority.allow(visit.url)
    other = replace(visit, kept={**visit.kept, "verifier": Secret("x" * 86)})
    told = dance.finish(http, other, answered)
    assert isinstance(told, AuthLost)
    assert "connect it again" in told.why
    assert dance.authority.access == {}


def test_a_code_is_worth_one_token(http: httpx.Client, dance: Dance) -> None:
    visit = dance.begin(http)
    answered = dance.authority.allow(visit.url)
    assert isinstance(dance.finish(http, visit, answered), Grant)
    assert isinstance(dance.finish(http, visit, answered), AuthLost)


def test_a_code_that_is_too_old_is_worth_none(http: httpx.Client, dance: Dance) -> None:
    visit = dance.begin(http)
    answered = dance.authority.allow(visit.url)
    dance.authority.now += timedelta(minutes=11)
    assert isinstance(dance.finish(http, visit, answered), AuthLost)


def test_a_code_comes_back_to_where_it_was_asked_for(http: httpx.Client, dance: Dance) -> None:
    visit = dance.begin(http)
    answered = dance.authority.allow(visit.url)
    assert isinstance(dance.finish(http, visit, answered, "http://127.0.0.1:8377/elsewhere"), AuthLost)


def test_a_no_is_a_no(http: httpx.Client, dance: Dance) -> None:
    visit = dance.begin(http)
    told = dance.finish(http, visit, dance.authority.deny(visit.url))
    assert told == Refused("You said no at Mastodon: nothing was connected.")


def test_a_way_back_without_a_code_says_what_to_do(http: httpx.Client, dance: Dance) -> None:
    visit = dance.begin(http)
    for answered in ({}, {"code": ""}, {"code": "two words"}, {"code": "x" * 9000}, {"code": "é"}):
        told = dance.finish(http, visit, answered)
        assert isinstance(told, Refused)
        assert "copy all of it" in told.why
    assert not [call for call in dance.wire.calls if call.path == "/oauth/token"]


def test_relay_is_known_again_where_it_comes_back_to_the_same_address(http: httpx.Client, dance: Dance) -> None:
    grant = dance.connect(http)
    dance.account = replace(dance.account, secrets=grant.client)
    dance.connect(http)
    assert len(dance.authority.clients) == 1
    dance.begin(http, OOB)
    assert len(dance.authority.clients) == 2


def test_relay_makes_itself_known_again_where_the_server_has_forgotten_it(http: httpx.Client, dance: Dance) -> None:
    dance.account = replace(dance.account, secrets=dance.connect(http).client)
    dance.authority.clients.clear()
    assert dance.connect(http).secrets["token"].value
    assert len(dance.authority.clients) == 1


def test_a_secret_of_another_server_is_not_shown_to_this_one(http: httpx.Client, dance: Dance) -> None:
    secret = Secret("secret-of-another-server")
    known = {"client_id": Secret("client-9"), "client_secret": secret}
    known["client_at"] = Secret(f"https://other.example {REDIRECT}")
    dance.account = replace(dance.account, secrets=known)
    dance.begin(http)
    assert not [call for call in dance.wire.calls if secret.value in call.body.decode()]


@pytest.mark.shows("token", at="mastodon_45")
@pytest.mark.shows("token", at="pixelfed")
def test_a_server_whose_tokens_end_gives_another(http: httpx.Client, dance: Dance) -> None:
    dance.authority.token_life, dance.authority.refresh_life = timedelta(hours=1), timedelta(days=30)
    grant = dance.connect(http)
    assert grant.expires_at == NOW + timedelta(hours=1)
    again = dance.refresh(http, grant)
    assert isinstance(again, Grant)
    assert dance.authority.holds(again.secrets["token"].value)
    assert again.whose == grant.whose
    assert isinstance(dance.refresh(http, grant), AuthLost)


def test_two_who_refresh_at_once_get_one_token(http: httpx.Client, dance: Dance) -> None:
    dance.authority.token_life, dance.authority.refresh_life = timedelta(hours=1), timedelta(days=30)
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


def test_a_token_without_end_is_not_renewed(http: httpx.Client, dance: Dance) -> None:
    assert isinstance(dance.refresh(http, dance.connect(http)), AuthLost)
