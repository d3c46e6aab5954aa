"""The time that an editor chooses: on the clocks of the account's zone, and never when nothing may leave."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from relay.core.crosspost import Approval, Part, Request, State
from relay.core.outcome import Sent
from relay.core.people import Editor, Role
from relay.core.review import workflow
from relay.core.review.moving import Refusal
from relay.core.route import ApprovalRule, Quiet, Schedule, Slot
from relay.core.scheduling.choosing import check, chosen
from relay.core.scheduling.departure import Reason, Why
from relay.core.scheduling.planning import due_at, plan, reasons
from tests.core.things import ANNE, BENOIT, CROSSPOST, DAY, HOUR, KEYS, MINUTE, NOW, RULE

PARIS = "Europe/Paris"
NIGHT, HOLIDAYS = Quiet(start=time(20), end=time(8)), Quiet(holidays_of="fr")
BUREAU = Schedule("bureau", PARIS, (Slot(frozenset(range(7)), time(12, 30)),), (NIGHT, HOLIDAYS))
WANTED = NOW + DAY
YES = {"approvals": (Approval("benoit", NOW, 1),), "keys": KEYS, "not_before": NOW}


@pytest.mark.parametrize(
    ("text", "moment", "note"),
    [
        ("2026-03-28 08:45", "2026-03-28T07:45", ""),
        ("2026-03-29 08:45", "2026-03-29T06:45", ""),
        ("2026-03-29T02:30", "2026-03-29T01:30", "02:30 does not exist on 2026-03-29 in Europe/Paris: 03:30 is taken."),
        (
            "2026-10-25 02:30",
            "2026-10-25T00:30",
            "02:30 comes twice on 2026-10-25 in Europe/Paris: the first of both is taken.",
        ),
        ("2026-10-25 03:30", "2026-10-25T02:30", ""),
        ("2026-10-25 02:30+01:00", "2026-10-25T01:30", ""),
    ],
)
def test_it_is_read_on_the_clocks_of_the_zone(text: str, moment: str, note: str) -> None:
    found = chosen(text, PARIS)
    assert (found.moment, found.note) == (datetime.fromisoformat(moment).replace(tzinfo=UTC), note)


def test_the_second_of_a_time_that_comes_twice_can_be_chosen() -> None:
    found = chosen("2026-10-25 02:30", PARIS, second=True)
    assert found.moment == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert found.note.endswith("the second of both is taken.")


@pytest.mark.parametrize("text", ["", "demain", "2026-13-01 08:00", "08:45", "2026-03-29 25:00"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="write it as 2026-03-29 08:45"):
        chosen(text, PARIS)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2026-10-01 09:59", r"2026-10-01 09:59 \(Europe/Paris\) is past: choose a moment that is to come."),
        ("2028-10-01 12:00", "is more than a year away"),
        (
            "2026-10-02 21:00",
            r"is in quiet hours \(20:00-08:00\): the next moment is 2026-10-03 08:00 \(Europe/Paris\)\.",
        ),
        (
            "2026-12-25 10:00",
            r"2026-12-25 is a public holiday \(Noël\): the next moment is 2026-12-26 08:00 \(Europe/Paris\)\.",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_the_next_moment(text: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        check(BUREAU, chosen(text, PARIS).moment, NOW)


def test_good_friday_is_a_holiday_in_moselle_only() -> None:
    friday = datetime(2027, 3, 26, 10, 0, tzinfo=UTC)
    check(BUREAU, friday, NOW)
    with pytest.raises(Refusal, match="Vendredi saint"):
        check(replace(BUREAU, quiet=(Quiet(holidays_of="fr-57"),)), friday, NOW)


@pytest.mark.parametrize(
    ("state", "becomes"),
    [
        (State.WAITING, State.WAITING),
        (State.CHANGES, State.WAITING),
        (State.APPROVED, State.WAITING),
        (State.SCHEDULED, State.WAITING),
        (State.HELD, State.HELD),
    ],
)
def test_a_chosen_time_voids_every_yes(state: State, becomes: State) -> None:
    one = replace(CROSSPOST, state=state, **YES)  # type: ignore[arg-type]  # by name
    new = plan(one, ANNE, 1, WANTED, NOW)
    assert (new.state, new.revision, new.approvals, new.keys, new.not_before) == (becomes, 2, (), None, None)
    assert (new.wanted_at, new.wanted_by, new.draft) == (WANTED, "anne", one.draft)


def test_back_to_the_next_slot_is_a_choice_too() -> None:
    new = plan(replace(CROSSPOST, wanted_at=WANTED, wanted_by="anne"), BENOIT, 1, None, NOW)
    assert (new.wanted_at, new.wanted_by, new.revision) == (None, "benoit", 2)


def test_whoever_chose_the_time_does_not_approve_it() -> None:
    new = plan(CROSSPOST, ANNE, 1, WANTED, NOW)
    with pytest.raises(Refusal, match="anne chose this time"):
        workflow.approve(new, ANNE, RULE, 2, KEYS, NOW)
    assert workflow.approve(new, BENOIT, RULE, 2, KEYS, NOW).state is State.APPROVED
    assert workflow.approve(new, ANNE, ApprovalRule(self_approval=True), 2, KEYS, NOW).state is State.APPROVED


@pytest.mark.parametrize(
    ("changes", "editor", "revision", "sentence"),
    [
        ({}, Editor("vera", Role.VIEWER), 1, "may not edit"),
        ({}, Editor("ada", Role.ADMIN), 1, "may not edit"),
        ({}, Editor("will", Role.WRITER, accounts=("blue",)), 1, "works for blue"),
        ({}, ANNE, 2, "read it again"),
        ({"state": State.SENT}, ANNE, 1, "public already"),
        ({"state": State.SENDING}, ANNE, 1, "cannot be moved"),
        ({"state": State.HELD, "parts": (Part(Request("k", "{}"), Sent("9")),)}, ANNE, 1, "the rest follows"),
        ({"wanted_at": WANTED}, ANNE, 1, "nothing was changed"),
    ],
)
def test_it_is_refused(changes: dict[str, object], editor: Editor, revision: int, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        plan(replace(CROSSPOST, **changes), editor, revision, WANTED, NOW)  # type: ignore[arg-type]  # by name


def test_it_is_due_when_it_was_wanted_or_at_the_next_slot() -> None:
    slot = datetime(2026, 10, 1, 10, 30, tzinfo=UTC)
    assert due_at(BUREAU, None, NOW) == slot
    assert due_at(BUREAU, WANTED, NOW) == WANTED
    assert due_at(BUREAU, NOW - 10 * MINUTE, NOW) == NOW
    assert due_at(BUREAU, NOW - HOUR, NOW) == slot


def test_a_holiday_that_was_passed_over_is_a_reason() -> None:
    since, due = (datetime(2026, 12, day, 12, 0, tzinfo=UTC) for day in (24, 26))
    found = reasons(replace(BUREAU, quiet=(HOLIDAYS,)), None, since, due)
    assert [reason.why for reason in found] == [Why.SLOT, Why.HOLIDAY]
    assert reasons(BUREAU, due, since, due) == (Reason(Why.CHOSEN),)
