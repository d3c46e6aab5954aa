from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.ssrf import collection
from tests.ssrf.entrances import DOORS
from tests.ssrf.holes import HOLES, Blind, Twice
from tests.ssrf.literals import INSIDE
from tests.ssrf.outside import PUBLIC, World, client, standing
from tests.ssrf.trials import Plan, found

REBINDINGS = 1000


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:3128")
    with standing() as own:
        own.names = {"public.test": [[PUBLIC]]}
        yield own


@pytest.mark.parametrize("door", DOORS)
def test_no_spelling_of_an_address_inside_is_connected_to(world: World, door: str) -> None:
    with client(world) as http:
        for literal in INSIDE:
            DOORS[door](http, f"http://{literal}/")
    assert world.escapes == []


@pytest.mark.parametrize("door", DOORS)
def test_a_relay_without_its_guard_would_be_caught(world: World, door: str) -> None:
    with client(world, Blind(world.resolve)) as http:
        DOORS[door](http, "http://10.0.0.1/")
    assert set(world.escapes) == {"10.0.0.1"}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("door", DOORS)
def test_no_redirect_leads_inside(world: World, door: str, status: int) -> None:
    world.status = status
    with client(world) as http:
        for literal in ("10.0.0.1", "0x7f000001", "[::ffff:a9fe:a9fe]", "[64:ff9b::7f00:1]", "127.1:22"):
            world.location = f"http://{literal}/"
            DOORS[door](http, "http://public.test/")
    assert world.escapes == []


@pytest.mark.parametrize("location", ["file:///etc/passwd", "gopher://10.0.0.1/", "//10.0.0.1/", "http://[", "\x7f", "http://a\tb/", "%0d%0a", "unix:///run/docker.sock", "http://10.0.0.1:x/"])  # fmt: skip
def test_no_garbage_in_a_redirect_breaks_anything(world: World, location: str) -> None:
    world.location = location
    with client(world) as http:
        for door in DOORS.values():
            door(http, "http://public.test/")
    assert world.escapes == []


def test_a_redirect_inside_would_be_caught(world: World) -> None:
    world.location = "http://10.0.0.1/"
    with client(world, Blind(world.resolve)) as http:
        DOORS["source"](http, "http://public.test/")
    assert world.escapes


@pytest.mark.skipif(not collection.CASES.exists(), reason="the collection of addresses is not on this machine")
def test_every_case_of_the_collection(world: World) -> None:
    with client(world) as http:
        reached = {case["id"]: _reached(world, http, case) for case in collection.cases()}
    wrong = [case["id"] for case in collection.cases() if bool(reached[case["id"]]) != collection.wanted(case)]
    inside = [case["id"] for case in collection.cases() if not case["allow"] and reached[case["id"]] - {PUBLIC}]
    assert wrong == []
    assert inside == []


def _reached(world: World, http: httpx.Client, case: dict[str, Any]) -> set[str]:
    """The addresses connected to by any door."""
    world.connects.clear()
    for door in DOORS.values():
        world.names = collection.names(case)
        door(http, case["url"])
    return set(world.connects)


def test_a_thousand_rebindings_reach_nothing_inside(world: World) -> None:
    world.names = {"public.test": [["10.0.0.1"], [PUBLIC]]}
    with client(world) as http:
        _ask_often(http)
    assert (world.escapes, len(world.connects), world.asked) == ([], REBINDINGS // 2, REBINDINGS)


def _ask_often(http: httpx.Client) -> None:
    for number in range(REBINDINGS):
        DOORS["source" if number // 2 % 2 else "source, over httpx"](http, "http://public.test/")


def test_a_relay_that_looks_a_name_up_twice_would_be_caught(world: World) -> None:
    world.names = {"public.test": [[PUBLIC], ["10.0.0.1"]]}
    with client(world, Twice(world.resolve)) as http:
        DOORS["source"](http, "http://public.test/")
    assert world.escapes


def test_one_answer_inside_among_public_ones_is_enough(world: World) -> None:
    world.names = {"public.test": [[PUBLIC, "10.0.0.1"]]}
    with client(world) as http:
        for door in DOORS.values():
            door(http, "http://public.test/")
    assert world.connects == []


def test_port_0_is_not_taken_for_the_usual_one(world: World) -> None:
    with client(world) as http:
        for door in DOORS.values():
            door(http, "http://public.test:0/")
    assert world.connects == []


@pytest.mark.parametrize("door", sorted({*DOORS} - {"Micropub"}))
def test_no_redirect_leads_from_https_to_http(door: str) -> None:
    """Micropub's discovery looks, and refuses what it has seen: tests/edges/test_connecting_discovery.py."""
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.scheme)
        return httpx.Response(307, headers={"Location": "http://public.test/"})

    with httpx.Client(transport=httpx.MockTransport(answer)) as http:
        DOORS[door](http, "https://public.test/")
    assert set(asked) == {"https"}


def test_each_guard_with_a_hole_is_found(world: World) -> None:
    shown = found(world, Plan(pairs=60, redirects=4, cases=0, rebindings=2))
    assert [hole for hole in HOLES if not shown[hole]] == []
