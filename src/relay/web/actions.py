"""What an editor can do to a cross-post as it stands, and under which name and key the page offers it."""

from dataclasses import dataclass
from datetime import datetime

from relay.core.crosspost import Crosspost, Keys
from relay.core.people import Editor
from relay.core.review import workflow
from relay.core.review.moving import Refusal, check
from relay.core.review.transitions import NEEDS_REASON, Event
from relay.core.route import ApprovalRule


@dataclass(frozen=True, slots=True)
class Action:
    """``name`` stands in addresses, in the table of words and in templates; ``key`` names a key of the keyboard."""

    name: str
    event: Event
    key: str = ""

    @property
    def needs_reason(self) -> bool:
        """Whether nobody may do it without saying why."""
        return self.event in NEEDS_REASON

    @property
    def takes_reason(self) -> bool:
        """Whether there is a box for one."""
        return self.needs_reason or self.event is Event.WITHDRAW

    @property
    def writes(self) -> bool:
        """Whether it gives other words."""
        return self.event in {Event.EDIT, Event.CORRECT}


ACTIONS = (
    Action("approve", Event.APPROVE, "approve"),
    Action("override", Event.OVERRIDE),
    Action("approve_withdrawal", Event.APPROVE_WITHDRAWAL),
    Action("resume", Event.RESUME),
    Action("resubmit", Event.RESUBMIT),
    Action("reopen", Event.REOPEN),
    Action("confirm", Event.CONFIRM),
    Action("recall", Event.RECALL, "undo"),
    Action("edit", Event.EDIT, "edit"),
    Action("correct", Event.CORRECT, "edit"),
    Action("dismiss", Event.DISMISS, "reject"),
    Action("keep", Event.KEEP, "reject"),
    Action("removed", Event.REMOVED_BY_HAND),
    Action("changes", Event.ASK_CHANGES, "changes"),
    Action("hold", Event.HOLD, "hold"),
    Action("reject", Event.REJECT, "reject"),
    Action("withdraw", Event.WITHDRAW),
    Action("give_up", Event.GIVE_UP),
)
"""A post that is deleted cannot be brought back: to approve that has no key that is pressed by habit."""
BY_NAME = {action.name: action for action in ACTIONS}


def available(crosspost: Crosspost, editor: Editor) -> tuple[Action, ...]:
    """What the rules and the editor's role allow now."""
    return tuple(action for action in ACTIONS if _can(crosspost, action.event, editor))


def _can(crosspost: Crosspost, event: Event, editor: Editor) -> bool:
    """Whether this person may, and it leads anywhere from here: the rule itself is asked."""
    try:
        check(crosspost, event, editor)
    except Refusal:
        return False
    return True


def obstacle(crosspost: Crosspost, editor: Editor, rule: ApprovalRule, now: datetime) -> str:
    """Why this editor's yes would be refused, empty when it would not: the rule itself is asked."""
    try:
        workflow.approve(crosspost, editor, rule, crosspost.revision, Keys(now, 0), now)
    except Refusal as refusal:
        return str(refusal)
    return ""
