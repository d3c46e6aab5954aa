"""When a cross-post may leave: slots, quiet hours, public holidays, all in the schedule's own time zone."""

import time as clock
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from relay.core.route import Quiet, Schedule, Slot
from relay.core.scheduling.calendar import next_moment, some_slots
from relay.core.scheduling.quiet import holiday, is_quiet, written

PARIS = ZoneInfo("Europe/Paris")
EVERY_DAY = frozenset(range(7))
WORKDAYS = frozenset(range(5))
WEEKEND = Quiet(days=frozenset({5, 6}))
NIGHT = Quiet(start=time(20), end=time(8))
HOLIDAYS = Quiet(holidays_of="fr")


def paris(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=PARIS)


def next_in_paris(now: str, *quiet: Quiet, slots: tuple[Slot, ...] = ()) -> datetime | None:
    return next_moment(Schedule(zone="Europe/Paris", slots=slots, quiet=quiet), paris(now).astimezone(UTC))


def slot(at: str, days: frozenset[int] = EVERY_DAY) -> Slot:
    return Slot(days, time.fromisoformat(at))


def test_without_slots_and_quiet_hours_it_leaves_now() -> None:
    now = datetime(2026, 10, 1, 8, 0, 30, tzinfo=UTC)
    assert next_moment(Schedule(), now) == now


@pytest.mark.parametrize(
    ("now", "quiet", "expected"),
    [
        ("2026-10-01 12:00", [NIGHT], "2026-10-01 12:00"),
        ("2026-10-01 19:59", [NIGHT], "2026-10-01 19:59"),
        ("2026-10-01 20:00", [NIGHT], "2026-10-02 08:00"),
        ("2026-10-02 03:30", [NIGHT], "2026-10-02 08:00"),
        ("2026-10-02 07:59:59", [NIGHT], "2026-10-02 08:00"),
        ("2026-10-02 08:00", [NIGHT], "2026-10-02 08:00"),
        ("2026-10-01 13:00", [Quiet(start=time(12), end=time(14))], "2026-10-01 14:00"),
        ("2026-10-03 12:00", [WEEKEND], "2026-10-05 00:00"),
        ("2026-10-03 12:00", [WEEKEND, NIGHT], "2026-10-05 08:00"),
        ("2026-10-02 21:00", [WEEKEND, NIGHT], "2026-10-05 08:00"),
        ("2026-07-14 10:00", [HOLIDAYS], "2026-07-15 00:00"),
        ("2026-12-24 21:00", [HOLIDAYS, NIGHT, WEEKEND], "2026-12-28 08:00"),
        ("2026-12-31 21:00", [HOLIDAYS, NIGHT], "2027-01-02 08:00"),
        ("2026-10-02 23:00", [Quiet(frozenset({4}), time(22), time(6))], "2026-10-03 06:00"),
        ("2026-10-03 03:00", [Quiet(frozenset({4}), time(22), time(6))], "2026-10-03 06:00"),
        ("2026-10-02 03:00", [Quiet(frozenset({4}), time(22), time(6))], "2026-10-02 03:00"),
        ("2026-10-03 23:00", [Quiet(frozenset({4}), time(22), time(6))], "2026-10-03 23:00"),
        ("2026-10-25 01:59", [Quiet(start=time(2), end=time(4))], "2026-10-25 01:59"),
        ("2026-10-25 02:30", [Quiet(start=time(2), end=time(4))], "2026-10-25 04:00"),
        ("2026-03-29 01:30", [Quiet(start=time(1), end=time(4))], "2026-03-29 04:00"),
    ],
)
def test_it_waits_for_the_end_of_what_is_quiet(now: str, quiet: list[Quiet], expected: str) -> None:
    assert next_in_paris(now, *quiet) == paris(expected)


@pytest.mark.parametrize(
    ("now", "slots", "expected"),
    [
        ("2026-10-01 08:00", [slot("12:30")], "2026-10-01 12:30"),
        ("2026-10-01 12:30", [slot("12:30")], "2026-10-01 12:30"),
        ("2026-10-01 12:31", [slot("12:30")], "2026-10-02 12:30"),
        ("2026-10-01 12:31", [slot("18:00"), slot("12:30"), slot("17:00")], "2026-10-01 17:00"),
        ("2026-10-02 18:00", [slot("08:45", WORKDAYS)], "2026-10-05 08:45"),
        ("2026-10-01 23:59", [slot("00:00")], "2026-10-02 00:00"),
        ("2026-12-31 23:59", [slot("00:00")], "2027-01-01 00:00"),
    ],
)
def test_it_leaves_at_the_next_slot(now: str, slots: list[Slot], expected: str) -> None:
    assert next_in_paris(now, slots=tuple(slots)) == paris(expected)


def test_a_slot_on_the_fourteenth_of_july_waits_for_the_fifteenth() -> None:
    assert next_in_paris("2026-07-13 13:00", HOLIDAYS, slots=(slot("12:30"),)) == paris("2026-07-15 12:30")


def test_a_slot_in_quiet_hours_never_comes() -> None:
    assert next_in_paris("2026-10-01 12:00", NIGHT, slots=(slot("22:00"),)) is None


def test_a_slot_in_the_hour_that_autumn_repeats_comes_once() -> None:
    only = (slot("02:30"),)
    assert next_in_paris("2026-10-25 01:00", slots=only) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    again = datetime(2026, 10, 25, 0, 31, tzinfo=UTC)
    assert next_moment(Schedule(zone="Europe/Paris", slots=only), again) == paris("2026-10-26 02:30")


def test_a_slot_in_the_hour_that_spring_skips_falls_after() -> None:
    assert next_in_paris("2026-03-29 01:00", slots=(slot("02:30"),)) == paris("2026-03-29 03:30")


def test_a_skipped_slot_comes_after_those_that_it_falls_behind() -> None:
    assert next_in_paris("2026-03-29 01:00", slots=(slot("02:30"), slot("03:00"))) == paris("2026-03-29 03:00")


def test_a_skipped_slot_that_falls_into_quiet_hours_waits() -> None:
    quiet = Quiet(start=time(3), end=time(5))
    assert next_in_paris("2026-03-29 01:00", quiet, slots=(slot("02:30"),)) == paris("2026-03-30 02:30")


def test_the_answer_is_in_the_zone_of_the_question() -> None:
    now = datetime(2026, 10, 25, 2, 15, tzinfo=PARIS, fold=1)
    moment = next_moment(Schedule(zone="Europe/Paris", slots=(slot("02:30"),)), now)
    assert moment is not None
    assert (moment.tzinfo, moment.day) == (PARIS, 26)


def test_a_schedule_that_is_always_quiet_has_no_moment_and_says_so_at_once() -> None:
    start = clock.process_time()
    assert next_in_paris("2026-10-01 12:00", Quiet(days=EVERY_DAY)) is None
    assert clock.process_time() - start < 1


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_on_both_sundays_no_slot_is_skipped_and_none_comes_twice(day: str) -> None:
    """One a half-hour: the two of the hour that spring skips fall on those of the hour after."""
    halves = tuple(slot(f"{hour:02}:{minute:02}") for hour in range(24) for minute in (0, 30))
    schedule = Schedule(zone="Europe/Paris", slots=halves)
    midnight = paris(f"{day} 00:00").astimezone(UTC)
    found = [
        moment
        for moment in some_slots(schedule, midnight, 60)
        if moment.astimezone(PARIS).date() == midnight.astimezone(PARIS).date()
    ]
    assert len(found) == len(set(found)) == (46 if day == "2026-03-29" else 48)
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("day", "quiet"), [("2026-04-03", True), ("2026-12-26", True), ("2026-04-06", True), ("2026-04-07", False)]
)
def test_alsace_and_moselle_have_two_holidays_more(day: str, *, quiet: bool) -> None:
    calendars = [Schedule(zone="Europe/Paris", quiet=(Quiet(holidays_of=of),)) for of in ("fr-57", "fr-6ae")]
    assert [is_quiet(one, paris(f"{day} 12:00")) for one in calendars] == [quiet, quiet]


def test_a_holiday_has_its_name_in_both_languages() -> None:
    schedule = Schedule(zone="Europe/Paris", quiet=(HOLIDAYS,))
    monday = paris("2026-04-06 12:00").date()
    assert [holiday(schedule, monday, language) for language in ("fr", "en")] == ["Lundi de Pâques", "Easter Monday"]
    assert holiday(schedule, paris("2026-04-07 12:00").date(), "fr") == ""


@pytest.mark.parametrize(
    ("quiet", "expected"),
    [
        (NIGHT, "20:00-08:00"),
        (WEEKEND, "sat-sun"),
        (HOLIDAYS, "holidays:fr"),
        (Quiet(WORKDAYS, time(12), time(14)), "mon-fri 12:00-14:00"),
        (Quiet(frozenset({0, 2})), "mon,wed"),
    ],
)
def test_a_quiet_time_is_written_as_in_the_configuration(quiet: Quiet, expected: str) -> None:
    assert written(quiet) == expected
