"""Which feeds are made of one: one for each source, category, language."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import regex

from relay.core.feed import Axis, OutgoingFeed, Part
from relay.core.filtering.selection import categories, tongue
from relay.core.language.names import autonym
from relay.core.language.stems import fold
from relay.core.post import Post

MOST = 200
"""Feeds that one feed gives on one axis."""

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Named:
    """A value on an axis: the name of its folder, the value itself, and what it is called."""

    name: str
    value: str
    title: str


def parts(
    feed: OutgoingFeed, known: Mapping[Axis, Sequence[Named]], names: Mapping[str, str]
) -> tuple[OutgoingFeed, ...]:
    """The feeds that ``per`` makes of one: of the ``known`` values, and of its sources, whose ``names`` are by id."""
    sources = [Named(id, id, names.get(id, id)) for id in feed.sources]
    found = {**known, "source": sources}
    return tuple(_made(feed, axis, one) for axis in feed.per for one in found.get(axis, ())[:MOST])


def newly(axis: Axis, posts: Iterable[Post], known: Sequence[Named]) -> tuple[Named, ...]:
    """The values that ``posts`` add to those that are ``known``, in the order of the posts.

    Who came first keeps a plain name, and has a place among the ``MOST``. Two of which the same would be left in an
    address are told apart by a digest of the later one.
    """
    taken, values = {one.name for one in known}, {one.value for one in known}
    found: list[Named] = []
    for post in posts:
        for value, title in _values(axis, post).items():
            if value not in values and len(values) < MOST:
                name = _free(value, taken)
                found.append(Named(name, value, title))
                taken.add(name)
                values.add(value)
    return tuple(found)


def _values(axis: Axis, post: Post) -> dict[str, str]:
    """Value → what it is called."""
    match axis:
        case "category":
            return categories(post)
        case "language":
            spoken = tongue(post)
            return {spoken: autonym(spoken)} if spoken else {}
        case _:
            return {}


def _free(value: str, taken: set[str]) -> str:
    plain = "-".join(regex.findall(r"[a-z0-9]+", fold(value)))[:_LONGEST].strip("-")
    return next(name for name in _candidates(plain, value) if name and name not in taken)


def _candidates(plain: str, value: str) -> Iterator[str]:
    digest = hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
    yield plain
    for length in (8, 32):
        yield f"{plain}-{digest[:length]}".strip("-")


def _made(feed: OutgoingFeed, axis: Axis, one: Named) -> OutgoingFeed:
    """Without hubs: relay's own hub knows the feeds of the configuration."""
    colon = "\u00a0: " if feed.language.partition("-")[0] == "fr" else ": "
    return replace(
        feed,
        id=f"{feed.id}/{axis}/{one.name}",
        title=f"{feed.title}{colon}{one.title}",
        link=f"{feed.link.rstrip('/')}/{axis}/{one.name}/",
        sources=(one.value,) if axis == "source" else feed.sources,
        language=one.value if axis == "language" else feed.language,
        formats=feed.per_formats,
        part=Part(axis, one.value),
        hubs=(),
        formerly=(),
        per=(),
    )
