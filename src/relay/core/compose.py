"""A post's words for one account: a template, filled, then cut to what the network takes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import regex

from relay.core.crosspost import Draft, Limits
from relay.core.directory.handles import Directory, at_home, bodies_of, handles, mentions
from relay.core.language.text import cut, fits, graphemes
from relay.core.markup.html import to_text
from relay.core.post import Post
from relay.core.subject.hashtags import fresh

FIELDS = frozenset({"title", "lead", "excerpt", "link", "source_link", "hashtags", "mentions", "attribution", "source"})
"""What a template may name. ``{field:n}`` gives a field at most n graphemes; ``{mentions:x}`` a network's handles."""

LONGEST = 3000
"""Graphemes of a lead or an excerpt that are looked at; no network takes as many."""
_MARKUP = 8 * LONGEST
"""Code points of HTML in which an excerpt is looked for."""

_PLACEHOLDER = regex.compile(r"\{([^{}]*)\}")
_ROOM_STEPS = ("excerpt", "lead", "mentions", "hashtags", "attribution", "source", "source_link", "title")
"""What gives way when a text is too long, in this order; the link never does."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One ``{name:argument}`` of a template, and where it stands (code points, half-open)."""

    name: str
    argument: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Values:
    """The fields of a post for one network; those made of whole words are tuples."""

    title: str
    lead: str
    excerpt: str
    link: str
    source_link: str
    attribution: str
    source: str
    hashtags: tuple[str, ...]
    mentions: tuple[str, ...]
    body_ids: tuple[str, ...]
    own_ids: tuple[str, ...]
    """Those of ``body_ids`` that the source itself mentions."""


def placeholders(template: str) -> tuple[Placeholder, ...]:
    """Every placeholder of a template, known or not, for whoever checks it."""
    found = []
    for match in _PLACEHOLDER.finditer(template):
        name, _, argument = match.group(1).partition(":")
        found.append(Placeholder(name, argument, match.start(), match.end()))
    return tuple(found)


def headline(post: Post, template: str, directory: Directory) -> str:
    """The title as the blog's readers see it: "Headline @CGET_gouv @Min_Territoires #SMCL"."""
    return _fill(template, _untold(_values(post, "", "", directory), template, directory), directory)


def compose(post: Post, source_name: str, template: str, limits: Limits, network: str, directory: Directory) -> Draft:
    """The draft for an account of ``network``, within ``limits`` whatever the post's length."""
    values = _untold(_values(post, source_name, network, directory), template, directory)
    text = _fill(template, values, directory)
    for step in _ROOM_STEPS:
        if fits(text, limits):
            break
        values = _give_way(values, step, lambda shorter: fits(_fill(template, shorter, directory), limits))
        text = _fill(template, values, directory)
    if not fits(text, limits) and fits(values.link, limits):
        text = values.link
    return Draft(text=text, language=post.language, link=post.url, title=post.headline, description=post.lead)


def _values(post: Post, source_name: str, network: str, directory: Directory) -> Values:
    bodies = bodies_of(post, directory)
    words = {
        "title": post.headline,
        "lead": cut(post.lead, LONGEST),
        "excerpt": _excerpt(post),
        "attribution": post.credit,
        "source": source_name,
    }
    if network:
        words = {name: at_home(text, network, directory) for name, text in words.items()}
    return Values(
        **words,
        link=post.url,
        source_link=post.more_url,
        hashtags=tuple(f"#{tag}" for tag in post.hashtags),
        mentions=mentions(post, bodies, network, directory),
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
    text = _PLACEHOLDER.sub(lambda match: _field(match.group(1), values, directory), template)
    lines = [regex.sub(r" {2,}", " ", line).strip(" ") for line in text.split("\n")]
    return regex.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _field(placeholder: str, values: Values, directory: Directory) -> str:
    name, _, argument = placeholder.partition(":")
    if name == "mentions" and argument and not argument.isdecimal():
        return " ".join(handles(values.body_ids, values.own_ids, argument, directory))
    if name not in FIELDS:
        return ""
    value = getattr(values, name)
    if isinstance(value, tuple):
        return " ".join(_as_many(value, int(argument)) if argument.isdecimal() else value)
    return cut(str(value), int(argument)) if argument.isdecimal() else str(value)


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
