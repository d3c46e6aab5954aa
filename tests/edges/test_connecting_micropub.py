"""Connecting a site by IndieAuth: discovery, PKCE, and whose the answer is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from relay.core.account import Secret
from relay.core.crosspost import Draft, Keys, Request
from relay.core.grant import Grant
from relay.core.outcome import AuthLost, Refused, Retry, Sent
from relay.networks.connecting import Visit
from relay.networks.micropub import network as micropub
from tests.edges.dances import Dance, connected
from tests.edges.own_dances import RELAY, Front, of_micropub
from tests.fakes import micropub as micropub_fake
from tests.fakes.wire import Fault, Reply

NOW = datetime(2026, 11, 24, 8, 0, 30, tzinfo=UTC)


@pytest.fixture
def front() -> Front:
    return Front()


@pytest.fixture
def dance(micropub_server: micropub_fake.Site, front: Front) -> Iterator[Dance]:
    with of_micropub(micropub_server, front) as found:
        yield found


def refused(http: httpx.Client, dance: Dance, **answered: str) -> Refused:
    """What is said of a way back that has something wrong."""
    visit = dance.begin(http)
    told = dance.finish(http, visit, dance.authority.allow(visit.url) | answered)
    assert isinstance(told, Refused), told
    return told


def test_what_was_granted_posts(http: httpx.Client, dance: Dance, micropub_server: micropub_fake.Site) -> None:
    grant = dance.connect(http)
    account = connected(dance.account, grant)
    request = micropub.prepare(http, account, Draft("Une nouvelle", "fr", "https://blog.example/"), Keys(NOW, 1))
    assert isinstance(request, Request)
    assert isinstance(micropub.publish(http, account, request), Sent)
    assert micropub_server.texts() == ["Une nouvelle"]
    assert grant.whose == f"{dance.wire.url}/"


def test_relay_is_known_by_its_own_address(http: httpx.Client, dance: Dance) -> None:
    told = dict(parse_qsl(urlsplit(dance.begin(http).url).query))
    assert (told["client_id"], told["me"]) == (RELAY, f"{dance.wire.url}/")
    assert told["scope"].split() == ["create", "update", "delete", "media"]


def test_another_server_in_the_way_back_is_refused(http: httpx.Client, dance: Dance, front: Front) -> None:
    assert "not from the server" in refused(http, dance, iss="https://other.example/").why
    front.metadata["authorization_response_iss_parameter_supported"] = True
    assert "not from the server" in refused(http, dance).why


def test_a_server_without_a_name_is_not_handed_what_one_with_a_name_gave(
    http: httpx.Client, dance: Dance, front: Front
) -> None:
    """The page sends the person to another site's server, and would have the code brought to its own (RFC 9207)."""
    front.html = b"<link href=/auth rel=authorization_endpoint><link href=/token rel=token_endpoint>"
    assert "not from the server" in refused(http, dance, iss="https://other.example/").why
    assert isinstance(dance.connect(http), Grant)


def test_the_right_server_in_the_way_back_is_taken(http: httpx.Client, dance: Dance, front: Front) -> None:
    front.metadata["authorization_response_iss_parameter_supported"] = True
    visit = dance.begin(http)
    back = dance.authority.allow(visit.url) | {"iss": f"{dance.wire.url}/"}
    assert isinstance(dance.finish(http, visit, back), Grant)


@pytest.mark.parametrize("me", ["http://site.example/", "https://127.0.0.1:1/", "http://[", "", None, 7])
def test_a_token_of_another_site_is_refused(http: httpx.Client, dance: Dance, me: object) -> None:
    dance.authority.extra = {"me": me}
    assert "nothing was connected" in refused(http, dance).why


def test_another_address_of_the_same_owner_is_taken(http: httpx.Client, dance: Dance, front: Front) -> None:
    other = dance.wire.network
    dance.authority.extra = {"me": f"{dance.wire.url}/claire"}
    page = Reply(200, front.html, {"content-type": "text/html"})
    dance.wire.network = lambda call: page if call.path == "/claire" else other(call)
    assert dance.connect(http).whose == f"{dance.wire.url}/claire"


def test_an_address_of_another_owner_is_refused(http: httpx.Client, dance: Dance) -> None:
    other = dance.wire.network
    dance.authority.extra = {"me": f"{dance.wire.url}/paul"}
    links = b"<link rel=authorization_endpoint href=/of-paul><link rel=token_endpoint href=/token>"
    page = Reply(200, links, {"content-type": "text/html"})
    dance.wire.network = lambda call: page if call.path == "/paul" else other(call)
    assert "nothing was connected" in refused(http, dance).why


def test_a_host_alone_is_the_same_site(http: httpx.Client, dance: Dance) -> None:
    dance.authority.extra = {"me": dance.wire.url}
    assert dance.connect(http).whose == dance.wire.url


def test_a_token_that_may_not_post_is_refused(http: httpx.Client, dance: Dance) -> None:
    visit = dance.begin(http)
    narrowed = replace(visit, url=visit.url.replace("scope=create+", "scope="))
    told = dance.finish(http, visit, dance.authority.allow(narrowed.url))
    assert isinstance(told, Refused)
    assert "create" in told.why


def test_another_verifier_gets_nothing(http: httpx.Client, dance: Dance) -> None:
    visit = dance.begin(http)
    other = Visit(visit.url, {**visit.kept, "verifier": Secret("z" * 86)})
    assert isinstance(dance.finish(http, other, dance.authority.allow(visit.url)), AuthLost)


def test_a_code_is_worth_one_token(http: httpx.Client, dance: Dance) -> None:
    visit = dance.begin(http)
    answered = dance.authority.allow(visit.url)
    assert isinstance(dance.finish(http, visit, answered), Grant)
    assert isinstance(dance.finish(http, visit, answered), AuthLost)


def test_a_no_is_a_no(http: httpx.Client, dance: Dance) -> None:
    visit = dance.begin(http)
    told = dance.finish(http, visit, dance.authority.deny(visit.url))
    assert isinstance(told, Refused)
    assert "You said no" in told.why


@pytest.mark.shows("token", at="micropub_listing")
def test_tokens_that_end_are_renewed_where_they_came_from(http: httpx.Client, dance: Dance) -> None:
    dance.authority.token_life, dance.authority.refresh_life = timedelta(days=7), timedelta(days=90)
    first = dance.connect(http)
    dance.wire.calls.clear()
    second = dance.refresh(http, first)
    assert isinstance(second, Grant)
    assert second.expires_at == NOW + timedelta(days=7)
    assert [call.path for call in dance.wire.calls] == ["/token"]
    assert isinstance(dance.refresh(http, first), AuthLost)


def test_a_grant_that_was_pasted_is_not_renewed(http: httpx.Client, dance: Dance) -> None:
    assert isinstance(dance.refresh(http, Grant({"token": Secret("pasted")})), AuthLost)


@pytest.mark.parametrize("fault", [Fault.DROP_BEFORE, Fault.ERROR_BEFORE, Fault.TIMEOUT_AFTER])
def test_a_broken_answer_may_be_asked_for_again(http: httpx.Client, dance: Dance, fault: Fault) -> None:
    visit = dance.begin(http)
    dance.wire.faults = [fault]
    assert isinstance(dance.finish(http, visit, dance.authority.allow(visit.url)), Retry)
