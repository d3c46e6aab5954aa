"""What is kept of a post that others may refer to."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from relay.core.post import Post
from relay.core.subject.related import BODY, LEAD, TITLE, Subject, subject

WEIGHTS = (BODY, LEAD, TITLE)
MORE = (BODY, LEAD - BODY, TITLE - BODY)
"""The same as what is added to the body's weight."""
_PLACES = {weight: place for place, weight in enumerate(WEIGHTS)}


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What others refer to it by, and its stems with the place in ``WEIGHTS`` of each."""

    id: str
    headline: str
    url: str
    more_url: str
    published: datetime
    updated: datetime
    stems: tuple[str, ...]
    places: bytes
    length: float

    def by_place(self) -> Iterator[Sequence[str]]:
        """Its stems, then those that weigh more than the body's, at each of the other places."""
        yield self.stems
        placed = [pair for pair in zip(self.stems, self.places, strict=True) if pair[1]]
        yield from ([stem for stem, place in placed if place == one] for one in range(1, len(WEIGHTS)))

    def likeness(self, own: Subject, rarity: Mapping[str, float], size: float) -> float:
        """How much it speaks of the same, from 0 to 1, exactly as ``related`` reckons."""
        placed = zip(self.stems, self.places, strict=True)
        shares = (own.weights[stem] * WEIGHTS[place] * rarity[stem] for stem, place in placed if stem in own.weights)
        common = math.fsum(shares)
        return common / (size * self.length) if common else 0.0


def neighbour(post: Post) -> Neighbour:
    """What is kept of ``post``."""
    own = subject(post)
    places = bytes(map(_PLACES.__getitem__, own.weights.values()))
    names = (post.id, post.headline, post.url, post.more_url)
    return Neighbour(*names, post.published, post.updated, (*own.weights,), places, own.length)
