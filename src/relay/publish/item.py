"""A post as the subscription documents give it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache

import regex

from relay.core.compose import headline
from relay.core.document import Picture
from relay.core.post import Post
from relay.core.source import Origin
from relay.publish.format import Edition
from relay.publish.fragment import body
from relay.publish.tags import Tag, tags

_MEDIA_TYPE = regex.compile(r"[\w.+-]+/[\w.+-]+")


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


@dataclass(frozen=True, slots=True)
class Alone:
    """A post of a clean edition with what is told of it alone, by which what is made of it is kept.

    ``edition`` has no posts; its ``looks`` stand for it.
    """

    which: int
    """The place of ``post`` in memory: cleaning gives the same one as long as it does not change; it is kept here."""
    thumbnail: Picture | None
    origin: Origin | None
    looks: str
    post: Post = field(compare=False)
    edition: Edition = field(compare=False)

    def whole(self) -> Edition:
        """An edition of this post and no other."""
        post, origin, small = self.post, self.origin, self.thumbnail
        thumbnails = {post.picture.url: small} if post.picture and small else {}
        return replace(
            self.edition, posts=(post,), origins={post.source_id: origin} if origin else {}, thumbnails=thumbnails
        )


def alone(edition: Edition, posts: Sequence[Post]) -> Iterator[Alone]:
    """Each of these posts of a clean edition."""
    bare = without_posts(edition)
    for post in posts:
        thumbnail = edition.thumbnails.get(post.picture.url) if post.picture else None
        yield Alone(id(post), thumbnail, edition.origins.get(post.source_id), edition.looks, post, bare)


def without_posts(edition: Edition) -> Edition:
    """What is left of an edition when no post stands in it."""
    empty = replace(edition, posts=(), edited=(), pages=(), left=(), leaves=(), months=(), gone=())
    return replace(empty, thumbnails={}, origins={})


def items(edition: Edition) -> tuple[Item, ...]:
    """The posts of a clean edition, in its order."""
    if not edition.looks:
        return tuple(_item(post, edition) for post in edition.posts)
    return tuple(_kept(one) for one in alone(edition, edition.posts))


@lru_cache(maxsize=KEPT)
def _kept(one: Alone) -> Item:
    return _item(one.post, one.whole())


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
