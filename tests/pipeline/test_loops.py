"""The daemon's loops: what one turn could not do, a later one does, and a tick that stays away comes back."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import httpx
import pytest

from relay import loops
from relay.building import FORMATS
from relay.config.configuration import Configuration, Service
from relay.core.ailment import Ailment, sentence
from relay.core.alarm import Alarm
from relay.core.source import Source
from relay.pipeline import publish as step
from relay.pipeline.alarms import Moment
from relay.pipeline.alarms import raised as alarms
from relay.pipeline.hub.courier import courier
from relay.pipeline.reading.reader import Reader
from relay.publish.write import write
from relay.schedule import embedded
from relay.schedule.embedded import Embedded
from relay.schedule.jobs import Job
from relay.service import Relay
from relay.storage import sources
from tests.pipeline.world import World


@pytest.fixture
def relay(world: World) -> Iterator[Relay]:
    """The world as the daemon has it."""
    configuration = Configuration(1, "UTC", "en", Service(feeds=world.feeds))
    with ExitStack() as stack:
        reading, posting = (
            stack.enter_context(httpx.Client(transport=httpx.MockTransport(answer)))
            for answer in (world.agency.answer, world.network.answer)
        )
        hub = stack.enter_context(courier(posting, posting, posting))
        yield Relay(configuration, world.desk, world.db, Reader.over(reading), posting, lambda: world.now, FORMATS, hub)


def poll_and_publish(relay: Relay, behind: threading.Event, wanted: Sequence[str] | None = None) -> None:
    """Two loops of the daemon, one after the other."""
    loops.news(relay, wanted, behind)
    loops.bring_up(relay, behind)


def full(*_: object, **__: object) -> Any:
    raise OSError(28, "No space left on device")


def test_news_that_a_full_disk_kept_back_are_published_when_there_is_room(
    relay: Relay, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    behind = threading.Event()
    with monkeypatch.context() as patch:
        patch.setattr(step, "write", full)
        with pytest.raises(OSError, match="No space left"):
            poll_and_publish(relay, behind)
    poll_and_publish(relay, behind)

    assert "Un premier bilan" in (world.feeds / "blog" / "atom.xml").read_text()


def test_nothing_is_published_again_without_news(relay: Relay, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    behind = threading.Event()
    poll_and_publish(relay, behind)
    monkeypatch.setattr(step, "write", full)
    poll_and_publish(relay, behind, ["cget"])

    assert (len(world.agency.requests), behind.is_set()) == (2, False)


def test_a_part_of_relay_that_cannot_be_loaded_is_an_alarm_and_no_source_is_to_blame(
    relay: Relay, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reader, "ask", Mock(side_effect=ImportError("No module named 'pycurl'")))
    for number in range(2):
        with pytest.raises(ImportError) as raised:
            relay.poll()
        assert relay.ails(raised.value), number
        relay.examine()  # which finds the disk well
    moment = Moment(relay.desk, world.now, relay.ailments.found())

    with world.db.read() as tx:
        assert [one.what for one in alarms(tx, moment) if one.alarm is Alarm.MACHINE] == [Ailment.BROKEN]
        assert sources.state(tx, "cget").failures == 0
    assert "'pycurl'" in sentence(relay.ailments.found()[0])


def test_nobody_is_asked_while_the_answer_could_not_be_stored(
    relay: Relay, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("relay.storage.service.beat", full)
    with pytest.raises(OSError, match="No space left"):
        loops.news(relay, None, threading.Event())

    assert world.agency.requests == []


def test_of_two_that_publish_at_once_the_newest_is_what_subscribers_read(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(folder: Path, documents: Any, **how: Any) -> Any:
        """Between the reading and the writing another process stores more, and writes first."""
        monkeypatch.setattr(step, "write", real)
        world.agency.titles.insert(0, "Une place du marché")
        world.agency.etag = '"v2"'
        world.poll()
        world.publish()
        return real(folder, documents, **how)

    real = write
    world.poll()
    monkeypatch.setattr(step, "write", overtaken)
    world.publish()

    assert "Une place du marché" in (world.feeds / "blog" / "atom.xml").read_text()


def test_a_tick_that_the_wall_clock_took_away_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "WATCH", 0.2)
    ran = threading.Event()
    loops = Embedded([Job("poll", timedelta(seconds=0.05), ran.set)])
    loops.start()
    loops._plan("poll", datetime(2999, 1, 1, tzinfo=UTC))  # as a clock set back does
    ran.clear()

    assert ran.wait(5)
    assert loops.stop(1)


def test_a_tick_while_the_last_one_is_at_work_is_nothing_to_warn_of(caplog: pytest.LogCaptureFixture) -> None:
    going_on, begun = threading.Event(), threading.Event()

    def work() -> None:
        if threading.current_thread().name != "deliver, nudged":  # a tick of the scheduler
            begun.set()
            going_on.wait(5)

    loops = Embedded([Job("deliver", timedelta(seconds=0.02), work)])
    loops.start()
    assert begun.wait(5)
    time.sleep(0.3)  # some more ticks
    going_on.set()

    assert loops.stop(5)
    assert [record.getMessage() for record in caplog.records] == []


def test_a_source_that_is_believed_gone_is_in_the_log_and_stops_nothing(
    relay: Relay, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "relay")
    behind = threading.Event()
    loops.news(relay, None, behind)
    with httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(410))) as http:
        for _ in range(2):
            world.pass_(hours=25)
            loops.news(replace(relay, reader=Reader.over(http)), None, behind)

    assert "cget: 410: the publisher says this feed is gone" in caplog.messages[-1]
    assert "next poll never (gone: it is not asked any more)" in caplog.messages[-1]


def test_news_are_published_while_another_host_is_still_slow(relay: Relay, world: World) -> None:
    is_seen, behind = threading.Event(), threading.Event()
    slow = Source("slow", "https://lente.example/rss", "Source : L")

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "lente.example":
            is_seen.wait(30)
        return world.agency.answer(request)

    with httpx.Client(transport=httpx.MockTransport(answer)) as http:
        desk = replace(world.desk, sources={**world.desk.sources, "slow": slow})
        both = replace(relay, reader=Reader.over(http), desk=desk)
        polling = threading.Thread(target=loops.news, args=(both, None, behind))
        polling.start()
        try:
            is_late = behind.wait(20)
            loops.bring_up(both, behind)
            published = (world.feeds / "blog" / "atom.xml").read_text()
            is_slow = polling.is_alive()
        finally:
            is_seen.set()
            polling.join()

    assert (is_late, is_slow) == (True, True)
    assert "Un premier bilan" in published
