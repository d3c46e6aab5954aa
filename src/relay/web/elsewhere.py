"""Pictures that stand on other sites: no page of ours makes an editor's browser ask for one.

Whoever serves a picture learns who looks at it, from where and when. What relay keeps is shown from here; the rest
becomes a link, with the words that stand for the picture.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape

from markupsafe import Markup

from relay.core.markup.html import TAG
from relay.web.near import PICTURES

_ATTRIBUTE = re.compile(r"\s([a-z]+)=\"([^\"]*)\"")


def housed(markup: Markup, kept: Mapping[str, str]) -> Markup:
    """Sanitised HTML, its pictures at our own address where ``kept`` has one for theirs."""

    def at_ours(found: re.Match[str]) -> str:
        if found[2] != "img":
            return found[0]
        ours = kept.get(_said(found[0], "src"), "")
        return _ATTRIBUTE.sub(lambda one: f' src="{ours}"' if ours and one[1] == "src" else one[0], found[0])

    return Markup(TAG.sub(at_ours, markup))  # noqa: S704  # it was sanitised, and has addresses of ours instead


def linked(markup: Markup, w: Callable[..., str], tongue: str) -> Markup:
    """Sanitised HTML without the pictures of other sites: a link to each, or its words where there is a link around it.

    ``w`` says the words of the page in its language, ``tongue``.
    """
    return Markup("").join(_pieces(markup, w, tongue))


def _pieces(markup: str, w: Callable[..., str], tongue: str) -> Iterator[Markup]:
    end, is_link = 0, False
    for found in TAG.finditer(markup):
        if found[2] == "a":
            is_link = not found[1]
        if found[2] == "img" and not _said(found[0], "src").startswith(f"{PICTURES}/"):
            yield Markup(markup[end : found.start()])  # noqa: S704  # as it came
            yield _words(found[0], w, tongue, is_link=is_link)
            end = found.end()
    yield Markup(markup[end:])  # noqa: S704  # as it came


def _words(tag: str, w: Callable[..., str], tongue: str, *, is_link: bool) -> Markup:
    address, alt = _said(tag, "src"), _said(tag, "alt")
    kind = "elsewhere.picture" if is_link or not address else "elsewhere.open"
    said = Markup('<span lang="{}">{}</span>').format(tongue, w(kind))
    inside = Markup("{} – {}").format(said, alt) if alt else said
    if is_link or not address:
        return Markup('<span class="elsewhere">{}</span>').format(inside)
    link = '<a class="elsewhere" href="{}" target="_blank" rel="noopener noreferrer nofollow">{}</a>'
    return Markup(link).format(address, inside)  # noqa: S704  # both are escaped here


def _said(tag: str, name: str) -> str:
    return next((unescape(value) for key, value in _ATTRIBUTE.findall(tag) if key == name), "").strip()
