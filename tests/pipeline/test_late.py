"""What leaves when, and what waits too long: missed slots, schedules that never open, long queues."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from relay.core.account import Pace
from relay.core.crosspost import State
from relay.core.review.transitions import Event
from relay.core.route import ApprovalRule, Quiet, Route, Schedule, Slot
from relay.pipeline import review
from relay.storage import crossposts
from tests.pipeline.world import CAMILLE, NOON, World, desk

DAILY = Schedule("daily", "UTC", slots=(Slot(frozenset(range(7)), time(14)),))
NEVER = Schedule("never", "UTC", quiet=(Quiet(days=frozenset(range(7))),))


def on_schedule(world: World, schedule: Schedule) -> None:
    world.desk = replace(world.desk, routes=(replace(world.desk.routes[0], schedule=schedule),))


def assert_both_leave(world: World) -> None:
    """The two posts of each account: a slot is a beginning, where one leaves after the other."""
    first = world.deliver()
    world.pass_(minutes=2)
    second = world.deliver()
    assert sorted(one.state for one in first) == [State.SCHEDULED] * 2 + [State.SENT] * 2
    assert [one.state for one in second] == [State.SENT] * 2
    assert len(world.network.shown) == 4


@pytest.fixture
def approved(world: World) -> World:
    world.poll()
    world.approve_all()
    return world


def test_nothing_leaves_once_its_schedule_has_closed_for_good(approved: World) -> None:
    approved.desk, open_desk = desk(pace=Pace(min_gap=timedelta(minutes=20))), approved.desk
    approved.deliver()
    approved.desk = open_desk
    on_schedule(approved, NEVER)
    approved.pass_(minutes=30)
    approved.deliver()

    assert len(approved.network.shown) == 2
    assert {one.note for one in approved.in_state(State.SCHEDULED)} == {"Its schedule allows no moment to leave."}


def test_what_its_schedule_never_lets_go_is_said_so(approved: World) -> None:
    on_schedule(approved, NEVER)
    approved.deliver()

    assert {one.note for one in approved.in_state(State.APPROVED)} == {"Its schedule allows no moment to leave."}


def test_what_never_leaves_does_not_stand_in_the_way_of_what_does(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crossposts.due, "__defaults__", (2,))
    world.poll()
    world.approve_all()
    by_account = [replace(world.desk.routes[0], accounts=(name,)) for name in ("masto", "bsky")]
    shut = (replace(by_account[0], schedule=NEVER), replace(by_account[1], number=1))
    with world.db.write() as tx:
        first, *_, last = crossposts.by_state(tx, (State.APPROVED,))
        crossposts.replace(tx, last, replace(last, not_before=NOON + timedelta(minutes=2)))
    world.desk = replace(world.desk, routes=shut)
    for _ in range(3):
        world.deliver()

    assert (first.account, last.account) == ("masto", "bsky")
    assert len(world.in_state(State.SENT)) == 2


def test_a_missed_slot_waits_for_the_next(approved: World) -> None:
    on_schedule(approved, DAILY)
    approved.deliver()
    approved.pass_(hours=4)
    too_late = approved.deliver()
    approved.pass_(hours=22)

    assert {one.state for one in too_late} == {State.SCHEDULED}
    assert_both_leave(approved)


def test_a_slot_that_a_pause_of_minutes_missed_is_still_used(approved: World) -> None:
    on_schedule(approved, DAILY)
    approved.deliver()
    approved.pass_(hours=2, minutes=10)

    assert_both_leave(approved)


def test_what_is_resumed_leaves_at_a_slot(approved: World) -> None:
    on_schedule(approved, DAILY)
    approved.deliver()
    held = approved.in_state(State.SCHEDULED)[0]
    review.move(approved.db, approved.desk, held.id, (CAMILLE, "test"), review.Act(Event.HOLD, ""), approved.now)
    approved.pass_(hours=10)
    review.move(approved.db, approved.desk, held.id, (CAMILLE, "test"), review.Act(Event.RESUME, ""), approved.now)
    approved.deliver()

    assert approved.network.shown == {}


def test_it_keeps_a_gap_of_more_than_a_day(world: World) -> None:
    world.desk = desk(pace=Pace(min_gap=timedelta(hours=48)))
    world.poll()
    first, second = (one for one in world.in_state(State.WAITING) if one.account == "masto")
    world.approve(first)
    world.pass_(minutes=2)
    world.deliver()
    world.pass_(hours=30)
    world.approve(second)
    world.pass_(minutes=2)
    world.deliver()

    assert len(world.network.shown) == 1


def fill(world: World, *accounts: str) -> None:
    """Each of these accounts has a cross-post waiting too, queued in this order."""
    with world.db.write() as tx:
        old = crossposts.by_state(tx, (State.WAITING,))[0]
        [crossposts.queue(tx, replace(old, account=name)) for name in accounts]


def test_the_oldest_of_a_long_queue_do_not_hide_what_expires(world: World) -> None:
    world.poll()
    fill(world, *(f"other{number}" for number in range(500)), "late")
    rule = ApprovalRule(expires=timedelta(days=2))
    world.desk = replace(world.desk, routes=(*world.desk.routes, Route(1, ("cget",), ("late",), approval=rule)))
    world.pass_(days=3)
    world.deliver()

    assert [one.account for one in world.in_state(State.EXPIRED)] == ["late"]


def test_a_list_of_the_queue_holds_all_of_it(world: World) -> None:
    world.poll()
    fill(world, *(f"other{number}" for number in range(500)))

    assert len(world.in_state(State.WAITING)) == 504
