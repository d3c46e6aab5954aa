"""Days of 23 and of 25 hours, a day that most years do not have, and three days in which relay stood still."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from relay.core.account import Pace
from relay.core.crosspost import State
from relay.core.route import Schedule, Slot
from relay.core.scheduling.pacing import Bounds, spread
from tests.clocks.scene import Scene, staged
from tests.clocks.wall import Wall
from tests.pipeline import world

PARIS = ZoneInfo("Europe/Paris")
EVERY_DAY = frozenset(range(7))
NIGHTS = Schedule("nights", "Europe/Paris", (Slot(EVERY_DAY, time(2, 30)), Slot(EVERY_DAY, time(14))))
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
DAYS = {
    "autumn": ("2026-10-24T10:20", ["24 14:00", "25 02:30", "25 14:00"]),
    "spring": ("2026-03-28T10:20", ["28 14:00", "29 03:30", "29 14:00"]),
    "spring of 2027": ("2027-03-27T10:20", ["27 14:00", "28 03:30", "28 14:00"]),
    "leap day": ("2028-02-28T10:20", ["28 14:00", "29 02:30", "29 14:00"]),
}
"""When it begins (UTC), and when something leaves, on the clocks of Paris."""


def queued(scene: Scene, number: int, *accounts: str) -> None:
    """So many posts of each account have their yes."""
    scene.publishers.agency.titles = [f"Nouvelle {name} du programme" for name in range(number)]
    scene.relay.poll(["fresh"])
    for account in accounts:
        for nth in range(number):
            scene.approve(account, nth)


@pytest.mark.parametrize("day", DAYS)
def test_each_slot_comes_once_and_each_source_in_its_hour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    begins, expected = DAYS[day]
    wall = Wall(datetime.fromisoformat(begins).replace(tzinfo=UTC))
    monkeypatch.setattr(world, "NOON", wall.start)  # its news are of that day
    with staged(tmp_path, {"out": Pace()}, {"out": NIGHTS}, wall) as scene:
        queued(scene, 3)
        for nth in range(3):
            scene.approve("out", nth)
            while len(scene.board.departures) == nth and scene.wall.real < 30 * HOUR:
                scene.pass_(10 * MINUTE, 10 * MINUTE)
        left = [f"{one.wall.astimezone(PARIS):%d %H:%M}" for one in scene.board.of("out")]
        gaps = [later - earlier for earlier, later in pairwise(scene.publishers.asked["fresh"])]

    assert left == expected
    assert len(gaps) >= 22
    assert max(gaps) <= HOUR * 1.05 + 10 * MINUTE


PACES = {"free": Pace(), "slow": Pace(min_gap=20 * MINUTE), "slots": Pace(), "few": Pace(per_day=12)}
TWO_A_DAY = Schedule("two", "UTC", (Slot(EVERY_DAY, time(8)), Slot(EVERY_DAY, time(16))))
EACH = 50


@pytest.mark.thorough
def test_after_three_days_of_standstill_two_hundred_posts_leave_one_after_the_other(tmp_path: Path) -> None:
    with staged(tmp_path, PACES, {"slots": TWO_A_DAY}) as scene:
        queued(scene, EACH, *PACES)
        scene.wall.real += timedelta(days=3)
        begun = scene.wall.real
        scene.relay.deliver()
        at_once = Counter(one.account for one in scene.board.departures)
        scene.pass_(3 * HOUR, 2 * MINUTE)
        scene.pass_(14 * HOUR, 20 * MINUTE)
        order = {account: [one.path for one in scene.board.of(account)] for account in PACES}
        first_three = {
            name: [one.real - begun for one in scene.board.of(name) if one.real - begun <= 3 * HOUR] for name in PACES
        }
        open_ = {scene.to(account, nth).state for account in PACES for nth in range(EACH)} - {State.SENT}
        approved = {
            name: [scene.to(name, nth).parts[0].request.key for nth in range(EACH) if scene.to(name, nth).parts]
            for name in PACES
        }

    assert at_once == {"free": 1, "slow": 1, "few": 1}
    assert [later - earlier for earlier, later in pairwise(first_three["free"])] == [2 * MINUTE] * (EACH - 1)
    assert {later - earlier for earlier, later in pairwise(first_three["slow"])} == {20 * MINUTE}
    assert len(first_three["few"]) <= 12
    assert open_ <= {State.SCHEDULED}
    for account, paths in order.items():
        assert [path.rpartition("/")[2] for path in paths] == approved[account], account
        assert len(set(paths)) == len(paths)


def test_what_has_just_become_due_does_not_overtake_what_is_late() -> None:
    now = datetime(2026, 11, 27, 12, tzinfo=UTC)
    moments = spread([(now - 5 * MINUTE, 2), (now - 3 * HOUR, 1), (now + HOUR, 3)], Bounds(), now)

    assert moments == {1: now, 2: now + 2 * MINUTE}
