"""B1, B3–B10, C8, C9, D1, D2: how long a publisher must be left alone after each answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from benchmarks.audit.polls import Poll
from benchmarks.audit.tally import Check
from benchmarks.farm.news import published
from benchmarks.farm.site import DAY, HOUR, Site

LONGEST = 7 * DAY


@dataclass(frozen=True, slots=True)
class Memory:
    """What the answers so far have said: freshness, failures in a row, the newest entry, the bytes of the document."""

    fresh: timedelta | None = None
    failures: int = 0
    newest: int | None = None
    bytes_of: str = ""
    gone_at: datetime | None = None
    is_unchanged: bool = False
    is_bare: bool = False


def remember(memory: Memory, poll: Poll) -> Memory:
    """After one more answer."""
    told = poll.last.answer
    if poll.is_read:
        same = told.bytes_of == memory.bytes_of
        bare = told.etag is None and told.modified is None
        return Memory(told.fresh, 0, told.newest, told.bytes_of, None, same, bare)
    if poll.is_same:
        ages = [age for age in (memory.fresh, told.fresh) if age is not None]
        return replace(memory, fresh=min(ages, default=None), failures=0, gone_at=None, is_unchanged=True)
    if poll.is_told_off:
        return memory
    gone = (memory.gone_at or poll.at) if poll.status == 410 else memory.gone_at
    return replace(memory, failures=memory.failures + 1, gone_at=gone)


def waits(own: Sequence[Poll]) -> Iterator[Check]:
    """Every gap between two polls of one publisher."""
    memory = Memory()
    for poll, following in pairwise(own):
        memory = remember(memory, poll)
        gap = following.at - poll.at
        yield from _gap(poll, memory, gap)
        hour = following.at.hour
        if memory.newest is not None and poll.site.hints.skip_hours:
            yield Check("B9 skipHours", hour not in poll.site.hints.skip_hours, str(following))
    yield from gone(own)


def _gap(poll: Poll, memory: Memory, gap: timedelta) -> Iterator[Check]:
    for rule, least in least_waits(poll, memory):
        yield Check(rule, gap >= least, f"{poll}: again after {gap}, not {least}")


def least_waits(poll: Poll, memory: Memory) -> Iterator[tuple[str, timedelta]]:
    """Rules, and what each of them asks for at least after this poll."""
    if poll.is_well:
        yield from _when_well(poll.site, memory, poll.at)
    elif not poll.is_told_off:
        yield "D1", min(HOUR / 2 * 2 ** (memory.failures - 1), LONGEST)
        if poll.status in {401, 403}:
            yield "C8 C9", 4 * HOUR


def _when_well(site: Site, memory: Memory, now: datetime) -> Iterator[tuple[str, timedelta]]:
    asked = max((hint for hint in (site.hints.ttl, site.hints.period) if hint), default=None)
    whole = memory.is_bare and memory.is_unchanged
    yield "B1", min(max(site.rhythm, HOUR), DAY) if whole else min(HOUR, asked or HOUR)
    if memory.fresh:
        yield "B3 B4 B5 B8", min(memory.fresh, LONGEST)
    if asked:
        yield "B9", asked
    lull = now - published(site, memory.newest) if memory.newest is not None else timedelta(0)
    if lull >= 30 * DAY:
        yield "B10", 7 * DAY if lull >= 365 * DAY else DAY


def gone(own: Sequence[Poll]) -> Iterator[Check]:
    """After two 410s a day apart, nothing."""
    first: datetime | None = None
    for place, poll in enumerate(own):
        if poll.status == 410:
            first = first or poll.at
            if poll.at - first >= DAY:
                yield Check("D2", place == len(own) - 1, f"{poll}: asked again though it is gone")
                return
        elif poll.is_well:
            first = None


def is_gone(own: Sequence[Poll]) -> bool:
    """Whether it has said so twice."""
    return bool(list(gone(own)))
