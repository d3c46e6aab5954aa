"""Where a site says that its owner says yes: in its page, in headers, in a document; or nowhere safe."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpx
import pytest

from relay.core.outcome import Refused, Retry
from tests.edges.dances import REDIRECT, STATE, Dance
from tests.edges.own_dances import Front, of_micropub
from tests.fakes import micropub as micropub_fake
from tests.fakes.wire import Call, Reply

NOW = datetime(2026, 11, 24, 8, 0, 30, tzinfo=UTC)


@pytest.fixture
def front() -> Front:
    return Front()


@pytest.fixture
def dance(micropub_server: micropub_fake.Site, front: Front) -> Iterator[Dance]:
    with of_micropub(micropub_server, front) as found:
        yield found


def unnamed(http: httpx.Client, dance: Dance) -> Refused:
    """What is said of a site that does not say where to go."""
    told = dance.connecting().begin(http, dance.account, REDIRECT, STATE)
    assert isinstance(told, Refused), told
    assert "paste a token" in told.why or "https://" in told.why
    return told


def test_an_older_site_names_its_endpoints_in_the_page(http: httpx.Client, dance: Dance, front: Front) -> None:
    front.html = (
        b'<p>Hi</p><link href="/auth?x=1" rel="me authorization_endpoint"><link href="token" rel=token_endpoint>'
    )
    assert urlsplit(dance.begin(http).url).query.startswith("x=1&response_type=code")
    assert dance.connect(http).secrets["token"].value == micropub_fake.TOKEN


def test_an_older_site_names_its_endpoints_in_headers(http: httpx.Client, dance: Dance, front: Front) -> None:
    front.html = b'<link rel="authorization_endpoint" href="https://wrong.example/">'
    front.headers = {"link": '</auth>; rel="authorization_endpoint", </token>; rel="token_endpoint"'}
    assert dance.connect(http).secrets["token"].value == micropub_fake.TOKEN


def test_the_first_link_of_a_page_counts(http: httpx.Client, dance: Dance, front: Front) -> None:
    front.html += b'<link rel="indieauth-metadata" href="https://wrong.example/">'
    assert dance.begin(http).url.startswith(f"{dance.wire.url}/auth?")


def test_a_page_that_has_moved_is_followed(http: httpx.Client, dance: Dance) -> None:
    dance.account = replace(dance.account, options={**dance.account.options, "me": f"{dance.wire.url}/old"})
    other = dance.wire.network
    moved = Reply(301, b"", {"location": "/"})
    dance.wire.network = lambda call: moved if call.path == "/old" else other(call)
    assert dance.begin(http).url.startswith(f"{dance.wire.url}/auth?")


@pytest.mark.parametrize(
    "html",
    [
        b"",
        b"\x00\xff<",
        b"<link rel=authorization_endpoint href=/auth>",
        b"<link rel=authorization_endpoint><link rel=token_endpoint>",
        b"<link rel=authorization_endpoint href=http://site.example/a><link rel=token_endpoint href=/token>",
        b"<link rel=authorization_endpoint href=/a><link rel=token_endpoint href=http://site.example/token>",
        b"<link rel=authorization_endpoint href=javascript:1><link rel=token_endpoint href=/token>",
        b"<link rel=indieauth-metadata href=http://site.example/>",
        b"<link rel=indieauth-metadata href=http://[>",
        b"<link rel=indieauth-metadata href=/nowhere>",
    ],
)
def test_a_page_that_names_nothing_safe_says_what_to_do(
    http: httpx.Client, dance: Dance, front: Front, html: bytes
) -> None:
    front.html = html
    unnamed(http, dance)


@pytest.mark.parametrize("again", [False, True])
def test_a_page_that_anybody_on_the_way_could_have_written_names_nothing(
    http: httpx.Client, dance: Dance, *, again: bool
) -> None:
    """Moved to an address without https://, be it only to come back from there."""
    dance.account = replace(dance.account, options={**dance.account.options, "me": f"{dance.wire.url}/old"})
    other, open_ = dance.wire.network, dance.wire.url.replace("127.0.0.1", "127.1")
    places = {"/old": f"{open_}/open"} | ({"/open": f"{dance.wire.url}/"} if again else {})
    page = other(Call("GET", "/", {}, b""))
    dance.wire.network = lambda call: (
        Reply(302, b"", {"location": places[call.path]})
        if call.path in places
        else page
        if call.path == "/open"
        else other(call)
    )
    unnamed(http, dance)


@pytest.mark.parametrize("issuer", ["https://other.example/", "https://127.0.0.1/", "http", "http://127.0.0.1"])
def test_a_server_that_calls_itself_by_another_s_name_is_refused(
    http: httpx.Client, dance: Dance, front: Front, issuer: str
) -> None:
    """Else a code of that other's, which says honestly whose it is, would be handed to this one (RFC 8414, 3.3)."""
    front.metadata["issuer"] = issuer
    unnamed(http, dance)


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint"])
@pytest.mark.parametrize("value", [None, "", [], "http://site.example/"])
def test_metadata_that_names_nothing_safe_says_what_to_do(
    http: httpx.Client, dance: Dance, front: Front, name: str, value: object
) -> None:
    front.metadata[name] = value
    unnamed(http, dance)


def test_a_site_that_is_not_private_is_not_asked(http: httpx.Client, dance: Dance) -> None:
    dance.account = replace(dance.account, options={"endpoint": "http://site.example/micropub"})
    unnamed(http, dance)


def test_a_page_that_is_not_to_be_had_may_be_asked_for_again(http: httpx.Client, dance: Dance, front: Front) -> None:
    front.status = 503
    assert isinstance(dance.connecting().begin(http, dance.account, REDIRECT, STATE), Retry)
