import time
from collections.abc import Iterator
from ipaddress import IPv4Address
from socket import EAI_NONAME, gaierror
from unittest.mock import Mock

import httpx
import pytest

from relay.core.document import Answer, Blocked, Fetched, Unreachable
from relay.core.source import Validators
from relay.intake.fetch import fetch
from relay.intake.wire.exchange import Getting
from relay.intake.wire.guard import Forbidden, Guard, Resolve
from relay.intake.wire.transport import posting_client
from tests.edges.ways import Opening
from tests.fakes.feed_server import Drip, Told, answer, listening
from tests.fakes.wire import closed_port

NOTHING_KNOWN = Validators()
LOOPBACK = Guard(("127.0.0.1",))
CONTACT = "https://www.exemple.fr/contact"


@pytest.fixture
def http(opening: Opening) -> Iterator[Getting]:
    with opening(LOOPBACK, CONTACT, 1.0) as way:
        yield way


def told(http: Getting, told: Told, validators: Validators = NOTHING_KNOWN) -> Answer:
    with listening(told) as server:
        return fetch(http, f"{server.url}/feed", "cget", validators)


def here(host: str, port: int) -> tuple[IPv4Address, ...]:
    return (IPv4Address("127.0.0.1"),)


def unknown(host: str, port: int) -> tuple[IPv4Address, ...]:
    raise gaierror(EAI_NONAME, "Name or service not known")


def redirect(to: str, status: int = 302) -> bytes:
    return answer(status, headers=[(b"Location", to.encode())])


def test_a_redirect_is_followed_and_the_last_address_kept(http: Getting) -> None:
    with listening(redirect("/b"), answer(body=b"<rss/>")) as server:
        answered = fetch(http, f"{server.url}/a", "cget", Validators())
    assert isinstance(answered, Fetched)
    assert answered.url == f"{server.url}/b"


@pytest.mark.parametrize(("learnt_at", "sent"), [("/b", b'"a"'), ("/c", None), ("/a", None)])
def test_conditions_go_along_with_a_redirect_to_where_they_were_learnt(
    http: Getting, learnt_at: str, sent: bytes | None
) -> None:
    with listening(redirect("/b"), answer(304)) as server:
        fetch(http, f"{server.url}/a", "cget", Validators(b'"a"', url=f"{server.url}{learnt_at}"))
    assert [request.header(b"if-none-match") for request in server.asked] == [b'"a"', sent]


def test_conditions_do_not_go_to_another_host(opening: Opening) -> None:
    with opening(Guard(("127.0.0.1",), here), None, 30.0) as http, listening(answer()) as other:
        other_host = other.url.replace("127.0.0.1", "ailleurs.test")
        with listening(redirect(other_host)) as first:
            fetch(http, first.url, "cget", Validators(etag=b'"a"', last_modified=b"b"))
    assert other.asked[0].header(b"if-none-match") is other.asked[0].header(b"if-modified-since") is None


def test_five_redirects_are_enough(http: Getting) -> None:
    with listening(redirect("/again")) as server:
        answered = fetch(http, server.url, "cget", Validators())
    assert isinstance(answered, Unreachable)
    assert (len(server.asked), "redirects more than 5 times" in answered.why) == (6, True)


def test_a_redirect_to_an_address_that_is_not_allowed_is_blocked(http: Getting) -> None:
    answered = told(http, redirect("http://169.254.169.254/latest/meta-data/"))
    assert isinstance(answered, Blocked)
    assert "service.allow" in answered.why


def test_an_address_that_is_not_allowed_is_never_connected_to(opening: Opening) -> None:
    with opening(Guard(), None, 30.0) as http, listening(answer()) as server:
        answered = fetch(http, server.url, "cget", Validators())
    assert (type(answered), server.asked) == (Blocked, [])


def changing() -> Resolve:
    answers = iter([(IPv4Address("127.0.0.1"),), (IPv4Address("10.0.0.1"),)])
    return lambda _host, _port: next(answers)


def test_a_name_that_changes_its_address_after_the_check_gains_nothing(opening: Opening) -> None:
    with opening(Guard(("127.0.0.1",), changing()), None, 30.0) as http, listening(answer(body=b"<rss/>")) as server:
        answered = fetch(http, server.url.replace("127.0.0.1", "change.test"), "cget", Validators())
    assert isinstance(answered, Fetched)
    assert (server.asked[0].header(b"host") or b"").startswith(b"change.test:")


def test_a_server_that_drips_is_cut_at_the_deadline(http: Getting) -> None:
    drip = Drip([answer(body=b" " * 1000)[:100], *[b" "] * 40], pause=0.1)
    started = time.monotonic()
    answered = told(http, drip)
    assert (answered, time.monotonic() - started < 5) == (Unreachable("127.0.0.1 did not answer in time."), True)


def test_a_server_that_says_nothing_is_left_at_the_deadline(http: Getting) -> None:
    assert told(http, Drip([b"", b""], pause=1.5)) == Unreachable("127.0.0.1 did not answer in time.")


def test_a_port_where_nobody_listens_refuses(http: Getting) -> None:
    assert fetch(http, closed_port(), "cget", Validators()) == Unreachable("127.0.0.1 refuses connections.")


def test_a_name_that_is_not_known_is_said_so(opening: Opening) -> None:
    with opening(Guard((), unknown), None, 30.0) as http:
        answered = fetch(http, "https://nulle-part.fr/", "cget", Validators())
    assert answered == Unreachable("The name nulle-part.fr is not known.")


def test_a_connection_that_fails_is_tried_three_times_at_most(opening: Opening) -> None:
    resolve = Mock(side_effect=unknown)
    with opening(Guard((), resolve), None, 30.0) as http:
        fetch(http, "https://nulle-part.fr/", "cget", Validators())
    assert resolve.call_count == 3


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://", "http://[", "unix:///run/x.sock", ""])
def test_what_is_not_an_address_of_the_web_is_not_fetched(http: Getting, url: str) -> None:
    assert isinstance(fetch(http, url, "cget", Validators()), Unreachable)


def test_a_client_for_networks_does_not_follow_a_redirect() -> None:
    with posting_client(LOOPBACK, CONTACT) as http, listening(redirect("/b")) as server:
        assert (http.post(f"{server.url}/a", json={}).status_code, len(server.asked)) == (302, 1)


def test_a_client_for_networks_can_tell_that_nothing_was_sent() -> None:
    with posting_client(LOOPBACK, CONTACT) as http, pytest.raises(httpx.ConnectError):
        http.post(closed_port(), json={})


def test_a_client_for_networks_can_tell_that_something_may_have_been_sent() -> None:
    with posting_client(LOOPBACK, CONTACT) as http, listening(b"") as server, pytest.raises(httpx.RemoteProtocolError):
        http.post(server.url, json={})


def test_a_client_for_networks_is_guarded_too() -> None:
    with posting_client(Guard(), CONTACT) as http, pytest.raises(Forbidden):
        http.post("http://127.0.0.1/", json={})
