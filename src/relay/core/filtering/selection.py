"""Which posts stand in an outgoing feed, and which feeds are made of one: one for each source, category, language."""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import regex

from relay.core.feed import Axis, OutgoingFeed, Part
from relay.core.filtering.facts import of_post
from relay.core.filtering.filters import all_hold
from relay.core.language.names import autonym
from relay.core.language.stems import fold
from relay.core.post import Post

MOST = 200
"""Feeds that one feed gives on one axis."""

_LONGEST = 60


def selects(feed: OutgoingFeed, post: Post) -> bool:
    """Whether a post that a source of the feed shows stands in it.

    Every filter of ``when`` must hold. Of a feed made of another by category or language, the post must be of that one;
    one made by source has but that source in ``sources``, since only storage knows who else shows a post.
    """
    return _is_of(feed.part, post) and (not feed.when or all_hold(feed.when, of_post(post)).holds)


def selected(feed: OutgoingFeed, posts: Iterable[Post]) -> tuple[Post, ...]:
    """Those of ``posts`` that stand in the feed, in their order."""
    return tuple(post for post in posts if selects(feed, post))


def parts(feed: OutgoingFeed, posts: Sequence[Post], names: Mapping[str, str]) -> tuple[OutgoingFeed, ...]:
    """The feeds that ``per`` makes of one; ``names`` are those of its sources, by identifier.

    ``posts`` are those that stand in it. Who came first keeps a plain name, and has a place among the ``MOST``: a feed
    does not move because of what comes later.
    """
    first_to_last = sorted(posts, key=lambda post: (post.published, post.id))
    return tuple(
        _made(feed, axis, name, value, title)
        for axis in feed.per
        for name, value, title in _named(feed, axis, first_to_last, names)
    )


def keyed(category: str) -> str:
    """A category as it is compared: its case, its spaces and the form of its signs make no difference."""
    return " ".join(unicodedata.normalize("NFKC", category).casefold().split()).removeprefix("#").strip()


def _is_of(part: Part | None, post: Post) -> bool:
    if part is None or part.axis == "source":
        return True
    return part.value in (_categories(post) if part.axis == "category" else {_tongue(post): ""})


def _named(
    feed: OutgoingFeed, axis: Axis, posts: Sequence[Post], names: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    """Each value on the axis: the name of its folder, the value, what it is called."""
    match axis:
        case "source":
            yield from ((id, id, names.get(id, id)) for id in feed.sources[:MOST])
        case "language":
            tongues = dict.fromkeys(tongue for post in posts if (tongue := _tongue(post)))
            yield from ((tongue, tongue, autonym(tongue)) for tongue in [*tongues][:MOST])
        case "category":
            yield from _folders(posts)


def _folders(posts: Sequence[Post]) -> Iterator[tuple[str, str, str]]:
    """Two categories of which the same would be left in an address are told apart by a digest of the later one."""
    called: dict[str, str] = {}
    for post in posts:
        for key, written in _categories(post).items():
            called.setdefault(key, written)
    taken: set[str] = set()
    for key, written in [*called.items()][:MOST]:
        plain = _slug(key)
        name = f"{plain}-{_digest(key)}".strip("-") if not plain or plain in taken else plain
        taken.add(name)
        yield name, key, written


def _made(feed: OutgoingFeed, axis: Axis, name: str, value: str, title: str) -> OutgoingFeed:
    """Without hubs: relay's own hub knows the feeds of the configuration."""
    colon = "\u00a0: " if feed.language.partition("-")[0] == "fr" else ": "
    return replace(
        feed,
        id=f"{feed.id}/{axis}/{name}",
        title=f"{feed.title}{colon}{title}",
        link=f"{feed.link.rstrip('/')}/{axis}/{name}/",
        sources=(value,) if axis == "source" else feed.sources,
        language=value if axis == "language" else feed.language,
        formats=feed.per_formats,
        part=Part(axis, value),
        hubs=(),
        formerly=(),
        per=(),
    )


def _categories(post: Post) -> dict[str, str]:
    """Key → as the post writes it."""
    return {key: category.strip().removeprefix("#") for category in post.categories if (key := keyed(category))}


def _tongue(post: Post) -> str:
    return post.language.partition("-")[0].lower()


def _slug(key: str) -> str:
    return "-".join(regex.findall(r"[a-z0-9]+", fold(key)))[:_LONGEST].strip("-")


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8]
