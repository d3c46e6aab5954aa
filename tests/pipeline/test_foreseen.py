"""The moment that is shown is the moment at which it leaves: real deliveries, by a clock that is moved."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from random import Random

import pytest

from relay.core.account import Account, Pace
from relay.core.crosspost import Approval, Keys, State
from relay.core.route import ApprovalRule, Quiet, Route, Schedule, Slot
from relay.core.scheduling.departure import Departure, Why
from relay.core.scheduling.pacing import APART
from relay.core.source import Backlog
from relay.core.standing import Hold
from relay.pipeline import foreseeing
from relay.pipeline.desk import Desk
from relay.storage import accounts, crossposts, journal, stops
from tests.pipeline.world import NOON, World

EVERY_DAY = frozenset(range(7))
SLOTS = tuple(Slot(EVERY_DAY, time.fromisoformat(at)) for at in ("08:45", "12:30", "17:45"))
NIGHT = Quiet(start=time(20), end=time(8))
BUREAU = Schedule("bureau", "Europe/Paris", SLOTS, (NIGHT, Quiet(frozenset({5, 6})), Quiet(holidays_of="fr")))
ALWAYS = Schedule("always", "Europe/Paris")
MINUTE = timedelta(minutes=1)


def on(world: World, pace: Pace, *schedules: Schedule) -> Desk:
    account = Account("masto", "sandbox", {"server": "https://sandbox.example", "imitates": "mastodon"}, pace=pace)
    rule = ApprovalRule(undo=timedelta(seconds=60))
    routes = tuple(
        Route(number, ("cget",), ("masto",), approval=rule, schedule=one) for number, one in enumerate(schedules)
    )
    source = replace(world.desk.sources["cget"], backlog=Backlog("latest", 100))
    return replace(world.desk, sources={"cget": source}, accounts={"masto": account}, routes=routes)


def put(world: World, state: State, moments: Sequence[datetime], **values: object) -> list[int]:
    """Approved posts of one account, each due at its moment, under one route after the other."""
    world.agency.titles = [f"Numéro {number}" for number in range(len(moments))]
    world.poll()
    waiting = world.in_state(State.WAITING)
    with world.db.write() as tx:
        for number, (one, at) in enumerate(zip(waiting, moments, strict=True)):
            own = {
                "approvals": (Approval("camille", NOON, one.revision),),
                "keys": Keys(NOON, number),
                "not_before": at,
            }
            own |= {"state": state, "changed_at": min(at, world.now), "route": number % len(world.desk.routes)}
            assert crossposts.replace(tx, one, replace(one, **{**own, **values}))  # type: ignore[arg-type]  # by name
    return [one.id for one in waiting]


def foreseen(world: World) -> dict[int, Departure]:
    with world.db.read() as tx:
        waiting = crossposts.by_state(tx, (State.APPROVED, State.SCHEDULED))
        return foreseeing.departures(tx, world.desk, waiting, world.now)


def left(world: World) -> dict[int, datetime]:
    """When each has really left."""
    with world.db.read() as tx:
        sent = crossposts.by_state(tx, (State.SENT,))
        return {one.id: at for one in sent if (at := journal.attempt_started(tx, one))}


def run(world: World, passes: int = 2000) -> None:
    """A pass of deliveries whenever something is due."""
    for _ in range(passes):
        world.deliver()
        with world.db.read() as tx:
            due = [
                one.not_before for one in crossposts.by_state(tx, (State.APPROVED, State.SCHEDULED)) if one.not_before
            ]
        if not due:
            return
        world.now = max(world.now, min(due))


def test_the_moment_shown_is_the_moment_it_leaves(world: World) -> None:
    world.desk = on(world, Pace(20 * MINUTE, 8), BUREAU)
    put(world, State.APPROVED, [NOON + number * MINUTE for number in range(12)])
    shown = foreseen(world)
    run(world)
    assert left(world) == {id: one.moment for id, one in shown.items()}
    assert len(shown) == 12


@pytest.mark.parametrize("seed", range(20))
def test_so_it_is_whatever_the_schedules(world: World, seed: int) -> None:
    chance = Random(seed)  # noqa: S311  # no secret
    pace = Pace(chance.choice([0, 5, 20, 90]) * MINUTE, chance.choice([None, 2, 8]))
    quiet = tuple(chance.sample([NIGHT, Quiet(frozenset({5, 6})), Quiet(holidays_of="fr-57")], chance.randrange(3)))
    schedules = [replace(ALWAYS, quiet=quiet), replace(BUREAU, slots=tuple(chance.sample(SLOTS, 2)))]
    world.desk = on(world, pace, *chance.sample(schedules, chance.randrange(1, 3)))
    late = [NOON + chance.randrange(-5000, 3000) * MINUTE for _ in range(12)]
    put(world, chance.choice([State.SCHEDULED, State.APPROVED]), late)
    shown = foreseen(world)
    run(world)
    assert left(world) == {id: one.moment for id, one in shown.items()}
    assert len(set(left(world).values())) == 12 or pace.min_gap == timedelta(0)


@pytest.mark.parametrize("schedule", [ALWAYS, BUREAU], ids=["no slots", "slots"])
def test_after_three_days_fifty_do_not_leave_at_once(world: World, schedule: Schedule) -> None:
    world.desk = on(world, Pace(), schedule)
    put(world, State.SCHEDULED, [NOON + number * MINUTE for number in range(50)])
    world.pass_(days=3)
    shown = foreseen(world)
    run(world)
    moments = sorted(left(world).values())
    assert left(world) == {id: one.moment for id, one in shown.items()}
    assert len(moments) == 50
    assert all(later - sooner >= APART for sooner, later in pairwise(moments))
    first = NOON + timedelta(days=3) if schedule is ALWAYS else datetime(2026, 11, 27, 16, 45, tzinfo=UTC)
    assert moments[0] == first


def test_after_three_days_they_keep_to_the_pace(world: World) -> None:
    world.desk = on(world, Pace(20 * MINUTE, 8), BUREAU)
    put(world, State.SCHEDULED, [NOON + number * MINUTE for number in range(50)])
    world.pass_(days=3)
    run(world)
    moments = sorted(left(world).values())
    assert len(moments) == 50
    assert all(later - sooner >= 20 * MINUTE for sooner, later in pairwise(moments))
    assert all(later - sooner >= timedelta(days=1) for sooner, later in zip(moments, moments[8:], strict=False))


@pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(hours=1), timedelta(days=30)], ids=str)
def test_a_clock_that_jumps_loses_nothing_and_sends_nothing_twice(world: World, jump: timedelta) -> None:
    world.desk = on(world, Pace(20 * MINUTE), BUREAU)
    put(world, State.SCHEDULED, [NOON + number * MINUTE for number in range(6)])
    run(world, passes=3)
    world.now += jump
    run(world)
    assert len(left(world)) == 6
    assert len(world.network.shown) == 6


def test_a_chosen_time_is_when_it_leaves_beside_all_slots(world: World) -> None:
    world.desk = on(world, Pace(), BUREAU)
    wanted = datetime(2026, 11, 25, 9, 7, tzinfo=UTC)
    (id,) = put(world, State.APPROVED, [NOON], wanted_at=wanted)
    (shown,) = foreseen(world).values()
    run(world)
    assert left(world) == {id: wanted}
    assert (shown.moment, [reason.why for reason in shown.reasons]) == (wanted, [Why.CHOSEN])


def test_a_chosen_time_that_has_passed_is_the_next_slot(world: World) -> None:
    world.desk = on(world, Pace(), BUREAU)
    (id,) = put(world, State.APPROVED, [NOON], wanted_at=NOON - timedelta(hours=2))
    (shown,) = foreseen(world).values()
    run(world)
    assert left(world) == {id: datetime(2026, 11, 24, 16, 45, tzinfo=UTC)}
    assert [reason.why for reason in shown.reasons] == [Why.LATE]


def test_nothing_is_foreseen_of_what_is_held_or_stopped(world: World) -> None:
    world.desk = on(world, Pace(), BUREAU)
    put(world, State.SCHEDULED, [NOON])
    with world.db.write() as tx:
        accounts.hold(tx, "masto", Hold("401: unknown token", NOON, ""))
    (held,) = foreseen(world).values()
    with world.db.write() as tx:
        stops.begin(tx, stops.Stop("didier", NOON, "une erreur partout"))
    (stopped,) = foreseen(world).values()
    assert (held.moment, held.reasons[0].why, held.reasons[0].text) == (None, Why.HELD, "401: unknown token")
    assert (stopped.moment, stopped.reasons[0].why) == (None, Why.STOPPED)


def test_what_waits_is_told_behind_what_is_on_its_way(world: World) -> None:
    world.desk = on(world, Pace(20 * MINUTE), ALWAYS)
    put(world, State.SCHEDULED, [NOON, NOON])
    with world.db.write() as tx:
        second = crossposts.by_state(tx, (State.SCHEDULED,))[1]
        crossposts.replace(tx, second, replace(second, state=State.WAITING, approvals=(), not_before=None))
        waiting = crossposts.by_state(tx, (State.WAITING,))[0]
        found = foreseeing.departure(tx, world.desk, waiting, world.now)
    assert found
    assert found.moment == NOON + 20 * MINUTE
    assert [reason.why for reason in found.reasons] == [Why.AT_ONCE, Why.GAP]
