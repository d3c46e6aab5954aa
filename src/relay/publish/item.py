"""A post as the subscription documents give it."""

from dataclasses import dataclass
from datetime import UTC, datetime

import regex

from relay.core.compose import headline
from relay.core.document import Picture
from relay.core.post import Post
from relay.core.source import Origin
from relay.publish.format import Edition
from relay.publish.fragment import body

_MEDIA_TYPE = regex.compile(r"[\w.+-]+/[\w.+-]+")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture whose type and length (bytes) are known: formats take no other for an enclosure."""

    url: str
    type: str
    length: int


@dataclass(frozen=True, slots=True)
class Tag:
    """A category or a hashtag; ``scheme`` is the address of the list that it is taken from, if there is one."""

    term: str
    scheme: str | None = None


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


def items(edition: Edition) -> tuple[Item, ...]:
    """The posts of a clean edition, in its order."""
    return tuple(_item(post, edition) for post in edition.posts)


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
        tags=_tags(post, edition.feed.imprint.scheme),
        attachment=_attachment(post.picture),
        thumbnail=edition.thumbnails.get(post.picture.url, post.picture) if post.picture else None,
        origin=edition.origins.get(post.source_id),
    )


def _attachment(picture: Picture | None) -> Attachment | None:
    if picture and picture.length and _MEDIA_TYPE.fullmatch(picture.type or ""):
        return Attachment(picture.url, picture.type or "", picture.length)
    return None


def _tags(post: Post, scheme: str | None) -> tuple[Tag, ...]:
    """Categories, then hashtags without their "#", each once whatever its case."""
    kept: dict[str, Tag] = {}
    for written, listed in ((post.categories, scheme), (post.hashtags, None)):
        for tag in written:
            if word := " ".join(tag.split()).removeprefix("#"):
                kept.setdefault(word.casefold(), Tag(word, listed))
    return tuple(kept.values())
