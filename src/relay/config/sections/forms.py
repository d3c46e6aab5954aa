"""``[templates.…]``: the form of a blog's posts; two come with relay, one for each language it speaks."""

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from relay.config.sections.templates import Place, faults, template
from relay.config.table import Fault, Table
from relay.config.values import choice, one_of
from relay.core.form import BLOCKS, INLINE, WORDS, Form, Line, line, lines
from relay.core.template import FIELDS, Placeholder, placeholders

_KEYS = ("like", "title", "layout", "credit", "more", "related", "picture", "headline")
_FOLDER = Path(__file__).parents[1] / "templates"
_WHOLE = frozenset({"picture", "credit", "more", "date", "categories", "picture_credit"})
_MOST = {"lead": 2_000, "excerpt": 50_000, "related": 20}
_TEXT = frozenset({"title", "lead", "excerpt"})


def natural(language: str) -> str:
    """The template of a feed that names none: French for French in all its variants, else English."""
    return "fr" if language.partition("-")[0].lower() == "fr" else "en"


def forms(named: Iterable[tuple[str, Table]], networks: Collection[str], tongue: str) -> Mapping[str, Form]:
    """Those that come with relay, and the operator's own; each may start from one above it."""
    found = dict(_shipped(tuple(networks)))
    for name, table in named:
        first = found[name] if name in found else found[natural(tongue)]
        start = table.one("like", one_of(found, "R120"), "")
        found[name] = form(table, found.get(start, first), networks)
    return found


def form(table: Table, first: Form, networks: Collection[str]) -> Form:
    """One template; a key that it does not have is as in ``first``."""
    table.only(*_KEYS)
    made = Form(
        title=template(table, "title", first.title, Place(networks)),
        layout=_layout(table, first.layout, networks),
        credit=wording(table, "credit", first.credit, networks),
        more=wording(table, "more", first.more, networks),
        related=wording(table, "related", first.related, networks),
        picture=first.picture if table.values.get("picture") != "" else Line(),
        headline=table.one("headline", choice("post", "source"), first.headline),
    )
    if made.picture.pieces:
        made = replace(made, picture=wording(table, "picture", first.picture, networks, WORDS | {"picture_credit"}))
    if "layout" in table.values and _is_silent(made):
        table.report(("layout",), Fault("R124"), at_key=True)
    return made


def wording(table: Table, key: str, default: Line, networks: Collection[str], fields: Collection[str] = WORDS) -> Line:
    """The words of one part, with fields where there are any."""
    if key not in table.values:
        return default
    return line(template(table, key, "", Place(networks, fields, _WHOLE)))


def chosen(feed: Table, known: Mapping[str, Form], networks: Collection[str], tongue: str) -> Form:
    """The form of a feed in the language ``tongue``: a template, and the words that the feed has of its own."""
    first = known[feed.one("template", one_of(known, "R120"), natural(tongue))]
    return replace(
        first,
        title=template(feed, "title_template", first.title, Place(networks)),
        more=wording(feed, "more", first.more, networks),
        related=wording(feed.table("related"), "label", first.related, networks),
    )


def warn_of_idle(templates: Table, feeds: Table, tongue: str) -> None:
    """One warning for each template that no feed has and that no other starts from."""
    used = [_name(values, tongue) for values in feeds.values.values() if isinstance(values, dict)]
    used += [values.get("like") for values in templates.values.values() if isinstance(values, dict)]
    for name in templates.values:
        if name not in used:
            templates.report((name,), Fault("R125", {"name": name}), at_key=True)


def _name(feed: Mapping[str, object], tongue: str) -> object:
    return feed.get("template") or natural(str(feed.get("language") or tongue))


@lru_cache(maxsize=4)
def _shipped(networks: tuple[str, ...]) -> Mapping[str, Form]:
    """The templates of this package. They are ours: a mistake in them is a bug."""
    troubles: list[object] = []
    found = {}
    for file in sorted(_FOLDER.glob("*.toml")):
        table = Table(tomllib.loads(file.read_text(encoding="utf-8")), (), [])
        found[file.stem] = form(table, Form(), networks)
        troubles += table.troubles
    assert not troubles, troubles
    return found


def _layout(table: Table, default: tuple[Line, ...], networks: Collection[str]) -> tuple[Line, ...]:
    value = table.values.get("layout")
    if value is None:
        return default
    if not isinstance(value, str):
        table.report(("layout",), Fault("R013/text"))
        return default
    for fault in (*faults(value, Place(networks, INLINE | BLOCKS, _WHOLE, _MOST)), *_of_places(value)):
        table.report(("layout",), fault)
    return lines(value)


def _of_places(layout: str) -> Iterator[Fault]:
    """A block beside words, a field for the second time."""
    seen = set()
    for found in placeholders(layout):
        inside = (found.start, found.end)
        if found.name in BLOCKS and _line_of(layout, found).strip() != layout[found.start : found.end]:
            yield Fault("R122", {"name": found.name}, inside)
        key = (found.name, found.argument if found.name == "mentions" else "")
        if key in seen:
            yield Fault("R123", {"name": found.name}, inside)
        seen.add(key)


def _line_of(layout: str, found: Placeholder) -> str:
    start = layout.rfind("\n", 0, found.start) + 1
    return layout[start:].partition("\n")[0]


def _is_silent(made: Form) -> bool:
    """Whether it says neither title nor text of a post; one that names what is no field has been told of that."""
    named = {found.name for found in placeholders(made.title)} | {one.name for row in made.layout for one in row.fields}
    return bool(made.layout) and named.isdisjoint(_TEXT) and named <= FIELDS | INLINE | BLOCKS
