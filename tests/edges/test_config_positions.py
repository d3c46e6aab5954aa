"""Where keys and values stand: for any document, the place of a value is the place of its text."""

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relay.config.toml.positions import KeyPath, spots_of
from relay.config.toml.strings import decoded, offsets
from relay.config.toml.syntax import Flaw, parse

CHARACTERS = st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\t\"'\\#=[]{},.")
TEXTS = st.text(CHARACTERS, max_size=12)
BLANKS = st.sampled_from(["", "\n", "# [a] = \"b\" '''\n", "  \n\n"])


def basic(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def folded(text: str) -> str:
    return f'"""\n\\\n   {basic(text)[1:-1]}\\  \n \n"""' if text[:1].strip() else f'"""{basic(text)[1:-1]}"""'


def escaped(text: str) -> str:
    return '"' + "".join(f"\\U{ord(character):08x}" for character in text) + '"'


def literal(text: str) -> str:
    return basic(text) if re.search(r"['\n]", text) else f"'{text}'"


def literal_lines(text: str) -> str:
    return basic(text) if "'''" in f"{text}'" else f"'''\n{text}'''"


STRINGS = st.builds(
    lambda write, text: write(text), st.sampled_from([basic, folded, escaped, literal, literal_lines]), TEXTS
)
SCALARS = st.one_of(
    STRINGS,
    st.integers(-9999, 9999).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(str),
    st.booleans().map(lambda value: str(value).lower()),
    st.dates().map(date.isoformat),
    st.datetimes().map(lambda moment: moment.isoformat(" ")),
)
KEYS = st.one_of(st.from_regex(r"[A-Za-z0-9_-]{1,6}", fullmatch=True), TEXTS.map(basic))


@st.composite
def arrays(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    items = draw(st.lists(values, max_size=3))
    comma = draw(st.sampled_from([",", " , # c ] \n", "\n,\n"]))
    return "[" + draw(BLANKS) + comma.join(items) + draw(BLANKS) + "]"


@st.composite
def inline_tables(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    keys = draw(st.lists(KEYS, max_size=3))
    return "{ " + ", ".join(f"{key} = {draw(values)}" for key in keys) + " }"


VALUES = st.recursive(SCALARS, lambda values: arrays(values) | inline_tables(values), max_leaves=6)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Lines that are TOML more often than not: tables, arrays of tables, dotted keys, values of every kind."""
    lines = []
    for _ in range(draw(st.integers(1, 8))):
        key = draw(st.sampled_from([".", " . "])).join(draw(st.lists(KEYS, min_size=1, max_size=3)))
        kind = draw(st.sampled_from(["pair", "pair", "table", "array"]))
        value = draw(VALUES)
        lines.append({"pair": f"{key}={value} # c", "table": f"[ {key} ]", "array": f"[[{key}]]"}[kind])
        lines.append(draw(BLANKS))
    return "\n".join(lines)


def leaves(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    match value:
        case dict():
            for key, item in value.items():
                yield from leaves(item, (*path, key))
        case list():
            for index, item in enumerate(value):
                yield from leaves(item, (*path, index))
        case _:
            yield path, value


@settings(max_examples=500, deadline=None)
@given(text=documents())
def test_the_place_of_every_leaf_is_the_place_of_its_text(text: str) -> None:
    document = parse(text)
    expected = {} if isinstance(document, Flaw) else dict(leaves(document))
    spots = {} if isinstance(document, Flaw) else spots_of(text)
    written = {path: text[spots[path].value.start : spots[path].value.end] for path in expected}
    assert {path: tomllib.loads(f"v = {raw}")["v"] for path, raw in written.items()} == expected
    names = {path: text[spots[path].key.start : spots[path].key.end] for path in expected if isinstance(path[-1], str)}
    assert [next(iter(tomllib.loads(f"{name} = 1"))) for name in names.values()] == [path[-1] for path in names]


@given(raw=STRINGS)
def test_each_character_of_a_text_has_the_place_where_it_is_written(raw: str) -> None:
    text, places = decoded(raw), offsets(raw)
    assert len(places) == len(text) + 1
    pieces = [raw[place:] for place in places[:-1]]
    assert all(piece.startswith((character, "\\")) for piece, character in zip(pieces, text, strict=True))


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("sources", "cget", "every"), (3, 1, "every"), (3, 9, '"30m"')),
        (("routes", 1, "to", 1), (8, 3, '"b"'), (8, 3, '"b"')),
        (("routes", 1, "pace", "min"), (10, 6, "min"), (10, 12, "1979-05-27 07:32:00")),
        (("routes", 1, "sub", 0, "x"), (12, 1, '"x"'), (12, 7, "{ y = [ ] }")),
        (("sources", "cget"), (2, 2, "sources . cget"), (2, 2, "sources . cget")),
    ],
)
def test_a_place_is_a_line_and_a_column(path: KeyPath, key: tuple[int, int, str], value: tuple[int, int, str]) -> None:
    text = (
        '# a comment\n[sources . cget]\nevery = "30m"\n[[routes]]\n[[routes]]\n'
        'to = [ # "x"\n  "a",\n  "b" ]\n\npace.min = 1979-05-27 07:32:00\n[[routes.sub]]\n"x" = { y = [ ] }\n'
    )
    spot = spots_of(text)[path]
    assert [place(text, spot.key.start, spot.key.end), place(text, spot.value.start, spot.value.end)] == [key, value]


def place(text: str, start: int, end: int) -> tuple[int, int, str]:
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start), text[start:end]
