"""The body of a post as HTML: the same fragment on the archive page and in the feeds."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import regex
from markupsafe import Markup

from relay.core.directory.handles import Directory
from relay.core.form import BLOCKS, Form
from relay.core.language.names import locale
from relay.core.post import Post
from relay.publish.tags import tags
from relay.publish.templates import templates
from relay.publish.wording import Telling, kind, paragraph, said

if TYPE_CHECKING:
    from jinja2 import Template

_HEADING = regex.compile(r"(?<=</?h)[1-6](?=[\s>])")
_WITHOUT_ALT = regex.compile(r"<img\b(?![^<>]*\salt=)")


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the layout: a block by its name, or a paragraph's class; and the words that belong to it."""

    kind: str
    words: Markup


def body(post: Post, form: Form, directory: Directory, level: int = 2) -> Markup:
    """The parts of a fitted post in the order of the form's layout; what is empty is left out.

    ``level`` (1 to 6) is the rank of the first heading inside, so that the page's outline has no hole.
    """
    parts = list(_parts(Telling(post, form, directory), level))
    return Markup(template("body.html.j2").render(post=post, parts=parts).strip())  # noqa: S704  (escaped by the template)


@cache
def template(name: str) -> "Template":
    """One of this folder."""
    known = templates("relay.publish")
    known.filters |= {"locale": locale, "tags": tags}
    return known.get_template(name)


def _parts(telling: Telling, level: int) -> Iterator[Part]:
    for line in telling.form.layout:
        block = line.alone.name if line.alone else ""
        if block in BLOCKS:
            if getattr(telling.post, {"excerpt": "body_html"}.get(block, block)):
                yield Part(block, _inside(block, telling, level))
        elif words := paragraph(line, telling):
            yield Part(kind(line), words)


def _inside(block: str, telling: Telling, level: int) -> Markup:
    """The excerpt itself, the caption of the picture, the label of the related posts."""
    match block:
        case "excerpt":
            described = _WITHOUT_ALT.sub('<img alt=""', telling.post.body_html)
            return Markup(_ranked(described, level))  # noqa: S704  (sanitised by relay.core.markup.html)
        case "picture":
            return said(telling.form.picture, telling)
        case _:
            return said(telling.form.related, telling)


def _ranked(markup: str, level: int) -> str:
    ranks = [int(rank) for rank in _HEADING.findall(markup)]
    shift = level - min(ranks, default=level)
    return _HEADING.sub(lambda found: str(min(int(found.group()) + shift, 6)), markup) if shift else markup
