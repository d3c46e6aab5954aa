"""The posts of other sources that may tell what a new one tells, found by their marks: not compared with each."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from relay.core.identity.marking import Marks, marks
from relay.core.identity.sameness import NEAR, may_be_same, may_tell_it
from relay.core.post import Post


@dataclass(frozen=True, slots=True)
class Marked:
    """A post, by the number and the source of its entry, and its marks."""

    entry_id: int
    source_id: str
    id: str
    published: datetime
    marks: Marks


@dataclass(slots=True)
class Likest:
    """An index of at most ``most`` posts by their marks: the newest of those that were ever put there."""

    most: int
    marked: dict[int, Marked] = field(default_factory=dict)
    bearers: dict[int, int | tuple[int, ...]] = field(default_factory=dict)
    """The entry of each mark, or its entries: of nearly every mark there is one."""
    dates: list[tuple[datetime, int]] = field(default_factory=list)
    """When each was published, with its entry, the oldest first."""
    floor: datetime | None = None
    """Of older ones it does not know all; ``None``: it knows all there are."""

    def put(self, entry_id: int, source_id: str, post: Post) -> None:
        """It is one of them, as it is now."""
        self.drop(entry_id)
        one = Marked(entry_id, source_id, post.id, post.published, marks(post))
        self.marked[entry_id] = one
        for mark in one.marks.few:
            self.bearers[mark] = (*held, entry_id) if (held := self._of(mark)) else entry_id
        insort(self.dates, (one.published, entry_id))
        if len(self.dates) > self.most:
            self.floor, oldest = self.dates[0]
            self.drop(oldest)

    def drop(self, entry_id: int) -> None:
        """It is none of them any more, if it was."""
        one = self.marked.pop(entry_id, None)
        if one is None:
            return
        del self.dates[bisect_left(self.dates, (one.published, entry_id))]
        for mark in one.marks.few:
            if left := tuple(id for id in self._of(mark) if id != entry_id):
                self.bearers[mark] = left
            else:
                del self.bearers[mark]

    def knows(self, sources: Collection[str], since: datetime, count: int) -> bool:
        """Whether it has all that these sources brought since then, or so many of them that are newer than the rest."""
        if self.floor is None or since > self.floor:
            return True
        return sum(one.source_id in sources for one in self.marked.values()) >= count

    def alike(self, post: Post, sources: Collection[str]) -> list[int]:
        """The entries of these sources about the time of ``post`` that have enough marks in common with it.

        Those that have most come first, of two that have as many the earlier.
        """
        first, last, own = post.published - NEAR, post.published + NEAR, marks(post).few
        common = Counter(entry_id for mark in own for entry_id in self._of(mark))
        counted = ((count, self.marked[entry_id]) for entry_id, count in common.items())
        found = ((count, one) for count, one in counted if may_be_same(count, len(own), len(one.marks.few)))
        near = [(count, one) for count, one in found if first <= one.published <= last and one.source_id in sources]
        near.sort(key=lambda pair: (-pair[0], pair[1].published, pair[1].id))
        return [one.entry_id for _, one in near]

    def may_tell(self, entry_id: int, post: Post) -> bool:
        """Whether this entry is worth being read to know if it tells what ``post`` tells."""
        return may_tell_it(marks(post), self.marked[entry_id].marks)

    def _of(self, mark: int) -> tuple[int, ...]:
        held = self.bearers.get(mark, ())
        return (held,) if isinstance(held, int) else held
