"""Many exchanges at once over libcurl: what is asked of whom, in what order, and how much of it is kept."""

import socket
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from ipaddress import IPv4Address
from itertools import pairwise
from math import inf
from threading import Event
from threading import enumerate as enumerate_threads

import httpx
import pytest

from relay.intake.wire import lookup
from relay.intake.wire.address import web_address
from relay.intake.wire.curl import over_multi, pile, room
from relay.intake.wire.curl.over_curl import OverCurl, polling
from relay.intake.wire.curl.over_multi import OverMulti
from relay.intake.wire.exchange import Ended, Reply
from relay.intake.wire.guard import Address, Forbidden, Guard, Resolve
from relay.intake.wire.pace import Taking, Turns
from tests.edges.ways import asked, ended, status
from tests.fakes.feed_server import Drip, answer, listening

HERE = IPv4Address("127.0.0.1")
KEPT = b"HTTP/1.1 304 Not Modified\r\n\r\n"


def many(resolve: Resolve, deadline: float = 5.0, turns: Taking | None = None) -> OverCurl:
    return polling(Guard(("127.0.0.0/8",), resolve), None, deadline, turns or Turns(0, inf))


def addresses(*texts: str) -> Resolve:
    return lambda _host, _port: tuple(map(IPv4Address, texts))


def test_a_look_up_that_hangs_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "PATIENCE", 0.3)
    over = Event()

    def resolve(host: str, _port: int) -> Sequence[Address]:
        return [HERE] if host != "hangs.test" or over.wait(60) else []

    with listening(answer(304)) as server, many(resolve) as way, closing(way.many()) as exchanges:
        hangs, quick = (f"http://{name}.test:{server.port}/" for name in ("hangs", "quick"))
        exchanges.start(hangs, web_address(hangs), ())
        exchanges.start(quick, web_address(quick), ())
        first, then = exchanges.done(10), ended(exchanges, 1)
        over.set()
    said = then[hangs]

    assert [key for key, _ in first] == [quick]
    assert isinstance(said, httpx.ConnectError)
    assert "hangs.test was not looked up within" in str(said)


def test_the_next_address_is_tried_where_one_refuses_or_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relay.intake.wire.curl.opening.PATIENCE", 0.2)
    with socket.socket() as silent, listening(answer(304), host="127.0.0.4") as server:
        silent.bind(("127.0.0.3", server.port))
        silent.listen(0)
        full = [filling(silent) for _ in range(2)]
        with many(addresses("127.0.0.2", "127.0.0.3", "127.0.0.4")) as way, closing(way.many()) as exchanges:
            found = asked(exchanges, url := f"http://agence.test:{server.port}/")
        for one in full:
            one.close()

    assert status(found[url]) == 304


def filling(silent: socket.socket) -> socket.socket:
    """One of those that take up the line of a server which accepts nobody."""
    one = socket.socket()
    one.setblocking(False)  # noqa: FBT003  # socket's own
    one.connect_ex(silent.getsockname())
    return one


def test_an_address_is_judged_before_it_is_gone_to() -> None:
    with listening(answer(304)) as server, many(addresses("127.0.0.1", "10.0.0.1")) as way, closing(way.many()) as some:
        found = asked(some, url := f"http://agence.test:{server.port}/")

    assert isinstance(found[url], Forbidden)
    assert server.asked == []


def test_a_connection_is_used_again_without_a_look_up_until_the_other_side_has_closed_it() -> None:
    looked_up: list[str] = []

    def resolve(host: str, _port: int) -> Sequence[Address]:
        looked_up.append(host)
        return [HERE]

    with kept(2) as (port, connections), many(resolve) as way, closing(way.many()) as exchanges:
        url = f"http://agence.test:{port}/"
        found = [status(asked(exchanges, url)[url]) for _ in range(3)]

    assert found == [304, 304, 304]
    assert (len(connections), looked_up) == (2, ["agence.test"] * 2)


class kept:  # noqa: N801  # it is used as a function is
    """A server that closes each connection after so many answers: its port, and what it has accepted."""

    def __init__(self, answers: int) -> None:
        self._server, self._answers = socket.create_server(("127.0.0.1", 0)), answers
        self._accepted: list[socket.socket] = []
        self._pool = ThreadPoolExecutor(1)

    def __enter__(self) -> tuple[int, list[socket.socket]]:
        self._pool.submit(self._serve)
        return self._server.getsockname()[1], self._accepted

    def _serve(self) -> None:
        while True:
            one, _ = self._server.accept()
            self._accepted.append(one)
            with one:
                for _ in range(self._answers):
                    one.recv(10_000)
                    one.sendall(KEPT)

    def __exit__(self, *_: object) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        for one in self._accepted:
            one.close()
        self._pool.shutdown()


def test_a_host_has_one_request_at_a_time_and_others_do_not_wait_for_it() -> None:
    with listening(Drip([answer(304), b""], pause=0.1)) as server:
        urls = [f"http://{host}.test:{server.port}/{number}" for host in "ab" for number in range(3)]
        with many(addresses("127.0.0.1"), turns=Turns(0.1, inf)) as way, closing(way.many()) as exchanges:
            found = asked(exchanges, *urls)

    assert {status(said) for said in found.values()} == {304}
    assert server.most == {"a.test": 1, "b.test": 1}
    assert gap([one.at for one in server.asked if one.host == "a.test"]) >= 0.1


def gap(instants: Sequence[float]) -> float:
    return min(later - former for former, later in pairwise(instants))


def test_no_more_begin_in_a_second_than_agreed() -> None:
    with listening(answer(304)) as server:
        urls = [f"http://h{number}.test:{server.port}/" for number in range(6)]
        with many(addresses("127.0.0.1"), turns=Turns(0, 20)) as way, closing(way.many()) as exchanges:
            asked(exchanges, *urls)

    assert server.asked[-1].at - server.asked[0].at >= 0.9 * 5 / 20


def test_turns_are_of_those_who_wait_and_of_those_who_do_not() -> None:
    turns = Turns(0, inf)
    with (
        listening(answer(304)) as server,
        many(addresses("127.0.0.1"), turns=turns) as way,
        closing(way.many()) as some,
    ):
        end = turns.take(server.url.removeprefix("http://"))
        some.start(1, web_address(server.url), ())
        early = some.done(0.1)
        end()
        found = ended(some, 1)

    assert early == []
    assert status(found[1]) == 304


def test_what_is_closed_gives_its_turn_back() -> None:
    turns = Turns(0, inf)
    with listening(Drip([b"", b""], pause=1)) as server, many(addresses("127.0.0.1"), turns=turns) as way:
        exchanges = way.many()
        for number in range(3):
            exchanges.start(number, web_address(server.url), ())
        exchanges.done(0.1)
        exchanges.close()
        turns.take(server.url.removeprefix("http://"))()

    assert len(server.asked) == 1


def test_turns_of_many_processes_are_waited_for_by_threads() -> None:
    class Shared:
        def take(self, host: str) -> Callable[[], None]:
            taken.append(host)
            return lambda: None

    taken: list[str] = []
    with (
        listening(answer(304)) as server,
        many(addresses("127.0.0.1"), turns=Shared()) as way,
        closing(way.many()) as some,
    ):
        found = asked(some, server.url)

    assert status(found[server.url]) == 304
    assert taken == [server.url.removeprefix("http://")]


def test_bodies_for_which_there_is_no_room_wait_for_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST", 400_000)
    monkeypatch.setattr(room, "FREE", 0)
    highest: list[int] = []
    takes = room.Room.takes

    def watched(own: room.Room, guest: room.Guest, size: int) -> bool:
        taken = takes(own, guest, size)
        highest.append(own.total)
        return taken

    monkeypatch.setattr(room.Room, "takes", watched)
    large = answer(body=b"x" * 300_000)
    with listening(large) as server, many(addresses("127.0.0.1")) as way, closing(way.many()) as exchanges:
        found = asked(exchanges, *(f"http://h{number}.test:{server.port}/" for number in range(8)))

    assert [len(said.body) for said in found.values() if isinstance(said, Reply)] == [300_000] * 8
    assert max(highest) <= 700_000


def test_no_more_is_handed_on_at_once_than_agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(over_multi, "MOST", 1000)
    small, shares = answer(body=b"x" * 600), list[int]()
    with listening(small) as server, many(addresses("127.0.0.1")) as way, closing(way.many()) as exchanges:
        for number in range(6):
            exchanges.start(number, web_address(f"http://h{number}.test:{server.port}/"), ())
        while sum(shares) < 6:
            shares.append(len(exchanges.done(10)))

    assert max(shares) <= 2


def test_one_multi_is_kept_from_one_pass_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pile, "SPARE", 1)
    with many(addresses("127.0.0.1")) as way:
        first, second = way.many(), way.many()
        first.close()
        second.close()
        third = way.many()
        assert isinstance(first, OverMulti)
        assert isinstance(third, OverMulti)
        third.close()

    assert third._means is first._means


def test_a_thread_that_breaks_off_lets_nobody_wait_and_another_takes_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = iter([True])
    done = OverMulti.done

    def breaks(own: OverMulti, seconds: float) -> list[Ended]:
        if next(broken, False):
            raise KeyError
        return done(own, seconds)

    monkeypatch.setattr(OverMulti, "done", breaks)
    monkeypatch.setattr("threading.excepthook", lambda _: None)
    with listening(answer(304)) as server, many(addresses("127.0.0.1")) as way:
        url = web_address(server.url)
        with pytest.raises(RuntimeError):
            way.get(url, ())
        assert way.get(url, ()).status == 304


def test_those_who_wait_share_one_thread() -> None:
    with listening(answer(304)) as server, many(addresses("127.0.0.1")) as way, ThreadPoolExecutor(8) as pool:
        urls = [web_address(f"http://h{number}.test:{server.port}/") for number in range(24)]
        found = list(pool.map(lambda url: way.get(url, ()).status, urls))
        threads = [one for one in enumerate_threads() if one.name == "relay-exchanges"]

    assert found == [304] * 24
    assert len(threads) == 1
