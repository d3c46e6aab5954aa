"""Many exchanges at once when something goes wrong: one that fails, stalls or breaks off is nobody else's trouble."""

import os
import threading
import tracemalloc
from collections.abc import Callable, Hashable, Iterator
from contextlib import ExitStack, closing
from ipaddress import IPv4Address
from itertools import pairwise
from math import inf
from queue import SimpleQueue
from tempfile import TemporaryFile
from threading import Event, Thread
from time import sleep

import httpx
import pytest

from relay.intake.wire.address import web_address
from relay.intake.wire.curl import over_multi, room
from relay.intake.wire.curl.driver import Driver
from relay.intake.wire.curl.handle import Handle
from relay.intake.wire.curl.means import Means
from relay.intake.wire.curl.multi import CONNECTIONS, Multi
from relay.intake.wire.curl.over_curl import OverCurl, polling
from relay.intake.wire.curl.over_multi import OverMulti
from relay.intake.wire.exchange import Ended, Exchanges, Headers, Reply
from relay.intake.wire.guard import Guard
from relay.intake.wire.pace import Turns
from tests.edges.far_ends import KEPT, FarEnds, begun
from tests.edges.ways import asked, ended, status
from tests.fakes.feed_server import answer, listening

URL = web_address("http://agence.test/")


def many(deadline: float = 5.0, turns: Turns | None = None) -> OverCurl:
    guard = Guard(("127.0.0.0/8",), lambda _host, _port: (IPv4Address("127.0.0.1"),))
    return polling(guard, None, deadline, turns or Turns(0, inf))


@pytest.fixture
def far() -> Iterator[FarEnds]:
    with FarEnds() as ends:
        yield ends


@pytest.fixture
def exchanges() -> Iterator[Exchanges]:
    with many() as way, closing(way.many()) as some:
        yield some


def test_those_who_wait_for_room_and_have_ended_are_told(far: FarEnds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST", 1000)
    monkeypatch.setattr(room, "FREE", 0, raising=False)
    with many(0.35) as way, closing(way.many()) as exchanges:
        hosts = ["a.test", "b.test", "c.test", "long.test"]
        connections = [far.asked(exchanges, host) for host in hosts]
        connections.pop().sendall(begun(b"x" * 1200, 3000))
        exchanges.done(0.01)
        for one in connections:
            one.sendall(begun(b"x" * 500, 2000))
        exchanges.done(0.01)
        sleep(0.2)
        sleep(0.2)  # all have ended when it is looked again
        found = ended(exchanges, 4)

    assert sorted(map(str, found)) == hosts
    assert {type(said) for said in found.values()} == {httpx.ReadTimeout}


def test_a_short_body_waits_for_no_long_one(
    far: FarEnds, exchanges: Exchanges, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MOST", 1000)
    monkeypatch.setattr(room, "FREE", 2000, raising=False)
    far.asked(exchanges, "long.test").sendall(begun(b"x" * 2500, 3000))
    exchanges.done(0.01)
    far.asked(exchanges, "short.test").sendall(begun(b"x" * 1500, 1500))

    assert [key for key, _ in exchanges.done(0.5)] == ["short.test"]


def test_pieces_of_two_bytes_take_no_more_than_their_body() -> None:
    handle, blob = Handle(room.Room()), bytes(100_000)
    tracemalloc.start()
    try:
        for place in range(0, len(blob), 2):
            handle._keep(blob[place : place + 2])
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    handle.close()

    assert held < 2 * len(blob)


def broken(own: Means, handle: Handle) -> None:
    del own, handle
    raise KeyError


def test_whatever_fails_at_the_end_turns_and_means_are_given_back(
    far: FarEnds, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns, free = Turns(0, inf), SimpleQueue[float]()
    hosts = ["a.test", "b.test", "c.test"]
    with many(turns=turns) as way:
        exchanges = way.many()
        for host in hosts:
            far.asked(exchanges, host)
        with monkeypatch.context() as patched:
            patched.setattr(Means, "give", broken)
            with pytest.raises(KeyError):
                exchanges.close()
        for host in hosts:
            turns.stand(far.address(host).place, free.put)
        with closing(way.many()) as again:
            assert isinstance(exchanges, OverMulti)
            assert isinstance(again, OverMulti)
            assert again._means is exchanges._means

    assert free.qsize() == 3


def test_an_answer_is_not_lost_where_another_cannot_be_handed_on(
    exchanges: Exchanges, monkeypatch: pytest.MonkeyPatch
) -> None:
    give, fails = Means.give, iter([True])

    def once(own: Means, handle: Handle) -> None:
        give(own, handle)
        if next(fails, False):
            raise KeyError

    monkeypatch.setattr(Means, "give", once)
    with listening(answer(304)) as server:
        urls = [f"http://{name}.test:{server.port}/" for name in "abc"]
        found = asked(exchanges, *urls)

    assert sorted(map(str, found)) == urls
    assert sorted(type(said).__name__ for said in found.values()) == ["KeyError", "Reply", "Reply"]


def test_what_is_closed_twice_is_given_back_once() -> None:
    with many() as way:
        exchanges = way.many()
        exchanges.close()
        exchanges.close()
        with closing(way.many()) as one, closing(way.many()) as other:
            assert isinstance(one, OverMulti)
            assert isinstance(other, OverMulti)
            assert one._means is not other._means


def test_few_connections_are_kept(far: FarEnds, exchanges: Exchanges) -> None:
    for number in range(CONNECTIONS + 8):
        far.asked(exchanges, f"h{number}.test").sendall(KEPT)
        assert status(ended(exchanges, 1)[f"h{number}.test"]) == 304

    assert 1 <= far.open() <= CONNECTIONS


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> Iterator[Exchanges]:
    """Exchanges with a short deadline, whose thread is away if it does anything else for a while."""
    monkeypatch.setattr(over_multi, "AWAY", 0.1, raising=False)
    with many(0.2) as way, closing(way.many()) as some:
        yield some


def test_a_far_end_has_its_time_though_nobody_looked(far: FarEnds, brief: Exchanges) -> None:
    one = far.asked(brief, "a.test")
    sleep(0.2)
    early = brief.done(0)
    one.sendall(KEPT)

    assert early == []
    assert status(ended(brief, 1)["a.test"]) == 304


def test_its_time_is_over_then_all_the_same(far: FarEnds, brief: Exchanges) -> None:
    far.asked(brief, "a.test")
    sleep(0.2)

    assert isinstance(ended(brief, 1)["a.test"], httpx.ReadTimeout)


class Interrupted:
    """A ``poll`` during which somebody types Ctrl-C."""

    def poll(self, _milliseconds: float) -> list[tuple[int, int]]:
        raise KeyboardInterrupt


@pytest.mark.parametrize("was_waiting", [False, True])
def test_a_word_that_comes_after_the_end_is_written_nowhere(was_waiting: bool) -> None:  # noqa: FBT001
    multi = Multi()
    multi.__dict__["_poll"] = Interrupted()
    with pytest.raises(KeyboardInterrupt):
        multi.wait(1)
    multi._is_waiting |= was_waiting
    multi.close()
    with ExitStack() as stack:
        files = [stack.enter_context(TemporaryFile()) for _ in range(4)]
        multi.tell(Event().set)
        assert [os.fstat(file.fileno()).st_size for file in files] == [0] * 4


class Breaking:
    """Exchanges that break off once they are told to."""

    agent = "relay"

    def __init__(self) -> None:
        self.is_in_done, self.breaks = Event(), Event()

    def start(self, key: Hashable, url: object, headers: Headers, left: float = inf) -> None:
        pass

    def done(self, seconds: float) -> list[Ended]:
        self.is_in_done.set()
        self.breaks.wait(seconds)
        raise KeyError

    def wake(self) -> None:
        pass

    def close(self) -> None:
        pass


def test_a_wish_that_comes_as_the_thread_breaks_off_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("threading.excepthook", lambda _: None)
    breaking, told = Breaking(), SimpleQueue[Reply | Exception]()
    driver = Driver(lambda: breaking)
    for _ in range(2):
        Thread(target=lambda: told.put(driver.get(URL, (), 5.0)), daemon=True).start()
        breaking.is_in_done.wait(5)
    sleep(0.05)
    breaking.breaks.set()

    assert [type(told.get(timeout=2)) for _ in range(2)] == [RuntimeError] * 2


def test_another_begins_where_a_thread_could_not(monkeypatch: pytest.MonkeyPatch) -> None:
    start, fails = threading.Thread.start, iter([True])

    def once(own: threading.Thread) -> None:
        if own.name == "relay-exchanges" and next(fails, False):
            raise RuntimeError("can't start new thread")
        start(own)

    monkeypatch.setattr(threading.Thread, "start", once)
    with listening(answer(304)) as server, many() as way:
        url, told = web_address(server.url), SimpleQueue[int]()
        with pytest.raises(RuntimeError, match="can't start"):
            way.get(url, ())
        Thread(target=lambda: told.put(way.get(url, ()).status), daemon=True).start()
        assert told.get(timeout=5) == 304


def standing(turns: Turns, hosts: range) -> tuple[list[float], list[Callable[[], None]]]:
    """When each host may be asked, and what ends its turn."""
    instants: list[float] = []
    ends = []
    for host in hosts:

        def called(instant: float, _host: int = host) -> None:
            instants.append(instant)

        ends.append(turns.stand(str(host), called))
    return instants, ends


def test_hosts_that_are_free_at_once_do_not_begin_at_once() -> None:
    turns = Turns(gap=0.5, per_second=1000)
    _, ends = standing(turns, range(20))
    for end in ends:
        end()
    again, _ = standing(turns, range(20))
    new, _ = standing(turns, range(20, 40))

    assert min(later - former for former, later in pairwise(sorted(again + new))) > 0.0009


def test_who_may_ask_now_waits_for_no_host_that_is_free_later() -> None:
    turns = Turns(gap=60, per_second=1000)
    _, ends = standing(turns, range(1))
    ends[0]()
    later, _ = standing(turns, range(1))
    now, _ = standing(turns, range(1, 2))

    assert later[0] - now[0] > 50
