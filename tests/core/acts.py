"""How each event of a cross-post's life is brought about."""

from collections.abc import Callable
from dataclasses import replace

from relay.core.crosspost import Approval, Crosspost, Request, State
from relay.core.outcome import Finding, NotThere, Outcome, Refused, Retry, Sent, Unsure
from relay.core.review import withdrawal, workflow
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
    Event.SOURCE_WITHDRAWN: lambda one: withdrawal.withdraw(one, LATER),
    Event.SOURCE_RESTORED: lambda one: withdrawal.restore(one, LATER),
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
