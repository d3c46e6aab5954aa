"""What an editor can do to a cross-post as it stands, and under which name and key the page offers it."""

from dataclasses import dataclass
from datetime import datetime

from relay.core.crosspost import Crosspost, Keys
from relay.core.people import Editor
from relay.core.review import workflow
from relay.core.review.transitions import ALLOWED, NEEDS_REASON, TRANSITIONS, Event
from relay.core.review.workflow import Refusal
from relay.core.route import ApprovalRule


@dataclass(frozen=True, slots=True)
class Action:
    """``name`` stands in addresses, in the table of words and in templates; ``key`` on the keyboard."""

    name: str
    event: Event
    key: str = ""

    @property
    def needs_reason(self) -> bool:
        """Whether nobody may do it without saying why."""
        return self.event in NEEDS_REASON


ACTIONS = (
    Action("approve", Event.APPROVE, "a"),
    Action("resume", Event.RESUME),
    Action("resubmit", Event.RESUBMIT),
    Action("reopen", Event.REOPEN),
    Action("confirm", Event.CONFIRM),
    Action("give_up", Event.GIVE_UP),
    Action("recall", Event.RECALL, "u"),
    Action("edit", Event.EDIT, "e"),
    Action("changes", Event.ASK_CHANGES, "c"),
    Action("hold", Event.HOLD, "h"),
    Action("reject", Event.REJECT, "r"),
)
BY_NAME = {action.name: action for action in ACTIONS}


def available(crosspost: Crosspost, editor: Editor) -> tuple[Action, ...]:
    """What the table of transitions and the editor's role allow now."""
    return tuple(
        action
        for action in ACTIONS
        if (crosspost.state, action.event) in TRANSITIONS and editor.role in ALLOWED[action.event]
    )


def obstacle(crosspost: Crosspost, editor: Editor, rule: ApprovalRule, now: datetime) -> str:
    """Why this editor's yes would be refused, empty when it would not: the rule itself is asked."""
    try:
        workflow.approve(crosspost, editor, rule, crosspost.revision, Keys(now, 0), now)
    except Refusal as refusal:
        return str(refusal)
    return ""
