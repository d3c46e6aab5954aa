"""What a published document can carry: text that XML and HTML allow, addresses that are absolute and complete."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar
from urllib.parse import quote, urljoin, urlsplit

import regex

from relay.core.excerpt.fitting import fitted
from relay.core.feed import Imprint
from relay.core.post import Post
from relay.core.source import Origin
from relay.publish.format import Edition

_T = TypeVar("_T")

_NOT_TEXT = regex.compile(r"[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffc\U00010000-\U0010ffff]")
"""Outside the Char production of XML 1.0 §2.2, or a control, or the mark of a lost character: nobody reads these."""


def clean(edition: Edition, most: int | None = None) -> Edition:
    """The same edition, fit to print: whatever a source wrote, no character or address in it spoils a document.

    ``most`` keeps the newest posts only.
    """
    readable = printable(replace(edition, posts=edition.posts[:most]))
    link = readable.feed.link
    feed = replace(readable.feed, imprint=_reachable_imprint(readable.feed.imprint, link))
    origins = {key: _reachable_origin(origin, link) for key, origin in readable.origins.items()}
    posts = (_reachable_post(fitted(post, readable.feed.form), link) for post in readable.posts)
    return replace(readable, feed=feed, posts=tuple(posts), origins=origins)


def printable(value: _T) -> _T:
    """``value`` with every string in it, however deep, freed of characters that XML 1.0 or HTML forbid."""
    result: Any = value
    if isinstance(value, str):
        result = _NOT_TEXT.sub("", value)
    elif isinstance(value, tuple):
        result = tuple(printable(item) for item in value)
    elif isinstance(value, Mapping):
        result = {printable(key): printable(item) for key, item in value.items()}
    elif is_dataclass(value) and not isinstance(value, type):
        given = (field.name for field in fields(value) if field.init)
        result = replace(value, **{name: printable(getattr(value, name)) for name in given})
    checked: _T = result
    return checked


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
    icon = address(origin.icon or "", base)
    return replace(origin, feed_url=address(origin.feed_url, base), site_url=site or None, icon=icon or None)


def _reachable_imprint(imprint: Imprint, base: str) -> Imprint:
    reached = {name: address(getattr(imprint, name) or "", base) or None for name in ("license", "icon", "logo")}
    return replace(imprint, **reached)
