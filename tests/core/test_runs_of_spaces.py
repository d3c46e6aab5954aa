"""Runs of spaces, dots and tags in whatever letters: what rules that look only where their sign stands must still see."""

import pytest

from relay.core.excerpt.tidying import tidied
from relay.core.markup.html import Block, plain, to_text
from relay.core.typography.typeset import typeset

NBSP = "\u00a0"


@pytest.mark.parametrize(
    "run",
    [
        "  ",
        "   ",
        f" {NBSP}",
        f"{NBSP} ",
        f"{NBSP}{NBSP}",
        f" {NBSP} ",
        f"{NBSP} {NBSP}",
        f" {NBSP}{NBSP} ",
        f"  {NBSP}{NBSP} ",
    ],
)
def test_a_run_of_spaces_within_a_line_is_one(run: str) -> None:
    assert typeset(f"12{run}rue", "fr") == "12 rue"


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Fin ...", "Fin …"),
        ("Fin..... Suite", "Fin… Suite"),
        ("Fin.. Suite", "Fin.. Suite"),
        ("des halles, des places etc...", "des halles, des places etc."),
        ("Saint-Etienne et les Etats", "Saint-Étienne et les États"),
        (f"Ca{NBSP}va", f"Ça{NBSP}va"),
        (f"A{NBSP}la halle", f"À{NBSP}la halle"),
        ("A Vaubrune, la halle rouvre", "À Vaubrune, la halle rouvre"),
        ("la halle , la place .", "la halle, la place."),
        ("la halle - la place", "la halle – la place"),
    ],
)
def test_signs_in_french(written: str, printed: str) -> None:
    assert typeset(written, "fr") == printed


@pytest.mark.parametrize("tag", ["b", "B", "sTrong", "Pre", "CODE"])
def test_tags_stay_as_they_are_written(tag: str) -> None:
    is_code = tag.lower() in {"pre", "code"}
    inner = "l'eau" if is_code else "l’eau"
    assert typeset(f"<p>l'air <{tag}>l'eau</{tag}> l'air</p>", "fr") == f"<p>l’air <{tag}>{inner}</{tag}> l’air</p>"


def test_code_that_never_ends_is_text() -> None:
    assert typeset("<p>l'air <code>l'eau</p>", "fr") == "<p>l’air <code>l’eau</p>"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>a \n \n \n b</p>", "a\n\nb"),
        (f"<p>a{NBSP} \n{NBSP}b</p>", f"a{NBSP}\n{NBSP}b"),
        ("<p>\u2009a\u2003\u2003b\t</p>", "a b"),
        ("<p>a &amp; b</p>", "a & b"),
        ("<p>a<br>b</p>", "a\nb"),
        ('<p lang="fr">a</p>', "a"),
    ],
)
def test_spaces_and_lines_in_a_text(source: str, text: str) -> None:
    assert plain(source) == text
    assert to_text(source) == text


@pytest.mark.parametrize(
    ("markup", "made"),
    [
        ("<p> a </p>", "<p>a</p>"),
        ("<p>a<br></p>", "<p>a</p>"),
        ("<ul><li> a</li><li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ul><li>– a</li><li>-b</li></ul>", "<ul><li>a</li><li>-b</li></ul>"),
        ("<ul><li>a<br></li><li>b </li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ul><li>a<br>b</li></ul>", "<ul><li>a<br>b</li></ul>"),
    ],
)
def test_what_is_tidied(markup: str, made: str) -> None:
    block = Block(markup[1 : markup.index(">")], markup, plain(markup))
    assert [one.html for one in tidied(block)] == [made]
