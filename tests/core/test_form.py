"""The form of a post: its lines, and what is left of a line whose fields have little to say."""

import pytest

from relay.core.form import Form, Line, line, lines, printed
from relay.core.template import Field, pieces


def left(text: str, **values: str) -> str:
    """The line filled with these values; fields without one say nothing."""
    kept = printed(line(text), lambda field: field.name in values)
    return "".join(values[piece.name] if isinstance(piece, Field) else piece for piece in kept)


def test_a_template_is_words_and_fields() -> None:
    assert pieces("Par {author}, {title:80}") == ("Par ", Field("author"), ", ", Field("title", "80"))
    assert [str(field) for field in line("{lead:200} ({credit})").fields] == ["{lead:200}", "{credit}"]


def test_a_layout_is_a_line_a_paragraph_whatever_is_empty_between() -> None:
    assert lines("\n{credit}\n\n  {lead:400} \n") == (line("{credit}"), line("{lead:400}"))


def test_a_field_with_nothing_beside_it_stands_alone() -> None:
    assert line("{lead:9}").alone == Field("lead", "9")
    assert [one.alone for one in lines("{lead} !\nVoilà\n{lead}{more}")] == [None, None, None]


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("{author} · {date}", {"author": "Ana", "date": "mardi"}, "Ana · mardi"),
        ("{author} · {date}", {"date": "mardi"}, "mardi"),
        ("{author} · {date}", {"author": "Ana"}, "Ana"),
        ("{author} · {date}", {}, ""),
        ("Par {author}, le {date}", {"date": "1er mai"}, "1er mai"),
        ("Par {author}, le {date}", {"author": "Ana"}, "Par Ana"),
        ("{lead} ({credit})", {"lead": "Voilà."}, "Voilà."),
        ("{lead} ({credit})", {"credit": "CGET"}, "CGET"),
        ("({author} {date})", {"date": "mardi"}, "mardi"),
        ("({author} {date})", {"author": "Ana"}, "(Ana)"),
        ("{lead} ({credit}) — {date}", {"lead": "Voilà.", "date": "mardi"}, "Voilà. — mardi"),
        ("{author} · {source} · {date}", {"author": "Ana", "date": "mardi"}, "Ana · mardi"),
        ("À lire : {more}", {}, ""),
        ("Un mot de la rédaction", {}, "Un mot de la rédaction"),
    ],
)
def test_words_that_lead_to_nothing_go_with_it(text: str, values: dict[str, str], expected: str) -> None:
    assert left(text, **values) == expected


def test_a_form_knows_its_parts_and_how_long_they_are() -> None:
    form = Form(layout=lines("{lead:200} ({credit})\n{related:5}"))
    assert (form.has("credit"), form.has("picture")) == (True, False)
    assert (form.most("lead"), form.most("related"), form.most("excerpt")) == (200, 5, None)


def test_without_any_template_a_post_has_the_parts_of_the_blog_s_own_archive() -> None:
    names = [field.name for one in Form().layout for field in one.fields]
    assert names == ["credit", "lead", "picture", "excerpt", "more", "related"]
    assert Form().related == Line(("Lire également :",))
