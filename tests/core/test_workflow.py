"""Every step of a cross-post, from waiting to its end, and every step that there is not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from relay.core import workflow
from relay.core.crosspost import (
    Approval,
    AuthLost,
    CannotTell,
    Crosspost,
    Finding,
    NotThere,
    Outcome,
    Refused,
    Request,
    Retry,
    Sent,
    State,
    Unsure,
)
from relay.core.people import Editor, Role
from relay.core.route import ApprovalRule
from relay.core.transitions import ALLOWED, TRANSITIONS, Event
from relay.core.workflow import FIRST_CHECK, Refusal
from tests.core.things import (
    ANNE,
    BENOIT,
    CROSSPOST,
    DAY,
    DIDIER,
    HOUR,
    KEYS,
    MINUTE,
    NOW,
    OTHER_WORDS,
    RULE,
    WORDS,
)

Act = Callable[[Crosspost], Crosspost | None]
TWO_STEPS = ApprovalRule(steps=("editor", "director"))
LATER = NOW + HOUR
YES = Approval("anne", NOW, 1)
REQUEST = Request("key", "{}")


def standing(state: State, **changes: object) -> Crosspost:
    """A cross-post in this state, approved and with its request made."""
    approved = replace(CROSSPOST, approvals=(YES,), keys=KEYS, request=REQUEST, not_before=NOW)
    return replace(approved, state=state, **changes)  # type: ignore[arg-type]  # by name


def moving(event: Event) -> Callable[[Crosspost], Crosspost]:
    return lambda crosspost: workflow.move(crosspost, event, DIDIER, "because", LATER)


def settling(outcome: Outcome) -> Callable[[Crosspost], Crosspost]:
    return lambda crosspost: workflow.settle(crosspost, outcome, LATER)


def verifying(finding: Finding) -> Callable[[Crosspost], Crosspost]:
    return lambda crosspost: workflow.verify(crosspost, finding, LATER)


def unapproved(crosspost: Crosspost) -> Crosspost:
    return replace(crosspost, approvals=(), keys=None, request=None)


ACTS: dict[Event, Act] = {
    Event.APPROVE_STEP: lambda one: workflow.approve(unapproved(one), BENOIT, TWO_STEPS, 1, KEYS, LATER),
    Event.APPROVE: lambda one: workflow.approve(unapproved(one), BENOIT, RULE, 1, KEYS, LATER),
    Event.EDIT: lambda one: workflow.edit(one, BENOIT, 1, OTHER_WORDS, LATER),
    Event.RESUME: lambda one: workflow.move(unapproved(one), Event.RESUME, DIDIER, "", LATER),
    Event.WINDOW_OVER: lambda one: workflow.schedule(one, LATER, LATER),
    Event.EXPIRE: lambda one: workflow.expire(one, replace(RULE, expires=HOUR), LATER),
    Event.SOURCE_EDITED: lambda one: workflow.revise(one, OTHER_WORDS, LATER),
    Event.CLAIM: lambda one: workflow.claim(one, MINUTE, LATER),
    Event.ACCEPTED: settling(Sent("9")),
    Event.ANSWER_LOST: settling(Unsure("timeout")),
    Event.NOT_NOW: settling(Retry("429")),
    Event.REFUSED: settling(Refused("422")),
    Event.FOUND: verifying(Sent("9")),
    Event.ABSENT: verifying(NotThere()),
} | {
    event: moving(event)
    for event in (
        Event.ASK_CHANGES,
        Event.RESUBMIT,
        Event.REJECT,
        Event.HOLD,
        Event.RESUME_APPROVED,
        Event.RECALL,
        Event.REOPEN,
        Event.CONFIRM,
        Event.GIVE_UP,
    )
}
"""How each event is brought about; losing the secret has two ways, below."""

PAIRS = [(state, event) for state, event in product(State, Event) if event in ACTS]


def test_every_event_is_tried() -> None:
    assert set(Event) - set(ACTS) == {Event.AUTH_LOST}


@pytest.mark.parametrize(("state", "event"), [pair for pair in PAIRS if pair in TRANSITIONS])
def test_a_transition_leads_where_the_table_says(state: State, event: Event) -> None:
    moved = ACTS[event](standing(state))
    assert moved is not None
    assert (moved.state, moved.changed_at) == (TRANSITIONS[state, event], LATER)


def outcome_of(act: Act, crosspost: Crosspost) -> Crosspost | None:
    try:
        return act(crosspost)
    except Refusal:
        return None


@pytest.mark.parametrize(("state", "event"), [pair for pair in PAIRS if pair not in TRANSITIONS])
def test_what_is_not_in_the_table_cannot_happen(state: State, event: Event) -> None:
    assert outcome_of(ACTS[event], standing(state)) is None


WAYS_TO_LOSE_AN_ACCOUNT: list[Act] = [
    settling(AuthLost("401")),
    lambda one: workflow.hold_account(one, "401", LATER),
]


@pytest.mark.parametrize("lose", WAYS_TO_LOSE_AN_ACCOUNT)
@pytest.mark.parametrize("state", [State.SENDING, State.SCHEDULED])
def test_without_an_account_it_is_held_and_says_why(state: State, lose: Act) -> None:
    held = outcome_of(lose, standing(state))
    assert held is not None
    assert (held.state, held.note) == (State.HELD, "401")


@pytest.mark.parametrize("lose", WAYS_TO_LOSE_AN_ACCOUNT)
@pytest.mark.parametrize("state", [state for state in State if (state, Event.AUTH_LOST) not in TRANSITIONS])
def test_an_account_is_lost_only_while_sending_or_before(state: State, lose: Act) -> None:
    assert outcome_of(lose, standing(state)) is None


@pytest.mark.parametrize("event", sorted(set(Event) - set(ALLOWED)))
@pytest.mark.parametrize("state", State)
def test_nobody_can_ask_for_what_only_relay_and_the_networks_do(state: State, event: Event) -> None:
    with pytest.raises(Refusal):
        workflow.move(standing(state), event, DIDIER, "because", LATER)


@pytest.mark.parametrize("event", [Event.APPROVE, Event.APPROVE_STEP, Event.EDIT])
@pytest.mark.parametrize("state", State)
def test_nobody_approves_or_edits_without_saying_which_words(state: State, event: Event) -> None:
    with pytest.raises(Refusal):
        workflow.move(standing(state), event, DIDIER, "because", LATER)


# What the table as a whole promises.

ENDS = {State.SENT, State.ABANDONED}
OUT_OF_HAND = {State.SENDING, State.UNCONFIRMED}


def reachable(start: State) -> set[State]:
    found = {start}
    while more := {to for (state, _), to in TRANSITIONS.items() if state in found} - found:
        found |= more
    return found


@pytest.mark.parametrize("state", State)
def test_from_every_state_there_is_a_way_to_an_end(state: State) -> None:
    assert reachable(state) & ENDS


@pytest.mark.parametrize("state", sorted(ENDS))
def test_nothing_happens_after_the_end(state: State) -> None:
    assert reachable(state) == {state}


def test_only_a_claim_of_what_is_scheduled_leads_to_sending() -> None:
    assert [pair for pair, to in TRANSITIONS.items() if to is State.SENDING] == [(State.SCHEDULED, Event.CLAIM)]


def test_only_a_yes_or_the_proof_that_nothing_was_published_leads_to_scheduled() -> None:
    assert {pair for pair, to in TRANSITIONS.items() if to is State.SCHEDULED} == {
        (State.APPROVED, Event.WINDOW_OVER),
        (State.HELD, Event.RESUME_APPROVED),
        (State.SENDING, Event.NOT_NOW),
        (State.UNCONFIRMED, Event.ABSENT),
    }


def test_only_a_yes_leads_to_approved() -> None:
    assert [pair for pair, to in TRANSITIONS.items() if to is State.APPROVED] == [(State.WAITING, Event.APPROVE)]


def test_what_may_be_public_is_neither_edited_nor_refused_nor_forgotten() -> None:
    leading = {event for (state, event) in TRANSITIONS if state in OUT_OF_HAND}
    assert not leading & {Event.EDIT, Event.REJECT, Event.EXPIRE, Event.SOURCE_EDITED, Event.RECALL, Event.HOLD}


# Who may.

PEOPLE_PAIRS = [(state, event) for state, event in TRANSITIONS if event in ALLOWED]


def asked(event: Event, state: State, editor: Editor) -> Crosspost:
    one = standing(state)
    match event:
        case Event.APPROVE:
            return workflow.approve(unapproved(one), editor, RULE, 1, KEYS, LATER)
        case Event.APPROVE_STEP:
            return workflow.approve(unapproved(one), editor, TWO_STEPS, 1, KEYS, LATER)
        case Event.EDIT:
            return workflow.edit(one, editor, 1, OTHER_WORDS, LATER)
        case Event.RESUME:
            return workflow.move(unapproved(one), event, editor, "because", LATER)
        case _:
            return workflow.move(one, event, editor, "because", LATER)


ALLOWED_BY_ROLE = {
    Role.VIEWER: set[Event](),
    Role.WRITER: {Event.EDIT, Event.RESUBMIT},
    Role.EDITOR: set(ALLOWED),
    Role.DIRECTOR: set(ALLOWED),
    Role.ADMIN: set[Event](),
}
ROLE_TABLE = [(role, state, event) for role, (state, event) in product(Role, PEOPLE_PAIRS)]
GRANTED = [(role, state, event) for role, state, event in ROLE_TABLE if event in ALLOWED_BY_ROLE[role]]
DENIED = [(role, state, event) for role, state, event in ROLE_TABLE if event not in ALLOWED_BY_ROLE[role]]


@pytest.mark.parametrize(("role", "state", "event"), GRANTED)
def test_a_role_may_what_it_is_there_for(role: Role, state: State, event: Event) -> None:
    assert asked(event, state, Editor("claire", role)).state is TRANSITIONS[state, event]


@pytest.mark.parametrize(("role", "state", "event"), DENIED)
def test_a_role_may_nothing_else(role: Role, state: State, event: Event) -> None:
    with pytest.raises(Refusal, match="may not"):
        asked(event, state, Editor("claire", role))


@pytest.mark.parametrize(("state", "event"), PEOPLE_PAIRS)
def test_somebody_who_has_left_may_nothing(state: State, event: Event) -> None:
    with pytest.raises(Refusal, match="may not"):
        asked(event, state, replace(DIDIER, disabled=True))


# The yes.


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
    with pytest.raises(Refusal, match="needs a director"):
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


# Reasons, holding and resuming.


@pytest.mark.parametrize("event", [Event.REJECT, Event.ASK_CHANGES])
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


# Time.


def test_it_expires_after_the_time_that_the_rule_gives() -> None:
    rule = replace(RULE, expires=DAY)
    assert workflow.expire(CROSSPOST, rule, NOW + DAY - MINUTE) is None
    expired = workflow.expire(CROSSPOST, rule, NOW + DAY)
    assert expired is not None
    assert expired.state is State.EXPIRED


def test_without_a_limit_nothing_expires() -> None:
    assert workflow.expire(CROSSPOST, RULE, NOW + 365 * DAY) is None


def test_what_was_reopened_has_its_time_again() -> None:
    reopened = workflow.move(standing(State.EXPIRED), Event.REOPEN, ANNE, "", NOW + 9 * DAY)
    assert workflow.expire(reopened, replace(RULE, expires=DAY), NOW + 9 * DAY + HOUR) is None


def test_a_claim_is_leased_and_numbered() -> None:
    claimed = workflow.claim(standing(State.SCHEDULED, attempt=2), MINUTE, NOW)
    assert (claimed.attempt, claimed.lease_until) == (3, NOW + MINUTE)


def test_the_schedule_says_when_it_leaves() -> None:
    assert workflow.schedule(standing(State.APPROVED), LATER, NOW).not_before == LATER


def test_what_is_deferred_stays_scheduled_and_says_why() -> None:
    deferred = workflow.defer(standing(State.SCHEDULED), LATER, "pace")
    assert (deferred.state, deferred.not_before, deferred.note) == (State.SCHEDULED, LATER, "pace")


def test_a_frozen_request_stays_until_its_words_change() -> None:
    frozen = workflow.freeze(standing(State.SENDING, request=None), REQUEST)
    assert workflow.settle(frozen, Retry("429"), NOW).request == REQUEST


# What the network said.


@pytest.mark.parametrize(
    ("outcome", "state", "note", "not_before"),
    [
        (Sent("9", "https://a.fr/9"), State.SENT, "", NOW),
        (Retry("429", timedelta(minutes=7)), State.SCHEDULED, "429", LATER + timedelta(minutes=7)),
        (Refused("422"), State.FAILED, "422", NOW),
        (AuthLost("401"), State.HELD, "401", NOW),
        (Unsure("timeout"), State.UNCONFIRMED, "timeout", LATER + FIRST_CHECK),
    ],
)
def test_an_outcome_settles_an_attempt(outcome: Outcome, state: State, note: str, not_before: object) -> None:
    settled = workflow.settle(standing(State.SENDING, lease_until=LATER), outcome, LATER)
    assert (settled.state, settled.note, settled.not_before, settled.lease_until) == (state, note, not_before, None)
    assert (settled.keys, settled.request, settled.approvals) == (KEYS, REQUEST, (YES,))


def test_what_was_sent_or_found_has_its_address() -> None:
    sent = workflow.settle(standing(State.SENDING), Sent("9", "https://a.fr/9"), NOW)
    found = workflow.verify(standing(State.UNCONFIRMED), Sent("9", "https://a.fr/9"), NOW)
    assert [(one.remote_id, one.remote_url, one.state) for one in (sent, found)] == [
        ("9", "https://a.fr/9", State.SENT)
    ] * 2


def test_what_is_proved_absent_is_sent_again_as_it_was() -> None:
    again = workflow.verify(standing(State.UNCONFIRMED), NotThere(), LATER)
    assert (again.state, again.not_before, again.request, again.keys) == (State.SCHEDULED, LATER, REQUEST, KEYS)


def test_what_cannot_be_told_is_asked_again_and_did_not_happen_now() -> None:
    unsure = workflow.verify(standing(State.UNCONFIRMED), CannotTell("503"), LATER)
    assert (unsure.state, unsure.note, unsure.not_before) == (State.UNCONFIRMED, "503", LATER + 5 * MINUTE)
    assert unsure.changed_at == NOW


@pytest.mark.parametrize("state", sorted(set(State) - {State.UNCONFIRMED}))
def test_only_what_is_unconfirmed_is_looked_for(state: State) -> None:
    with pytest.raises(Refusal):
        workflow.verify(standing(state), CannotTell("503"), LATER)
