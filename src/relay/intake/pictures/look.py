"""The pictures that a page names for those who link to it: Open Graph (ogp.me) and Twitter's cards."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import httpx

from relay.core.document import Picture
from relay.core.markup.pictures import pixels
from relay.intake.finding.tree import base_of, text_of, tree_of
from relay.intake.pictures.fetch import Missing
from relay.intake.reading import fields
from relay.intake.wire.page import Page, get_page
from relay.intake.wire.robots import Robots

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST = 500_000
"""Characters of a page that are looked at; its head is at its beginning."""
MOST = 5
"""Pictures that a page may name."""
_ADDRESSES = frozenset({"og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src"})
_PASSING = frozenset({None, 408, 425, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Named:
    """What a page names, best first; it may be nothing."""

    pictures: tuple[Picture, ...]


def pictures_of(page: Page) -> tuple[Picture, ...]:
    """What a page names, read here and now."""
    return named(text_of(page.body, page.content_type)[:LONGEST], page.url)


def look(
    http: httpx.Client, robots: Robots, url: str, read: Callable[[Page], tuple[Picture, ...]] = pictures_of
) -> Named | Missing:
    """One GET of the page at ``url``. robots.txt is obeyed, also where the page redirects to."""
    if refusal := robots.refusal(url):
        return Missing(refusal, is_passing=True)
    page = get_page(http, url)
    if not isinstance(page, Page):
        return Missing(page.why, is_passing=getattr(page, "status", 0) in _PASSING)
    if page.url != url and (refusal := robots.refusal(page.url)):
        return Missing(refusal, is_passing=True)
    return Named(read(page))


def named(page: str, url: str) -> tuple[Picture, ...]:
    """The pictures that the ``meta`` elements of a page name; words and sizes follow the address they are of."""
    tree = tree_of(page)
    if tree is None:
        return ()
    found: dict[str, Picture] = {}
    for picture in _told(tree, base_of(tree, url)):
        found[picture.url] = picture
    return tuple(found.values())[:MOST]


def _told(tree: "HtmlElement", base: str) -> Iterator[Picture]:
    """Each picture once for everything that is said of it, the last time in full."""
    last: Picture | None = None
    for element in tree.iter("meta"):
        key = (element.get("property") or element.get("name") or "").strip().lower()
        said = element.get("content")
        if key in _ADDRESSES:
            url = fields.address(base, said)
            is_same = last is not None and url is not None and url == last.url
            last = last if is_same else Picture(url) if url else None
        elif last is not None:
            last = _with(last, key, said)
        if last is not None:
            yield last


def _with(picture: Picture, key: str, said: object) -> Picture:
    match key:
        case "og:image:alt" | "twitter:image:alt":
            return replace(picture, alt=picture.alt or fields.line(said) or "")
        case "og:image:width":
            return replace(picture, width=pixels(said))
        case "og:image:height":
            return replace(picture, height=pixels(said))
        case _:
            return picture
