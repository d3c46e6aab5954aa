"""What would let something leave before its time, or without a yes that the rule of today asks for."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from relay.core.crosspost import Crosspost, Keys, State
from relay.core.people import Editor, Role
from relay.core.review.moving import Refusal
from relay.core.review.transitions import Event
from relay.core.route import ApprovalRule, Quiet, Schedule, Slot
from relay.pipeline import planning, queue, review
from relay.pipeline.planning import When
from relay.pipeline.review import Act, Words
from relay.storage import people
from tests.pipeline.world import CAMILLE, World

BENOIT, DORA = Editor("benoit", Role.EDITOR), Editor("dora", Role.DIRECTOR)
EVENING = Schedule("evening", "UTC", (Slot(frozenset(range(7)), time(18)),))
NEVER = Schedule("never", "UTC", quiet=(Quiet(days=frozenset(range(7))),))


@pytest.fixture
def one(world: World) -> Crosspost:
    """The only one there is; everybody is a member."""
    world.agency.titles = ["Un premier bilan"]
    under(world, ApprovalRule())
    with world.db.write() as tx:
        for editor in (CAMILLE, BENOIT, DORA):
            people.add(tx, editor.name, editor.role, world.now)
    world.poll()
    return world.in_state(State.WAITING)[0]


def under(world: World, approval: ApprovalRule, schedule: Schedule = Schedule()) -> None:  # noqa: B008  # frozen
    """The next start, with this route alone."""
    route = replace(world.desk.routes[0], accounts=("masto",), approval=approval, schedule=schedule)
    world.desk = replace(world.desk, routes=(route,))
    with world.db.write() as tx:
        queue.reroute(tx, world.desk)


def say(world: World, id: int, event: Event) -> Crosspost:
    return review.move(world.db, world.desk, id, (BENOIT, "test"), Act(event), world.now)


def plan(world: World, one: Crosspost, at: str) -> Crosspost:
    return planning.plan(world.db, world.desk, one.id, (BENOIT, "test"), When(one.revision, at), world.now)


def yes(world: World, editor: Editor, one: Crosspost) -> Crosspost:
    return review.approve(world.db, world.desk, one.id, (editor, "test"), one.revision, Keys(world.now, 3))


def test_what_was_on_hold_in_its_window_still_leaves_at_the_time_that_was_chosen(world: World, one: Crosspost) -> None:
    world.approve(plan(world, one, "2026-11-25 09:00"))
    say(world, one.id, Event.HOLD)
    say(world, one.id, Event.RESUME)
    world.pass_(hours=20, minutes=59)
    world.deliver()
    early = dict(world.network.shown)
    world.pass_(minutes=1)
    world.deliver()

    assert (early, len(world.network.shown)) == ({}, 1)


def test_what_was_on_hold_in_its_window_still_leaves_at_a_slot(world: World, one: Crosspost) -> None:
    under(world, ApprovalRule(), EVENING)
    world.approve(one)
    say(world, one.id, Event.HOLD)
    resumed = say(world, one.id, Event.RESUME)
    world.pass_(minutes=5)
    world.deliver()

    assert (resumed.not_before, world.network.shown) == (world.now.replace(hour=18, minute=0), {})


def test_what_is_resumed_in_its_window_can_still_be_recalled_until_that_is_over(world: World, one: Crosspost) -> None:
    world.approve(one)
    say(world, one.id, Event.HOLD)
    say(world, one.id, Event.RESUME)
    world.deliver()
    early = dict(world.network.shown)

    assert (early, say(world, one.id, Event.RECALL).state) == ({}, State.WAITING)


def test_what_is_resumed_under_a_schedule_without_a_moment_says_so(world: World, one: Crosspost) -> None:
    under(world, ApprovalRule(), NEVER)
    world.approve(one)
    say(world, one.id, Event.HOLD)

    assert say(world, one.id, Event.RESUME).note == "Its schedule allows no moment to leave."


def test_whoever_chose_its_time_may_approve_other_words_once_it_is_public(world: World, one: Crosspost) -> None:
    world.approve(plan(world, one, "2026-11-24 14:00"))
    for hours in (1, 2):
        world.pass_(hours=hours)
        world.deliver()
    public = world.in_state(State.SENT)[0]
    words = Words(public.revision, "Un second bilan")
    proposed = review.edit(world.db, world.desk, one.id, (CAMILLE, "test"), words, world.now)

    assert yes(world, BENOIT, proposed).state is State.UPDATING


@pytest.mark.parametrize("steps", [("director", "editor"), ("director", "director")])
def test_a_yes_of_before_counts_for_no_step_that_now_asks_for_more(
    world: World, one: Crosspost, steps: tuple[str, ...]
) -> None:
    under(world, ApprovalRule(steps=("editor", "director")))
    yes(world, CAMILLE, one)
    under(world, ApprovalRule(steps=steps))
    with pytest.raises(Refusal, match="needs the role director"):
        yes(world, BENOIT, one)

    assert yes(world, DORA, one).state is State.WAITING


def test_a_yes_of_before_counts_where_it_is_still_enough(world: World, one: Crosspost) -> None:
    under(world, ApprovalRule(steps=("editor", "director")))
    yes(world, CAMILLE, one)
    under(world, ApprovalRule(steps=("editor", "editor"), undo=timedelta(minutes=5)))

    assert yes(world, BENOIT, one).state is State.APPROVED


def test_a_yes_of_somebody_who_may_judge_no_more_does_not_count(world: World, one: Crosspost) -> None:
    under(world, ApprovalRule(steps=("editor", "editor")))
    yes(world, CAMILLE, one)
    with world.db.write() as tx:
        people.change(tx, replace(CAMILLE, role=Role.VIEWER))

    assert yes(world, BENOIT, one).state is State.WAITING
