"""A pass that breaks off loses nothing that hosts were asked; and how much of it there may be at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from threading import Event
from time import monotonic
from typing import NoReturn, cast
from weakref import ref

import httpx
import pytest
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from relay.core.polling.pollstate import PollState
from relay.intake.wire.address import WebAddress
from relay.intake.wire.exchange import Headers, Reply
from relay.pipeline import poll
from relay.pipeline.desk import Desk
from relay.pipeline.poll import poll_due
from relay.pipeline.polling import quiet, unattended, visiting
from relay.pipeline.polling.asking import Polled
from relay.pipeline.polling.quiet import Quiet
from relay.pipeline.reading.reader import Reader
from relay.storage import sources
from relay.storage.database import Database
from tests.pipeline.test_unattended import NAMES, Site, moved_in, polled, stored, unchanged, world
from tests.pipeline.world import World, desk

__all__ = ["world"]

LOCKED = OperationalError("UPDATE", {}, Exception("database is locked"))
Brought = Callable[[Sequence[Polled]], None]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each answer is written as it comes, where tests do not say otherwise."""
    monkeypatch.setattr(unattended, "HELD", 0.0)


def moved(url: WebAddress) -> Reply:
    return Reply(302, "Found", url, [(b"location", b"/there")])


def once(error: BaseException) -> Callable[..., None]:
    left = [error]

    def fail(*_: object) -> None:
        if left:
            raise left.pop()

    return fail


def broken_off(world: World, site: Site, brought: Brought = lambda _: None) -> BaseException:
    with httpx.Client() as http, pytest.raises(BaseException) as caught:  # noqa: PT011  # the test looks which
        poll_due(world.db, Reader.over(http, polls=site), world.desk, None, world.now, brought)
    return caught.value


def written_badly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first time."""
    fail = once(LOCKED)

    def written(db: Database, desk: Desk, some: Sequence[Quiet]) -> list[PollState | None]:
        fail()
        return quiet.written(db, desk, some)

    monkeypatch.setattr(unattended, "written", written)


def share_a_host(world: World, of: Callable[[int], str] = lambda _: "one") -> None:
    known = [*world.desk.sources.values()]
    own = [replace(one, url=f"https://{of(number)}.example/{one.id}") for number, one in enumerate(known)]
    world.desk = replace(world.desk, sources={one.id: one for one in own})
    moved_in(world)


def asked(world: World) -> set[str]:
    return {name for name, one in stored(world).items() if one.polled_at == world.now}


@pytest.mark.parametrize("at_a_time", [1, len(NAMES)])
def test_what_could_not_be_written_is_written_with_what_was_under_way(
    world: World, monkeypatch: pytest.MonkeyPatch, at_a_time: int
) -> None:
    written_badly(monkeypatch)
    site = Site(lambda url: moved(url) if url.host == "s4.example" else unchanged(url), at_a_time=at_a_time)
    error = broken_off(world, site)

    assert error is LOCKED
    assert (asked(world), site.attended) == ({*NAMES}, ["https://s4.example/there"])


@pytest.mark.parametrize("at_a_time", [1, len(NAMES)])
def test_whoever_cannot_be_told_keeps_nothing_from_being_written(world: World, at_a_time: int) -> None:
    told = RuntimeError("the beat cannot be written")
    error = broken_off(world, Site(unchanged, at_a_time=at_a_time), once(told))

    assert error is told
    assert asked(world) == {*NAMES}


def test_a_pass_that_breaks_off_begins_nothing_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    share_a_host(world)
    written_badly(monkeypatch)
    site = Site(unchanged)
    broken_off(world, site)

    assert (len(asked(world)), site.begun) == (1, [])


def test_whoever_stops_a_pass_waits_for_no_host(world: World) -> None:
    error = broken_off(world, Site(unchanged, at_a_time=1), once(KeyboardInterrupt()))

    assert isinstance(error, KeyboardInterrupt)
    assert len(asked(world)) == 1


@dataclass
class Standing(Site):
    """A way of those who are attended that is free when nobody else is under way any more."""

    closed: Event = field(default_factory=Event)
    was_free: list[bool] = field(default_factory=list)
    woken_late: int = 0

    def get(self, url: WebAddress, headers: Headers, left: float = inf) -> Reply:
        self.was_free.append(self.closed.wait(5))
        return super().get(url, headers, left)

    def wake(self) -> None:
        self.woken_late += self.closed.is_set()

    def close(self) -> None:
        self.closed.set()


def test_turns_are_given_back_before_anybody_is_waited_for(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise LOCKED

    monkeypatch.setattr(unattended, "written", full)
    site = Standing(lambda url: moved(url) if url.host == "s4.example" else unchanged(url))
    broken_off(world, site)

    assert (site.was_free, site.woken_late) == ([True], 0)


@dataclass
class Crowd(Site):
    """It counts how many are under way at most."""

    most: int = 0

    def start(self, key: object, url: WebAddress, headers: Headers, left: float = inf) -> None:
        super().start(key, url, headers, left)
        self.most = max(self.most, len(self.begun))


def test_so_many_are_under_way_at_most_however_many_sources_their_hosts_have(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    share_a_host(world, lambda number: f"h{number // 2}")
    monkeypatch.setattr(unattended, "HELD", 60.0)
    monkeypatch.setattr(unattended, "MOST", 4)
    monkeypatch.setattr(poll, "AT_ONCE", 2)
    site = Crowd(unchanged, at_a_time=1)
    polled(world, site)

    assert (site.most, asked(world)) == (2, {*NAMES})


def test_a_visit_that_only_waits_to_be_written_keeps_nobody_from_being_asked(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unattended, "HELD", 60.0)
    monkeypatch.setattr(poll, "AT_ONCE", 2)
    before: list[int] = []

    def answer(url: WebAddress) -> Reply:
        before.append(len(asked(world)))
        return unchanged(url)

    polled(world, Site(answer, at_a_time=1))

    assert before == [0] * len(NAMES)


class Seen(Reply):
    """It can be seen whether anybody still has it."""


def test_an_answer_is_let_go_once_it_is_taken(world: World) -> None:
    share_a_host(world)
    kept: list[bool] = []
    given: list[ref[Reply]] = []

    def news(url: WebAddress) -> Reply:
        found = Seen(200, "OK", url, (), b"<html>something else")
        given.append(ref(found))
        return found

    class Next(Site):
        def get(self, url: WebAddress, headers: Headers, left: float = inf) -> Reply:
            kept.append(given[0]() is not None)
            return super().get(url, headers, left)

    polled(world, Next(news))

    assert kept == [False] * (len(NAMES) - 1)


def test_a_host_has_its_share_whoever_goes_on_with_its_visit(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    share_a_host(world)
    passed = [0.0]
    monkeypatch.setattr(visiting, "monotonic", lambda: monotonic() + passed[0])
    monkeypatch.setattr(poll, "LONGEST", 0.0)

    def answer(url: WebAddress) -> Reply:
        passed[0] += 0.6 * visiting.PATIENCE
        return moved(url) if url.text.endswith("s1") else unchanged(url)

    polled(world, Site(answer))

    assert asked(world) == {"s0", "s1"}


class Refusing:
    """A database that says the same to everybody."""

    def __init__(self, error: Exception) -> None:
        self.error, self.tries = error, 0

    def write(self, of: str | None = None) -> NoReturn:  # noqa: ARG002
        self.tries += 1
        raise self.error


SOME = cast("list[Quiet]", [object()] * 8)


@pytest.mark.parametrize(
    "error",
    [
        LOCKED,
        NoConnectionError("no connection"),
        *(kind("", {}, Exception()) for kind in (InterfaceError, DatabaseError)),
    ],
)
def test_what_is_the_databases_is_tried_once(error: SQLAlchemyError) -> None:
    db = Refusing(error)
    with pytest.raises(type(error)):
        quiet.written(cast("Database", db), desk(), SOME)

    assert db.tries == 1


@pytest.mark.parametrize("error", [ValueError(), *(kind("", {}, Exception()) for kind in (DataError, IntegrityError))])
def test_what_one_may_be_to_blame_for_is_tried_with_each(error: Exception) -> None:
    db = Refusing(error)

    assert quiet.written(cast("Database", db), desk(), SOME) == [None] * len(SOME)
    assert db.tries == 2 * len(SOME) - 1


def test_a_source_at_another_address_is_not_found_any_more_where_it_was(world: World) -> None:
    before = world.desk.sources["s4"]
    world.desk = replace(world.desk, sources={**world.desk.sources, "s4": replace(before, url="https://new.example/")})
    polled(world, Site(lambda url: Reply(500, "Oh", url, ())))
    with world.db.read() as tx:
        assert not sources.landed(tx, [before.url])
