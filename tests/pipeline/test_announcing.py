"""Hubs of others that a feed names are told of what is new, until they have heard it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from relay.core.hub.delivery import WAITS
from relay.core.hub.subscriber import Arrived, Failed
from relay.pipeline.hub import announcing
from relay.pipeline.hub.standing import standing
from relay.storage.database import Database
from tests.fakes.hub import Hub, hub_listening
from tests.fakes.wire import Reply, closed_port
from tests.pipeline.readers import HUB, TOPIC, Readers, readers_of
from tests.pipeline.world import Crash


@pytest.fixture
def hub() -> Iterator[Hub]:
    with hub_listening() as found:
        yield found


@pytest.fixture
def readers(db: Database, tmp_path: Path, hub: Hub) -> Iterator[Readers]:
    with readers_of(db, tmp_path, HUB, f"{hub.url}/hub") as found:
        yield found


def tell(readers: Readers, body: bytes) -> list[announcing.Pinged]:
    readers.publish(body)
    readers.distribute()
    return readers.announce()


def test_a_hub_is_told_once_of_each_version(readers: Readers, hub: Hub) -> None:
    for body in (b"1", b"1", b"2"):
        tell(readers, body)

    assert hub.asked == [{"hub.mode": "publish", "hub.url": TOPIC, "hub.topic": TOPIC}] * 2
    assert {call.headers["content-type"] for call in hub.calls} == {"application/x-www-form-urlencoded"}


def test_relay_does_not_tell_its_own_hub(db: Database, tmp_path: Path) -> None:
    with readers_of(db, tmp_path, HUB) as readers:
        assert tell(readers, b"1") == []


def test_a_hub_that_is_added_later_is_told_of_what_there_is(readers: Readers) -> None:
    tell(readers, b"1")
    with hub_listening() as later:
        feeds = tuple(replace(feed, hubs=(*feed.hubs, later.url)) for feed in readers.desk.feeds)
        readers.desk = replace(readers.desk, feeds=feeds)
        readers.announce()
        assert [form["hub.url"] for form in later.asked] == [TOPIC]


@pytest.mark.parametrize("status", [301, 404, 410, 500])
def test_what_a_hub_did_not_take_is_said_again(readers: Readers, hub: Hub, status: int) -> None:
    hub.script["/hub"] = Reply(status, b"")
    (pinged,) = tell(readers, b"1")
    assert isinstance(pinged.outcome, Failed)
    assert readers.announce() == []

    readers.pass_(seconds=WAITS[0].total_seconds())
    assert [one.outcome for one in readers.announce()] == [Arrived()]
    readers.pass_(days=1)
    assert readers.announce() == []


def test_how_it_stands_is_said_in_a_line(readers: Readers, hub: Hub) -> None:
    def said() -> str:
        with readers.db.read() as tx:
            return standing(tx, readers.desk, readers.desk.feeds[0])

    name = hub.url.removeprefix("http://")
    assert said() == f"Own hub. {name} was told nothing yet."
    tell(readers, b"1")
    assert said() == f"Own hub. {name} was told on 2026-11-24 12:00 UTC."
    hub.script["/hub"] = Reply(500, b"")
    tell(readers, b"2")
    assert said() == f"Own hub. {name} could not be told: 127.0.0.1 answered 500."


def test_a_hub_that_does_not_answer_holds_up_no_other(readers: Readers, hub: Hub) -> None:
    feeds = tuple(replace(feed, hubs=(closed_port(), *feed.hubs)) for feed in readers.desk.feeds)
    readers.desk = replace(readers.desk, feeds=feeds)
    readers.publish(b"r", "rss.xml")
    tell(readers, b"1")

    assert len(hub.asked) == 2


def test_a_word_that_a_crash_cuts_off_is_said_again(
    readers: Readers, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(announcing, "_outcome", _dies)
        with pytest.raises(Crash):
            tell(readers, b"1")
    assert readers.announce() == []

    readers.pass_(seconds=(announcing.LEASE + timedelta(seconds=1)).total_seconds())
    readers.announce()
    assert len(hub.asked) == 1


def _dies(*_: object) -> None:
    raise Crash
