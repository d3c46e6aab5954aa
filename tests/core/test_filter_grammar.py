"""How the text of a filter is read."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.expression.grammar import DEEPEST, parse
from relay.core.expression.tokens import Misreading
from relay.core.expression.tree import (
    DATED,
    FIELDS,
    And,
    Comparison,
    Expression,
    Not,
    Operator,
    Or,
    canonical,
    comparisons,
    wording,
)

A, B, C = (Comparison("title", "~", name) for name in "abc")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title ~ (?i)quartier|ville|territoire", Comparison("title", "~", "(?i)quartier|ville|territoire")),
        ("category = Offres d'emploi", Comparison("category", "=", "Offres d'emploi")),
        ("category = Arts and Crafts (or not)", Comparison("category", "=", "Arts and Crafts (or not)")),
        ("content ~<p>", Comparison("content", "~", "<p>")),
        ("  title !~ a  ", Comparison("title", "!~", "a  ")),
        ('title ~ "a"', A),
        ("title ~ 'a'", A),
        ("title ~ /a/", A),
        (r"title ~ /a\/b/", Comparison("title", "~", r"a\/b")),
        ('title ~ "say ""a"""', Comparison("title", "~", 'say "a"')),
        ("title ~ 'l''eau'", Comparison("title", "~", "l'eau")),
        ('url ~ "/news/"', Comparison("url", "~", "/news/")),
        ("has image", Comparison("image", "has")),
        ('title ~ "a" and title ~ "b" and title ~ "c"', And((A, B, C))),
        ('title ~ "a" or title ~ "b" and title ~ "c"', Or((A, And((B, C))))),
        ('(title ~ "a" or title ~ "b") and title ~ "c"', And((Or((A, B)), C))),
        ('not title ~ "a" and title ~ "b"', And((Not(A), B))),
        ('NOT(title~"a"AND title~"b")', Not(And((A, B)))),
        ("not not has title", Not(Not(Comparison("title", "has")))),
    ],
)
def test_a_text_becomes_its_expression(text: str, expected: Expression) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    ("text", "why", "wrong"),
    [
        ("", "no rule", ""),
        (" ", "no rule", " "),
        ("ville", "no rule", "ville"),
        ("titel ~ a", "unknown field", "titel"),
        ("Title ~ a", "unknown field", "Title"),
        ("has imag", "unknown field", "imag"),
        ("has =", "no comparison", "="),
        ('title ~ "a" and', "no comparison", ""),
        ('title ~ "a" or or has image', "no comparison", "or"),
        ("() or has image", "no comparison", ")"),
        ("title == a", "no operator", "=="),
        ("title < a", "no operator", "<"),
        ("published ~ 2026-01-31", "no dated operator", "~"),
        ("published > 2026-01-31", "no dated operator", ">"),
        ("published < 2026-02-30", "no day", "2026-02-30"),
        ("published < 20260131", "no day", "20260131"),
        ("published <", "no operand", ""),
        ("title ~", "no operand", ""),
        ('title ~ ""', "no operand", '""'),
        ('title ~ "a" and category = b', "bare operand", "b"),
        ('title ~ a b and category = "c"', "bare operand", "a b"),
        ("title ~ a or (not has image)", "bare operand", "a"),
        ("title ~ a AND titel~b", "bare operand", "a"),
        ("not title ~ a", "bare operand", "a"),
        ('title ~ "a', "unclosed operand", '"a'),
        ("title ~ /a or has image", "unclosed operand", "/a or has image"),
        ('(title ~ "a" or (has image)', "unclosed parenthesis", "("),
        ('title ~ "a")', "stray parenthesis", ")"),
        ('title ~ "a" has image', "no joint", "has"),
        ('(title ~ "a" has image)', "no joint", "has"),
        ("title = /a/", "slashes and =", "/a/"),
        ("url ~ /a/", "slashes and url", "/a/"),
    ],
)
def test_a_text_that_is_no_filter_is_told_why_and_where(text: str, why: str, wrong: str) -> None:
    found = parse(text)

    assert isinstance(found, Misreading)
    assert (found.why, text[slice(*found.span)]) == (why, wrong)


def test_nobody_needs_more_parentheses_than_anybody_can_follow() -> None:
    allowed, deeper = ("(" * depth + "has title" + ")" * depth for depth in (DEEPEST, DEEPEST + 1))

    assert parse(allowed) == Comparison("title", "has")
    assert isinstance(found := parse(deeper), Misreading)
    assert (found.why, found.span[0]) == ("too deep", DEEPEST + 1)


def test_a_day_begins_in_the_time_zone_of_the_file() -> None:
    assert parse("published >= 2026-01-31", ZoneInfo("Europe/Paris")) == Comparison(
        "published", ">=", "2026-01-31", datetime(2026, 1, 30, 23, tzinfo=UTC)
    )


def test_every_part_knows_its_words_and_their_place() -> None:
    text = 'not title ~ "a" or (has image and category = "b")'
    found = parse(text)
    assert isinstance(found, Or)
    inner = found.parts[1]
    assert isinstance(inner, And)

    assert [wording(part) for part in (*found.parts, *inner.parts)] == [
        'not title ~ "a"',
        'has image and category = "b"',
        "has image",
        'category = "b"',
    ]
    assert text[inner.written.start :].startswith(inner.written.text)
    assert [text[one.operand_start] for one in comparisons(found) if one.operand] == ["a", "b"]


def test_what_nobody_wrote_has_words_all_the_same() -> None:
    assert wording(And((A, Not(Or((B, C)))))) == 'title ~ "a" and not (title ~ "b" or title ~ "c")'


def texts() -> st.SearchStrategy[Comparison]:
    subject = st.sampled_from([name for name in FIELDS if name != DATED])
    operator: st.SearchStrategy[Operator] = st.sampled_from(["~", "!~", "=", "!="])
    return st.builds(Comparison, subject, operator, st.text(min_size=1))


def days() -> st.SearchStrategy[Comparison]:
    operator: st.SearchStrategy[Operator] = st.sampled_from(["<", ">="])
    moments = st.datetimes().map(lambda moment: moment.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC))
    return st.builds(
        lambda moment, operator: Comparison(DATED, operator, moment.date().isoformat(), moment), moments, operator
    )


def expressions() -> st.SearchStrategy[Expression]:
    presence = st.sampled_from(FIELDS).map(lambda name: Comparison(name, "has"))
    return st.recursive(
        texts() | days() | presence,
        lambda part: (
            part.map(Not)
            | st.lists(part, min_size=2, max_size=3).map(lambda parts: And(tuple(parts)))
            | st.lists(part, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts)))
        ),
        max_leaves=8,
    )


@given(expression=expressions())
def test_what_relay_writes_it_reads_as_the_same(expression: Expression) -> None:
    assert parse(canonical(expression)) == expression


WORDS = [*FIELDS, "and", "or", "not", "has", "(", ")", "~", "!~", "=", "<", ">=", '"a"', "'", "/b/", "2026-01-31", "\\"]


@given(text=st.text() | st.lists(st.sampled_from(WORDS) | st.text(max_size=3), max_size=30).map(" ".join))
def test_any_text_is_a_filter_or_told_where_it_is_not(text: str) -> None:
    found = parse(text)
    if isinstance(found, Misreading):
        assert 0 <= found.span[0] <= found.span[1] <= len(text) + 1
    else:
        assert parse(canonical(found)) == found
