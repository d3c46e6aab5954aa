"""A poll that brings nothing new writes of its source alone; whatever concerns more shuts the others out."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Connection, event

from relay.core.crosspost import State
from relay.core.polling.pause import Pause
from relay.core.polling.pollstate import PollState
from relay.core.polling.quarantine import Quarantine
from relay.pipeline.poll import poll_due
from relay.pipeline.polling.asking import Polled
from relay.pipeline.reading.reader import Reader
from relay.storage import fetches, pauses, quarantine, questions, sources
from relay.storage.database import open_database
from relay.storage.postgresql import BESIDE, WHOLE
from tests.pipeline.world import World, desk

Answer = Callable[[httpx.Request], httpx.Response]


def polled(world: World, answer: Answer) -> Polled:
    world.pass_(hours=1)
    with httpx.Client(transport=httpx.MockTransport(answer)) as http:
        return poll_due(world.db, Reader.over(http), world.desk, ["cget"], world.now)[0]


@pytest.fixture
def written(world: World) -> Iterator[list[str]]:
    """Of what each transaction writes, from after a first poll on."""
    world.poll()
    found: list[str] = []

    def note(connection: Connection) -> None:
        if of := connection.get_execution_options().get("relay_writes"):
            found.append(of)

    event.listen(world.db.engine, "begin", note)
    yield found
    event.remove(world.db.engine, "begin", note)


def same_bytes(world: World) -> Answer:
    """Of a server that knows no validators."""
    return lambda _: httpx.Response(200, content=world.agency.feed())


def status(number: int, **headers: str) -> Callable[[World], Answer]:
    return lambda _: lambda _: httpx.Response(number, headers=headers)


@pytest.mark.parametrize(
    ("answering", "said"),
    [
        (lambda world: world.agency.answer, "304"),
        (same_bytes, "200"),
        (status(500), "answered 500"),
        (status(410), "410"),
        (lambda _: lambda _: httpx.Response(200, content=b"<html>"), "feed"),
    ],
    ids=["304", "same", "500", "410", "no feed"],
)
def test_nothing_new_is_written_of_its_source_alone(
    world: World, written: list[str], answering: Callable[[World], Answer], said: str
) -> None:
    found = polled(world, answering(world))
    with world.db.read() as tx:
        stored, log = sources.state(tx, "cget"), fetches.of(tx, "cget")

    assert written == [BESIDE]
    assert said in found.state.answer
    assert stored == found.state
    assert (stored.polled_at, log[0].at, log[0].answer, len(log)) == (world.now, world.now, stored.answer, 2)
    assert (log[0].new, log[0].edited) == (0, 0)


def test_news_shut_everybody_out(world: World, written: list[str]) -> None:
    world.agency.titles.insert(0, "Une place du marché")
    world.agency.etag = '"v2"'
    found = polled(world, world.agency.answer)

    assert WHOLE in written
    assert (found.new, len(world.in_state(State.WAITING))) == (1, 6)


def test_a_host_that_is_busy_concerns_others_that_are_on_it(world: World, written: list[str]) -> None:
    polled(world, status(429, **{"Retry-After": "7200"})(world))
    with world.db.read() as tx:
        told = pauses.running(tx, world.now)

    assert WHOLE in written
    assert [one.until - world.now for one in told.values()] == [timedelta(hours=2)]


def test_a_host_that_answers_again_is_told_off_anew_if_ever(world: World, written: list[str]) -> None:
    host = httpx.URL(world.desk.sources["cget"].url).host
    with world.db.write() as tx:
        pauses.put(tx, host, Pause(world.now - timedelta(hours=1), 3, "HTTP 429"))
    written.clear()
    polled(world, world.agency.answer)
    with world.db.read() as tx:
        left = pauses.get(tx, host)

    assert (written, left) == ([BESIDE, WHOLE], None)


def test_a_source_that_has_moved_is_a_question_to_editors(world: World, written: list[str]) -> None:
    def moved(request: httpx.Request) -> httpx.Response:
        if request.url.path != "/neuf":
            return httpx.Response(301, headers={"Location": "/neuf"})
        return world.agency.answer(request)

    world.agency.etag = ""
    for _ in range(10):
        world.pass_(days=1)
        polled(world, moved)
    with world.db.read() as tx:
        asked, place = questions.open_(tx, "cget"), sources.state(tx, "cget").place

    assert WHOLE in written
    assert place.url.endswith("/neuf")
    assert len(asked) == 1


def test_what_was_held_against_a_source_ends_with_its_answer(world: World, written: list[str]) -> None:
    with world.db.write() as tx:
        quarantine.put(tx, "cget", _strikes(world))
    written.clear()
    polled(world, world.agency.answer)
    with world.db.read() as tx:
        assert (written, quarantine.of(tx, "cget")) == ([BESIDE], None)


def test_its_transaction_touches_no_table_that_has_an_order_of_its_own(world: World, written: list[str]) -> None:
    """Numbers of changes, the audit and questions are read in the order in which they were written."""
    touched: set[str] = set()

    def note(connection: Connection, *said: Any) -> None:
        if connection.get_execution_options().get("relay_writes") == BESIDE:
            touched.update(re.findall(r"^(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)", said[1]))

    event.listen(world.db.engine, "before_cursor_execute", note)
    for answering in (world.agency.answer, same_bytes(world), status(500)(world), status(410)(world)):
        polled(world, answering)
    event.remove(world.db.engine, "before_cursor_execute", note)

    assert set(written) == {BESIDE}
    assert touched == {"sources", "fetches"}


def test_it_does_not_wait_for_a_poll_of_another_source(postgresql_address: str, tmp_path: Path) -> None:
    db = open_database(postgresql_address)
    world = World(db, tmp_path / "feeds", desk())
    world.poll()
    with db.write(of=BESIDE) as tx:  # whoever had to wait for it would do so for ever
        sources.save(tx, "autre", PollState(), None)
        found = polled(world, world.agency.answer)
    db.close()

    assert found.state.answer == "304"


def _strikes(world: World) -> Quarantine:
    return Quarantine("digest", 1, "it ended its reader", world.now)
