"""Turns: one request at a time to a host, a second apart, and not too many to the world at once."""

import threading
from collections.abc import Iterator
from time import monotonic

import httpx
import pytest

from relay.intake.wire.guard import Guard
from relay.intake.wire.pace import Turns
from relay.intake.wire.paced import Paced
from relay.intake.wire.transport import Transport

LOOPBACK = Guard(("127.0.0.1",))


class Host(httpx.BaseTransport):
    """A far end that remembers when requests began and ended."""

    def __init__(self, lasting: float = 0.02) -> None:
        self.began: list[float] = []
        self.ended: list[float] = []
        self._ready = threading.Event()
        self._lasting = lasting

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        del request
        self.began.append(monotonic())
        self._ready.wait(self._lasting)
        self.ended.append(monotonic())
        return httpx.Response(200, content=b"<rss/>")


@pytest.fixture
def host() -> Host:
    return Host()


def ask_at_once(http: httpx.Client, urls: list[str]) -> None:
    threads = [threading.Thread(target=http.get, args=[url]) for url in urls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def take_and_end(turns: Turns) -> None:
    turns.take("agence.test")()


def gaps(host: Host) -> Iterator[float]:
    """From the end of each request to the start of the next."""
    return (began - ended for ended, began in zip(sorted(host.ended), sorted(host.began)[1:], strict=False))


def test_a_host_has_one_request_at_a_time_each_a_while_after_the_last(host: Host) -> None:
    with httpx.Client(transport=Paced(host, Turns(gap=0.1))) as http:
        ask_at_once(http, ["http://agence.test/a", "http://agence.test/b", "http://agence.test/c"])

    assert len(host.began) == 3
    assert min(gaps(host)) >= 0.1


def test_hosts_do_not_wait_for_one_another(host: Host) -> None:
    slow = Host(lasting=5)
    mounts = {"http://agence.test": Paced(slow, turns := Turns(gap=60)), "http://autre.test": Paced(host, turns)}
    with httpx.Client(mounts=mounts) as http:
        asked = threading.Thread(target=http.get, args=["http://agence.test/"], daemon=True)
        asked.start()
        http.get("http://autre.test/")
        slow._ready.set()
        asked.join()

    assert len(host.ended) == 1


def test_all_together_start_no_more_requests_than_agreed(host: Host) -> None:
    with httpx.Client(transport=Paced(host, Turns(gap=0, per_second=20))) as http:
        ask_at_once(http, [f"http://site-{number}.test/" for number in range(6)])
    starts = sorted(host.began)

    assert starts[-1] - starts[0] >= 0.9 * 5 / 20


def test_a_request_that_fails_ends_its_turn() -> None:
    turns = Turns(gap=0)
    with httpx.Client(transport=Paced(Transport(LOOPBACK, 1.0), turns)) as http:
        for _ in range(2):
            with pytest.raises(httpx.ConnectError):
                http.get("http://127.0.0.1:1/")

    turns.take("127.0.0.1:1")()


def test_a_turn_that_ended_cannot_end_the_turn_of_another() -> None:
    turns = Turns(gap=0)
    first = turns.take("agence.test")
    first()
    second = turns.take("agence.test")
    first()
    third = threading.Thread(target=take_and_end, args=[turns])
    third.start()
    third.join(0.1)
    waits = third.is_alive()
    second()
    third.join()

    assert waits


def test_hosts_long_past_are_forgotten() -> None:
    turns = Turns(gap=0, per_second=1e9)
    for number in range(10_002):
        turns.take(f"site-{number}.test")()

    assert len(turns._hosts) < 10
