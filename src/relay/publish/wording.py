"""The lines of a form, said of one post: every word escaped, credits and "read more" as links."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from relay.core.compose import filled
from relay.core.crediting import credited, source_names
from relay.core.directory.handles import Directory
from relay.core.form import Form, Line, printed
from relay.core.post import Credit, Post
from relay.core.template import Field
from relay.publish.labels import labels

_CLASSES = {
    "lead": "lead p-summary",
    "author": "author p-author",
    "date": "day",
    "source": "origin",
    "attribution": "credit",
}
"""Of a field whose class is not its name; ``p-…`` is microformats2, ``date`` is the margin, ``source`` a panel."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What is said, how, and who is who."""

    post: Post
    form: Form
    directory: Directory


def kind(line: Line) -> str:
    """The class of a paragraph: its part's, or that of a line with several things on it."""
    return _class(line.alone) if line.alone else "line"


def paragraph(line: Line, telling: Telling) -> Markup:
    """A line of the layout; empty where its fields have nothing to say. Beside words, each part keeps its class."""
    if line.alone:
        return _value(line.alone, telling)
    values = {field: _value(field, telling) for field in line.fields}
    spans = {
        field: Markup('<span class="{}">{}</span>').format(_class(field), value) if value else value
        for field, value in values.items()
    }
    return _joined(line, spans)


def said(line: Line, telling: Telling) -> Markup:
    """A part's own wording."""
    return _joined(line, {field: _value(field, telling) for field in line.fields})


def _joined(line: Line, values: dict[Field, Markup]) -> Markup:
    kept = printed(line, lambda field: bool(values[field]))
    return Markup("").join(values[piece] if isinstance(piece, Field) else piece for piece in kept)


def _class(field: Field) -> str:
    return _CLASSES.get(field.name, field.name)


def _value(field: Field, telling: Telling) -> Markup:
    post = telling.post
    match field.name:
        case "credit":
            return _credit(telling)
        case "more":
            return _link(post.more_url, said(telling.form.more, telling)) if post.more_url else Markup("")
        case "date":
            day = labels(post.language).day(post.published)
            return Markup('<time datetime="{}">{}</time>').format(f"{post.published:%Y-%m-%d}", day)
        case _:
            return escape(_text(field, telling))


def _text(field: Field, telling: Telling) -> str:
    post = telling.post
    match field.name:
        case "lead":  # it is fitted already
            return post.lead
        case "categories":
            return ", ".join(post.categories)
        case "picture_credit":
            return post.picture.credit if post.picture else ""
        case _:
            return filled(post, str(field), telling.directory)


def _credit(telling: Telling) -> Markup:
    """One source: the wording leads to its entry. Several: each name leads to its own."""
    wording, (opening, named) = telling.form.credit, credited(telling.post)
    if len(named) < 2:
        return _link(telling.post.credit_url, said(wording, telling))
    linked = {"attribution": escape(opening) + _links(named), "source": _links(source_names(telling.post))}
    values = {field: linked.get(field.name) or _value(field, telling) for field in wording.fields}
    if linked.keys() & {field.name for field in wording.fields}:
        return _joined(wording, values)
    first = _link(telling.post.credit_url, _joined(wording, values))
    return Markup(", ").join(filter(None, (first, _links(telling.post.also))))


def _links(named: Iterable[Credit]) -> Markup:
    return Markup(", ").join(_link(credit.url, escape(credit.label)) for credit in named)


def _link(url: str, words: Markup) -> Markup:
    return Markup('<a href="{}">{}</a>').format(url, words) if url and words else words
