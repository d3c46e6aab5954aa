"""Who may do what to a cross-post: the table of the rules, walked by role, state, scope and authorship."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest

from relay.core.crosspost import Crosspost, State
from relay.core.people import Editor, Role
from relay.core.review import oversight, workflow
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
WALK = list(product(Role, PEOPLE_PAIRS))
OWN_ACCOUNT = standing(State.WAITING).account


BARE: dict[Event, Callable[[Crosspost, Editor], Crosspost]] = {
    Event.APPROVE: lambda one, editor: workflow.approve(one, editor, RULE, 1, KEYS, LATER),
    Event.APPROVE_STEP: lambda one, editor: workflow.approve(one, editor, TWO_STEPS, 1, KEYS, LATER),
    Event.OVERRIDE: lambda one, editor: workflow.override(one, editor, TWO_STEPS, (1, "because"), KEYS, LATER),
    Event.RESUME: lambda one, editor: workflow.move(one, Event.RESUME, editor, "because", LATER),
}
"""What is asked of a cross-post that has no yes."""


def asked(event: Event, crosspost: Crosspost, editor: Editor) -> Crosspost:
    if event in BARE:
        return BARE[event](unapproved(crosspost), editor)
    if event in {Event.EDIT, Event.CORRECT}:
        return workflow.edit(crosspost, editor, 1, OTHER_WORDS, LATER)
    known = one_part(crosspost) if event is Event.GIVE_UP else crosspost
    return workflow.move(known, event, editor, "because", LATER)


WRITING = {Event.EDIT, Event.CORRECT, Event.RESUBMIT}
JUDGING = set(ALLOWED) - {Event.OVERRIDE}
ALLOWED_BY_ROLE = {
    Role.VIEWER: set[Event](),
    Role.WRITER: WRITING,
    Role.EDITOR: JUDGING,
    Role.DIRECTOR: set(ALLOWED),
    Role.ADMIN: set[Event](),
    Role.TOKEN: WRITING,
}
"""But for what the state, or who wrote the words, says beside it."""


def may(role: Role, state: State, event: Event, *, is_own: bool) -> bool:
    if (state, event) == (State.REJECTED, Event.REOPEN):
        return role is Role.DIRECTOR
    if role is Role.WRITER and event is Event.RECALL:
        return is_own and state is not State.WITHDRAWING
    says_yes = event in {Event.APPROVE, Event.APPROVE_STEP, Event.OVERRIDE}
    return event in ALLOWED_BY_ROLE[role] and not (is_own and says_yes)


@pytest.mark.parametrize("is_own", [False, True])
@pytest.mark.parametrize(("role", "pair"), WALK)
def test_a_role_may_what_it_is_there_for_and_nothing_else(
    role: Role, pair: tuple[State, Event], *, is_own: bool
) -> None:
    state, event = pair
    claire = Editor("claire", role)
    one = standing(state, edited_by="claire" if is_own else "anne")
    if may(role, state, event, is_own=is_own):
        assert asked(event, one, claire).state is TRANSITIONS[pair]
    else:
        with pytest.raises(Refusal, match=r"may not|wrote these words"):
            asked(event, one, claire)


@pytest.mark.parametrize(("role", "pair"), WALK)
def test_a_role_counts_for_its_accounts_only(role: Role, pair: tuple[State, Event]) -> None:
    state, event = pair
    here, elsewhere = (Editor("claire", role, accounts=(account,)) for account in (OWN_ACCOUNT, "elsewhere"))
    with pytest.raises(Refusal):
        asked(event, standing(state, edited_by="anne"), elsewhere)
    if may(role, state, event, is_own=False):
        assert asked(event, standing(state, edited_by="anne"), here).state is TRANSITIONS[pair]


@pytest.mark.parametrize(("state", "event"), PEOPLE_PAIRS)
def test_somebody_who_has_left_may_nothing(state: State, event: Event) -> None:
    with pytest.raises(Refusal, match="may not"):
        asked(event, standing(state), replace(DIDIER, disabled=True))


@pytest.mark.parametrize("role", Role)
def test_who_stops_everything_lets_it_go_on_and_takes_the_audit_away(role: Role) -> None:
    someone = Editor("claire", role)
    assert {
        "stop": _lets(lambda: oversight.check_stop(someone, "because")),
        "resume": _lets(lambda: oversight.check_resume(someone)),
        "export": _lets(lambda: oversight.check_export(someone)),
    } == {
        "stop": role in {Role.EDITOR, Role.DIRECTOR, Role.ADMIN, Role.TOKEN},
        "resume": role in {Role.EDITOR, Role.DIRECTOR, Role.ADMIN},
        "export": role in {Role.DIRECTOR, Role.ADMIN},
    }


def _lets(check: Callable[[], None]) -> bool:
    try:
        check()
    except Refusal:
        return False
    return True


def test_what_holds_all_accounts_is_lifted_by_somebody_who_works_for_all() -> None:
    some = replace(DIDIER, accounts=("toots",))
    oversight.check_stop(some, "because")
    with pytest.raises(Refusal, match="holds every account"):
        oversight.check_resume(some)


def test_a_stop_has_a_reason() -> None:
    with pytest.raises(Refusal, match="give a reason"):
        oversight.check_stop(DIDIER, " \n")
