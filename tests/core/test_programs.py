"""Tokens, what they never open, and in which words programs are told what happens."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relay.core.crosspost import Keys, State
from relay.core.people import Editor, Role
from relay.core.programs.happening import Happening, happening
from relay.core.programs.hook import DAILY, PATIENCE, WAITS, Position, failed
from relay.core.programs.token import Program, Scope, digest, is_written_right, minted, scopes
from relay.core.review import workflow
from relay.core.review.moving import Refusal, check
from relay.core.review.transitions import TRANSITIONS, Event
from relay.core.route import ApprovalRule
from tests.core.things import CROSSPOST, NOW

TOKEN = Editor("token ci", Role.TOKEN)
PROGRAMS = {Event.EDIT, Event.CORRECT, Event.RESUBMIT}
"""All that a token may ever do to a cross-post."""


@pytest.mark.parametrize(("state", "event"), sorted(TRANSITIONS), ids=str)
def test_a_token_moves_nothing_but_by_words_whatever_its_state(state: State, event: Event) -> None:
    crosspost = replace(CROSSPOST, state=state)
    if event in PROGRAMS:
        check(crosspost, event, TOKEN)
        return
    with pytest.raises(Refusal):
        check(crosspost, event, TOKEN)
    with pytest.raises(Refusal):
        workflow.move(crosspost, event, TOKEN, "Because", NOW)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("steps", [("editor",), ("editor", "director"), ()])
def test_a_token_approves_nothing(state: State, steps: tuple[str, ...]) -> None:
    crosspost = replace(CROSSPOST, state=state)
    rule = ApprovalRule(steps=steps, self_approval=True)
    with pytest.raises(Refusal):
        workflow.approve(crosspost, TOKEN, rule, crosspost.revision, Keys(NOW, 1), NOW)


def test_a_token_is_known_by_its_look_and_a_letter_wrong_is_noticed() -> None:
    token = minted(bytes(range(32)))
    assert token.startswith("relay_")
    assert is_written_right(token)
    wrong = [
        token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :] for place in range(6, len(token))
    ]
    assert [one for one in wrong if is_written_right(one)] == []
    assert not is_written_right(token + "\n")
    assert len(digest(token)) == 64


@pytest.mark.parametrize(
    ("until", "ended", "standing"),
    [(None, None, "good"), (1, None, "good"), (0, None, "expired"), (1, 0, "ended"), (None, 0, "ended")],
)
def test_a_token_has_its_time(until: int | None, ended: int | None, standing: str) -> None:
    moments = (NOW + timedelta(days=days) if days is not None else None for days in (until, ended))
    program = Program(1, "ci", frozenset({Scope.READ}), (), "dora", NOW, *moments)
    assert (program.standing(NOW), program.is_good(NOW)) == (standing, standing == "good")


def test_scopes_are_read_by_their_names() -> None:
    assert scopes(["read", " edit", ""]) == frozenset({Scope.READ, Scope.EDIT})
    assert scopes(["read", "approve"]) == "approve"


@pytest.mark.parametrize(
    ("before", "after", "what", "told"),
    [
        (None, State.WAITING, "new entry", Happening.QUEUED),
        (None, State.SKIPPED, "recorded, not announced", None),
        (State.SKIPPED, State.WAITING, "reopen", Happening.QUEUED),
        (State.WAITING, State.WAITING, "approved", None),
        (State.WAITING, State.APPROVED, "approved", Happening.APPROVED),
        (State.WAITING, State.WAITING, "edited", Happening.EDITED),
        (State.APPROVED, State.WAITING, "source edited", Happening.EDITED),
        (State.APPROVED, State.WAITING, "recall", None),
        (State.WAITING, State.REJECTED, "reject: no", Happening.REFUSED),
        (State.WAITING, State.HELD, "hold", Happening.HELD),
        (State.HELD, State.HELD, "picture", None),
        (State.SENDING, State.SENT, "sent", Happening.SENT),
        (State.UNCONFIRMED, State.SENT, "confirm", Happening.SENT),
        (State.SENDING, State.FAILED, "It is too long.", Happening.FAILED),
        (State.SENDING, State.UNCONFIRMED, "The answer was lost.", Happening.UNCONFIRMED),
        (State.EDIT_PROPOSED, State.UPDATING, "approved", Happening.APPROVED),
        (State.UPDATING, State.SENT, "sent", Happening.SENT),
        (State.UPDATING, State.SENT, "The network cannot edit.", Happening.FAILED),
        (State.EDIT_PROPOSED, State.SENT, "dismiss", None),
        (State.DELETE_PROPOSED, State.SENT, "keep", None),
        (State.WITHDRAWING, State.WITHDRAWN, "withdrawn", Happening.WITHDRAWN),
        (State.WAITING, State.EXPIRED, "nobody approved it in time", Happening.EXPIRED),
    ],
)
def test_what_happens_has_its_word(before: State | None, after: State, what: str, told: Happening | None) -> None:
    assert happening(before, after, what) is told


def test_waits_grow_and_are_a_day_in_the_end() -> None:
    position, now, waits = Position("ci", "https://ci.example", 0), NOW, list[timedelta]()
    while len(waits) < 25:
        position = failed(position, "no", timedelta(0), now)
        assert position.not_before
        waits.append(position.not_before - now)
        now = position.not_before
    assert tuple(waits[: len(WAITS)]) == WAITS
    assert waits == sorted(waits)
    assert waits[-1] == DAILY
    assert now - NOW > PATIENCE
