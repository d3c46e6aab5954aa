"""What is said of a refusal and of a database that fails."""

from sqlalchemy.exc import SQLAlchemyError

from relay.core.ailment import Ailment, ailment_of
from relay.core.review.moving import Refusal
from relay.storage.database import DatabaseUnusableError


def sentence(error: Exception) -> str:
    """Empty where it is neither."""
    match error:
        case Refusal():
            return str(error)
        case DatabaseUnusableError():
            return f"{error}. See `database` in the configuration."
        case SQLAlchemyError():
            return _of_database(error)
    return ""


def _of_database(error: SQLAlchemyError) -> str:
    """What it said, and, where the machine is to blame, what that means."""
    said = f"the database failed: {getattr(error, 'orig', None) or error}"
    what = ailment_of(error)
    return f"{said}: {MEANING[what]}" if what is not None else said


MEANING = {
    Ailment.FULL: "its disk is full, make room there",
    Ailment.READ_ONLY: "its file, its folder or its disk is read-only, make it writable",
    Ailment.FAULTY: "its disk has a fault, see the system's log",
    Ailment.OPEN_FILES: "its folder cannot be written, or too many files are open (ulimit -n)",
    Ailment.AWAY: "see whether it runs and can be reached",
}
