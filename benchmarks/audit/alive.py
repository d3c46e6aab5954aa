"""D1, the other half: nothing is forgotten. After each answer, the latest instant at which it must be asked again."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from benchmarks.audit.polls import Poll
from benchmarks.audit.tally import Check
from benchmarks.audit.waits import Memory, is_gone, least_waits, remember
from benchmarks.farm.site import DAY, HOUR

SLACK = 2 * HOUR
"""For the jitter, the tick, the host's other feeds."""
PAUSE = 8 * HOUR
"""The longest a host's wish here holds up a feed: six hours unasked, and then its turn."""


def alive(own: Sequence[Poll], end: datetime) -> Iterator[Check]:
    """Every gap of one publisher, the one up to ``end`` too."""
    memory = Memory()
    ends = [*(poll.at for poll in own[1:]), end]
    for poll, then in zip(own, ends, strict=True):
        memory = remember(memory, poll)
        if then is end and is_gone(own):
            return
        most = _most(poll, memory)
        yield Check("D1 again", then - poll.at <= most, f"{poll}: not asked for {then - poll.at}, {most} at most")


def _most(poll: Poll, memory: Memory) -> timedelta:
    """The longest that any rule lets it wait: what must be waited, or else half a day of one's own choice."""
    own = DAY if memory.is_bare else DAY / 2
    asked = max((least for _, least in least_waits(poll, memory)), default=timedelta(0))
    longest = max(asked, own if poll.is_well else timedelta(0))
    skipped = timedelta(hours=len(poll.site.hints.skip_hours))
    return longest * 1.05 + skipped + SLACK + (PAUSE if poll.is_told_off or "shared" in poll.site.host else 0 * HOUR)
