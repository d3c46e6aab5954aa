"""What may be public says so until its last yes, whatever is said, written or changed before: a long walk found it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from relay.core.crosspost import Crosspost, State
from relay.core.people import Editor, Role
from relay.core.review import restoring, withdrawal, workflow
from relay.core.review.moving import Refusal
from relay.core.review.transitions import Event
from relay.core.review.warning import HELD, MAY_BE_PUBLIC
from relay.core.route import ApprovalRule
from tests.core.things import HOUR, KEYS, NOW, WORDS

CAMILLE, DIDIER = Editor("camille", Role.EDITOR), Editor("didier", Role.DIRECTOR)
TWO = ApprovalRule(steps=("editor", "director"))
WARNED = Crosspost(1, 1, "masto", 0, State.WAITING, 1, WORDS, note=MAY_BE_PUBLIC, changed_at=NOW - HOUR)


def moved(one: Crosspost, *events: Event) -> Crosspost:
    for event in events:
        one = workflow.move(one, event, DIDIER, "because", NOW)
    return one


Then = Callable[[Crosspost], Crosspost | None]
WAYS: dict[str, Then] = {
    "a colleague's words": lambda one: workflow.edit(one, CAMILLE, 1, replace(WORDS, text="Autre"), NOW),
    "the source's words": lambda one: workflow.revise(one, replace(WORDS, text="Autre"), NOW),
    "a first yes": lambda one: workflow.approve(one, CAMILLE, TWO, 1, KEYS, NOW),
    "held and resumed": lambda one: moved(one, Event.HOLD, Event.RESUME),
    "sent back": lambda one: moved(one, Event.ASK_CHANGES, Event.RESUBMIT),
    "refused and reopened": lambda one: moved(one, Event.REJECT, Event.REOPEN),
    "expired": lambda one: workflow.expire(one, ApprovalRule(expires=HOUR), NOW),
    "taken back by its source": lambda one: withdrawal.withdraw(one, NOW),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_warning_stays_until_it_is_approved(way: str) -> None:
    after = WAYS[way](WARNED)
    assert after is not None
    assert after.note == MAY_BE_PUBLIC


def test_what_its_source_took_back_and_shows_again_still_may_be_public() -> None:
    held = withdrawal.withdraw(WARNED, NOW)
    assert held is not None
    shown = withdrawal.restore(held, NOW)
    assert shown is not None
    assert (shown.state, shown.note) == (State.WAITING, MAY_BE_PUBLIC)


def test_what_was_held_for_it_warns_once_it_is_resumed() -> None:
    assert moved(replace(WARNED, state=State.HELD, note=HELD), Event.RESUME).note == MAY_BE_PUBLIC


def test_whoever_approves_it_has_looked() -> None:
    assert workflow.approve(WARNED, CAMILLE, ApprovalRule(), 1, KEYS, NOW).note == ""


def test_a_copy_warns_of_what_waits() -> None:
    (after,) = restoring.restored(replace(WARNED, note=""), None, NOW - HOUR, NOW)
    assert after.note == MAY_BE_PUBLIC


def test_a_page_from_before_the_warning_approves_nothing() -> None:
    """It was opened after the copy was put back, and before anybody had looked what the copy does not know of."""
    (waiting,) = restoring.restored(replace(WARNED, note=""), None, NOW - HOUR, NOW)
    approved = workflow.approve(replace(WARNED, note=""), CAMILLE, ApprovalRule(), 1, KEYS, NOW)
    (recalled,) = restoring.restored(approved, None, NOW - HOUR, NOW)
    for one in (waiting, recalled):
        with pytest.raises(Refusal, match="changed since"):
            workflow.approve(one, CAMILLE, ApprovalRule(), 1, KEYS, NOW)
