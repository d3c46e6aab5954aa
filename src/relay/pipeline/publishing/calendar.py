"""The pages of the months: as many posts on each as the front page has, the newest page under the month's own name.

A month with more posts than that closes pages from its first post on, ``2026/11-1.html``, ``2026/11-2.html``, and so
on: a new post touches the month's last page alone.
"""

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection

from relay.pipeline.publishing.planning import Month, month_of
from relay.storage import printed

MONTHS = 12
"""So many months have a link on the front page; years before have one each."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page: its path, its month, its entries, and the pages before and after it in time."""

    path: str
    month: datetime
    ids: tuple[int, ...]
    earlier: str | None
    later: str | None


@dataclass(frozen=True, slots=True)
class Calendar:
    """The months of one feed, in one transaction; ``size`` is how many posts a page has."""

    tx: Connection
    feed: str
    size: int
    known: dict[Month, list[tuple[int, datetime]]] = field(default_factory=dict)

    def leaves(self, starts: Mapping[Month, datetime]) -> list[Leaf]:
        """The pages that change when something does in these months, from these moments on."""
        wanted: dict[tuple[Month, int], None] = {}
        for month, start in starts.items():
            first = self._first(month, start)
            wanted |= dict.fromkeys((month, number) for number in range(first, self._count(month)))
            if first == 0:
                wanted |= dict.fromkeys(self._beside(month))
        return [self._leaf(month, number) for month, number in sorted(wanted)]

    def surplus(self, month: Month) -> Iterator[str]:
        """The names of pages that a month has no more once it has lost posts; they end where nothing stands."""
        count = self._count(month)
        if not count:
            yield name(month, 0, 1)
        for number in itertools.count(max(count, 1) - 1):
            yield name(month, number, 0)

    def months(self) -> list[datetime]:
        """The latest months that have a page, and the last one of each earlier year: a page leads to the one before."""
        found: list[datetime] = []
        moment = printed.before(self.tx, self.feed, None)
        while moment:
            found.append(_start(month_of(moment)))
            is_far = len(found) >= MONTHS
            moment = printed.before(self.tx, self.feed, found[-1].replace(month=1) if is_far else found[-1])
        return found

    def _first(self, month: Month, start: datetime) -> int:
        """Where a page begins or ends, the one before it gets another name, and the one before that leads to it."""
        moments = [published for _, published in self._entries(month)]
        rank = bisect_left(moments, start)
        return max(0, rank // self.size - (0 if rank % self.size else 2))

    def _beside(self, month: Month) -> list[tuple[Month, int]]:
        """The last page of the month before, and the first of the month after."""
        before, after = self._before(month), self._after(month)
        return [*([(before, self._count(before) - 1)] if before else []), *([(after, 0)] if after else [])]

    def _leaf(self, month: Month, number: int) -> Leaf:
        count = self._count(month)
        ids = [id for id, _ in self._entries(month)][number * self.size : (number + 1) * self.size]
        return Leaf(
            name(month, number, count),
            _start(month),
            tuple(ids),
            self._earlier(month, number),
            self._later(month, number),
        )

    def _earlier(self, month: Month, number: int) -> str | None:
        if number:
            return name(month, number - 1, self._count(month))
        before = self._before(month)
        return name(before, 0, 1) if before else None

    def _later(self, month: Month, number: int) -> str | None:
        if number + 1 < self._count(month):
            return name(month, number + 1, self._count(month))
        after = self._after(month)
        return name(after, 0, self._count(after)) if after else None

    def _before(self, month: Month) -> Month | None:
        moment = printed.before(self.tx, self.feed, _start(month))
        return month_of(moment) if moment else None

    def _after(self, month: Month) -> Month | None:
        moment = printed.after(self.tx, self.feed, _end(month))
        return month_of(moment) if moment else None

    def _entries(self, month: Month) -> list[tuple[int, datetime]]:
        if month not in self.known:
            self.known[month] = printed.between(self.tx, self.feed, _start(month), _end(month))
        return self.known[month]

    def _count(self, month: Month) -> int:
        return -(-len(self._entries(month)) // self.size)


def name(month: Month, number: int, count: int) -> str:
    """The path of a month's page, ``number`` counted from 0 of ``count``."""
    year, which = month
    return f"{year:04}/{which:02}{'' if number + 1 == count else f'-{number + 1}'}.html"


def _start(month: Month) -> datetime:
    return datetime(*month, 1, tzinfo=UTC)


def _end(month: Month) -> datetime:
    year, which = month
    return datetime(year + which // 12, which % 12 + 1, 1, tzinfo=UTC)
