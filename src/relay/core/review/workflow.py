"""Every step of a cross-post, from waiting to its end: the moves of ``transitions`` with what each one needs."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from relay.core.crosspost import Approval, Crosspost, Draft, Keys, Request, State
from relay.core.outcome import AuthLost, CannotTell, Finding, NotThere, Outcome, Refused, Retry, Sent, Unsure
from relay.core.people import Editor, Role, may_approve
from relay.core.review.transitions import ALLOWED, NEEDS_REASON, TRANSITIONS, Event
from relay.core.route import ApprovalRule


class Refusal(Exception):
    """A change that the rules do not allow; its text is for the person who asked for it."""


_NOT_BARE = frozenset({Event.APPROVE, Event.APPROVE_STEP, Event.EDIT})
"""What is said of certain words, and has its own function for it."""

FIRST_CHECK = timedelta(seconds=60)
"""How long a network gets to finish a call that we gave up on, and to show the post, before we look for it."""
ASK_AGAIN = timedelta(minutes=10)


def approve(
    crosspost: Crosspost, editor: Editor, rule: ApprovalRule, revision: int, keys: Keys, now: datetime
) -> Crosspost:
    """One yes for exactly ``revision``; the last one of ``rule.steps`` opens the recall window."""
    given = len(crosspost.approvals)
    event = Event.APPROVE if given + 1 >= len(rule.steps) else Event.APPROVE_STEP
    _check(crosspost, event, editor)
    if revision != crosspost.revision:
        raise Refusal(f"The text has changed since (revision {crosspost.revision}): read it again, then approve.")
    step = rule.steps[min(given, len(rule.steps) - 1)] if rule.steps else Role.EDITOR
    if not may_approve(editor.role, step):
        raise Refusal(f"This step needs a {step}; {editor.name} is a {editor.role}.")
    if editor.name == crosspost.edited_by and not rule.self_approval:
        raise Refusal(f"{editor.name} wrote these words: somebody else must approve them.")
    if any(yes.by == editor.name for yes in crosspost.approvals):
        raise Refusal(f"{editor.name} has already approved: the next yes must be somebody else's.")
    approvals = (*crosspost.approvals, Approval(editor.name, now, revision))
    if event is Event.APPROVE_STEP:
        return replace(_moved(crosspost, event, now), approvals=approvals)
    return replace(_moved(crosspost, event, now), approvals=approvals, keys=keys, not_before=now + rule.undo)


def edit(crosspost: Crosspost, editor: Editor, revision: int, draft: Draft, now: datetime) -> Crosspost:
    """New words by ``editor``, on top of ``revision``: every yes given so far is void."""
    _check(crosspost, Event.EDIT, editor)
    if revision != crosspost.revision:
        raise Refusal(f"Somebody changed the text meanwhile (revision {crosspost.revision}): read it again.")
    return replace(_rewritten(crosspost, Event.EDIT, draft, now), edited_by=editor.name)


def move(crosspost: Crosspost, event: Event, editor: Editor, reason: str, now: datetime) -> Crosspost:
    """What people do beside approving and editing: ask changes, resubmit, reject, hold, resume, recall, …"""
    if event in {Event.RESUME, Event.RESUME_APPROVED}:
        event = Event.RESUME_APPROVED if crosspost.keys else Event.RESUME
    if event in _NOT_BARE:
        raise Refusal(f"To {event}, say which words.")
    _check(crosspost, event, editor)
    if event in NEEDS_REASON and not reason.strip():
        raise Refusal(f"To {event}, give a reason: whoever wrote it needs to know.")
    return replace(_unapproved(_moved(crosspost, event, now)), note=reason.strip())


def revise(crosspost: Crosspost, draft: Draft, now: datetime) -> Crosspost | None:
    """The source changed its entry: new words to judge, or ``None`` where it is too late or does not matter."""
    if (crosspost.state, Event.SOURCE_EDITED) not in TRANSITIONS:
        return None
    changed = _rewritten(crosspost, Event.SOURCE_EDITED, draft, now)
    return replace(changed, edited_by=None, note="The source has changed this entry.")


def expire(crosspost: Crosspost, rule: ApprovalRule, now: datetime) -> Crosspost | None:
    """Waited too long since anybody touched it: never published, can be reopened; ``None`` while there is time."""
    since = crosspost.changed_at or crosspost.created_at
    too_old = rule.expires is not None and since is not None and now - since >= rule.expires
    if not too_old or (crosspost.state, Event.EXPIRE) not in TRANSITIONS:
        return None
    return _moved(crosspost, Event.EXPIRE, now)


def schedule(crosspost: Crosspost, moment: datetime, now: datetime) -> Crosspost:
    """The recall window is over: it leaves at ``moment`` or later."""
    return replace(_moved(crosspost, Event.WINDOW_OVER, now), not_before=moment)


def claim(crosspost: Crosspost, lease: timedelta, now: datetime) -> Crosspost:
    """One worker takes it, for as long as ``lease``, under a new attempt number."""
    if {yes.revision for yes in crosspost.approvals} != {crosspost.revision}:
        raise Refusal("This revision was never approved.")
    return replace(_moved(crosspost, Event.CLAIM, now), attempt=crosspost.attempt + 1, lease_until=now + lease)


def defer(crosspost: Crosspost, moment: datetime, why: str) -> Crosspost:
    """The account's pace, or the schedule, says later."""
    return replace(crosspost, not_before=moment, note=why)


def shut(crosspost: Crosspost, now: datetime) -> Crosspost:
    """Its schedule has no moment at all: it stays, and the schedule is asked again, for it may be changed."""
    return defer(crosspost, now + ASK_AGAIN, "Its schedule allows no moment to leave.")


def hold_account(crosspost: Crosspost, why: str, now: datetime) -> Crosspost:
    """The account cannot be used at all: it waits for a person, not for the clock."""
    return replace(_moved(crosspost, Event.AUTH_LOST, now), note=why)


def freeze(crosspost: Crosspost, request: Request) -> Crosspost:
    """The request as it will be sent, now and at any repeat."""
    return replace(crosspost, request=request)


def settle(crosspost: Crosspost, outcome: Outcome, now: datetime) -> Crosspost:
    """What the network said of an attempt → where the cross-post stands now."""
    match outcome:
        case Sent(id, url):
            return replace(_freed(crosspost, Event.ACCEPTED, "", now), remote_id=id, remote_url=url)
        case Retry(why, wait):
            return replace(_freed(crosspost, Event.NOT_NOW, why, now), not_before=now + max(wait, _patience(crosspost)))
        case Refused(why):
            return _freed(crosspost, Event.REFUSED, why, now)
        case AuthLost(why):
            return _freed(crosspost, Event.AUTH_LOST, why, now)
        case Unsure(why):
            return replace(_freed(crosspost, Event.ANSWER_LOST, why, now), not_before=now + FIRST_CHECK)
        case _:
            assert_never(outcome)


def verify(crosspost: Crosspost, finding: Finding, now: datetime) -> Crosspost:
    """What reading back the account said of a cross-post whose outcome is unknown."""
    match finding:
        case Sent(id, url):
            return replace(_freed(crosspost, Event.FOUND, "", now), remote_id=id, remote_url=url)
        case NotThere():
            return replace(_freed(crosspost, Event.ABSENT, "Proved absent: it is sent again.", now), not_before=now)
        case CannotTell(why):
            _target(crosspost, Event.FOUND)
            return replace(crosspost, note=why, not_before=now + timedelta(minutes=5))
        case _:
            assert_never(finding)


def _check(crosspost: Crosspost, event: Event, editor: Editor) -> None:
    if editor.disabled or editor.role not in ALLOWED.get(event, frozenset()):
        raise Refusal(f"{editor.name} ({editor.role}) may not {event}.")
    _target(crosspost, event)


def _target(crosspost: Crosspost, event: Event) -> State:
    if (crosspost.state, event) not in TRANSITIONS:
        raise Refusal(f"A cross-post that is {crosspost.state} cannot be moved by “{event}”.")
    return TRANSITIONS[crosspost.state, event]


def _moved(crosspost: Crosspost, event: Event, now: datetime) -> Crosspost:
    return replace(crosspost, state=_target(crosspost, event), changed_at=now, note="")


def _unapproved(crosspost: Crosspost) -> Crosspost:
    """Back before the yes: its keys go too, so that no later text can travel under them."""
    if crosspost.state is not State.WAITING:
        return crosspost
    return replace(crosspost, approvals=(), keys=None, request=None, not_before=None)


def _rewritten(crosspost: Crosspost, event: Event, draft: Draft, now: datetime) -> Crosspost:
    moved = _moved(crosspost, event, now)
    words = replace(moved, draft=draft, revision=crosspost.revision + 1)
    return replace(words, approvals=(), keys=None, request=None, not_before=None)


def _patience(crosspost: Crosspost) -> timedelta:
    """A minute after the first attempt, then twice as long each time, up to an hour."""
    return min(timedelta(minutes=1 << min(max(crosspost.attempt - 1, 0), 6)), timedelta(hours=1))


def _freed(crosspost: Crosspost, event: Event, note: str, now: datetime) -> Crosspost:
    return replace(_moved(crosspost, event, now), lease_until=None, note=note)
