"""Which posts stand in an outgoing feed."""

import unicodedata
from collections.abc import Iterable

from relay.core.feed import OutgoingFeed, Part
from relay.core.filtering.facts import of_post
from relay.core.filtering.filters import all_hold
from relay.core.post import Post


def selects(feed: OutgoingFeed, post: Post) -> bool:
    """Whether a post that a source of the feed shows stands in it.

    Every filter of ``when`` must hold. Of a feed made of another by category or language, the post must be of that one;
    one made by source has but that source in ``sources``, since only storage knows who else shows a post.
    """
    return _is_of(feed.part, post) and (not feed.when or all_hold(feed.when, of_post(post)).holds)


def selected(feed: OutgoingFeed, posts: Iterable[Post]) -> tuple[Post, ...]:
    """Those of ``posts`` that stand in the feed, in their order."""
    return tuple(post for post in posts if selects(feed, post))


def categories(post: Post) -> dict[str, str]:
    """Its categories as they are compared, each with what it is called."""
    return {key: category.strip().removeprefix("#") for category in post.categories if (key := keyed(category))}


def tongue(post: Post) -> str:
    """Its language, whatever its region."""
    return post.language.partition("-")[0].lower()


def keyed(category: str) -> str:
    """A category as it is compared: its case, its spaces and the form of its signs make no difference."""
    return " ".join(unicodedata.normalize("NFKC", category).casefold().split()).removeprefix("#").strip()


def _is_of(part: Part | None, post: Post) -> bool:
    if part is None or part.axis == "source":
        return True
    return part.value in (categories(post) if part.axis == "category" else {tongue(post)})
