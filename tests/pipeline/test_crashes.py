"""The process stops between any two steps: nothing is lost, nothing is there twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import pytest

from relay.core.account import Pace
from relay.core.crosspost import Crosspost, Request, State
from relay.core.outcome import Outcome
from relay.pipeline.delivering import sending as step
from relay.pipeline.delivering.shift import Shift
from relay.storage import journal
from tests.pipeline.world import Crash, World, desk


def crash(*_: object) -> None:
    """What the moment of the crash is replaced by."""
    raise Crash


@pytest.fixture
def approved(world: World) -> World:
    """Two entries are approved for one account and due."""
    world.poll()
    world.approve_all()
    return world


def crash_in_delivery(world: World) -> None:
    with pytest.raises(Crash):
        world.deliver()


def recover(world: World) -> None:
    """The next start, once the dead worker's leases are over and the network has had time to show its posts."""
    world.network.before = world.network.after = lambda _: None
    for _ in range(4):
        world.pass_(minutes=3)
        world.deliver()


def test_it_sends_once_when_it_dies_before_the_request_is_made(
    approved: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(step, "request_of", crash)
        crash_in_delivery(approved)
    recover(approved)

    assert len(approved.network.shown) == 4
    assert len(approved.in_state(State.SENT)) == 4


def test_it_sends_once_when_it_dies_before_the_network_has_it(approved: World) -> None:
    approved.network.before = crash
    crash_in_delivery(approved)
    recover(approved)

    assert len(approved.network.shown) == 4
    assert len(approved.in_state(State.SENT)) == 4


def test_it_sends_once_when_it_dies_after_the_network_has_it(approved: World) -> None:
    approved.network.after = crash
    crash_in_delivery(approved)
    recover(approved)

    assert len(approved.network.shown) == 4
    assert len(approved.in_state(State.SENT)) == 4


def test_a_worker_that_is_woken_after_its_lease_sends_nothing(approved: World, monkeypatch: pytest.MonkeyPatch) -> None:
    publish = step.published

    def woken_late(shift: Shift, frozen: Crosspost, request: Request) -> Outcome:
        approved.pass_(minutes=3)
        return publish(shift, frozen, request)

    with monkeypatch.context() as patch:
        patch.setattr(step, "published", woken_late)
        approved.deliver()
    assert approved.network.shown == {}
    recover(approved)

    assert len(approved.network.shown) == 4
    assert len(approved.in_state(State.SENT)) == 4


def test_it_says_that_the_outcome_is_unknown_until_it_has_looked(approved: World) -> None:
    approved.network.after = crash
    crash_in_delivery(approved)
    approved.network.after = lambda _: None
    approved.pass_(minutes=3)
    approved.deliver()

    assert approved.in_state(State.UNCONFIRMED)
    assert not approved.in_state(State.SENDING)


def test_it_finds_what_was_sent_when_the_answer_is_lost(approved: World) -> None:
    def lose(request: httpx.Request) -> None:
        raise httpx.ReadTimeout("no answer", request=request)

    approved.network.after = lose
    approved.deliver()
    unknown = len(approved.in_state(State.UNCONFIRMED))
    recover(approved)

    assert unknown == 4
    assert len(approved.network.shown) == 4
    assert len(approved.in_state(State.SENT)) == 4


def test_it_stores_all_of_a_poll_or_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(journal, "write_queued", crash)
        with pytest.raises(Crash):
            world.poll()
    polled = world.poll()

    assert (polled.new, polled.queued) == (2, 4)
    assert "if-none-match" not in world.agency.requests[-1].headers


def test_eight_workers_send_each_post_once(approved: World) -> None:
    with ThreadPoolExecutor(8) as pool:
        passes = list(pool.map(lambda _: approved.deliver(), range(8)))

    assert sum(len(one) for one in passes) == 4
    assert len(approved.network.shown) == 4


def test_it_keeps_the_pace_of_an_account(world: World) -> None:
    world.desk = desk(pace=Pace(min_gap=timedelta(minutes=20)))
    world.poll()
    world.approve_all()
    world.deliver()
    soon = len(world.network.shown)
    world.pass_(minutes=21)
    world.deliver()

    assert (soon, len(world.network.shown)) == (2, 4)
