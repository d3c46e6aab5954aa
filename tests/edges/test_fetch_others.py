"""Whom an answer speaks of beside itself: the hubs of its ``Link`` headers, the host that a redirect led to."""

from collections.abc import Iterator

import pytest

from relay.core.document import Busy, Fetched
from relay.core.source import Validators
from relay.intake.fetch import fetch
from relay.intake.wire.exchange import Getting
from relay.intake.wire.guard import Guard
from tests.edges.ways import Opening
from tests.fakes.feed_server import answer, listening

NOTHING_KNOWN = Validators()


@pytest.fixture
def http(opening: Opening) -> Iterator[Getting]:
    with opening(Guard(("127.0.0.1",)), None, 10.0) as way:
        yield way


@pytest.mark.parametrize(
    ("link", "hubs"),
    [
        (b"<https://a.fr/>", ()),
        (b"<https://a.fr/>, <https://hub.fr/>; rel=hub", ("https://hub.fr/",)),
        (b"<https://hub.fr/>; rel=hub, <https://a.fr/>", ("https://hub.fr/",)),
        (b"<https://hub.fr/a;b=c>; rel=hub", ("https://hub.fr/a;b=c",)),
        (b"<https://hub.fr/a;rel=self>; rel=hub", ("https://hub.fr/a;rel=self",)),
        (b"<https://hub.fr/?a=1,2>;rel=hub", ("https://hub.fr/?a=1,2",)),
        (b'<https://hub.fr/>; title="a, b; c"; rel="self hub"', ("https://hub.fr/",)),
        (b"<https://a.fr/;rel=hub>", ()),
        (b"<>; rel=self", ()),
        (b"https://hub.fr/; rel=hub", ()),
        (b"<https://hub.fr/; rel=hub", ()),
    ],
)
def test_hubs_are_read_out_of_any_link_header(http: Getting, link: bytes, hubs: tuple[str, ...]) -> None:
    with listening(answer(headers=[(b"Link", link)])) as server:
        answered = fetch(http, f"{server.url}/feed", "cget", NOTHING_KNOWN)

    assert isinstance(answered, Fetched)
    assert answered.hubs == hubs


@pytest.mark.parametrize("refusal", [answer(429), answer(503, b"", [(b"Retry-After", b"120")])])
def test_a_busy_host_that_a_redirect_led_to_does_not_speak_for_itself(http: Getting, refusal: bytes) -> None:
    """Whoever writes a feed could silence any host by it."""
    with listening(refusal) as other, listening(answer(302, headers=[(b"Location", other.url.encode())])) as server:
        answered = fetch(http, server.url, "cget", NOTHING_KNOWN)

    assert isinstance(answered, Busy)
    assert answered.host == ""
    assert answered.why.startswith(other.url.removeprefix("http://"))


def test_a_busy_host_that_redirects_to_itself_does(http: Getting) -> None:
    with listening(answer(302, headers=[(b"Location", b"/feed")]), answer(429)) as server:
        answered = fetch(http, f"{server.url}/", "cget", NOTHING_KNOWN)

    assert isinstance(answered, Busy)
    assert answered.host == server.url.removeprefix("http://")
