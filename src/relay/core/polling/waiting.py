"""How long to leave a source alone when all is well: the longest of what is polite, wished and asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from relay.core.polling.pollstate import Hints, PollState
from relay.core.source import Source

HOUR = timedelta(hours=1)
"""No feed is asked more often, unless its own document says that it changes more often."""
DAY = timedelta(days=1)
OFTENEST = timedelta(minutes=5)
SHARE = 4
"""Requests between two pieces of news of a source, where the operator leaves it to relay how often to ask."""
LEAST = timedelta(hours=12)
"""The longest gap that a slow rhythm alone makes."""
QUIET = ((timedelta(days=365), timedelta(days=7), "a year"), (timedelta(days=30), DAY, "a month"))


@dataclass(frozen=True, slots=True)
class Wait:
    """A gap, and the sentence that says why it is not shorter."""

    gap: timedelta
    why: str


def wait(source: Source, state: PollState, now: datetime, *, unchanged: bool) -> Wait:
    """What to wait after an answer that could be read; ``unchanged``: it brought the bytes of the one before."""
    return max(_waits(source, state, now, unchanged=unchanged), key=lambda wait: wait.gap)


def _waits(source: Source, state: PollState, now: datetime, *, unchanged: bool) -> Iterator[Wait]:
    yield _own(source, state)
    yield from _asked(source, state.hints)
    yield from _quiet(state, now)
    if state.backup:
        yield Wait(state.backup, f"its hub pushes: every {words(state.backup)}, to be sure")
    if unchanged and not state.validators:
        usual = state.rhythm.usual
        gap = min(max(usual, HOUR), DAY) if usual else DAY
        yield Wait(gap, f"it can only be fetched whole: every {words(gap)}")


def _own(source: Source, state: PollState) -> Wait:
    """The operator's wish, or the source's rhythm; neither goes below what is polite."""
    floor = _floor(state.hints)
    if source.every is not None and source.every >= floor:
        return Wait(source.every, f"every {words(source.every)}, as configured")
    usual = state.rhythm.usual / SHARE if state.rhythm.usual and source.every is None else floor
    gap = _rounded(min(usual, LEAST))
    if gap <= floor:
        return Wait(floor, f"every {words(floor)}: more often is not polite")
    return Wait(gap, f"every {words(gap)}, after the rhythm of its news")


def _floor(hints: Hints) -> timedelta:
    """An hour, or less where the document itself says that it changes more often (not the server: that one guesses)."""
    told = [hint for hint in (hints.ttl, hints.period) if hint]
    return min(HOUR, max(*told, OFTENEST)) if told else HOUR


def _asked(source: Source, hints: Hints) -> Iterator[Wait]:
    named = ((hints.max_age, "Cache-Control"), (hints.ttl, "ttl"), (hints.period, "sy:updatePeriod"))
    for hint, name in named:
        if hint:
            capped = f", taken as {words(source.longest)}" if hint > source.longest else ""
            yield Wait(min(hint, source.longest), f"the publisher asks for {words(hint)} ({name}){capped}")


def _quiet(state: PollState, now: datetime) -> Iterator[Wait]:
    newest = state.rhythm.newest
    for silence, gap, said in QUIET:
        if newest and now - newest >= silence:
            yield Wait(gap, f"quiet for more than {said}: every {words(gap)}")
            return


def due(source_id: str, gap: timedelta, hints: Hints, now: datetime) -> datetime:
    """The instant after ``gap``, a little later for each source in its own way, and never in what the feed skips."""
    moment = now + gap + _share(source_id, now) * min(gap / 20, HOUR / 4)
    if not is_skipped(hints, moment):
        return moment
    hour = moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    free = next(later for hours in range(1, 24 * 8) if not is_skipped(hints, later := hour + timedelta(hours=hours)))
    return free + _share(source_id, now) * HOUR / 4


def is_skipped(hints: Hints, moment: datetime) -> bool:
    """Whether the feed's ``skipHours`` or ``skipDays`` (GMT) cover it; hints that leave no moment free are none."""
    if not (hints.skip_hours or hints.skip_days):
        return False
    utc = moment.astimezone(UTC)
    hours = hints.skip_hours if len(hints.skip_hours) < 24 else frozenset()
    days = hints.skip_days if len(hints.skip_days) < 7 else frozenset()
    return utc.hour in hours or utc.weekday() in days


def _share(source_id: str, now: datetime) -> float:
    """From 0 up to 1, by chance for whoever looks and always the same: sources asked together drift apart."""
    return int.from_bytes(sha256(f"{source_id} {now.isoformat()}".encode()).digest()[:4]) / 2**32


def _rounded(gap: timedelta) -> timedelta:
    minutes = gap.total_seconds() // 60
    return timedelta(minutes=minutes - minutes % (60 if minutes > 120 else 5))


def words(gap: timedelta) -> str:
    """A span as a person says it."""
    minutes = round(gap.total_seconds() / 60)
    for unit, size in (("d", 1440), ("h", 60)):
        if minutes >= size and minutes % size == 0:
            return f"{minutes // size} {unit}"
    return f"{minutes} min" if minutes else f"{gap.total_seconds():g} s"
