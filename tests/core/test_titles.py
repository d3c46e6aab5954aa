"""Titles without the name of a column before them, and lines that only name something."""

import pytest

from relay.core.excerpt.titles import headed, is_label


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("[Brève] La digue est finie", "La digue est finie"),
        ("[Communiqué de presse] La digue est finie", "La digue est finie"),
        ("REPORTAGE. La digue est finie", "La digue est finie"),
        ("EN IMAGES. La digue est finie", "La digue est finie"),
        ("INTERVIEW. « La digue est finie »", "« La digue est finie »"),
        ("VIDÉO : La digue est finie", "La digue est finie"),
        ("INFOGRAPHIE - 12 digues", "12 digues"),
        ("ANRU : La digue est finie", None),
        ("Enquête : la digue est finie", None),
        ("ENQUÊTE PUBLIQUE : la digue", None),
        ("Carte. La digue", None),
        ("[…] La digue", None),
        ("[Brève]", None),
    ],
)
def test_a_title_loses_the_name_of_its_column_and_nothing_else(title: str, expected: str | None) -> None:
    assert headed(title) == (title if expected is None else expected)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Invitée : Jeanne Petit, urbaniste", True),
        ("Invitée\u00a0: Jeanne Petit, urbaniste.", True),
        ("Logement : la ville agit.", False),
        ("Invitée : Jeanne Petit. Elle parle de la ville.", False),
        ("La ville de Vaubrune l'a dit : Jeanne viendra", False),
    ],
)
def test_a_label_names_something_and_is_no_sentence(text: str, *, is_one: bool) -> None:
    assert is_label(text) is is_one
