"""French spacing, quotes and ellipsis."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.typography import typeset

N, F = "\u00a0", "\u202f"
"""An unbreakable space, and a narrow (fine) one."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quel bilan ?", f"Quel bilan{F}?"),
        ("Enfin !", f"Enfin{F}!"),
        ("la Ville ; l'État", f"la Ville{F}; l’État"),
        ("Cœur de Ville : quel bilan", f"Cœur de Ville{N}: quel bilan"),
        ("« Réinventons »", f"«{N}Réinventons{N}»"),
        ("aujourd'hui, l'«État»", "aujourd’hui, l’«État»"),
        ("et la suite...", "et la suite…"),
        ("1 000 conseils", f"1{F}000 conseils"),
        ("1 350 000 habitants", f"1{F}350{F}000 habitants"),
        ("en 2018 12 villes", "en 2018 12 villes"),
        ("10 % de 5 millions", f"10{N}% de 5{N}millions"),
        ("15 M€, 3 milliards", f"15{N}M€, 3{N}milliards"),
        ("à 12:30", "à 12:30"),
        ("sans espace? ni là!", "sans espace? ni là!"),
        ("rock 'n' roll", "rock 'n' roll"),
    ],
)
def test_it_sets_french_as_a_printer_would(text: str, expected: str) -> None:
    assert typeset(text, "fr") == expected


@pytest.mark.parametrize("language", ["fr", "fr-FR", "FR", "fr_CA"])
def test_every_french_is_french(language: str) -> None:
    assert typeset("Quoi ?", language) == f"Quoi{F}?"


@pytest.mark.parametrize("language", ["en", "de", "", "frp"])
def test_other_languages_are_left_alone(language: str) -> None:
    assert typeset("What ? It's...", language) == "What ? It's..."


@pytest.mark.parametrize(
    "text",
    [
        "https://a.fr/l'eau...?q=1",
        "@l'eau",
        "#A...B",
        "@cget.bsky.social",
        '<a href="https://a.fr/ ?q" title="l\'eau ?">',
    ],
)
def test_addresses_handles_hashtags_and_tags_are_untouched(text: str) -> None:
    assert typeset(f"l'avis : {text} ?", "fr").removeprefix(f"l’avis{N}: ").startswith(text)


def test_html_is_set_between_its_tags() -> None:
    assert typeset('<p lang="fr">L\'eau <b>pure</b> ?</p>', "fr") == f'<p lang="fr">L’eau <b>pure</b>{F}?</p>'


@given(st.text("a1é '’.:;!?«»%€<>@# /\u00a0\u202f0", max_size=60))
def test_applying_it_twice_changes_nothing(text: str) -> None:
    once = typeset(text, "fr")
    assert typeset(once, "fr") == once


@given(st.text("a1é ;!?:«»%€\u00a0\u202f0", max_size=60))
def test_spaces_are_never_added(text: str) -> None:
    assert sum(map(str.isspace, typeset(text, "fr"))) <= sum(map(str.isspace, text))


def test_a_long_run_of_unbreakable_spaces_costs_nothing() -> None:
    assert typeset("a" + N * 100_000 + F * 100_000 + "b", "fr").endswith("b")
