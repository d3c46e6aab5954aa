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
class Item:
    """A clean post with what only its feed can add: the headline with handles, the whole as HTML, the origin."""

    post: Post
    title: str
    content: str
    tags: tuple[str, ...]
    attachment: Attachment | None
    origin: Origin | None


def items(edition: Edition) -> tuple[Item, ...]:
    """The posts of a clean edition, in its order."""
    return tuple(_item(post, edition) for post in edition.posts)


def title(post: Post, edition: Edition) -> str:
    """The headline with its handles and hashtags; never empty, because no format allows that."""
    return headline(post, edition.feed.wording.title, edition.directory) or post.lead or edition.feed.title


def utc(moment: datetime) -> datetime:
    """The same moment in UTC, so that one moment is always written in one way."""
    return moment.astimezone(UTC)


def _item(post: Post, edition: Edition) -> Item:
    return Item(
        post=post,
        title=title(post, edition),
        content=str(body(post, edition.feed.wording)),
        tags=_tags(post),
        attachment=_attachment(post.picture),
        origin=edition.origins.get(post.source_id),
    )


def _attachment(picture: Picture | None) -> Attachment | None:
    if picture and picture.length and _MEDIA_TYPE.fullmatch(picture.type or ""):
        return Attachment(picture.url, picture.type or "", picture.length)
    return None


def _tags(post: Post) -> tuple[str, ...]:
    """Categories, then hashtags without their "#", each once whatever its case."""
    kept: dict[str, str] = {}
    for tag in (*post.categories, *post.hashtags):
        word = tag.strip().removeprefix("#")
        if word:
            kept.setdefault(word.casefold(), word)
    return tuple(kept.values())
