"""The body of a post as HTML: the same fragment on the archive page and in the feeds."""

import regex
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from relay.core.feed import Wording
from relay.core.post import Post

TEMPLATES = Environment(
    loader=PackageLoader("relay.publish"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

_HEADING = regex.compile(r"(?<=</?h)[1-6](?=[\s>])")
_WITHOUT_ALT = regex.compile(r"<img\b(?![^<>]*\salt=)")


def body(post: Post, wording: Wording, level: int = 2) -> Markup:
    """Credit, lead, picture, excerpt, "En savoir plus…", "Lire également :", in this order; what is empty is left out.

    ``level`` (1 to 6) is the rank of the first heading inside, so that the page's outline has no hole.
    """
    excerpt = _ranked(_WITHOUT_ALT.sub('<img alt=""', post.body_html), level)
    template = TEMPLATES.get_template("body.html.j2")
    return Markup(template.render(post=post, wording=wording, excerpt=Markup(excerpt)).strip())  # noqa: S704  (sanitised by relay.core.markup.html, the rest escaped by the template)


def _ranked(markup: str, level: int) -> str:
    ranks = [int(rank) for rank in _HEADING.findall(markup)]
    shift = level - min(ranks, default=level)
    return _HEADING.sub(lambda found: str(min(int(found.group()) + shift, 6)), markup) if shift else markup
