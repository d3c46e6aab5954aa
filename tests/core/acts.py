"""How each event of a cross-post's life is brought about."""

from collections.abc import Callable
from dataclasses import replace

from relay.core.crosspost import Approval, Crosspost, Part, Request, State
from relay.core.outcome import Finding, Gone, NotThere, Outcome, Refused, Retry, Sent, Unsure
from relay.core.review import corrections, settling, withdrawal, workflow
from relay.core.review.transitions import Event
from relay.core.route import ApprovalRule
from tests.core.things import (
    BENOIT,
    CROSSPOST,
    DIDIER,
    HOUR,
    KEYS,
    MINUTE,
    NOW,
    OTHER_WORDS,
    RULE,
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


def settled_by(outcome: Outcome, posts: int = 1) -> Callable[[Crosspost], Crosspost]:
    def settled(crosspost: Crosspost) -> Crosspost:
        if crosspost.state is State.UPDATING and not isinstance(outcome, Sent):
            return corrections.settle_update(crosspost, outcome, LATER)
        if crosspost.state is State.WITHDRAWING and not isinstance(outcome, Sent):
            return corrections.settle_withdrawal(crosspost, outcome, LATER)
        return settling.settle(crosspost, outcome, LATER, posts)

    return settled


def one_part(crosspost: Crosspost) -> Crosspost:
    return replace(crosspost, parts=(Part(REQUEST, Sent("9")),))


def a_part_arrives(crosspost: Crosspost) -> Crosspost:
    if crosspost.state is State.UNCONFIRMED:
        return settling.verify(crosspost, Sent("9"), LATER, 2)
    return settling.settle(crosspost, Sent("9"), LATER, 2)


def verifying(finding: Finding) -> Callable[[Crosspost], Crosspost]:
    """A look, as the second one where two are needed."""
    return lambda crosspost: settling.verify(replace(crosspost, unseen_at=NOW), finding, LATER)


def unapproved(crosspost: Crosspost) -> Crosspost:
    return replace(crosspost, approvals=(), keys=None, request=None)


ACTS: dict[Event, Act] = {
    Event.APPROVE_STEP: lambda one: workflow.approve(unapproved(one), BENOIT, TWO_STEPS, 1, KEYS, LATER),
    Event.APPROVE: lambda one: workflow.approve(unapproved(one), BENOIT, RULE, 1, KEYS, LATER),
    Event.OVERRIDE: lambda one: workflow.override(unapproved(one), DIDIER, TWO_STEPS, (1, "because"), KEYS, LATER),
    Event.RESUME: lambda one: workflow.move(unapproved(one), Event.RESUME, DIDIER, "", LATER),
    Event.WINDOW_OVER: lambda one: workflow.schedule(one, LATER, LATER),
    Event.EXPIRE: lambda one: workflow.expire(one, replace(RULE, expires=HOUR), LATER),
    Event.SOURCE_EDITED: lambda one: workflow.revise(one, OTHER_WORDS, LATER),
    Event.SOURCE_WITHDRAWN: lambda one: withdrawal.withdraw(one, LATER),
    Event.SOURCE_RESTORED: lambda one: withdrawal.restore(one, LATER),
    Event.CLAIM: lambda one: workflow.claim(one, MINUTE, LATER),
    Event.ACCEPTED: settled_by(Sent("9")),
    Event.ANSWER_LOST: settled_by(Unsure("timeout")),
    Event.NOT_NOW: settled_by(Retry("429")),
    Event.REFUSED: settled_by(Refused("422")),
    Event.PART_ACCEPTED: a_part_arrives,
    Event.UPDATED: lambda one: corrections.settle_update(one, Sent("9"), LATER),
    Event.GONE: lambda one: corrections.settle_withdrawal(one, Gone(), LATER),
    Event.CORRECT: lambda one: workflow.edit(one, BENOIT, 1, OTHER_WORDS, LATER) if one.state is State.SENT else None,
    Event.EDIT: lambda one: workflow.edit(one, BENOIT, 1, OTHER_WORDS, LATER) if one.state is not State.SENT else None,
    Event.GIVE_UP: lambda one: moving(Event.GIVE_UP)(one_part(one)),
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
        Event.DISMISS,
        Event.WITHDRAW,
        Event.APPROVE_WITHDRAWAL,
        Event.KEEP,
        Event.REMOVED_BY_HAND,
        Event.MERGE,
    )
}
"""How each event is brought about; losing the secret has two ways, below."""
