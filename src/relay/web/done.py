"""What to say of the last action: told from the row as it is now, so it is true even after a reload."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost, State
from relay.core.people import Editor
from relay.storage import crossposts
from relay.web.actions import BY_NAME, available
from relay.web.focus import departure
from relay.web.office import Office

_PROPOSED = frozenset({State.EDIT_PROPOSED, State.DELETE_PROPOSED})
_ASKED = frozenset({State.WAITING, State.EDIT_PROPOSED})
_BESIDE = frozenset({"picture"})
"""What is done by other forms than those of the actions."""
_LEAVING = frozenset({State.APPROVED, State.UPDATING})
"""After the last yes, as long as it can be taken back."""


@dataclass(frozen=True, slots=True)
class Done:
    """A word of the table with what it is filled with; ``seconds`` are left to take a yes back, 0 when none are."""

    word: str
    crosspost: Crosspost
    leaves: object
    missing: int
    seconds: int


def done(tx: Connection, office: Office, editor: Editor, query: Mapping[str, str]) -> Done | None:
    """What ``?done=12&did=approve`` says; ``None`` when it says nothing, or nothing that is known."""
    id, did = number(query.get("done", "")), query.get("did", "")
    if did not in BY_NAME.keys() | _BESIDE or id is None:
        return None
    crosspost = crossposts.get(tx, id)
    return _told(tx, office, editor, crosspost, did) if crosspost else None


def number(text: str) -> int | None:
    """A whole number that a database can hold."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _told(tx: Connection, office: Office, editor: Editor, crosspost: Crosspost, did: str) -> Done:
    now = office.clock()
    leaves = departure(tx, office.desk, crosspost, now) if crosspost.state not in _ASKED else None
    missing = len(office.desk.route(crosspost).approval.steps) - len(crosspost.approvals)
    can_recall = any(action.name == "recall" for action in available(crosspost, editor))
    is_open = crosspost.state in _LEAVING and crosspost.not_before is not None and can_recall
    seconds = (crosspost.not_before - now).total_seconds() if is_open and crosspost.not_before else 0
    return Done(_word(crosspost, did, leaves), crosspost, leaves, missing, max(int(seconds), 0))


def _word(crosspost: Crosspost, did: str, leaves: object) -> str:
    recalled = "did.recall.proposed" if crosspost.state in _PROPOSED else "did.recall"
    if did == "recall":
        return recalled
    if did != "approve":
        return f"did.{did}"
    if crosspost.state in _ASKED:
        return "did.approve.step" if crosspost.approvals else recalled
    return "did.approve.leaves" if leaves else "did.approve"
