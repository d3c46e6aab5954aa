import socket
from queue import SimpleQueue
from threading import Event, get_ident
from threading import enumerate as enumerate_threads
from time import monotonic, sleep
from typing import Any

import pytest

from relay.intake.wire import lookup
from relay.intake.wire.guard import resolve
from relay.intake.wire.lookup import looked_up


def test_a_resolver_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    over = Event()

    def hangs(*_: Any, **__: Any) -> list[Any]:
        over.wait(60)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hangs)
    began = monotonic()
    with pytest.raises(TimeoutError, match=r"exemple\.fr was not looked up within 0\.1 seconds"):
        looked_up("exemple.fr", 80, 0.1)
    over.set()
    assert monotonic() - began < 2


@pytest.mark.parametrize("host", ["a\0b", "x" * 70 + ".fr", ".."])
def test_what_can_be_no_name_is_an_ordinary_failure(host: str) -> None:
    with pytest.raises(OSError, match=r"."):
        resolve(host, 80)


def test_one_thread_asks_again_and_one_that_hangs_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    over, asked = Event(), list[tuple[str, int]]()
    askers = lookup._Askers()
    monkeypatch.setattr(lookup, "_ASKERS", askers)

    def answers(host: str, *_: Any, **__: Any) -> list[Any]:
        asked.append((host, get_ident()))
        if host == "hangs.fr":
            over.wait(60)
        return [(0, 0, 0, "", ("192.0.2.1", 80))]

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    looked_up("a.fr", 80)
    assert askers._free.acquire(timeout=5)  # it is free a moment after its answer is there
    askers._free.release()
    looked_up("b.fr", 80)
    with pytest.raises(TimeoutError):
        looked_up("hangs.fr", 80, 0.1)
    assert looked_up("c.fr", 80) == ["192.0.2.1"]
    over.set()
    threads = dict(asked)
    assert threads["a.fr"] == threads["b.fr"]
    assert threads["c.fr"] != threads["hangs.fr"]


def test_threads_that_hung_with_the_resolver_do_not_stay_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    over, before = Event(), {*enumerate_threads()}

    def hangs(*_: Any, **__: Any) -> list[Any]:
        over.wait(60)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hangs)
    askers = lookup._Askers()
    told: SimpleQueue[object] = SimpleQueue()
    for _ in range(lookup.SPARE + 8):
        askers.ask(lambda: socket.getaddrinfo("hangs.fr", 80), told.put)
    begun = [one for one in enumerate_threads() if one.name == "relay-lookup" and one not in before]
    over.set()
    for _ in range(lookup.SPARE + 8):
        told.get(timeout=5)
    end = monotonic() + 5
    while sum(one.is_alive() for one in begun) > lookup.SPARE and monotonic() < end:
        sleep(0.01)
    assert (len(begun), sum(one.is_alive() for one in begun)) == (lookup.SPARE + 8, lookup.SPARE)


@pytest.mark.parametrize(("host", "is_asked"), [("192.0.2.1", False), ("2001:db8::1", False), ("127.1", True)])
def test_an_address_is_not_asked_for_unless_it_is_spelled_oddly(
    monkeypatch: pytest.MonkeyPatch, host: str, *, is_asked: bool
) -> None:
    asked: list[str] = []

    def answers(host: str, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        return [(0, 0, 0, "", ("192.0.2.9", 80))]

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    assert looked_up(host, 80) == (["192.0.2.9"] if is_asked else [host])
    assert asked == ([host] if is_asked else [])
