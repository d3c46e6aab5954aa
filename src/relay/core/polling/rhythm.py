"""How often a source has news, learnt from its own entries."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from relay.core.polling.pollstate import Lesson, Rhythm

LATEST = 10
"""Entries that the usual time between two is taken from."""


def learn(rhythm: Rhythm, lesson: Lesson, now: datetime) -> Rhythm:
    """The rhythm after a document; a new entry without a date came just now, one from the future too."""
    past = sorted((moment for moment in lesson.moments if moment <= now), reverse=True)
    undated = [now] if lesson.new and not past else []
    newest = max([*past[:1], *undated, *([rhythm.newest] if rhythm.newest else [])], default=None)
    before = {rhythm.newest} if rhythm.newest and rhythm.newest <= now else set()
    with_it = sorted({*past, *before}, reverse=True)[:LATEST]  # some documents never hold more than one entry
    return Rhythm(newest, _usual(past[:LATEST]) or rhythm.usual or _usual(with_it))


def _usual(moments: Sequence[datetime]) -> timedelta | None:
    """The middle one of the gaps, those within one minute aside: entries published together are one piece of news."""
    gaps = [later - earlier for later, earlier in pairwise(moments) if later - earlier > timedelta(minutes=1)]
    return timedelta(seconds=median(gap.total_seconds() for gap in gaps)) if gaps else None
