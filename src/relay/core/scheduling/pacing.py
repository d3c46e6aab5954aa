"""Whether a cross-post that is due may leave now, and when it may otherwise. Deliveries and foresight ask the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from relay.core.outcome import Allowance
from relay.core.route import Schedule
from relay.core.scheduling.calendar import next_allowed, next_moment
from relay.core.scheduling.departure import Delay, Reason, Why
from relay.core.scheduling.quiet import covering, written

LATE = timedelta(minutes=30)
"""A slot that was missed by more than this is over: the next one comes."""
APART = timedelta(minutes=2)
"""A slot is a beginning: what is due in one leaves one after the other, so far apart at least."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How fast an account may post: ``most`` are so many posts in so long, by its own pace and its network's terms.

    ``apart`` is between two posts of one slot at least.
    """

    gap: timedelta = timedelta(0)
    most: tuple[tuple[int, timedelta], ...] = ()
    allowance: Allowance | None = None
    apart: timedelta = APART

    @property
    def longest(self) -> timedelta:
        """How far back what has left counts."""
        return max([self.gap, self.apart, *(within for _, within in self.most)])


def delay(
    bounds: Bounds, schedule: Schedule, sent: Sequence[datetime], planned: datetime, now: datetime
) -> Delay | None:
    """``None``: it leaves now. ``planned`` is since when it is due; ``sent`` is when others left, the newest last."""
    return by_schedule(schedule, planned, now) or by_pace(bounds, schedule, sent, now) or by_network(bounds, now)


def by_schedule(schedule: Schedule, planned: datetime, now: datetime) -> Delay | None:
    """Later, where it missed its slot, or is due again in quiet hours."""
    is_missed = bool(schedule.slots) and is_late(planned, now)
    moment = next_moment(schedule, now) if is_missed else next_allowed(schedule, now)
    if moment is None:
        return Delay(None, Reason(Why.NEVER))
    if moment <= now:
        return None
    return Delay(moment, Reason(Why.LATE) if is_missed else hindrance(schedule, now, moment))


def is_late(planned: datetime, now: datetime) -> bool:
    """Whether its time is over."""
    return now - planned > LATE


def hindrance(schedule: Schedule, now: datetime, until: datetime | None) -> Reason:
    """Which quiet hours or holiday it is that nothing leaves in now."""
    quiet = covering(schedule, now)
    if quiet is None:
        return Reason(Why.QUIET, until=until)
    if quiet.holidays_of:
        day = now.astimezone(ZoneInfo(schedule.zone)).date()
        return Reason(Why.HOLIDAY, until=until, day=day, text=quiet.holidays_of)
    return Reason(Why.QUIET, until=until, text=written(quiet))


def by_pace(bounds: Bounds, schedule: Schedule, sent: Sequence[datetime], now: datetime) -> Delay | None:
    """Later, where others left too short a time ago. Where there are slots, another day begins again at one."""
    gap = max(bounds.gap, bounds.apart if schedule.slots else timedelta(0))
    found = [(sent[-1] + gap, Reason(Why.GAP, span=gap))] if sent and gap else []
    found += [
        (sent[-posts] + within if posts else now + within, Reason(Why.BUDGET, posts, within))
        for posts, within in bounds.most
        if len(sent) >= posts
    ]
    latest, reason = max(found, key=lambda one: one[0], default=(now, Reason(Why.AT_ONCE)))
    if latest <= now:
        return None
    is_begun_anew = reason.why is Why.BUDGET and bool(schedule.slots)
    return Delay((next_moment(schedule, latest) if is_begun_anew else None) or latest, reason)


def by_network(bounds: Bounds, now: datetime) -> Delay | None:
    """Later, where the network has said itself that nothing is left to the account until then."""
    told = bounds.allowance
    if told is None or told.left > 0 or not now < told.until <= now + DAY:
        return None
    return Delay(told.until, Reason(Why.ALLOWANCE, until=told.until))


def spread(planned: Sequence[tuple[datetime, int]], bounds: Bounds, now: datetime) -> dict[int, datetime]:
    """What waits since long, and has no slots to wait for, leaves one after the other from now on: id → moment.

    What has become due since then leaves after it.
    """
    due = sorted((moment, id) for moment, id in planned if moment <= now)
    if not due or not is_late(due[0][0], now):
        return {}
    apart = max(bounds.gap, APART)
    return {id: now + number * apart for number, (_, id) in enumerate(due)}
