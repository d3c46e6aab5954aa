"""When a cross-post leaves, and why then: what pages, commands and programs say of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class Why(StrEnum):
    """What decides on a moment, or stands in its way."""

    AT_ONCE = "at once"
    SLOT = "slot"
    CHOSEN = "chosen"
    DIGEST = "digest"
    LATE = "late"
    GAP = "gap"
    BUDGET = "budget"
    QUIET = "quiet"
    HOLIDAY = "holiday"
    ALLOWANCE = "allowance"
    AGAIN = "again"
    HELD = "held"
    STOPPED = "stopped"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, with what its sentence needs.

    ``number`` posts in a ``span``, or a ``span`` between two; ``until`` when it lasts; a ``day`` of the calendar
    ``text``, where that is not the rule as the configuration has it, or a sentence on why.
    """

    why: Why
    number: int = 0
    span: timedelta = timedelta(0)
    until: datetime | None = None
    day: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Departure:
    """``moment`` is ``None`` where nothing will let it go but a person; ``zone`` is that of its schedule (IANA)."""

    moment: datetime | None
    reasons: tuple[Reason, ...]
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Delay:
    """It may not leave now: not before ``until``, ``None`` for a schedule that has no moment, and the reason."""

    until: datetime | None
    reason: Reason
