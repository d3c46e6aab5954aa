"""What a published document can carry: text that XML and HTML allow, addresses that are absolute and complete."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache, lru_cache
from typing import Any, TypeVar
from urllib.parse import quote, urljoin, urlsplit

from relay.core.directory.handles import Directory
from relay.core.excerpt.fitting import fitted
from relay.core.feed import Imprint, OutgoingFeed
from relay.core.form import Form
from relay.core.post import Post
from relay.core.source import Origin
from relay.publish.format import Edition
from relay.publish.kept import Kept, numbered

_T = TypeVar("_T")

_POSTS: Kept[Post] = Kept(1024)
_DIRECTORIES: Kept[Directory] = Kept(4)

_NOT_TEXT = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffc\U00010000-\U0010ffff]")
"""Outside the Char production of XML 1.0 §2.2, or a control, or the mark of a lost character: nobody reads these."""


def clean(edition: Edition, most: int | None = None) -> Edition:
    """The same edition, fit to print: whatever a source wrote, no character or address in it spoils a document.

    ``most`` keeps the newest posts only, and those that were edited lately beside them.
    """
    feed = _feed(edition.feed)
    posts = edition.posts if most is None else (*edition.posts[:most], *edition.edited)
    return replace(
        edition,
        id=printable(edition.id),
        feed=feed,
        posts=_readable(posts, feed),
        pages=None if edition.pages is None else _readable(edition.pages, feed),
        left=_readable(edition.left, feed),
        leaves=tuple(replace(leaf, posts=_readable(leaf.posts, feed)) for leaf in edition.leaves),
        gone=tuple(replace(one, post=_readable((one.post,), feed)[0]) for one in edition.gone),
        origins={key: _reachable_origin(one, feed.link) for key, one in printable(edition.origins).items()},
        directory=_directory(edition.directory),
        thumbnails=printable(edition.thumbnails),
    )


def _readable(posts: Sequence[Post], feed: OutgoingFeed) -> tuple[Post, ...]:
    """Each is made once for as long as nothing of it changes: most of a feed's posts stand in it for weeks."""
    form, link = feed.form, feed.link
    number = numbered((form, link))
    keys = [(id(post), number) for post in posts]
    return tuple(_POSTS.each(keys, posts, lambda post: _made(post, form, link)))


def _made(post: Post, form: Form, link: str) -> Post:
    return _reachable_post(fitted(printable(post), form), link)


@lru_cache(maxsize=256)
def _feed(feed: OutgoingFeed) -> OutgoingFeed:
    readable = printable(feed)
    return replace(readable, imprint=_reachable_imprint(readable.imprint, readable.link))


def _directory(directory: Directory) -> Directory:
    return _DIRECTORIES.of(id(directory), directory, printable, directory)


def printable(value: _T) -> _T:
    """``value`` with every string in it, however deep, freed of characters that XML 1.0 or HTML forbid."""
    result: Any = value
    if isinstance(value, str):
        result = value if value.isascii() and value.isprintable() else _NOT_TEXT.sub("", value)
    elif isinstance(value, tuple):
        result = tuple(map(printable, value))
    elif isinstance(value, Mapping):
        result = {printable(key): printable(item) for key, item in value.items()}
    elif is_dataclass(value) and not isinstance(value, type):
        result = _changed(value, printable)
    checked: _T = result
    return checked


def _changed(value: Any, change: Callable[[Any], Any]) -> Any:
    """A copy in which each field is changed; the value itself where that leaves all of them as they are."""
    before = {name: getattr(value, name) for name in _names(value.__class__)}
    after = {name: change(field) for name, field in before.items()}
    return value if after == before else replace(value, **after)


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.init)


@lru_cache(maxsize=1024)
def address(text: str, base: str) -> str:
    """An absolute http address in ASCII (RFC 3986), or "" where there is none in ``text``."""
    try:
        whole = urljoin(base, text.strip()) if text.strip() else ""
        reachable = urlsplit(whole).scheme in {"http", "https"} and urlsplit(whole).hostname
    except ValueError:
        return ""
    return quote(whole, safe="%/:?#[]@!$&'()*+,;=~") if reachable else ""


def _reachable_post(post: Post, base: str) -> Post:
    picture = post.picture and replace(post.picture, url=address(post.picture.url, base))
    related = (replace(other, url=address(other.url, base)) for other in post.related)
    return replace(
        post,
        url=address(post.url, base),
        credit_url=address(post.credit_url, base),
        more_url=address(post.more_url, base),
        picture=picture if picture and picture.url else None,
        related=tuple(other for other in related if other.url and other.title),
        also=tuple(replace(credit, url=address(credit.url, base)) for credit in post.also),
    )


def _reachable_origin(origin: Origin, base: str) -> Origin:
    site = address(origin.site_url or "", base)
    feed = address(origin.feed_url, base)
    icon = address(origin.icon or "", site or feed or base)
    return replace(origin, feed_url=feed, site_url=site or None, icon=icon or None)


def _reachable_imprint(imprint: Imprint, base: str) -> Imprint:
    reached = {name: address(getattr(imprint, name) or "", base) or None for name in ("license", "icon", "logo")}
    return replace(imprint, **reached)
