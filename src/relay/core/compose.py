"""A post's words for one account: a template, filled, then cut to what the network takes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from relay.core.account import Limits
from relay.core.crediting import attribution, source_names
from relay.core.crosspost import Draft
from relay.core.directory.handles import Directory, at_home, bodies_of, handles, mentions
from relay.core.language.length import fits
from relay.core.language.text import cut, graphemes
from relay.core.markup.html import to_text
from relay.core.pictures.illustration import image
from relay.core.post import Post
from relay.core.subject.hashtags import fresh
from relay.core.template import FIELDS, Field, pieces

LONGEST = 3000
"""Graphemes of a lead or an excerpt that are looked at; no network takes as many."""
_MARKUP = 8 * LONGEST
"""Code points of HTML in which an excerpt is looked for."""

_ROOM_STEPS = (
    *("excerpt", "lead", "mentions", "hashtags", "credit", "attribution", "source", "author", "source_link", "title"),
)
"""What gives way when a text is too long, in this order; the link never does."""


@dataclass(frozen=True, slots=True)
class Values:
    """The fields of a post for one network; those made of whole words are tuples."""

    title: str
    lead: str
    excerpt: str
    link: str
    source_link: str
    attribution: str
    credit: str
    source: str
    author: str
    hashtags: tuple[str, ...]
    mentions: tuple[str, ...]
    body_ids: tuple[str, ...]
    own_ids: tuple[str, ...]
    """Those of ``body_ids`` that the source itself mentions."""


def headline(post: Post, template: str, directory: Directory) -> str:
    """The title as the blog's readers see it: "Headline @CGET_gouv @Min_Territoires #SMCL"."""
    return _fill(template, _untold(_for_readers(post, template, directory), template, directory), directory)


def filled(post: Post, template: str, directory: Directory) -> str:
    """A template in the blog's own words, where no headline stands beside it."""
    return _fill(template, _for_readers(post, template, directory), directory)


def compose(post: Post, source_name: str, template: str, limits: Limits, network: str, directory: Directory) -> Draft:
    """The draft for an account of ``network``, within ``limits`` whatever the post's length."""
    values = _untold(_values(post, template, source_name, network, directory), template, directory)
    text = _fill(template, values, directory)
    for step in _ROOM_STEPS:
        if fits(text, limits):
            break
        values = _give_way(values, step, lambda shorter: fits(_fill(template, shorter, directory), limits))
        text = _fill(template, values, directory)
    if not fits(text, limits) and fits(values.link, limits):
        text = values.link
    return Draft(text, post.language, post.url, post.headline, post.lead, image(post.picture))


def _for_readers(post: Post, template: str, directory: Directory) -> Values:
    """The fields as the blog itself prints them, on no network."""
    names = source_names(post)
    return _values(post, template, names[0].label if names else "", "", directory)


def _values(post: Post, template: str, source_name: str, network: str, directory: Directory) -> Values:
    """The fields of a post; what costs time and is not in ``template`` stays empty."""
    bodies = bodies_of(post, directory) if "{mentions" in template else ()
    words = {
        "title": post.headline,
        "lead": cut(post.lead, LONGEST),
        "excerpt": _excerpt(post) if "{excerpt" in template else "",
        "attribution": attribution(post),
        "source": ", ".join(filter(None, (source_name, *(credit.label for credit in post.also)))),
        "author": post.author or "",
    }
    if network:
        words = {name: at_home(text, network, directory) for name, text in words.items()}
    return Values(
        **words,
        credit=words["attribution"],
        link=post.url,
        source_link=post.more_url,
        hashtags=tuple(f"#{tag}" for tag in post.hashtags),
        mentions=mentions(post, bodies, network, directory) if bodies else (),
        body_ids=bodies,
        own_ids=post.handles,
    )


def _untold(values: Values, template: str, directory: Directory) -> Values:
    """The fields without the hashtags that the text has already, in a title or a lead."""
    if not values.hashtags:
        return values
    text = _fill(template, replace(values, hashtags=()), directory)
    return replace(values, hashtags=fresh(values.hashtags, text))


def _excerpt(post: Post) -> str:
    """Lead and body as one line of text."""
    text = " ".join(filter(None, (post.lead, to_text(post.body_html[:_MARKUP]))))
    return cut(" ".join(line.strip() for line in text.split("\n") if line.strip()), LONGEST)


def _fill(template: str, values: Values, directory: Directory) -> str:
    parts = (_field(piece, values, directory) if isinstance(piece, Field) else piece for piece in pieces(template))
    text = _without("  ", "".join(parts))
    return _without("\n\n\n", "\n".join([line.strip(" ") for line in text.split("\n")])).strip()


def _without(run: str, text: str) -> str:
    """``text`` with runs of the same sign one shorter than ``run`` at most; a pattern costs ten times as much."""
    while run in text:
        text = text.replace(run, run[1:])
    return text


def _field(field: Field, values: Values, directory: Directory) -> str:
    name, most = field.name, field.number
    if name == "mentions" and field.argument and most is None:
        return " ".join(handles(values.body_ids, values.own_ids, field.argument, directory))
    if name not in FIELDS:
        return ""
    value = getattr(values, name)
    if isinstance(value, tuple):
        return " ".join(value if most is None else _as_many(value, most))
    return str(value) if most is None else cut(str(value), most)


def _as_many(words: tuple[str, ...], length: int) -> tuple[str, ...]:
    """The first of them, whole, that together have at most ``length`` graphemes: half a handle is somebody else's."""
    number = next((n for n in range(len(words), 0, -1) if graphemes(" ".join(words[:n])) <= length), 0)
    return words[:number]


def _give_way(values: Values, step: str, enough: Callable[[Values], bool]) -> Values:
    """The same fields with as much of ``step`` as there is room for, which may be nothing."""
    least, most = 0, _length(values, step)
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (middle, most) if enough(_with_room(values, step, middle)) else (least, middle)
    return _with_room(values, step, least)


def _length(values: Values, step: str) -> int:
    value: str | tuple[str, ...] = getattr(values, step)
    return graphemes(value) if isinstance(value, str) else len(value)


def _with_room(values: Values, step: str, room: int) -> Values:
    value: str | tuple[str, ...] = getattr(values, step)
    changes: dict[str, Any] = {step: cut(value, room) if isinstance(value, str) else value[:room]}
    if step == "mentions":
        changes["body_ids"] = values.body_ids[:room]
    return replace(values, **changes)
