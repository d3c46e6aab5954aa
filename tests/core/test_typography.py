"""Spaces, quotes, apostrophes, accents: two tables of what was typed and what is printed, and what holds for any text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.typography.typeset import typeset

N, F = "\u00a0", "\u202f"
"""An unbreakable space, and a narrow (fine) one."""
TABLES = Path(__file__).parents[1] / "excerpts"
ANY = st.text("aEé1 0 '’\"“”.:;!?«»%€<>@#&/-–\u00a0\u202fIVerèm\n", max_size=60)
WRITTEN = (
    "l'|État|Etat |\"|« | »|«|»|“|”| ?|!| :|;|...|etc|12| %| 000| - | – |1ère |XXème|coeur |<b>|</b>|<p>|</p>|<br>|<code>|</code>"
    "|https://a.fr/'|a@b.fr|#Etat|@x|M. |n° |A la |. |\n|&amp;|1 er |mai| |é"
)
PIECES = st.lists(st.sampled_from(WRITTEN.split("|")), max_size=14).map("".join)


def cases(language: str) -> list[tuple[str, str]]:
    lines = (TABLES / f"typography.{language}.txt").read_text("utf-8").replace("⍽", N).replace("⎵", F).split("\n")
    rows = (
        line.partition(" ⇒ ") for line in lines if line and not line.startswith("# ") and not line.startswith("## ")
    )
    return [(typed, printed or typed) for typed, _, printed in rows]


@pytest.mark.parametrize(("typed", "printed"), cases("fr"))
def test_it_sets_french_as_a_printer_would(typed: str, printed: str) -> None:
    assert typeset(typed, "fr") == printed


@pytest.mark.parametrize("printed", [printed for _, printed in cases("fr")])
def test_what_is_set_stays_as_it_is(printed: str) -> None:
    assert typeset(printed, "fr") == printed


@pytest.mark.parametrize(("typed", "printed"), cases("en"))
def test_it_sets_english_as_a_printer_would(typed: str, printed: str) -> None:
    assert typeset(typed, "en") == printed


def test_the_tables_are_long_enough_to_say_something() -> None:
    assert len(cases("fr")) + len(cases("en")) >= 150


@pytest.mark.parametrize("language", ["fr", "fr-FR", "FR", "fr_CA"])
def test_every_french_is_french(language: str) -> None:
    assert typeset("Quoi ?", language) == f"Quoi{F}?"


def test_canada_adds_no_space_that_was_not_typed() -> None:
    assert typeset("Quoi? Note: l'État", "fr-CA") == "Quoi? Note: l’État"


@pytest.mark.parametrize("language", ["de", "", "frp", "eng"])
def test_other_languages_are_left_alone(language: str) -> None:
    assert typeset('What ? It\'s "so"...', language) == 'What ? It\'s "so"...'


@pytest.mark.parametrize(
    "text",
    [
        "https://a.fr/l'eau...?q=1",
        "@l'eau",
        "#A...B",
        "@cget.bsky.social",
        '<a href="https://a.fr/ ?q" title="l\'eau ?">',
        "<code>l'eau ?</code>",
        "l-eau@etat.fr",
        "l-eau_Etat.pdf",
    ],
)
def test_addresses_handles_hashtags_code_and_tags_are_untouched(text: str) -> None:
    assert typeset(f"l'avis : {text} ?", "fr").removeprefix(f"l’avis{N}: ").startswith(text)


@given(ANY, st.sampled_from(["fr", "en", "fr-ca"]))
def test_applying_it_twice_changes_nothing(text: str, language: str) -> None:
    once = typeset(text, language)
    assert typeset(once, language) == once


@given(PIECES, st.sampled_from(["fr", "en", "fr-ca"]))
def test_applying_it_twice_to_what_people_write_changes_nothing(text: str, language: str) -> None:
    once = typeset(text, language)
    assert typeset(once, language) == once


@pytest.mark.parametrize("text", ["etc…...", "etc...Énergie et le reste", "...1.500.000 euros", "Mot ,Énergie verte"])
def test_slips_that_meet_are_mended_at_once(text: str) -> None:
    once = typeset(text, "fr")
    assert once != text
    assert typeset(once, "fr") == once


@given(st.text("abc 12;:!?«»’'\u00a0\u202f", max_size=60))
def test_no_word_is_lost_and_none_is_added(text: str) -> None:
    assert [sign for sign in typeset(text, "fr") if sign.isalnum()] == [sign for sign in text if sign.isalnum()]


@given(st.text("abc 12;:!?«»\u00a0\u202f", max_size=60))
def test_in_canada_spaces_are_never_added_but_within_quotes(text: str) -> None:
    spaces = sum(map(str.isspace, text)) + text.count("«") + text.count("»")
    assert sum(map(str.isspace, typeset(text, "fr-CA"))) <= spaces


@pytest.mark.parametrize(
    "text",
    [
        "a" + N * 100_000 + F * 100_000 + "b",
        "1 000 " * 20_000,
        '"a" ' * 20_000,
        "a - b " * 20_000,
        "@a.b" * 20_000,
        "<b" * 20_000,
        "“a”" * 20_000,
    ],
)
def test_a_long_text_costs_no_more_than_its_length(text: str) -> None:
    assert len(typeset(text, "fr")) >= len(text) // 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a" + " " * 100_000 + ":", f"a{N}:"),
        ("a" + " " * 100_000 + "b", "a b"),
        ("a" + N * 100_000, "a"),
        ("a" + f"{N} " * 50_000 + "b", None),
    ],
)
def test_an_endless_run_of_spaces_costs_no_more_than_its_length(text: str, expected: str | None) -> None:
    found = typeset(text, "fr")
    assert found == (expected or typeset(found, "fr"))
