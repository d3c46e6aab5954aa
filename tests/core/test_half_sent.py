"""A thread of which a part is public leaves no further than its yes goes, and its public posts keep their words."""

from dataclasses import replace

import pytest

from relay.core.crosspost import Crosspost, Part, Request, State
from relay.core.outcome import Refused, Retry, Sent
from relay.core.review import corrections, settling, withdrawal, workflow
from relay.core.review.moving import Refusal
from relay.core.review.transitions import Event
from tests.core.acts import LATER, REQUEST, TWO_STEPS, YES, standing
from tests.core.things import ANNE, BENOIT, DIDIER, HOUR, KEYS, MINUTE, OTHER_WORDS, RULE, WORDS

THREAD = replace(WORDS, text="Un.\n---\nDeux.\n---\nTrois.")
BETTER = replace(WORDS, text="Un.\n---\nMieux.")
ONE = (Part(REQUEST, Sent("1")),)
PROPOSED = workflow.edit(standing(State.SENT, parts=ONE), ANNE, 1, OTHER_WORDS, LATER)
UPDATING = workflow.approve(PROPOSED, BENOIT, RULE, 2, KEYS, LATER)


def half(state: State, **changes: object) -> Crosspost:
    return standing(state, draft=THREAD, parts=ONE, request=None, **changes)


@pytest.mark.parametrize("state", [State.APPROVED, State.SCHEDULED, State.WAITING, State.HELD, State.FAILED])
def test_wherever_it_stands_its_public_posts_cannot_be_rewritten(state: State) -> None:
    with pytest.raises(Refusal, match="those that come after"):
        workflow.edit(half(state), ANNE, 1, replace(WORDS, text="Autre.\n---\nDeux."), LATER)


def test_what_was_rewritten_while_it_was_held_waits_for_a_yes() -> None:
    edited = workflow.edit(half(State.HELD), ANNE, 1, BETTER, LATER)
    assert workflow.move(edited, Event.RESUME, DIDIER, "", LATER).state is State.WAITING


def test_a_hold_does_not_stand_for_the_yeses_that_are_missing() -> None:
    recalled = workflow.move(half(State.SCHEDULED), Event.RECALL, DIDIER, "", LATER)
    once = workflow.approve(recalled, BENOIT, TWO_STEPS, 1, KEYS, LATER)
    held = workflow.move(once, Event.HOLD, BENOIT, "", LATER)
    assert workflow.move(held, Event.RESUME, BENOIT, "", LATER).state is State.WAITING


def test_a_hold_keeps_the_yeses_that_were_all_there() -> None:
    held = workflow.move(half(State.SCHEDULED), Event.HOLD, BENOIT, "", LATER)
    assert workflow.move(held, Event.RESUME, BENOIT, "", LATER).state is State.SCHEDULED


def test_the_posts_that_arrived_are_no_failures_to_be_patient_after() -> None:
    parts = tuple(Part(Request(str(number), "{}"), Sent(str(number))) for number in range(6))
    sending = replace(half(State.SENDING), parts=parts, attempt=7)
    assert settling.settle(sending, Retry("429"), LATER, 8).not_before == LATER + MINUTE


def test_words_that_took_their_place_are_public_though_a_later_post_was_refused() -> None:
    thread = replace(
        UPDATING, draft=replace(WORDS, text="Uno.\n---\nDue."), live=replace(WORDS, text="Un.\n---\nDeux.")
    )
    two = replace(thread, parts=(*ONE, Part(Request("2", "{}"), Sent("2"))))
    claimed = workflow.claim(two, MINUTE, LATER)
    half_changed = corrections.changed(claimed, 0, Part(Request("1", "{}"), Sent("1")))
    refused = corrections.settle_update(half_changed, Refused("422"), LATER)
    assert (refused.state, refused.draft.text) == (State.SENT, "Uno.\n---\nDeux.")


def test_words_that_are_public_already_are_not_dismissed() -> None:
    claimed = workflow.claim(UPDATING, MINUTE, LATER)
    changed = corrections.changed(claimed, 0, Part(Request("key", "other"), Sent("1")))
    assert changed.live == OTHER_WORDS


def test_a_source_that_edits_again_before_a_change_leaves_puts_it_before_the_editors() -> None:
    newest = replace(WORDS, text="Troisième version")
    again = workflow.revise(UPDATING, newest, LATER)
    assert again is not None
    assert (again.state, again.draft, again.live, again.approvals) == (State.EDIT_PROPOSED, newest, WORDS, ())


def test_a_source_that_withdraws_before_a_change_leaves_proposes_the_withdrawal() -> None:
    proposed = withdrawal.withdraw(UPDATING, LATER)
    assert proposed is not None
    assert (proposed.state, proposed.draft, proposed.live) == (State.DELETE_PROPOSED, WORDS, None)


def test_a_change_that_is_leaving_is_not_taken_out_of_its_worker_s_hands() -> None:
    leaving = workflow.claim(UPDATING, MINUTE, LATER)
    assert workflow.revise(leaving, THREAD, LATER) is None
    assert withdrawal.withdraw(leaving, LATER) is None


def test_a_withdrawal_can_be_recalled_until_a_worker_has_it() -> None:
    proposed = workflow.move(standing(State.SENT, parts=ONE), Event.WITHDRAW, DIDIER, "", LATER)
    approved = workflow.move(proposed, Event.APPROVE_WITHDRAWAL, DIDIER, "", LATER)
    assert workflow.move(approved, Event.RECALL, DIDIER, "", LATER + HOUR).state is State.DELETE_PROPOSED
    with pytest.raises(Refusal, match="leaving at this moment"):
        workflow.move(workflow.claim(approved, MINUTE, LATER), Event.RECALL, DIDIER, "", LATER)


def test_what_remains_of_a_withdrawn_thread_has_no_request_under_way() -> None:
    assert corrections.removed(standing(State.WITHDRAWING, parts=ONE, approvals=(YES,))).request is None
