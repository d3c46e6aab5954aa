"""Who may do what to a cross-post."""

from dataclasses import replace
from itertools import product

import pytest

from relay.core.crosspost import Crosspost, State
from relay.core.people import Editor, Role
from relay.core.review import workflow
from relay.core.review.moving import Refusal
from relay.core.review.transitions import ALLOWED, TRANSITIONS, Event
from tests.core.acts import LATER, TWO_STEPS, one_part, standing, unapproved
from tests.core.things import (
    DIDIER,
    KEYS,
    OTHER_WORDS,
    RULE,
)

PEOPLE_PAIRS = [(state, event) for state, event in TRANSITIONS if event in ALLOWED]


def asked(event: Event, state: State, editor: Editor) -> Crosspost:
    one = standing(state)
    match event:
        case Event.APPROVE:
            return workflow.approve(unapproved(one), editor, RULE, 1, KEYS, LATER)
        case Event.APPROVE_STEP:
            return workflow.approve(unapproved(one), editor, TWO_STEPS, 1, KEYS, LATER)
        case Event.GIVE_UP:
            return workflow.move(one_part(one), event, editor, "because", LATER)
        case Event.EDIT | Event.CORRECT:
            return workflow.edit(one, editor, 1, OTHER_WORDS, LATER)
        case Event.RESUME:
            return workflow.move(unapproved(one), event, editor, "because", LATER)
        case _:
            return workflow.move(one, event, editor, "because", LATER)


ALLOWED_BY_ROLE = {
    Role.VIEWER: set[Event](),
    Role.WRITER: {Event.EDIT, Event.CORRECT, Event.RESUBMIT},
    Role.EDITOR: set(ALLOWED),
    Role.DIRECTOR: set(ALLOWED),
    Role.ADMIN: set[Event](),
    Role.TOKEN: {Event.EDIT, Event.CORRECT, Event.RESUBMIT},
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
