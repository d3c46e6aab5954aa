"""Many exchanges at once, over libcurl and by threads: none waits for another, and nobody for them."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from ipaddress import IPv4Address
from math import inf
from threading import Timer

import httpx
import pytest

from relay.intake.wire.address import web_address
from relay.intake.wire.by_threads import ByThreads
from relay.intake.wire.curl.over_curl import polling
from relay.intake.wire.exchange import Exchanges
from relay.intake.wire.guard import Guard
from relay.intake.wire.pace import Turns
from tests.edges.ways import asked, ended, over_httpx, status
from tests.fakes.feed_server import Drip, answer, listening

OPEN = Guard(("127.0.0.0/8",), lambda _host, _port: (IPv4Address("127.0.0.1"),))


@pytest.fixture(params=["libcurl", "threads"])
def exchanges(request: pytest.FixtureRequest) -> Iterator[Exchanges]:
    with ExitStack() as stack:
        if request.param == "libcurl":
            polls = stack.enter_context(polling(OPEN, None, 5.0, Turns(0, inf)))
            yield stack.enter_context(closing(polls.many()))
        else:
            way = stack.enter_context(over_httpx(OPEN, None, 5.0))
            yield stack.enter_context(closing(ByThreads(way)))


def test_each_has_its_own_end(exchanges: Exchanges) -> None:
    with listening(answer(304)) as server:
        good, refused = f"{server.url}/", "http://127.0.0.1:1/"
        found = asked(exchanges, good, refused, "http://127.0.0.1:0/")

    assert status(found[good]) == 304
    assert isinstance(found[refused], httpx.ConnectError)
    assert isinstance(found["http://127.0.0.1:0/"], httpx.UnsupportedProtocol)


def test_one_that_takes_its_time_holds_up_no_other(exchanges: Exchanges) -> None:
    with listening(Drip([b"", answer(304)], pause=0.2)) as far, listening(answer(304)) as near:
        exchanges.start("slow", web_address(far.url), ())
        exchanges.start("quick", web_address(near.url.replace("127.0.0.1", "autre.test")), ())
        first = exchanges.done(10)
        ended(exchanges, 1)

    assert [key for key, _ in first] == ["quick"]


def test_nobody_waits_for_none(exchanges: Exchanges) -> None:
    assert exchanges.done(60) == []


def test_it_waits_no_longer_than_asked_for(exchanges: Exchanges) -> None:
    with listening(Drip([b"", answer(304)], pause=0.2)) as server:
        exchanges.start(1, web_address(server.url), ())
        early = exchanges.done(0)
        late = ended(exchanges, 1)

    assert early == []
    assert status(late[1]) == 304


def test_whoever_waits_can_be_woken(exchanges: Exchanges) -> None:
    with listening(Drip([b"", answer(304)], pause=0.5)) as server:
        exchanges.start(1, web_address(server.url), ())
        Timer(0.1, exchanges.wake).start()
        woken = exchanges.done(10)
        late = ended(exchanges, 1)

    assert woken == []
    assert status(late[1]) == 304


def test_who_is_woken_before_they_wait_does_not_wait(exchanges: Exchanges) -> None:
    with listening(Drip([b"", answer(304)], pause=0.2)) as server:
        exchanges.start(1, web_address(server.url), ())
        exchanges.wake()
        woken = exchanges.done(10)
        late = ended(exchanges, 1)

    assert woken == []
    assert status(late[1]) == 304
