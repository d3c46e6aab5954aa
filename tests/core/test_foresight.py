"""When each post of an account leaves: what is foreseen is what deliveries do, whatever the schedule."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from random import Random

import pytest

from relay.core.outcome import Allowance
from relay.core.route import Quiet, Schedule, Slot
from relay.core.scheduling.departure import Reason, Why
from relay.core.scheduling.foresight import Waiting, foresee
from relay.core.scheduling.pacing import APART, Bounds, delay, spread
from tests.core.things import DAY, HOUR, MINUTE

NOW = datetime(2026, 3, 27, 11, 0, tzinfo=UTC)
EVERY_DAY = frozenset(range(7))
SLOTS = tuple(Slot(EVERY_DAY, time.fromisoformat(at)) for at in ("08:45", "12:30", "17:45"))
PARIS = Schedule("bureau", "Europe/Paris", SLOTS)
ALWAYS = Schedule("always", "Europe/Paris")
SLOT = (Reason(Why.SLOT),)


def waiting(id: int, planned: datetime, schedule: Schedule = ALWAYS) -> Waiting:
    return Waiting(id, planned, schedule, SLOT)


def moments(bounds: Bounds, some: list[Waiting], sent: tuple[datetime, ...] = ()) -> dict[int, datetime | None]:
    return {id: departure.moment for id, departure in foresee(bounds, some, sent, NOW)}


def test_what_is_due_in_one_slot_leaves_one_after_the_other() -> None:
    slot = datetime(2026, 3, 27, 11, 30, tzinfo=UTC)
    found = moments(Bounds(), [waiting(id, slot, PARIS) for id in (3, 1, 2)])
    assert found == {1: slot, 2: slot + APART, 3: slot + 2 * APART}


def test_the_pace_of_the_account_counts_what_has_left_already() -> None:
    found = moments(Bounds(gap=20 * MINUTE), [waiting(1, NOW), waiting(2, NOW)], (NOW - 5 * MINUTE,))
    assert found == {1: NOW + 15 * MINUTE, 2: NOW + 35 * MINUTE}


def test_more_than_a_day_allows_waits_for_a_slot_of_the_next() -> None:
    slot = datetime(2026, 3, 27, 11, 30, tzinfo=UTC)
    found = moments(Bounds(most=((2, DAY),)), [waiting(id, slot, PARIS) for id in (1, 2, 3)])
    assert found[3] == datetime(2026, 3, 28, 11, 30, tzinfo=UTC)


def test_the_last_reason_is_what_moved_it() -> None:
    bounds = Bounds(gap=20 * MINUTE)
    told = {id: found.reasons for id, found in foresee(bounds, [waiting(1, NOW), waiting(2, NOW)], (), NOW)}
    assert told == {1: SLOT, 2: (*SLOT, Reason(Why.GAP, span=20 * MINUTE))}


def test_what_the_network_allows_no_more_waits_until_it_does() -> None:
    bounds = Bounds(allowance=Allowance(0, NOW + HOUR))
    ((_, found),) = foresee(bounds, [waiting(1, NOW)], (), NOW)
    assert (found.moment, found.reasons[-1].why) == (NOW + HOUR, Why.ALLOWANCE)


def test_quiet_hours_and_a_holiday_are_named() -> None:
    schedule = Schedule("s", "Europe/Paris", quiet=(Quiet(holidays_of="fr"),))
    easter = datetime(2026, 4, 6, 9, 0, tzinfo=UTC)
    ((_, found),) = foresee(Bounds(), [waiting(1, easter, schedule)], (), NOW)
    assert found.moment == datetime(2026, 4, 6, 22, 0, tzinfo=UTC)
    assert (found.reasons[-1].why, found.reasons[-1].text) == (Why.HOLIDAY, "fr")


def test_three_days_of_standstill_end_in_no_burst() -> None:
    late = [waiting(id, NOW - 3 * DAY + id * MINUTE) for id in range(50)]
    found = sorted(moment for moment in moments(Bounds(), late).values() if moment)
    assert found == [NOW + number * APART for number in range(50)]


def test_three_days_of_standstill_wait_for_their_slots() -> None:
    late = [waiting(id, NOW - 3 * DAY + id * MINUTE, PARIS) for id in range(50)]
    found = sorted(moment for moment in moments(Bounds(gap=20 * MINUTE, most=((8, DAY),)), late).values() if moment)
    assert found[0] == datetime(2026, 3, 27, 11, 30, tzinfo=UTC)
    assert all(later - sooner >= 20 * MINUTE for sooner, later in pairwise(found))
    assert all(later - sooner >= DAY for sooner, later in zip(found, found[8:], strict=False))
    assert len(found) == 50


@pytest.mark.parametrize("seed", range(1000))
def test_what_is_foreseen_is_what_leaves(seed: int) -> None:
    """Deliveries in the small: a pass whenever something is due, over all that is due, by the same rules."""
    chance = Random(seed)  # noqa: S311  # no secret
    bounds, some, sent = _world(chance)
    foreseen = {id: departure.moment for id, departure in foresee(bounds, some, sent, NOW)}
    assert foreseen == _simulated(bounds, some, list(sent))


def _world(chance: Random) -> tuple[Bounds, list[Waiting], tuple[datetime, ...]]:
    most = chance.choice([(), ((1, DAY),), ((3, DAY),), ((2, HOUR), (5, DAY))])
    allowance = chance.choice([None, Allowance(0, NOW + 2 * HOUR)])
    bounds = Bounds(chance.choice([0, 1, 7, 20, 90]) * MINUTE, most, allowance)
    schedules = [_schedule(chance, number) for number in range(chance.choice([1, 1, 2, 3]))]
    some = [
        replace(
            waiting(id, NOW + timedelta(minutes=chance.randrange(-6000, 9000)), chance.choice(schedules)),
            posts=chance.choice([1, 1, 1, 3]),
            is_begun=chance.random() < 0.05,
        )
        for id in chance.sample(range(100), chance.randrange(1, 25))
    ]
    return bounds, some, tuple(sorted(NOW - chance.randrange(1, 2000) * MINUTE for _ in range(chance.randrange(4))))


def _schedule(chance: Random, number: int) -> Schedule:
    quiet = chance.sample(
        [
            Quiet(start=time(20), end=time(8)),
            Quiet(frozenset({5, 6})),
            Quiet(holidays_of="fr-57"),
            Quiet(start=time(2), end=time(3)),
        ],
        chance.randrange(3),
    )
    slots = chance.sample([*SLOTS, Slot(EVERY_DAY, time(2, 30)), Slot(frozenset({6}), time(3, 0))], chance.randrange(3))
    return Schedule(str(number), chance.choice(["Europe/Paris", "UTC", "America/New_York"]), tuple(slots), tuple(quiet))


def _simulated(bounds: Bounds, some: list[Waiting], sent: list[datetime]) -> dict[int, datetime | None]:
    left: dict[int, datetime | None] = {}
    due = {one.id: one.planned for one in some if one.planned}
    known, now = {one.id: one for one in some}, NOW
    due |= spread([(due[one.id], one.id) for one in some if not one.schedule.slots and not one.is_begun], bounds, now)
    while due:
        now = max(now, min(due.values()))
        for at, id in sorted((at, id) for id, at in due.items() if at <= now):
            one = known[id]
            later = delay(replace(bounds), one.schedule, sent, at, now) if not one.is_begun else None
            if one.is_begun and bounds.allowance and now < bounds.allowance.until:
                due[id] = bounds.allowance.until
            elif later is None:
                left[id] = now
                sent += [now] * one.posts
                del due[id]
            elif later.until is None:
                left[id] = None
                del due[id]
            else:
                due[id] = later.until
    return left
