"""Every change of state there is, and who may ask for it. What is not in ``TRANSITIONS`` cannot happen."""

from enum import StrEnum

from relay.core.crosspost import State
from relay.core.people import Role


class Event(StrEnum):
    """What can happen to a cross-post: first what people do, then what relay and the networks do."""

    APPROVE_STEP = "approve step"
    APPROVE = "approve"
    EDIT = "edit"
    ASK_CHANGES = "ask changes"
    RESUBMIT = "resubmit"
    REJECT = "reject"
    HOLD = "hold"
    RESUME = "resume"
    RESUME_APPROVED = "resume approved"
    RECALL = "recall"
    REOPEN = "reopen"
    CONFIRM = "confirm"
    GIVE_UP = "give up"
    WINDOW_OVER = "window over"
    EXPIRE = "expire"
    SOURCE_EDITED = "source edited"
    SOURCE_WITHDRAWN = "source withdrawn"
    SOURCE_RESTORED = "source restored"
    CLAIM = "claim"
    ACCEPTED = "accepted"
    ANSWER_LOST = "answer lost"
    NOT_NOW = "not now"
    REFUSED = "refused"
    AUTH_LOST = "auth lost"
    FOUND = "found"
    ABSENT = "absent"


S, E = State, Event

TRANSITIONS: dict[tuple[State, Event], State] = {
    (S.WAITING, E.APPROVE_STEP): S.WAITING,
    (S.WAITING, E.APPROVE): S.APPROVED,
    (S.WAITING, E.EDIT): S.WAITING,
    (S.WAITING, E.ASK_CHANGES): S.CHANGES,
    (S.WAITING, E.REJECT): S.REJECTED,
    (S.WAITING, E.HOLD): S.HELD,
    (S.WAITING, E.EXPIRE): S.EXPIRED,
    (S.WAITING, E.SOURCE_EDITED): S.WAITING,
    (S.WAITING, E.SOURCE_WITHDRAWN): S.HELD,
    (S.CHANGES, E.EDIT): S.WAITING,
    (S.CHANGES, E.RESUBMIT): S.WAITING,
    (S.CHANGES, E.REJECT): S.REJECTED,
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
    (S.HELD, E.EXPIRE): S.EXPIRED,
    (S.HELD, E.SOURCE_EDITED): S.HELD,
    (S.HELD, E.SOURCE_RESTORED): S.WAITING,
    (S.SENDING, E.ACCEPTED): S.SENT,
    (S.SENDING, E.ANSWER_LOST): S.UNCONFIRMED,
    (S.SENDING, E.NOT_NOW): S.SCHEDULED,
    (S.SENDING, E.REFUSED): S.FAILED,
    (S.SENDING, E.AUTH_LOST): S.HELD,
    (S.UNCONFIRMED, E.FOUND): S.SENT,
    (S.UNCONFIRMED, E.CONFIRM): S.SENT,
    (S.UNCONFIRMED, E.ABSENT): S.SCHEDULED,
    (S.UNCONFIRMED, E.GIVE_UP): S.ABANDONED,
    (S.FAILED, E.EDIT): S.WAITING,
    (S.FAILED, E.RESUBMIT): S.WAITING,
    (S.FAILED, E.REJECT): S.REJECTED,
    (S.REJECTED, E.REOPEN): S.WAITING,
    (S.EXPIRED, E.REOPEN): S.WAITING,
    (S.SKIPPED, E.REOPEN): S.WAITING,
}

JUDGES = frozenset({Role.EDITOR, Role.DIRECTOR})
WRITERS = JUDGES | {Role.WRITER}

ALLOWED: dict[Event, frozenset[Role]] = {
    E.APPROVE_STEP: JUDGES,
    E.APPROVE: JUDGES,
    E.EDIT: WRITERS,
    E.ASK_CHANGES: JUDGES,
    E.RESUBMIT: WRITERS,
    E.REJECT: JUDGES,
    E.HOLD: JUDGES,
    E.RESUME: JUDGES,
    E.RESUME_APPROVED: JUDGES,
    E.RECALL: JUDGES,
    E.REOPEN: JUDGES,
    E.CONFIRM: JUDGES,
    E.GIVE_UP: JUDGES,
}
"""Who may do what people do; events that are not here are relay's own."""

NEEDS_REASON = frozenset({E.REJECT, E.ASK_CHANGES})
