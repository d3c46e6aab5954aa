"""A post as the subscription documents give it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeVar

import regex

from relay.core.compose import headline
from relay.core.document import Picture
from relay.core.post import Post
from relay.core.source import Origin
from relay.publish.format import Edition
from relay.publish.fragment import body
from relay.publish.kept import Kept, numbered
from relay.publish.tags import Tag, tags

_MEDIA_TYPE = regex.compile(r"[\w.+-]+/[\w.+-]+")


Made = TypeVar("Made")

KEPT = 1024
"""Posts of which what is made is kept in memory, as long as nothing of them changes."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture whose type and length (bytes) are known: formats take no other for an enclosure."""

    url: str
    type: str
    length: int


@dataclass(frozen=True, slots=True)
class Item:
    """A clean post with what only its feed can add: the headline with handles, the whole as HTML, the origin."""

    post: Post
    title: str
    content: str
    tags: tuple[Tag, ...]
    attachment: Attachment | None
    thumbnail: Picture | None
    """The picture in the size of a list, or else as it is."""
    origin: Origin | None


_ITEMS: Kept[Item] = Kept(KEPT)


def each(edition: Edition, posts: Sequence[Post], kept: Kept[Made], make: Callable[[Edition], Made]) -> list[Made]:
    """What is made of each of these posts of a clean edition that has ``looks``, all that it is made of being the same.

    ``make`` takes an edition of that post and no other.
    """
    bare, looks, smaller = without_posts(edition), edition.looks, edition.thumbnails
    origins = {source: numbered(origin) for source, origin in edition.origins.items()}

    def small(post: Post) -> Picture | None:
        return smaller.get(post.picture.url) if post.picture else None

    def made(post: Post) -> Made:
        source, picture, thumbnail = post.source_id, post.picture, small(post)
        told = {source: edition.origins[source]} if source in origins else {}
        thumbnails = {picture.url: thumbnail} if picture and thumbnail else {}
        return make(replace(bare, posts=(post,), origins=told, thumbnails=thumbnails))

    keys = [(id(post), post.picture and small(post), origins.get(post.source_id), looks) for post in posts]
    return kept.each(keys, posts, made)


def without_posts(edition: Edition) -> Edition:
    """What is left of an edition when no post stands in it."""
    empty = replace(edition, posts=(), edited=(), pages=(), left=(), leaves=(), months=(), gone=())
    return replace(empty, thumbnails={}, origins={})


def items(edition: Edition) -> tuple[Item, ...]:
    """The posts of a clean edition, in its order."""
    if not edition.looks:
        return tuple(_item(post, edition) for post in edition.posts)
    return tuple(each(edition, edition.posts, _ITEMS, lambda one: _item(one.posts[0], one)))


def title(post: Post, edition: Edition) -> str:
    """The headline with its handles and hashtags; never empty, because no format allows that."""
    return headline(post, edition.feed.form.title, edition.directory) or post.lead or edition.feed.title


def utc(moment: datetime) -> datetime:
    """The same moment in UTC, so that one moment is always written in one way."""
    return moment.astimezone(UTC)


def _item(post: Post, edition: Edition) -> Item:
    return Item(
        post=post,
        title=title(post, edition),
        content=str(body(post, edition.feed.form, edition.directory)),
        tags=tags(post, edition.feed.imprint.scheme),
        attachment=_attachment(post.picture),
        thumbnail=edition.thumbnails.get(post.picture.url, post.picture) if post.picture else None,
        origin=edition.origins.get(post.source_id),
    )


def _attachment(picture: Picture | None) -> Attachment | None:
    if picture and picture.length and _MEDIA_TYPE.fullmatch(picture.type or ""):
        return Attachment(picture.url, picture.type or "", picture.length)
    return None
