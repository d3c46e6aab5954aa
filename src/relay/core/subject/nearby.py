"""The posts that a new one may refer to, kept so that those about its subject are found without reading all of them."""

import math
from array import array
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from sys import intern

from relay.core.feed import RelatedRule
from relay.core.post import Post, Related
from relay.core.subject.related import BODY, FLOOR, LEAD, LINKED, SIGHT, TITLE, Subject, links, rarities, subject

_WEIGHTS = (BODY, LEAD, TITLE)
_NEARLY = 1e-9
"""What sums in another order may differ by: those so close to the least are reckoned exactly."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What is kept of a post: what others refer to it by, and its stems with the place in ``_WEIGHTS`` of each."""

    id: str
    headline: str
    url: str
    more_url: str
    published: datetime
    updated: datetime
    stems: tuple[str, ...]
    places: bytes
    length: float


@dataclass(slots=True)
class Nearby:
    """An index of posts by their stems, for each place in ``_WEIGHTS`` one. Posts have numbers.

    It says what ``related`` says of the same posts, but that it knows the newest ``SIGHT`` of them only.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    posts: list[Neighbour | None] = field(default_factory=list)
    holders: "tuple[dict[str, array[int]], ...]" = field(default_factory=lambda: tuple({} for _ in _WEIGHTS))
    dates: list[tuple[datetime, str]] = field(default_factory=list)
    """When each was published, with its ``id``, the oldest first."""
    moments: Counter[datetime] = field(default_factory=Counter)
    """How many of them were updated then."""
    free: list[int] = field(default_factory=list)

    def put(self, post: Post) -> None:
        """It stands among them, as it is now; where there are too many, the oldest does no more."""
        self.add(neighbour(post))

    def get(self, id: str) -> Neighbour | None:
        """What is kept of this post."""
        number = self.numbers.get(id)
        return None if number is None else self.posts[number]

    def add(self, one: Neighbour) -> None:
        """The same as ``put``, for what was kept of a post before."""
        self.drop(one.id)
        number = self.free.pop() if self.free else len(self.posts)
        self.posts[number : number + 1] = [one]
        self.numbers[one.id] = number
        for stem, place in zip(one.stems, one.places, strict=True):
            self.holders[place].setdefault(stem, array("I")).append(number)
        self.moments[one.updated] += 1
        insort(self.dates, (one.published, one.id))
        if len(self.dates) > SIGHT:
            self.drop(self.dates[0][1])

    def drop(self, id: str) -> None:
        """It does no longer, if it did."""
        number = self.numbers.pop(id, None)
        one = None if number is None else self.posts[number]
        if number is None or one is None:
            return
        self.posts[number] = None
        self.free.append(number)
        del self.dates[bisect_left(self.dates, (one.published, id))]
        self.moments[one.updated] -= 1
        if not self.moments[one.updated]:
            del self.moments[one.updated]
        for stem, place in zip(one.stems, one.places, strict=True):
            held = self.holders[place][stem]
            held.remove(number)
            if not held:
                del self.holders[place][stem]

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
        if not any(near):
            return ()
        alike, linked = self._alike(post, near), links(post)
        for number, one in enumerate(self.posts if linked else ()):
            if one and near[number] and one.more_url in linked:
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

    def _within(self, post: Post, rule: RelatedRule) -> bytearray:
        """By number, 1 for what came before ``post``, and not too long before."""
        near = bytearray(len(self.posts))
        first = bisect_left(self.dates, (post.published - rule.within, ""))
        last = bisect_right(self.dates, post.published, key=_published)
        for _, id in self.dates[first:last]:
            near[self.numbers[id]] = 1
        return near

    def _alike(self, post: Post, near: bytearray) -> dict[int, float]:
        """How like those are that may be like enough, reckoned exactly."""
        own = subject(post)
        rarity = rarities(self._holders(own, near), sum(near))
        size = math.sqrt(math.fsum(weight * weight * rarity[stem] for stem, weight in own.weights.items()))
        sums, least = self._sums(own, rarity), (FLOOR - _NEARLY) * size
        likely = [number for number, common in enumerate(sums) if common and near[number]]
        close = [number for number in likely if sums[number] >= least * self._of(number).length]
        return {number: _likeness(own, self._of(number), rarity, size) for number in close}

    def _sums(self, own: Subject, rarity: Mapping[str, float]) -> list[float]:
        """By number, what each has in common with it, nearly; of all of them: to leave some out would cost more."""
        sums = [0.0] * len(self.posts)
        for stem, weight in own.weights.items():
            for place, holders in zip(_WEIGHTS, self.holders, strict=True):
                share = weight * place * rarity[stem]
                for number in holders.get(stem, ()):
                    sums[number] += share
        return sums

    def _holders(self, own: Subject, near: bytearray) -> dict[str, int]:
        """Of each of its stems, how many of those that are near have it."""
        counts = {stem: sum(len(held.get(stem, ())) for held in self.holders) for stem in own.weights}
        far = [one for one in self.posts if one and not near[self.numbers[one.id]]]
        if 2 * len(far) > len(self.numbers):
            return {stem: sum(near[n] for held in self.holders for n in held.get(stem, ())) for stem in own.weights}
        for one in far:
            for stem in own.weights.keys() & one.stems:
                counts[stem] -= 1
        return counts


def _published(dated: tuple[datetime, str]) -> datetime:
    return dated[0]


def _likeness(own: Subject, other: Neighbour, rarity: Mapping[str, float], size: float) -> float:
    placed = zip(other.stems, other.places, strict=True)
    common = (own.weights[stem] * _WEIGHTS[place] * rarity[stem] for stem, place in placed if stem in own.weights)
    return math.fsum(common) / (size * other.length)


def neighbour(post: Post) -> Neighbour:
    """What is kept of ``post``."""
    own = subject(post)
    places = bytes(_WEIGHTS.index(weight) for weight in own.weights.values())
    names = (post.id, post.headline, post.url, post.more_url)
    return Neighbour(*names, post.published, post.updated, tuple(map(intern, own.weights)), places, own.length)
