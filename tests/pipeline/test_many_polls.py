"""A pass over many sources: what brings nothing new is written together, and each is still its own."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Connection, event, func, select

from relay.core.document import Answer, NotModified
from relay.core.fetched import Fetch
from relay.core.polling import rules
from relay.core.polling.pollstate import Hints, PollState
from relay.core.source import Source
from relay.pipeline import poll
from relay.pipeline.poll import poll_due
from relay.pipeline.polling import asking
from relay.pipeline.polling.asking import Polled
from relay.pipeline.polling.visiting import OF_A_HOST
from relay.pipeline.reading.reader import Reader
from relay.storage import fetches, sources
from relay.storage.database import Database
from relay.storage.postgresql import BESIDE
from relay.storage.tables.intake import fetches as log
from tests.pipeline.world import NOON, World, crowd

NAMES = [f"s{number}" for number in range(40)]
HOUR = timedelta(hours=1)
Answering = Callable[[httpx.Request], httpx.Response]


@pytest.fixture
def many(db: Database, tmp_path: Path) -> World:
    """Sources on hosts of their own, all of which were read an hour ago."""
    world = World(db, tmp_path / "feeds", crowd(NAMES))
    read = PollState(polled_at=NOON - HOUR, succeeded_at=NOON - HOUR, answer="200")
    with db.write() as tx:
        for number, name in enumerate(NAMES):
            sources.save(tx, name, replace(read, due=NOON - number * timedelta(seconds=1)), None)
    return world


def unchanged(_: httpx.Request) -> httpx.Response:
    return httpx.Response(304)


def asked(world: World, answer: Answering) -> list[Polled]:
    with httpx.Client(transport=httpx.MockTransport(answer)) as http:
        return poll_due(world.db, Reader.over(http), world.desk, None, world.now)


@pytest.fixture
def commits(db: Database) -> Iterator[list[str]]:
    found: list[str] = []

    def note(connection: Connection) -> None:
        if connection.get_execution_options().get("relay_writes") == BESIDE:
            found.append(BESIDE)

    event.listen(db.engine, "begin", note)
    yield found
    event.remove(db.engine, "begin", note)


def test_answers_of_one_moment_are_written_in_one_transaction(many: World, commits: list[str]) -> None:
    all_here = threading.Barrier(len(NAMES), timeout=30)

    def together(_: httpx.Request) -> httpx.Response:
        all_here.wait()
        return httpx.Response(304)

    polled = asked(many, together)
    with many.db.read() as tx:
        stored = {name: sources.state(tx, name) for name in NAMES}
        written = {name: [one.answer for one in fetches.of(tx, name)] for name in NAMES}

    assert {one.source_id: one.state for one in polled} == stored
    assert {(state.polled_at, state.answer) for state in stored.values()} == {(many.now, "304")}
    assert written == {name: ["304"] for name in NAMES}
    assert len(commits) <= 4  # one, on a machine that has nothing else to do


def test_one_that_breaks_relay_is_written_by_itself_and_the_others_are_well(
    many: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = rules.next_poll

    def next_poll(source: Source, state: PollState, answer: Answer, *others: Any) -> PollState:
        if source.id == "s7" and isinstance(answer, NotModified):
            raise ZeroDivisionError
        return real(source, state, answer, *others)

    monkeypatch.setattr(rules, "next_poll", next_poll)
    found = {one.source_id: one.state for one in asked(many, unchanged)}

    assert {name for name, state in found.items() if state.answer != "304"} == {"s7"}
    assert (found["s7"].failures, "ZeroDivisionError" in found["s7"].answer) == (1, True)


def test_of_two_answers_for_one_source_in_one_batch_the_first_counts(many: World) -> None:
    """A person presses the button while the pass asks the same source."""
    source, both = many.desk.sources["s1"], threading.Barrier(2, timeout=30)

    def together(_: httpx.Request) -> httpx.Response:
        both.wait()
        return httpx.Response(304)

    with httpx.Client(transport=httpx.MockTransport(together)) as http:

        def press() -> None:
            poll_due(many.db, Reader.over(http), many.desk, [source.id], many.now)

        presses = [threading.Thread(target=press) for _ in range(2)]
        for one in presses:
            one.start()
        for one in presses:
            one.join()
    with many.db.read() as tx:
        assert [one.answer for one in fetches.of(tx, source.id)] == ["304"]


def test_they_are_asked_the_longest_overdue_first_however_they_are_read(
    many: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    hosts: list[str] = []

    def note(request: httpx.Request) -> httpx.Response:
        hosts.append(request.url.host.partition(".")[0])
        return httpx.Response(304)

    monkeypatch.setattr(poll, "AT_ONCE", 1)
    monkeypatch.setattr(poll, "SLICE", 7)
    polled = asked(many, note)

    assert hosts == NAMES[::-1]
    assert [one.source_id for one in polled] == NAMES[::-1]
    assert asked(many, note) == []


def test_sources_that_want_no_visit_at_this_hour_keep_none_from_others_of_their_host(many: World) -> None:
    """After hours in which relay did not run, what a feed skips now may be the longest overdue."""
    hints = Hints(skip_hours=frozenset({many.now.hour}))
    shared = {id: replace(one, url=f"https://one.example/{id}") for id, one in many.desk.sources.items()}
    many.desk = replace(many.desk, sources={id: shared[id] for id in NAMES[: OF_A_HOST + 1]})
    with many.db.write() as tx:
        for name in NAMES[1 : OF_A_HOST + 1]:
            sources.save(tx, name, replace(sources.state(tx, name), hints=hints), None)

    assert [one.source_id for one in asked(many, unchanged)] == ["s0"]


@pytest.mark.parametrize(("slice_", "fresh"), [(1, 1.0), (100, 0.0)], ids=["read late", "read long ago"])
def test_who_was_asked_by_another_while_they_waited_in_the_pass_is_not_asked_again(
    many: World, monkeypatch: pytest.MonkeyPatch, slice_: int, fresh: float
) -> None:
    """What is read of a slice is believed for a second, and then read again."""
    hosts: list[str] = []

    def note(request: httpx.Request) -> httpx.Response:
        host = request.url.host.partition(".")[0]
        hosts.append(host)
        if len(hosts) == 1:
            with httpx.Client(transport=httpx.MockTransport(note)) as http:
                poll_due(many.db, Reader.over(http), many.desk, ["s0"], many.now)
        return httpx.Response(304)

    monkeypatch.setattr(poll, "AT_ONCE", 1)
    monkeypatch.setattr(poll, "SLICE", slice_)
    monkeypatch.setattr(asking, "FRESH", fresh)
    asked(many, note)

    assert sorted(hosts) == sorted(NAMES)


def test_no_batch_is_lost_whoever_writes_the_same_sources_beside_it(many: World) -> None:
    """As of several processes: each counts up what it reads, of some sources or of all at once."""
    shares = [NAMES[:9], NAMES[8:3:-1], NAMES[5:12], None] * 6

    def counted_up(names: list[str]) -> bool:
        """Whether nobody else has counted since these were read: nothing is written where somebody has."""
        with many.db.read() as tx:
            known = [(name, sources.stored(tx, name)) for name in names]
        new = [
            (name, text, replace(sources.read(text), failures=sources.read(text).failures + 1)) for name, text in known
        ]
        with suppress(ZeroDivisionError), many.db.write(of=BESIDE) as tx:
            return sources.advance(tx, new) or 1 / 0 > 0
        return False

    def run(names: list[str] | None) -> None:
        if names is None:
            with many.db.write() as tx:
                for name in NAMES:
                    state = sources.state(tx, name)
                    sources.save(tx, name, replace(state, failures=state.failures + 1), None)
            return
        while not counted_up(names):
            pass

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(run, shares))
    with many.db.read() as tx:
        counted = {name: sources.state(tx, name).failures for name in NAMES}

    assert counted == {name: sum(name in (names or NAMES) for names in shares) for name in NAMES}


def test_a_log_of_fetches_does_not_grow_for_ever(db: Database) -> None:
    with db.write() as tx:
        for number in range(400):
            fetches.add(tx, "cget", Fetch(NOON + number * HOUR, "304", "https://cget.example/"))
        kept = tx.execute(select(func.count()).select_from(log)).scalar() or 0
        shown = fetches.of(tx, "cget")

    assert fetches.KEPT <= kept < 3 * fetches.KEPT
    assert [one.at for one in shown] == [NOON + number * HOUR for number in range(399, 399 - fetches.KEPT, -1)]
