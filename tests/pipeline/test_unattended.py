"""Requests that nobody waits for: what brings nothing new needs no thread, and writes over nothing."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256
from math import inf
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from relay.core.polling.pollstate import Place, PollState
from relay.core.source import Selectors, Source
from relay.intake.wire.address import WebAddress
from relay.intake.wire.exchange import Ended, Exchanges, Headers, Reply
from relay.pipeline.poll import poll_due
from relay.pipeline.polling import crew, unattended
from relay.pipeline.polling.asking import Polled
from relay.pipeline.reading.reader import Reader
from relay.storage import fetches, sources
from relay.storage.database import Database
from tests.pipeline.world import NOON, World, crowd

NAMES = [f"s{number}" for number in range(9)]
HOUR = timedelta(hours=1)
BODY = b"<html>it was no feed before, and is none now"


@dataclass
class Site:
    """Exchanges that end as soon as anybody looks, so many at a time; ``meanwhile`` is what happens before, once."""

    answer: Callable[[WebAddress], Reply | Exception]
    meanwhile: Callable[[], None] = lambda: None
    at_a_time: int = len(NAMES)
    agent: str = "relay"
    attended: list[str] = field(default_factory=list)
    begun: list[tuple[Hashable, WebAddress]] = field(default_factory=list)

    def many(self, at_once: int) -> Exchanges:  # noqa: ARG002
        return self

    def start(self, key: Hashable, url: WebAddress, headers: Headers, left: float = inf) -> None:  # noqa: ARG002
        self.begun.append((key, url))

    def done(self, seconds: float) -> list[Ended]:  # noqa: ARG002
        self.meanwhile()
        self.meanwhile = lambda: None
        begun, self.begun = self.begun[: self.at_a_time], self.begun[self.at_a_time :]
        return [(key, self.answer(url)) for key, url in begun]

    def get(self, url: WebAddress, headers: Headers, left: float = inf) -> Reply:  # noqa: ARG002
        self.attended.append(url.text)
        return Reply(304, "Not Modified", url, ())

    def wake(self) -> None:
        pass

    def close(self) -> None:
        pass


def unchanged(url: WebAddress) -> Reply:
    return Reply(304, "Not Modified", url, ())


@pytest.fixture
def world(db: Database, tmp_path: Path) -> World:
    """Sources on hosts of their own, which were read an hour ago."""
    found = World(db, tmp_path / "feeds", crowd(NAMES))
    moved_in(found)
    return found


def moved_in(world: World) -> None:
    read = PollState(polled_at=NOON - HOUR, succeeded_at=NOON - HOUR, due=NOON, body=sha256(BODY).hexdigest())
    with world.db.write() as tx:
        for name, one in world.desk.sources.items():
            sources.save(tx, name, replace(read, place=Place(one.url, landed=one.url)), None)


def polled(world: World, site: Site) -> dict[str, Polled]:
    with httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(500))) as http:
        found = poll_due(world.db, Reader.over(http, polls=site), world.desk, None, world.now)
    return {one.source_id: one for one in found}


def stored(world: World) -> dict[str, PollState]:
    with world.db.read() as tx:
        return {name: sources.state(tx, name) for name in NAMES}


@pytest.mark.parametrize(
    ("answer", "said"),
    [(unchanged, "304"), (lambda url: Reply(200, "OK", url, (), BODY), "200")],
    ids=["304", "the same bytes"],
)
def test_what_brings_nothing_new_is_written_without_anybody_who_waits(
    world: World, monkeypatch: pytest.MonkeyPatch, answer: Callable[[WebAddress], Reply], said: str
) -> None:
    site = Site(answer)
    monkeypatch.setattr(crew.Crew, "_attend", None)
    found = polled(world, site)

    assert {name: one.state for name, one in found.items()} == stored(world)
    assert {(one.answer, one.polled_at) for one in stored(world).values()} == {(said, world.now)}


def test_a_state_that_somebody_changed_meanwhile_is_not_written_over_and_the_others_are_well(world: World) -> None:
    """As a push does, or a search: when it was polled last is as it was."""

    def push() -> None:
        with world.db.write() as tx:
            sources.save(tx, "s4", replace(sources.state(tx, "s4"), sought_at=NOON), None)

    found = polled(world, Site(unchanged, push))
    states = stored(world)

    assert (states["s4"].sought_at, states["s4"].answer) == (NOON, "304")
    assert {one.answer for one in states.values()} == {"304"}
    assert {name: one.state for name, one in found.items()} == states


def test_a_source_that_another_asked_meanwhile_keeps_what_that_one_heard(world: World) -> None:
    def ask() -> None:
        with world.db.write() as tx:
            sources.save(tx, "s4", replace(sources.state(tx, "s4"), polled_at=NOON, answer="another's"), None)

    polled(world, Site(unchanged, ask))
    with world.db.read() as tx:
        written = {name: len(fetches.of(tx, name)) for name in NAMES}

    assert stored(world)["s4"].answer == "another's"
    assert written == {name: int(name != "s4") for name in NAMES}


@pytest.fixture
def new(world: World) -> World:
    """The same, of which nobody was ever asked."""
    with world.db.write() as tx:
        tx.execute(text("DELETE FROM sources"))
    return world


def test_so_is_the_first_answer_of_a_source(new: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew.Crew, "_attend", None)
    found = polled(new, Site(unchanged))

    assert {name: one.state for name, one in found.items()} == stored(new)
    assert {(one.answer, one.polled_at) for one in stored(new).values()} == {("304", new.now)}


def test_one_that_another_asked_first_meanwhile_keeps_what_that_one_heard(new: World) -> None:
    def ask() -> None:
        with new.db.write() as tx:
            sources.save(tx, "s4", PollState(polled_at=NOON, answer="another's"), None)

    polled(new, Site(unchanged, ask))

    assert {name: one.answer for name, one in stored(new).items()} == dict.fromkeys(NAMES, "304") | {"s4": "another's"}


def test_an_answer_to_go_on_with_is_not_asked_for_again(world: World) -> None:
    def moved(url: WebAddress) -> Reply:
        return Reply(302, "Found", url, [(b"location", b"/there")])

    site = Site(moved)
    found = polled(world, site)

    assert sorted(site.attended) == [f"https://{name}.example/there" for name in NAMES]
    assert sorted(one.state.place.landed for one in found.values()) == sorted(site.attended)


def test_one_that_breaks_the_exchange_is_a_failure_of_its_own(world: World) -> None:
    def broken(url: WebAddress) -> Reply | Exception:
        return RuntimeError("nobody foresaw this") if url.host == "s4.example" else unchanged(url)

    found = polled(world, Site(broken))

    assert {name for name, one in found.items() if one.state.failures} == {"s4"}
    assert "nobody foresaw this" in found["s4"].state.answer


def test_of_one_host_the_next_is_asked_when_the_one_before_is_written(world: World) -> None:
    shared = {id: replace(one, url=f"https://one.example/{id}") for id, one in world.desk.sources.items()}
    world.desk = replace(world.desk, sources=shared)
    moved_in(world)
    before: list[int] = []

    def answer(url: WebAddress) -> Reply:
        before.append(sum(one.answer == "304" for one in stored(world).values()))
        return unchanged(url)

    site = Site(answer)
    polled(world, site)

    assert (before, site.attended) == ([*range(len(NAMES))], [])


def test_only_whom_nobody_has_led_anywhere_is_asked_by_the_way_of_those_who_are_near() -> None:
    source = Source("a", "https://agence.example/rss", "Source : A")
    with httpx.Client() as http:
        far = Reader.over(http)
        near = replace(far, far=far)

        assert near.asks_plainly(source, source.url)
        assert not near.asks_plainly(source, "http://10.0.0.1/rss")
        assert far.asks_plainly(source, "http://10.0.0.1/rss")
        assert not near.asks_plainly(replace(source, select=Selectors("article")), source.url)


@pytest.mark.parametrize(("heaviest", "at_once"), [(1, 1), (2 * len(BODY), 2)])
def test_bodies_that_wait_to_be_written_are_few(
    world: World, monkeypatch: pytest.MonkeyPatch, heaviest: int, at_once: int
) -> None:
    before: list[int] = []

    def answer(url: WebAddress) -> Reply:
        before.append(sum(one.answer == "200" for one in stored(world).values()))
        return Reply(200, "OK", url, (), BODY)

    monkeypatch.setattr(unattended, "HEAVIEST", heaviest)
    polled(world, Site(answer, at_a_time=1))

    assert before == [number // at_once * at_once for number in range(len(NAMES))]
