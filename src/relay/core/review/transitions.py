"""Every change of state there is, and who may ask for it. What is not in ``TRANSITIONS`` cannot happen."""

from enum import StrEnum

from relay.core.crosspost import State
from relay.core.people import Role


class Event(StrEnum):
    """What can happen to a cross-post: first what people do, then what relay and the networks do."""

    APPROVE_STEP = "approve step"
    APPROVE = "approve"
    OVERRIDE = "override"
    EDIT = "edit"
    ASK_CHANGES = "ask changes"
    RESUBMIT = "resubmit"
    REJECT = "reject"
    HOLD = "hold"
    RESUME = "resume"
    RESUME_APPROVED = "resume approved"
    RECALL = "recall"
    REOPEN = "reopen"
    MERGE = "merge duplicate"
    CONFIRM = "confirm"
    GIVE_UP = "give up"
    CORRECT = "correct"
    DISMISS = "dismiss"
    WITHDRAW = "withdraw"
    APPROVE_WITHDRAWAL = "approve withdrawal"
    KEEP = "keep"
    REMOVED_BY_HAND = "removed by hand"
    WINDOW_OVER = "window over"
    EXPIRE = "expire"
    SOURCE_EDITED = "source edited"
    SOURCE_WITHDRAWN = "source withdrawn"
    SOURCE_RESTORED = "source restored"
    CLAIM = "claim"
    ACCEPTED = "accepted"
    PART_ACCEPTED = "part accepted"
    ANSWER_LOST = "answer lost"
    NOT_NOW = "not now"
    REFUSED = "refused"
    AUTH_LOST = "auth lost"
    FOUND = "found"
    ABSENT = "absent"
    UPDATED = "updated"
    GONE = "gone"


S, E = State, Event

TRANSITIONS: dict[tuple[State, Event], State] = {
    (S.WAITING, E.APPROVE_STEP): S.WAITING,
    (S.WAITING, E.APPROVE): S.APPROVED,
    (S.WAITING, E.OVERRIDE): S.APPROVED,
    (S.WAITING, E.EDIT): S.WAITING,
    (S.WAITING, E.ASK_CHANGES): S.CHANGES,
    (S.WAITING, E.REJECT): S.REJECTED,
    (S.WAITING, E.HOLD): S.HELD,
    (S.WAITING, E.MERGE): S.SKIPPED,
    (S.WAITING, E.GIVE_UP): S.ABANDONED,
    (S.WAITING, E.EXPIRE): S.EXPIRED,
    (S.WAITING, E.SOURCE_EDITED): S.WAITING,
    (S.WAITING, E.SOURCE_WITHDRAWN): S.HELD,
    (S.CHANGES, E.EDIT): S.WAITING,
    (S.CHANGES, E.RESUBMIT): S.WAITING,
    (S.CHANGES, E.REJECT): S.REJECTED,
    (S.CHANGES, E.GIVE_UP): S.ABANDONED,
    (S.CHANGES, E.EXPIRE): S.EXPIRED,
    (S.CHANGES, E.SOURCE_EDITED): S.WAITING,
    (S.CHANGES, E.SOURCE_WITHDRAWN): S.HELD,
    (S.APPROVED, E.RECALL): S.WAITING,
    (S.APPROVED, E.EDIT): S.WAITING,
    (S.APPROVED, E.HOLD): S.HELD,
    (S.APPROVED, E.WINDOW_OVER): S.SCHEDULED,
    (S.APPROVED, E.SOURCE_EDITED): S.WAITING,
    (S.APPROVED, E.SOURCE_WITHDRAWN): S.HELD,
    (S.SCHEDULED, E.RECALL): S.WAITING,
    (S.SCHEDULED, E.EDIT): S.WAITING,
    (S.SCHEDULED, E.HOLD): S.HELD,
    (S.SCHEDULED, E.CLAIM): S.SENDING,
    (S.SCHEDULED, E.AUTH_LOST): S.HELD,
    (S.SCHEDULED, E.SOURCE_EDITED): S.WAITING,
    (S.SCHEDULED, E.SOURCE_WITHDRAWN): S.HELD,
    (S.HELD, E.RESUME): S.WAITING,
    (S.HELD, E.RESUME_APPROVED): S.SCHEDULED,
    (S.HELD, E.EDIT): S.HELD,
    (S.HELD, E.REJECT): S.REJECTED,
    (S.HELD, E.MERGE): S.SKIPPED,
    (S.HELD, E.GIVE_UP): S.ABANDONED,
    (S.HELD, E.EXPIRE): S.EXPIRED,
    (S.HELD, E.SOURCE_EDITED): S.HELD,
    (S.HELD, E.SOURCE_WITHDRAWN): S.HELD,
    (S.HELD, E.SOURCE_RESTORED): S.WAITING,
    (S.SENDING, E.ACCEPTED): S.SENT,
    (S.SENDING, E.PART_ACCEPTED): S.SCHEDULED,
    (S.SENDING, E.ANSWER_LOST): S.UNCONFIRMED,
    (S.SENDING, E.NOT_NOW): S.SCHEDULED,
    (S.SENDING, E.REFUSED): S.FAILED,
    (S.SENDING, E.AUTH_LOST): S.HELD,
    (S.UNCONFIRMED, E.FOUND): S.SENT,
    (S.UNCONFIRMED, E.PART_ACCEPTED): S.SCHEDULED,
    (S.UNCONFIRMED, E.CONFIRM): S.SENT,
    (S.UNCONFIRMED, E.ABSENT): S.SCHEDULED,
    (S.UNCONFIRMED, E.GIVE_UP): S.ABANDONED,
    (S.FAILED, E.EDIT): S.WAITING,
    (S.FAILED, E.RESUBMIT): S.WAITING,
    (S.FAILED, E.REJECT): S.REJECTED,
    (S.FAILED, E.GIVE_UP): S.ABANDONED,
    (S.REJECTED, E.REOPEN): S.WAITING,
    (S.EXPIRED, E.REOPEN): S.WAITING,
    (S.SKIPPED, E.REOPEN): S.WAITING,
    (S.SENT, E.CORRECT): S.EDIT_PROPOSED,
    (S.SENT, E.WITHDRAW): S.DELETE_PROPOSED,
    (S.SENT, E.SOURCE_EDITED): S.EDIT_PROPOSED,
    (S.SENT, E.SOURCE_WITHDRAWN): S.DELETE_PROPOSED,
    (S.EDIT_PROPOSED, E.APPROVE_STEP): S.EDIT_PROPOSED,
    (S.EDIT_PROPOSED, E.APPROVE): S.UPDATING,
    (S.EDIT_PROPOSED, E.OVERRIDE): S.UPDATING,
    (S.EDIT_PROPOSED, E.EDIT): S.EDIT_PROPOSED,
    (S.EDIT_PROPOSED, E.DISMISS): S.SENT,
    (S.EDIT_PROPOSED, E.WITHDRAW): S.DELETE_PROPOSED,
    (S.EDIT_PROPOSED, E.SOURCE_EDITED): S.EDIT_PROPOSED,
    (S.EDIT_PROPOSED, E.SOURCE_WITHDRAWN): S.DELETE_PROPOSED,
    (S.UPDATING, E.RECALL): S.EDIT_PROPOSED,
    (S.UPDATING, E.SOURCE_EDITED): S.EDIT_PROPOSED,
    (S.UPDATING, E.SOURCE_WITHDRAWN): S.DELETE_PROPOSED,
    (S.UPDATING, E.CLAIM): S.UPDATING,
    (S.UPDATING, E.UPDATED): S.SENT,
    (S.UPDATING, E.REFUSED): S.SENT,
    (S.UPDATING, E.NOT_NOW): S.UPDATING,
    (S.UPDATING, E.ANSWER_LOST): S.EDIT_PROPOSED,
    (S.UPDATING, E.AUTH_LOST): S.EDIT_PROPOSED,
    (S.DELETE_PROPOSED, E.APPROVE_WITHDRAWAL): S.WITHDRAWING,
    (S.DELETE_PROPOSED, E.KEEP): S.SENT,
    (S.DELETE_PROPOSED, E.REMOVED_BY_HAND): S.WITHDRAWN,
    (S.DELETE_PROPOSED, E.SOURCE_RESTORED): S.SENT,
    (S.WITHDRAWING, E.RECALL): S.DELETE_PROPOSED,
    (S.WITHDRAWING, E.CLAIM): S.WITHDRAWING,
    (S.WITHDRAWING, E.GONE): S.WITHDRAWN,
    (S.WITHDRAWING, E.REFUSED): S.SENT,
    (S.WITHDRAWING, E.NOT_NOW): S.WITHDRAWING,
    (S.WITHDRAWING, E.ANSWER_LOST): S.DELETE_PROPOSED,
    (S.WITHDRAWING, E.AUTH_LOST): S.DELETE_PROPOSED,
}

DIRECTORS = frozenset({Role.DIRECTOR})
JUDGES = frozenset({Role.EDITOR, Role.DIRECTOR})
WRITERS = JUDGES | {Role.WRITER}
PROGRAMS = WRITERS | {Role.TOKEN}

ALLOWED: dict[Event, frozenset[Role]] = {
    E.APPROVE_STEP: JUDGES,
    E.APPROVE: JUDGES,
    E.OVERRIDE: DIRECTORS,
    E.EDIT: PROGRAMS,
    E.ASK_CHANGES: JUDGES,
    E.RESUBMIT: PROGRAMS,
    E.REJECT: JUDGES,
    E.HOLD: JUDGES,
    E.RESUME: JUDGES,
    E.RESUME_APPROVED: JUDGES,
    E.RECALL: WRITERS,
    E.REOPEN: JUDGES,
    E.MERGE: JUDGES,
    E.CONFIRM: JUDGES,
    E.GIVE_UP: JUDGES,
    E.CORRECT: PROGRAMS,
    E.DISMISS: JUDGES,
    E.WITHDRAW: JUDGES,
    E.APPROVE_WITHDRAWAL: JUDGES,
    E.KEEP: JUDGES,
    E.REMOVED_BY_HAND: JUDGES,
}
"""Who may do what people do; events that are not here are relay's own."""

FEWER: dict[tuple[State, Event], frozenset[Role]] = {
    (S.REJECTED, E.REOPEN): DIRECTORS,
    (S.WITHDRAWING, E.RECALL): JUDGES,
}
"""Where it is for fewer: a no is taken back by a director, a withdrawal by those who have approved it."""

OWN = frozenset({E.RECALL})
"""What a writer may do to their own words only."""

NEEDS_REASON = frozenset({E.OVERRIDE, E.REJECT, E.ASK_CHANGES, E.MERGE})


def roles(state: State, event: Event) -> frozenset[Role]:
    """Who may do this to a cross-post in this state; nobody may do what is relay's own."""
    return FEWER.get((state, event), ALLOWED.get(event, frozenset()))
