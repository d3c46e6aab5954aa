"""The form by which an editor chooses when a cross-post leaves: in its account's time zone, never the browser's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost
from relay.core.people import Editor
from relay.core.review.moving import Refusal
from relay.core.route import Schedule
from relay.core.scheduling import planning
from relay.core.scheduling.calendar import slots
from relay.core.scheduling.departure import Departure
from relay.core.scheduling.pacing import APART
from relay.pipeline import foreseeing
from relay.pipeline.desk import Desk
from relay.web import moments

SLOTS = 5
"""How many are offered by a button."""


@dataclass(frozen=True, slots=True)
class Times:
    """What the form shows. ``date`` and ``time`` stand in its boxes; ``free`` slots are its buttons.

    ``second`` is the later one of a time that comes twice, where the first is chosen.
    """

    departure: Departure | None
    zone: str
    wanted: datetime | None
    date: str
    time: str
    free: tuple[datetime, ...]
    has_slots: bool
    second: datetime | None = None

    @property
    def place(self) -> str:
        """Whose clocks these are."""
        return moments.place(self.zone)

    def told(self, slot: datetime, language: str) -> str:
        """A slot on these clocks: ``mar. 24 nov. 12:30``."""
        return moments.slot(slot, self.zone, language)


def choice(tx: Connection, desk: Desk, editor: Editor, crosspost: Crosspost, now: datetime) -> Times | None:
    """What may be chosen; ``None`` where this editor may not, or it is too late."""
    if not may_choose(desk, editor, crosspost, now):
        return None
    schedule = desk.schedule(crosspost)
    departure, others = foreseeing.around(tx, desk, crosspost, now)
    shown = crosspost.wanted_at or (departure.moment if departure else None)
    local = shown.astimezone(ZoneInfo(schedule.zone)) if shown else None
    return Times(
        departure=departure,
        zone=schedule.zone,
        wanted=crosspost.wanted_at,
        date=f"{local:%Y-%m-%d}" if local else "",
        time=f"{local:%H:%M}" if local else "",
        free=free_slots(schedule, others, now),
        has_slots=bool(schedule.slots),
        second=_second(crosspost.wanted_at, schedule),
    )


def may_choose(desk: Desk, editor: Editor, crosspost: Crosspost, now: datetime) -> bool:
    """Whether the rule itself would let this editor: it is asked."""
    if crosspost.account not in desk.accounts or desk.abilities(crosspost.account).digest:
        return False
    try:
        planning.plan(crosspost, editor, crosspost.revision, now + timedelta(days=1, microseconds=1), now)
    except Refusal:
        return False
    return True


def free_slots(schedule: Schedule, leaving: Sequence[datetime], now: datetime) -> tuple[datetime, ...]:
    """The next slots that no other post of the account leaves at."""
    free = (slot for slot in slots(schedule, now) if not any(slot <= moment < slot + APART for moment in leaving))
    return tuple(islice(free, SLOTS))


def _second(wanted: datetime | None, schedule: Schedule) -> datetime | None:
    local = wanted.astimezone(ZoneInfo(schedule.zone)) if wanted else None
    if local is None or local.fold:
        return None
    again = local.replace(fold=1)
    return again if again.utcoffset() != local.utcoffset() else None
