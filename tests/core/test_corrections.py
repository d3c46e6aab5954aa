"""What is public is changed and taken back by proposals; a thread that is half sent is finished."""

from dataclasses import replace

import pytest

from relay.core.crosspost import Crosspost, Part, Request, State
from relay.core.outcome import AuthLost, Gone, Outcome, Refused, Removal, Retry, Sent, Unsure
from relay.core.review import corrections, settling, withdrawal, workflow
from relay.core.review.moving import Refusal
from relay.core.review.transitions import Event
from tests.core.acts import LATER, REQUEST, one_part, standing
from tests.core.things import ANNE, BENOIT, DIDIER, KEYS, MINUTE, NOW, OTHER_WORDS, RULE, WORDS

SENT = one_part(standing(State.SENT))
PROPOSED = workflow.edit(SENT, ANNE, 1, OTHER_WORDS, LATER)
UPDATING = workflow.approve(PROPOSED, BENOIT, RULE, 2, replace(KEYS, nonce=99), LATER)
THREAD = standing(State.SENDING, draft=replace(WORDS, text="Un.\n---\nDeux.\n---\nTrois."))


def half_sent(state: State) -> Crosspost:
    return replace(settling.settle(THREAD, Sent("1", "https://m.fr/1"), LATER, 3), state=state)


def test_new_words_for_what_is_public_are_a_proposal_beside_it() -> None:
    assert (PROPOSED.state, PROPOSED.draft, PROPOSED.live) == (State.EDIT_PROPOSED, OTHER_WORDS, WORDS)
    assert (PROPOSED.approvals, PROPOSED.parts, PROPOSED.revision) == ((), SENT.parts, 2)


def test_whoever_proposes_does_not_approve() -> None:
    with pytest.raises(Refusal, match="somebody else"):
        workflow.approve(PROPOSED, ANNE, RULE, 2, KEYS, LATER)


def test_an_approved_change_goes_under_the_keys_of_what_is_public() -> None:
    assert (UPDATING.state, UPDATING.keys) == (State.UPDATING, KEYS)
    assert UPDATING.not_before == LATER + RULE.undo


def test_a_change_can_be_recalled_until_a_worker_has_it() -> None:
    assert workflow.move(UPDATING, Event.RECALL, DIDIER, "", LATER).state is State.EDIT_PROPOSED
    with pytest.raises(Refusal, match="leaving at this moment"):
        workflow.move(workflow.claim(UPDATING, MINUTE, LATER), Event.RECALL, DIDIER, "", LATER)


def test_a_change_that_nobody_approved_is_not_claimed() -> None:
    with pytest.raises(Refusal, match="never approved"):
        workflow.claim(replace(UPDATING, revision=3), MINUTE, LATER)


@pytest.mark.parametrize(
    ("outcome", "state", "draft"),
    [
        (Sent("9"), State.SENT, OTHER_WORDS),
        (Refused("no"), State.SENT, WORDS),
        (Unsure("lost"), State.EDIT_PROPOSED, OTHER_WORDS),
        (AuthLost("401"), State.EDIT_PROPOSED, OTHER_WORDS),
        (Retry("429"), State.UPDATING, OTHER_WORDS),
    ],
)
def test_what_becomes_of_a_change(outcome: Outcome, state: State, draft: object) -> None:
    settled = corrections.settle_update(workflow.claim(UPDATING, MINUTE, LATER), outcome, LATER)
    assert (settled.state, settled.draft, settled.lease_until) == (state, draft, None)
    assert settled.live == (None if state is State.SENT else WORDS)


def test_a_doubtful_change_needs_a_fresh_yes() -> None:
    settled = corrections.settle_update(workflow.claim(UPDATING, MINUTE, LATER), Unsure("lost"), LATER)
    assert (settled.approvals, settled.note) == ((), "lost")


def test_a_dismissed_proposal_leaves_what_is_public() -> None:
    dismissed = workflow.move(PROPOSED, Event.DISMISS, DIDIER, "", LATER)
    assert (dismissed.state, dismissed.draft, dismissed.live) == (State.SENT, WORDS, None)


def test_a_source_that_takes_its_change_back_ends_the_proposal() -> None:
    proposed = workflow.revise(SENT, OTHER_WORDS, LATER)
    assert proposed is not None
    over = workflow.revise(proposed, WORDS, LATER)
    assert over is not None
    assert (proposed.state, over.state, over.draft, over.live) == (State.EDIT_PROPOSED, State.SENT, WORDS, None)


@pytest.mark.parametrize("one", [SENT, PROPOSED])
def test_a_source_that_withdraws_proposes_a_withdrawal_of_what_is_public(one: Crosspost) -> None:
    proposed = withdrawal.withdraw(one, LATER)
    assert proposed is not None
    assert (proposed.state, proposed.draft, proposed.live) == (State.DELETE_PROPOSED, WORDS, None)
    restored = withdrawal.restore(proposed, LATER)
    assert restored is not None
    assert (restored.state, restored.parts) == (State.SENT, SENT.parts)


@pytest.mark.parametrize(
    ("removal", "state"),
    [
        (Gone(), State.WITHDRAWN),
        (Refused("no"), State.SENT),
        (Unsure("lost"), State.DELETE_PROPOSED),
        (AuthLost("401"), State.DELETE_PROPOSED),
        (Retry("429"), State.WITHDRAWING),
    ],
)
def test_what_becomes_of_a_withdrawal(removal: Removal, state: State) -> None:
    proposed = workflow.move(SENT, Event.WITHDRAW, DIDIER, "", LATER)
    approved = workflow.move(proposed, Event.APPROVE_WITHDRAWAL, DIDIER, "", LATER)
    assert (approved.state, approved.not_before) == (State.WITHDRAWING, LATER)
    settled = corrections.settle_withdrawal(workflow.claim(approved, MINUTE, LATER), removal, LATER)
    assert (settled.state, settled.lease_until) == (state, None)


def test_after_a_part_the_next_one_is_due_at_once_under_no_request_yet() -> None:
    half = settling.settle(THREAD, Sent("1", "https://m.fr/1"), LATER, 3)
    assert (half.state, half.not_before, half.request) == (State.SCHEDULED, LATER, None)
    assert (half.parts, half.remote_url) == ((Part(REQUEST, Sent("1", "https://m.fr/1")),), "https://m.fr/1")
    assert workflow.claim(half, MINUTE, LATER).state is State.SENDING


def test_the_last_part_makes_it_sent_and_its_address_is_the_first_ones() -> None:
    second = replace(half_sent(State.SENDING), request=Request("2", "{}"))
    third = replace(settling.settle(second, Sent("2"), LATER, 3), state=State.SENDING, request=Request("3", "{}"))
    done = settling.settle(third, Sent("3"), LATER, 3)
    assert (done.state, done.remote_id, len(done.parts)) == (State.SENT, "1", 3)


def test_a_part_that_is_found_is_not_sent_again() -> None:
    unknown = replace(half_sent(State.UNCONFIRMED), request=Request("2", "{}"))
    found = settling.verify(unknown, Sent("2"), LATER, 3)
    assert (found.state, len(found.parts), found.request) == (State.SCHEDULED, 2, None)


@pytest.mark.parametrize("state", [State.WAITING, State.CHANGES, State.HELD, State.FAILED])
def test_a_half_sent_thread_is_given_up_in_view_and_never_refused(state: State) -> None:
    half = half_sent(state)
    with pytest.raises(Refusal, match="public"):
        workflow.move(half, Event.REJECT, DIDIER, "because", LATER)
    assert workflow.expire(half, replace(RULE, expires=MINUTE), LATER + MINUTE) is None
    assert workflow.move(half, Event.GIVE_UP, DIDIER, "", LATER).state is State.ABANDONED


def test_what_has_nothing_public_is_refused_and_not_given_up() -> None:
    with pytest.raises(Refusal, match="refuse it"):
        workflow.move(standing(State.HELD), Event.GIVE_UP, DIDIER, "", LATER)


def test_of_a_half_sent_thread_only_the_rest_is_rewritten() -> None:
    half = half_sent(State.WAITING)
    better = replace(WORDS, text="Un.\n---\nMieux.")
    edited = workflow.edit(half, ANNE, 1, better, NOW)
    assert (edited.draft, edited.keys, edited.live) == (better, KEYS, None)
    with pytest.raises(Refusal, match="those that come after"):
        workflow.edit(half, ANNE, 1, replace(WORDS, text="Autre.\n---\nDeux."), NOW)


def test_a_source_does_not_change_a_thread_of_which_a_part_is_public() -> None:
    assert workflow.revise(half_sent(State.SCHEDULED), OTHER_WORDS, LATER) is None
