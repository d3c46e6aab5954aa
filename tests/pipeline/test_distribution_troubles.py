"""Crashes, workers side by side, subscribers that hang, addresses that are nobody's business: nobody else notices."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

import pytest

from relay.core.hub.subscriber import Arrived, Failed, Spared, Unanswered
from relay.pipeline.hub import distributing
from relay.pipeline.hub.verifying import dismiss
from relay.storage import errands, subscribers
from relay.storage.database import Database
from tests.fakes.feed_server import Drip, listening
from tests.fakes.subscriber import Callback, callback_listening
from tests.fakes.wire import closed_port
from tests.pipeline.readers import HANGING, TOPIC, Readers, readers_of
from tests.pipeline.world import Crash

ONE, TWO, THREE = b"<feed>1</feed>", b"<feed>2</feed>", b"<feed>3</feed>"
HANG = Drip([b"", b"HTTP/1.1 200 OK\r\n\r\n"], 2 * HANGING)


@pytest.fixture
def readers(db: Database, tmp_path: Path) -> Iterator[Readers]:
    with readers_of(db, tmp_path) as found:
        found.publish(ONE)
        found.distribute()
        yield found


@pytest.fixture
def callback() -> Iterator[Callback]:
    with callback_listening() as found:
        yield found


def bodies(callback: Callback) -> list[bytes]:
    return [call.body for call in callback.pushed]


def test_what_a_crash_cuts_off_between_claim_and_result_is_sent_again(
    readers: Readers, callback: Callback, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers.subscribe(callback.url)
    readers.publish(TWO)
    with monkeypatch.context() as patch:
        patch.setattr(distributing, "_carry", _dies)
        readers.distribute()
    readers.pass_(seconds=distributing.LEASE.total_seconds() - 1)
    readers.distribute()
    assert bodies(callback) == []

    readers.pass_(seconds=1)
    readers.distribute()
    assert bodies(callback) == [TWO]


def _dies(*_: object) -> None:
    raise Crash


def test_two_workers_tell_nobody_twice(readers: Readers, callback: Callback, tmp_path: Path) -> None:
    for number in range(20):
        readers.subscribe(f"{callback.url}/{number}")
    readers.publish(TWO)
    with readers_of(readers.db, tmp_path) as other:
        readers.distribute()
        other.distribute()

    assert sorted(call.path for call in callback.pushed) == sorted(f"/{number}" for number in range(20))


def test_a_result_that_comes_after_a_new_subscription_changes_nothing(readers: Readers, callback: Callback) -> None:
    readers.subscribe(callback.url)
    readers.publish(TWO)
    late = replace(readers.standing(callback.url))
    readers.distribute()
    readers.subscribe(callback.url, secret="a new one")
    before = readers.standing(callback.url)
    with readers.db.write() as tx:
        subscribers.end(tx, [(late.id, readers.now + distributing.LEASE)])

    assert readers.standing(callback.url) == before


def test_who_hangs_delays_nobody_and_is_tried_again(readers: Readers, callback: Callback) -> None:
    with listening(HANG) as hanging:
        hung = f"{hanging.url}/push"
        readers.subscribe(callback.url)
        with readers.db.write() as tx:
            subscribers.put(tx, replace(readers.standing(callback.url), callback=hung))
        readers.publish(TWO)
        settled = readers.distribute()
        assert [(one.subscriber.callback, one.outcome) for one in settled] == [(callback.url, Arrived())]

        sleep(HANGING + 0.2)
        settled = readers.distribute()
    assert [one.subscriber.callback for one in settled] == [hung]
    assert readers.standing(hung).progress.attempts == 1


def test_a_host_that_does_not_answer_is_spared_its_other_callbacks(readers: Readers) -> None:
    gone = closed_port()
    with callback_listening() as there:
        readers.subscribe(there.url)
        model = readers.standing(there.url)
    with readers.db.write() as tx:
        subscribers.drop(tx, there.url, TOPIC)
        for number in range(distributing.LANES * 3):
            subscribers.put(tx, replace(model, callback=f"{gone}/{number}"))
    readers.publish(TWO)
    outcomes = [type(one.outcome) for one in readers.distribute()]

    assert outcomes.count(Failed) == distributing.LANES
    assert outcomes.count(Spared) == distributing.LANES * 2


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/", "http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/"]
)
def test_a_private_callback_is_refused_and_nothing_is_sent_there(
    db: Database, tmp_path: Path, callback: Callback, address: str
) -> None:
    at = callback.url + "/" if "127.0.0.1" in address else address
    with readers_of(db, tmp_path, callbacks=()) as readers:
        assert readers.ask(at).status == 202
        (verified,) = readers.verify()

        assert "service.callbacks" in str(verified.verdict)
        assert readers.subscriber(at) is None
        assert callback.calls == []
        with db.read() as tx:
            assert errands.count(tx) == 0


def test_an_address_that_turns_private_after_it_was_verified_gets_nothing(
    db: Database, tmp_path: Path, callback: Callback
) -> None:
    with readers_of(db, tmp_path) as readers:
        readers.publish(ONE)
        readers.distribute()
        readers.subscribe(callback.url)
    with readers_of(db, tmp_path, callbacks=()) as readers:
        readers.publish(TWO)
        (told,) = readers.distribute()

    assert isinstance(told.outcome, Failed)
    assert bodies(callback) == []


def test_subscribers_of_a_feed_that_is_not_published_any_more_are_told(readers: Readers, callback: Callback) -> None:
    readers.subscribe(callback.url)
    readers.desk = replace(readers.desk, feeds=())
    with readers.db.write() as tx:
        dismiss(tx, readers.desk, readers.now)
    readers.verify()

    assert readers.subscriber(callback.url) is None
    assert callback.asked[-1] == {
        "hub.mode": "denied",
        "hub.topic": TOPIC,
        "hub.reason": "This feed is not published here any more.",
    }


def test_a_host_that_does_not_answer_a_question_is_asked_no_other_for_now(readers: Readers) -> None:
    gone = closed_port()
    for number in range(3):
        readers.ask(f"{gone}/{number}")
    before = monotonic()
    verdicts = [one.verdict for one in readers.verify()]

    assert [type(verdict) for verdict in verdicts] == [Unanswered] * 3
    assert monotonic() - before < 1
    assert readers.verify() == []
    with readers.db.read() as tx:
        assert errands.count(tx) == 3
