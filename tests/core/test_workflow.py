"""The yes, its conditions, and what makes it void."""

from dataclasses import replace

import pytest

from relay.core.crosspost import Approval, Crosspost, State
from relay.core.people import Editor
from relay.core.review import workflow
from relay.core.review.moving import Refusal
from relay.core.review.transitions import TRANSITIONS, Event
from tests.core.acts import ACTS, LATER, TWO_STEPS, YES, standing, unapproved
from tests.core.things import (
    ANNE,
    BENOIT,
    CROSSPOST,
    DIDIER,
    KEYS,
    MINUTE,
    NOW,
    OTHER_WORDS,
    RULE,
    WORDS,
)


def test_the_last_yes_opens_the_recall_window_and_brings_the_keys() -> None:
    approved = workflow.approve(CROSSPOST, ANNE, replace(RULE, undo=5 * MINUTE), 1, KEYS, NOW)
    assert (approved.state, approved.keys, approved.not_before) == (State.APPROVED, KEYS, NOW + 5 * MINUTE)
    assert approved.approvals == (Approval("anne", NOW, 1),)


def test_two_steps_need_two_people() -> None:
    once = workflow.approve(CROSSPOST, ANNE, TWO_STEPS, 1, KEYS, NOW)
    assert (once.state, once.keys) == (State.WAITING, None)
    twice = workflow.approve(once, DIDIER, TWO_STEPS, 1, KEYS, NOW)
    assert (twice.state, [yes.by for yes in twice.approvals]) == (State.APPROVED, ["anne", "didier"])


def test_the_second_step_is_for_a_director() -> None:
    once = workflow.approve(CROSSPOST, ANNE, TWO_STEPS, 1, KEYS, NOW)
    with pytest.raises(Refusal, match="needs the role director"):
        workflow.approve(once, BENOIT, TWO_STEPS, 1, KEYS, NOW)


def test_nobody_gives_two_of_the_yeses() -> None:
    once = workflow.approve(CROSSPOST, DIDIER, TWO_STEPS, 1, KEYS, NOW)
    with pytest.raises(Refusal, match="already approved"):
        workflow.approve(once, DIDIER, TWO_STEPS, 1, KEYS, NOW)


def test_nobody_approves_their_own_words() -> None:
    edited = workflow.edit(CROSSPOST, ANNE, 1, OTHER_WORDS, NOW)
    with pytest.raises(Refusal, match="somebody else must approve"):
        workflow.approve(edited, ANNE, RULE, 2, KEYS, NOW)


def test_one_may_approve_ones_own_words_where_the_rule_says_so() -> None:
    edited = workflow.edit(CROSSPOST, ANNE, 1, OTHER_WORDS, NOW)
    assert workflow.approve(edited, ANNE, replace(RULE, self_approval=True), 2, KEYS, NOW).state is State.APPROVED


def test_a_yes_for_words_that_have_changed_is_refused() -> None:
    edited = workflow.edit(CROSSPOST, ANNE, 1, OTHER_WORDS, NOW)
    with pytest.raises(Refusal, match="revision 2"):
        workflow.approve(edited, BENOIT, RULE, 1, KEYS, NOW)


def test_an_edit_of_words_that_have_changed_is_refused() -> None:
    edited = workflow.edit(CROSSPOST, ANNE, 1, OTHER_WORDS, NOW)
    with pytest.raises(Refusal, match="revision 2"):
        workflow.edit(edited, BENOIT, 1, WORDS, NOW)


def overridden(
    crosspost: Crosspost = CROSSPOST, editor: Editor = DIDIER, revision: int = 1, why: str = " Urgent. "
) -> Crosspost:
    return workflow.override(crosspost, editor, TWO_STEPS, (revision, why), KEYS, NOW)


def test_a_director_gives_every_missing_yes_at_once_and_says_why() -> None:
    passed = overridden()
    assert (passed.state, passed.note, passed.keys) == (State.APPROVED, "Urgent.", KEYS)
    assert passed.not_before == NOW + TWO_STEPS.undo
    assert [(yes.by, yes.revision) for yes in passed.approvals] == [("didier", 1), ("didier", 1)]


def test_a_director_gives_only_those_that_are_missing() -> None:
    once = workflow.approve(CROSSPOST, ANNE, TWO_STEPS, 1, KEYS, NOW)
    assert [yes.by for yes in overridden(once).approvals] == ["anne", "didier"]


def test_a_director_may_have_given_a_yes_before() -> None:
    once = workflow.approve(CROSSPOST, DIDIER, TWO_STEPS, 1, KEYS, NOW)
    assert overridden(once).state is State.APPROVED


@pytest.mark.parametrize("why", ["", " \n"])
def test_a_director_who_gives_no_reason_overrides_nothing(why: str) -> None:
    with pytest.raises(Refusal, match="give a reason"):
        overridden(why=why)


def test_a_director_overrides_nothing_for_their_own_words() -> None:
    edited = workflow.edit(CROSSPOST, DIDIER, 1, OTHER_WORDS, NOW)
    with pytest.raises(Refusal, match="somebody else must approve"):
        overridden(edited, revision=2)


def test_a_director_overrides_nothing_for_words_that_have_changed() -> None:
    edited = workflow.edit(CROSSPOST, ANNE, 1, OTHER_WORDS, NOW)
    with pytest.raises(Refusal, match="revision 2"):
        overridden(edited)


def test_an_editor_overrides_nothing() -> None:
    with pytest.raises(Refusal, match="may not override"):
        overridden(editor=ANNE)


def test_a_rule_with_fewer_steps_than_yeses_given_asks_for_one_more() -> None:
    once = workflow.approve(CROSSPOST, ANNE, TWO_STEPS, 1, KEYS, NOW)
    assert workflow.approve(once, BENOIT, RULE, 1, KEYS, NOW).state is State.APPROVED


def test_a_rule_without_steps_still_asks_for_an_editor() -> None:
    assert workflow.approve(CROSSPOST, ANNE, replace(RULE, steps=()), 1, KEYS, NOW).state is State.APPROVED


@pytest.mark.parametrize("state", [State.WAITING, State.APPROVED, State.SCHEDULED, State.HELD, State.FAILED])
def test_an_edit_voids_every_yes_and_what_was_made_of_it(state: State) -> None:
    edited = workflow.edit(standing(state), BENOIT, 1, OTHER_WORDS, LATER)
    assert (edited.approvals, edited.keys, edited.request, edited.not_before) == ((), None, None, None)
    assert (edited.draft, edited.revision, edited.edited_by) == (OTHER_WORDS, 2, "benoit")


@pytest.mark.parametrize("state", [State.WAITING, State.CHANGES, State.APPROVED, State.SCHEDULED, State.HELD])
def test_an_edit_of_the_source_voids_every_yes(state: State) -> None:
    changed = workflow.revise(standing(state, edited_by="anne"), OTHER_WORDS, LATER)
    assert changed is not None
    assert (changed.approvals, changed.keys, changed.request, changed.not_before) == ((), None, None, None)
    assert (changed.draft, changed.revision, changed.edited_by) == (OTHER_WORDS, 2, None)
    assert changed.note


BACK = [
    (state, event)
    for (state, event), to in TRANSITIONS.items()
    if to is State.WAITING and event is not Event.APPROVE_STEP
]


@pytest.mark.parametrize(("state", "event"), [pair for pair in BACK if pair[1] in ACTS])
def test_what_waits_again_waits_for_every_yes(state: State, event: Event) -> None:
    moved = ACTS[event](standing(state))
    assert moved is not None
    assert (moved.approvals, moved.keys, moved.request) == ((), None, None)


def test_a_claim_of_what_was_never_approved_is_refused() -> None:
    with pytest.raises(Refusal, match="never approved"):
        workflow.claim(unapproved(standing(State.SCHEDULED)), MINUTE, NOW)


def test_a_claim_under_a_yes_for_other_words_is_refused() -> None:
    with pytest.raises(Refusal, match="never approved"):
        workflow.claim(standing(State.SCHEDULED, revision=2), MINUTE, NOW)


@pytest.mark.parametrize("event", [Event.REJECT, Event.ASK_CHANGES, Event.MERGE])
def test_a_no_needs_a_reason(event: Event) -> None:
    with pytest.raises(Refusal, match="give a reason"):
        workflow.move(CROSSPOST, event, ANNE, " \n", NOW)


def test_the_reason_stays_with_the_cross_post() -> None:
    assert workflow.move(CROSSPOST, Event.REJECT, ANNE, " Trop long. ", NOW).note == "Trop long."


@pytest.mark.parametrize("event", [Event.RESUME, Event.RESUME_APPROVED])
def test_what_was_approved_before_it_was_held_is_scheduled_again(event: Event) -> None:
    held = workflow.move(standing(State.APPROVED), Event.HOLD, ANNE, "", NOW)
    resumed = workflow.move(held, event, ANNE, "", NOW)
    assert (resumed.state, resumed.approvals, resumed.keys) == (State.SCHEDULED, (YES,), KEYS)


@pytest.mark.parametrize("event", [Event.RESUME, Event.RESUME_APPROVED])
def test_what_was_edited_while_it_was_held_waits_for_a_yes(event: Event) -> None:
    held = workflow.edit(standing(State.HELD), ANNE, 1, OTHER_WORDS, NOW)
    assert workflow.move(held, event, ANNE, "", NOW).state is State.WAITING


def test_a_change_whose_account_is_lost_waits_for_every_yes_again() -> None:
    held = workflow.hold_account(standing(State.UPDATING), "401", LATER)
    assert (held.state, held.approvals, held.not_before, held.note) == (State.EDIT_PROPOSED, (), None, "401")


def test_what_a_worker_has_is_not_held_under_its_hands() -> None:
    taken = workflow.claim(standing(State.SCHEDULED), MINUTE, NOW)
    with pytest.raises(Refusal, match="leaving at this moment"):
        workflow.hold_account(taken, "401", NOW)
