"""What every page of editors says while an emergency stop is in force."""

from dataclasses import dataclass
from datetime import datetime

from relay.core.people import Editor
from relay.core.review import oversight
from relay.core.review.moving import Refusal
from relay.pipeline import stopping
from relay.storage import stops
from relay.web.office import Office


@dataclass(frozen=True, slots=True)
class Halt:
    """The stop that is in force: whose it is, since when, why, how much waits, and whether its reader may lift it."""

    who: str
    at: datetime
    why: str
    waiting: int
    may_lift: bool


def halt(office: Office, editor: Editor | None) -> Halt | None:
    """``None`` while nothing is stopped, and for whoever is not signed in."""
    if editor is None:
        return None
    with office.db.read() as tx:
        stop = stops.in_force(tx)
        return Halt(stop.who, stop.at, stop.why, stopping.waiting(tx), _may_lift(editor)) if stop else None


def _may_lift(editor: Editor) -> bool:
    try:
        oversight.check_resume(editor)
    except Refusal:
        return False
    return True
