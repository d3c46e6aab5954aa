"""The walk is complete, its promises hold, and each of them is found broken where a bug is planted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from types import ModuleType

import pytest

from relay.core.crosspost import Crosspost, State
from relay.core.review import moving, workflow
from relay.core.review.transitions import TRANSITIONS, Event
from tests.walk.walking import Walk, broken, figures, walk

Plant = Callable[[pytest.MonkeyPatch], None]


@pytest.fixture(scope="module")
def found() -> Walk:
    return walk()


def test_every_promise_holds_wherever_the_code_can_lead(found: Walk) -> None:
    assert broken(found) == {}


def test_every_state_and_every_move_of_the_table_is_walked(found: Walk) -> None:
    assert {(old, new) for (old, _), new in TRANSITIONS.items()} - found.moves == set()
    assert figures(found)["states"] == len(State)


def leads(old: State, event: Event, new: State) -> Plant:
    """One line more, or another, in the table."""
    return lambda patch: patch.setitem(TRANSITIONS, (old, event), new)


def stuck(state: State) -> Plant:
    """Nothing leads out of it."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        for pair in [pair for pair in TRANSITIONS if pair[0] is state]:
            patch.delitem(TRANSITIONS, pair)

    return plant


def forgets(module: ModuleType, name: str, instead: object) -> Plant:
    """A rule that is not asked."""
    return lambda patch: patch.setattr(module, name, instead)


def claims_whatever_there_is(patch: pytest.MonkeyPatch) -> None:
    """New words keep the yes of the old, and the claim does not look."""

    def claim(one: Crosspost, lease: timedelta, now: datetime) -> Crosspost:
        return replace(moving.moved(one, Event.CLAIM, now), lease_until=now + lease)

    patch.setattr(moving, "unapproved", lambda one: one)
    patch.setattr(workflow, "claim", claim)
    patch.setitem(TRANSITIONS, (State.SCHEDULED, Event.EDIT), State.SCHEDULED)


PLANTED: dict[str, tuple[str, Plant]] = {
    "an editor gives the director's yes": ("I1", forgets(workflow, "may_approve", lambda _role, _step: True)),
    "whoever wrote the words approves them": ("I1", forgets(workflow, "_check_yes", lambda *_: None)),
    "new words leave under an old yes": ("I1", claims_whatever_there_is),
    "a lost answer is sent again": ("I2", leads(State.SENDING, Event.ANSWER_LOST, State.SCHEDULED)),
    "post again uses the same record": ("I2", leads(State.UNCONFIRMED, Event.RESUBMIT, State.WAITING)),
    "what is unknown has no way out": ("I3", stuck(State.UNCONFIRMED)),
    "what has failed has no way out": ("I3", stuck(State.FAILED)),
    "a thread of which a part is public is refused": ("I4", forgets(moving, "_HIDES", frozenset())),
    "what is unknown expires": ("I4", leads(State.UNCONFIRMED, Event.EXPIRE, State.EXPIRED)),
}


LONG = {
    "whoever wrote the words approves them",
    "new words leave under an old yes",
    "post again uses the same record",
    "what is unknown expires",
}
"""Of which walks tell that are ten times as long; every promise is broken by another too."""


@pytest.mark.parametrize(
    "bug", [pytest.param(bug, marks=pytest.mark.thorough) if bug in LONG else bug for bug in PLANTED]
)
def test_a_planted_bug_breaks_its_promise(bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    promise, plant = PLANTED[bug]
    plant(monkeypatch)
    assert promise in broken(walk())
