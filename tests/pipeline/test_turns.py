"""Writers take turns, and none waits for ever for one that is gone; two that poll at once agree."""

import time
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from sqlalchemy.exc import DBAPIError

from relay.core.crosspost import State
from relay.core.polling.pollstate import PollState
from relay.core.source import Backlog
from relay.pipeline.poll import poll_due
from relay.pipeline.polling.asking import ask
from relay.pipeline.polling.turns import Asking, Member
from relay.pipeline.reading.reader import Reader
from relay.storage import postgresql, service
from relay.storage.database import Database, open_database
from relay.storage.schema import migrate
from tests.pipeline.world import NOON, World, desk


@pytest.fixture
def impatient(postgresql_address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A PostgreSQL database where a turn ends after a second of silence; a file's lock ends with its process."""
    monkeypatch.setattr(postgresql, "IDLE_SECONDS", 1)
    db = open_database(postgresql_address)
    migrate(db)
    yield db
    db.close()


def test_a_writer_that_was_cut_off_loses_its_turn(impatient: Database) -> None:
    with pytest.raises(DBAPIError), impatient.write() as gone:  # noqa: PT012  # it is the end of its turn that fails
        service.beat(gone, "gone", NOON)
        time.sleep(2)
        with impatient.write() as tx:
            service.beat(tx, "next", NOON)
    with impatient.read() as tx:
        beats = service.beats(tx)

    assert set(beats) == {"next"}


def test_news_between_two_first_polls_at_once_is_news(world: World) -> None:
    world.desk = desk(backlog=Backlog())

    def answer(request: httpx.Request) -> httpx.Response:
        """Another process is quicker, and then something is published."""
        world.poll()
        world.agency.titles.insert(0, "Une place du marché")
        world.agency.etag = '"v2"'
        return world.agency.answer(request)

    with httpx.Client(transport=httpx.MockTransport(answer)) as http:
        poll_due(world.db, Reader.over(http), world.desk, ["cget"], world.now)
    assert (
        world.in_state(State.WAITING) == []
    )  # who comes late stores nothing, and nothing that would hide it from the next poll
    world.pass_(hours=2)
    world.poll()

    assert len(world.in_state(State.WAITING)) == 2


def test_a_source_that_somebody_asked_meanwhile_is_not_asked_again(world: World) -> None:
    source = world.desk.sources["cget"]
    both = Asking(source.url, (Member(source, PollState()),))
    world.poll()
    with httpx.Client(transport=httpx.MockTransport(world.agency.answer)) as http:
        asked = ask(world.db, Reader.over(http), world.desk, both, world.now)

    assert (asked.polled, len(world.agency.requests)) == ((), 1)


def test_a_pass_over_many_sources_is_seen_to_be_alive(world: World) -> None:
    one = world.desk.sources["cget"]
    world.desk = replace(
        world.desk, sources={name: replace(one, id=name, url=f"{one.url}/{name}") for name in ("a", "b", "c")}
    )
    beats: list[object] = []
    with httpx.Client(transport=httpx.MockTransport(world.agency.answer)) as http:
        poll_due(world.db, Reader.over(http), world.desk, None, world.now, beats.append)

    assert len(beats) == 3
