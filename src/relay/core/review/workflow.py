"""Every step of a cross-post, from waiting to its end: the moves of ``transitions`` with what each one needs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from relay.core.crosspost import Approval, Crosspost, Draft, Keys, Request, State
from relay.core.people import Editor, Role, may_approve
from relay.core.review.moving import PROPOSING, Refusal, as_published, check, is_approved, moved, rewritten, unapproved
from relay.core.review.transitions import NEEDS_REASON, TRANSITIONS, Event
from relay.core.review.warning import noted
from relay.core.route import ApprovalRule

_NOT_BARE = frozenset({Event.APPROVE, Event.APPROVE_STEP, Event.OVERRIDE, Event.EDIT, Event.CORRECT})
"""What is said of certain words, and has its own function for it."""

ASK_AGAIN = timedelta(minutes=10)


def approve(
    crosspost: Crosspost, editor: Editor, rule: ApprovalRule, revision: int, keys: Keys, now: datetime
) -> Crosspost:
    """One yes for exactly ``revision``; the last one of ``rule.steps`` opens the recall window."""
    given = len(crosspost.approvals)
    event = Event.APPROVE if given + 1 >= len(rule.steps) else Event.APPROVE_STEP
    _check_yes(crosspost, event, editor, rule, revision)
    step = _step(rule, given)
    if not may_approve(editor.role, step):
        raise Refusal(f"This step needs the role {step}; {editor.name} has the role {editor.role}.")
    if any(yes.by == editor.name for yes in crosspost.approvals):
        raise Refusal(f"{editor.name} has already approved: the next yes must be somebody else's.")
    approvals = (*crosspost.approvals, Approval(editor.name, now, revision))
    if event is Event.APPROVE_STEP:
        return replace(moved(crosspost, event, now), approvals=approvals)
    return _released(crosspost, event, approvals, rule, keys, now)


def counted(crosspost: Crosspost, roles: Mapping[str, Role], rule: ApprovalRule) -> Crosspost:
    """With those of its yeses alone that are enough for the steps of today, by what their givers' ``roles`` are now.

    The rule may have been another when they were given. A yes counts where nobody knows its giver any more.
    """
    kept: tuple[Approval, ...] = ()
    for yes in crosspost.approvals:
        if yes.by not in roles or may_approve(roles[yes.by], _step(rule, len(kept))):
            kept = (*kept, yes)
    return replace(crosspost, approvals=kept)


def _step(rule: ApprovalRule, given: int) -> str:
    return rule.steps[min(given, len(rule.steps) - 1)] if rule.steps else Role.EDITOR


def override(
    crosspost: Crosspost, editor: Editor, rule: ApprovalRule, said: tuple[int, str], keys: Keys, now: datetime
) -> Crosspost:
    """A director gives every yes that is missing at once, for exactly the revision that is ``said`` with a reason."""
    revision, reason = said
    _check_yes(crosspost, Event.OVERRIDE, editor, rule, revision)
    if not reason.strip():
        raise Refusal("To give the yeses of others, give a reason: they need to know.")
    missing = max(len(rule.steps) - len(crosspost.approvals), 1)
    yeses = (*crosspost.approvals, *(Approval(editor.name, now, revision),) * missing)
    return replace(_released(crosspost, Event.OVERRIDE, yeses, rule, keys, now), note=reason.strip())


def _check_yes(crosspost: Crosspost, event: Event, editor: Editor, rule: ApprovalRule, revision: int) -> None:
    """Whoever says yes has the role for it, has seen these words, and has not written them."""
    check(crosspost, event, editor)
    if revision != crosspost.revision:
        raise Refusal(f"The text has changed since (revision {crosspost.revision}): read it again, then approve.")
    if editor.name == crosspost.edited_by and not rule.self_approval:
        raise Refusal(f"{editor.name} wrote these words: somebody else must approve them.")
    is_to_leave = crosspost.state not in PROPOSING
    if is_to_leave and editor.name == crosspost.wanted_by and not rule.self_approval:
        raise Refusal(f"{editor.name} chose this time: somebody else must approve it.")


def _released(
    crosspost: Crosspost, event: Event, yeses: tuple[Approval, ...], rule: ApprovalRule, keys: Keys, now: datetime
) -> Crosspost:
    """With its last yes; what is public of it keeps its keys."""
    kept = crosspost.keys if crosspost.parts else keys
    return replace(moved(crosspost, event, now), approvals=yeses, keys=kept, not_before=now + rule.undo)


def edit(crosspost: Crosspost, editor: Editor, revision: int, draft: Draft, now: datetime) -> Crosspost:
    """New words by ``editor``, on top of ``revision``: every yes given so far is void.

    Words for what is public are a proposal, and need the same yeses.
    """
    event = Event.CORRECT if crosspost.state is State.SENT else Event.EDIT
    check(crosspost, event, editor)
    if revision != crosspost.revision:
        raise Refusal(f"Somebody changed the text meanwhile (revision {crosspost.revision}): read it again.")
    return replace(rewritten(crosspost, event, draft, now), edited_by=editor.name)


def move(crosspost: Crosspost, event: Event, editor: Editor, reason: str, now: datetime) -> Crosspost:
    """What people do beside approving and editing: ask changes, resubmit, reject, hold, resume, recall, …"""
    if event in {Event.RESUME, Event.RESUME_APPROVED}:
        event = Event.RESUME_APPROVED if is_approved(crosspost) else Event.RESUME
    if event in _NOT_BARE:
        raise Refusal(f"To {event}, say which words.")
    check(crosspost, event, editor)
    if event in NEEDS_REASON and not reason.strip():
        raise Refusal(f"To {event}, give a reason: whoever wrote it needs to know.")
    after = _set_right(moved(crosspost, event, now), now)
    return replace(after, note=noted(crosspost, after.state, reason.strip()))


def revise(crosspost: Crosspost, draft: Draft, now: datetime) -> Crosspost | None:
    """The source changed its entry: new words to judge, or ``None`` where it is too late or does not matter.

    What is public gets them as a proposal; one that says again what is public is over. A thread of which a part is
    public is finished as it was approved.
    """
    if (crosspost.state, Event.SOURCE_EDITED) not in TRANSITIONS or crosspost.lease_until is not None:
        return None
    if crosspost.parts and crosspost.state not in PROPOSING:
        return None
    if draft == crosspost.live:
        return as_published(replace(crosspost, state=State.SENT, changed_at=now, note=""))
    changed = rewritten(crosspost, Event.SOURCE_EDITED, draft, now)
    note = noted(crosspost, changed.state, "The source has changed this entry.")
    return replace(changed, edited_by=None, note=note)


def _set_right(crosspost: Crosspost, now: datetime) -> Crosspost:
    """What a new state asks of the rest."""
    match crosspost.state:
        case State.WAITING | State.EDIT_PROPOSED:
            return unapproved(crosspost)
        case State.SENT | State.DELETE_PROPOSED:
            return as_published(crosspost)
        case State.WITHDRAWING:
            return replace(crosspost, not_before=now)
        case _:
            return crosspost


def expire(crosspost: Crosspost, rule: ApprovalRule, now: datetime) -> Crosspost | None:
    """Waited too long since anybody touched it: never published, can be reopened; ``None`` while there is time."""
    since = crosspost.changed_at or crosspost.created_at
    too_old = rule.expires is not None and since is not None and now - since >= rule.expires
    if not too_old or crosspost.parts or (crosspost.state, Event.EXPIRE) not in TRANSITIONS:
        return None
    return moved(crosspost, Event.EXPIRE, now)


def schedule(crosspost: Crosspost, moment: datetime, now: datetime) -> Crosspost:
    """The recall window is over: it leaves at ``moment`` or later."""
    return replace(moved(crosspost, Event.WINDOW_OVER, now), not_before=moment)


def claim(crosspost: Crosspost, lease: timedelta, now: datetime) -> Crosspost:
    """One worker takes it, for as long as ``lease``, under a new attempt number."""
    is_in_words = crosspost.state is not State.WITHDRAWING
    if is_in_words and {yes.revision for yes in crosspost.approvals} != {crosspost.revision}:
        raise Refusal("This revision was never approved.")
    taken = moved(crosspost, Event.CLAIM, now)
    return replace(taken, attempt=crosspost.attempt + 1, lease_until=now + lease, unseen_at=None)


def defer(crosspost: Crosspost, moment: datetime, why: str) -> Crosspost:
    """The account's pace, or the schedule, says later."""
    return replace(crosspost, not_before=moment, note=why)


def shut(crosspost: Crosspost, now: datetime) -> Crosspost:
    """Its schedule has no moment at all: it stays, and the schedule is asked again, for it may be changed."""
    return defer(crosspost, now + ASK_AGAIN, "Its schedule allows no moment to leave.")


def hold_account(crosspost: Crosspost, why: str, now: datetime) -> Crosspost:
    """The account cannot be used at all: it waits for a person, not for the clock. What a worker has, it settles."""
    if crosspost.lease_until is not None:
        raise Refusal("It is leaving at this moment: look again in a minute.")
    return replace(_set_right(moved(crosspost, Event.AUTH_LOST, now), now), note=why)


def freeze(crosspost: Crosspost, request: Request) -> Crosspost:
    """The request as it will be sent, now and at any repeat."""
    return replace(crosspost, request=request)
