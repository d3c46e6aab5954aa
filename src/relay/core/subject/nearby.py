"""The posts that a new one may refer to, kept so that those about its subject are found without reading all of them."""

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime

from relay.core.feed import RelatedRule
from relay.core.post import Post, Related
from relay.core.subject.holders import Holders, Near, near, sums
from relay.core.subject.neighbour import MORE, Neighbour, neighbour
from relay.core.subject.related import FLOOR, LINKED, SIGHT, links, rarities, subject

_NEARLY = 1e-9
"""What sums in another order may differ by: those so close to the least are reckoned exactly."""


@dataclass(slots=True)
class Nearby:
    """An index of posts by their stems, for each place in ``MORE`` one. Posts have numbers.

    It says what ``related`` says of the same posts, but that it knows the newest ``SIGHT`` of them only.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    posts: list[Neighbour | None] = field(default_factory=list)
    lengths: list[float] = field(default_factory=list)
    """That of each post, by its number; of one without words so much that it is like no other."""
    holders: tuple[Holders, ...] = field(default_factory=lambda: tuple(Holders() for _ in MORE))
    dates: list[tuple[datetime, str]] = field(default_factory=list)
    """When each was published, with its ``id``, the oldest first."""
    dated: list[int] = field(default_factory=list)
    """Their numbers in the same order."""
    pages: dict[str, list[int]] = field(default_factory=dict)
    """Those whose text goes on at an address."""
    moments: Counter[datetime] = field(default_factory=Counter)
    """How many of them were updated then."""
    free: list[int] = field(default_factory=list)

    def put(self, post: Post) -> Neighbour | None:
        """It stands among them, as it is now. Where there are too many, the oldest does no more: that, if another."""
        return self.add(neighbour(post))

    def get(self, id: str) -> Neighbour | None:
        """What is kept of this post."""
        number = self.numbers.get(id)
        return None if number is None else self.posts[number]

    def add(self, one: Neighbour) -> Neighbour | None:
        """The same as ``put``, for what was kept of a post before."""
        self.drop(one.id)
        number = self.free.pop() if self.free else len(self.posts)
        self.posts[number : number + 1] = [one]
        self.lengths[number : number + 1] = [one.length or math.inf]
        self.numbers[one.id] = number
        for holders, stems in zip(self.holders, one.by_place(), strict=True):
            holders.add(stems, number)
        self.moments[one.updated] += 1
        self.pages.setdefault(one.more_url, []).append(number)
        place = bisect_left(self.dates, (one.published, one.id))
        self.dates.insert(place, (one.published, one.id))
        self.dated.insert(place, number)
        gone = self.drop(self.dates[0][1]) if len(self.dates) > SIGHT else None
        return None if gone is one else gone

    def drop(self, id: str) -> Neighbour | None:
        """It does no longer, if it did; what was kept of it."""
        number = self.numbers.pop(id, None)
        one = None if number is None else self.posts[number]
        if number is None or one is None:
            return None
        self.posts[number] = None
        self.free.append(number)
        place = bisect_left(self.dates, (one.published, id))
        del self.dates[place], self.dated[place]
        self.pages[one.more_url].remove(number)
        if not self.pages[one.more_url]:
            del self.pages[one.more_url]
        self.moments[one.updated] -= 1
        if not self.moments[one.updated]:
            del self.moments[one.updated]
        for holders, stems in zip(self.holders, one.by_place(), strict=True):
            holders.remove(stems, number)
        return one

    def drop_before(self, moment: datetime) -> None:
        """Those that were published before are too old to be referred to."""
        for _, id in self.dates[: bisect_left(self.dates, (moment, ""))]:
            self.drop(id)

    def moments_but(self, id: str) -> set[datetime]:
        """When all but this one were updated."""
        return {one.updated for one in self.posts if one and one.id != id}

    def related(self, post: Post, rule: RelatedRule) -> tuple[Related, ...]:
        """What ``related.related`` says of ``post`` and these, of which it is not one yet."""
        near = self._within(post, rule)
        linked = {number for link in links(post) for number in self.pages.get(link, ()) if near.flags[number]}
        alike = self._alike(post, near, linked)
        for number in linked:
            alike[number] = alike.get(number, 0.0) + LINKED
        weighed = sorted(
            (-likeness, -self._of(number).published.timestamp(), self._of(number).id, number)
            for number, likeness in alike.items()
            if likeness >= FLOOR
        )
        found = (self._of(number) for *_, number in weighed[: rule.max])
        return tuple(Related(one.headline, one.url) for one in found)

    def _of(self, number: int) -> Neighbour:
        one = self.posts[number]
        assert one is not None
        return one

    def _within(self, post: Post, rule: RelatedRule) -> Near:
        """What came before ``post``, and not too long before."""
        first = bisect_left(self.dates, (post.published - rule.within, ""))
        last = bisect_right(self.dates, post.published, key=_published)
        return near(self.dated[first:last], len(self.posts))

    def _alike(self, post: Post, near: Near, linked: AbstractSet[int]) -> dict[int, float]:
        """How like those are that may be like enough, and those that are ``linked``, reckoned exactly."""
        own = subject(post)
        if not near.numbers or not own.weights:
            return {}
        rarity = rarities(self.holders[0].counts(own.weights.keys(), near), len(near.numbers))
        size = math.sqrt(math.fsum(weight * weight * rarity[stem] for stem, weight in own.weights.items()))
        worth = {stem: weight * rarity[stem] for stem, weight in own.weights.items()}
        common = sums([*zip(MORE, self.holders, strict=True)], worth, len(self.posts))
        least = (FLOOR - _NEARLY) * size * common.one
        found, short, lengths = common.of, common.short, self.lengths
        close = {number for number in near.numbers if found[number] + short >= least * lengths[number]}
        return {number: self._of(number).likeness(own, rarity, size) for number in close | linked}


def _published(dated: tuple[datetime, str]) -> datetime:
    return dated[0]
