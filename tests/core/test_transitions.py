"""Every step there is, every step that there is not, and what the table as a whole promises."""

from itertools import product

import pytest

from relay.core.crosspost import Crosspost, State
from relay.core.outcome import AuthLost
from relay.core.review import workflow
from relay.core.review.moving import Refusal
from relay.core.review.transitions import ALLOWED, TRANSITIONS, Event
from tests.core.acts import ACTS, LATER, Act, settled_by, standing
from tests.core.things import (
    DIDIER,
)

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
    settled_by(AuthLost("401")),
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


@pytest.mark.parametrize("event", [Event.APPROVE, Event.APPROVE_STEP, Event.OVERRIDE, Event.EDIT, Event.CORRECT])
@pytest.mark.parametrize("state", State)
def test_nobody_approves_or_edits_without_saying_which_words(state: State, event: Event) -> None:
    with pytest.raises(Refusal):
        workflow.move(standing(state), event, DIDIER, "because", LATER)


ENDS = {State.WITHDRAWN, State.ABANDONED}


OUT_OF_HAND = {State.SENDING, State.UNCONFIRMED}
PUBLIC = {
    *(State.SENT, State.EDIT_PROPOSED, State.UPDATING, State.DELETE_PROPOSED, State.WITHDRAWING, State.WITHDRAWN),
    State.ABANDONED,
}
"""Where it is said that something is, or may be, or was public."""


def reachable(start: State) -> set[State]:
    found = {start}
    while more := {to for (state, _), to in TRANSITIONS.items() if state in found} - found:
        found |= more
    return found


@pytest.mark.parametrize("state", State)
def test_from_every_state_there_is_a_way_to_an_end(state: State) -> None:
    assert reachable(state) & {State.SENT, *ENDS}


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
        (State.SENDING, Event.PART_ACCEPTED),
        (State.UNCONFIRMED, Event.ABSENT),
        (State.UNCONFIRMED, Event.PART_ACCEPTED),
    }


def test_only_a_yes_leads_to_approved() -> None:
    assert [pair for pair, to in TRANSITIONS.items() if to is State.APPROVED] == [
        (State.WAITING, Event.APPROVE),
        (State.WAITING, Event.OVERRIDE),
    ]


def test_what_may_be_public_is_neither_edited_nor_refused_nor_forgotten() -> None:
    leading = {event for (state, event) in TRANSITIONS if state in OUT_OF_HAND}
    assert not leading & {Event.EDIT, Event.REJECT, Event.EXPIRE, Event.SOURCE_EDITED, Event.RECALL, Event.HOLD}


def test_what_is_public_stays_among_what_is_said_to_be_public() -> None:
    assert {to for (state, _), to in TRANSITIONS.items() if state in PUBLIC} <= PUBLIC


def test_only_a_yes_changes_or_takes_back_what_is_public() -> None:
    changing = {State.UPDATING, State.WITHDRAWING}
    assert {pair for pair, to in TRANSITIONS.items() if to in changing and pair[0] not in changing} == {
        (State.EDIT_PROPOSED, Event.APPROVE),
        (State.EDIT_PROPOSED, Event.OVERRIDE),
        (State.DELETE_PROPOSED, Event.APPROVE_WITHDRAWAL),
    }
