"""Where sentences end, in French and in English."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.language.sentences import Aside, asides, ends, is_cut_short, is_speaker


def sentences(text: str) -> list[str]:
    places = [0, *ends(text)]
    return [
        text[start:end].strip()
        for start, end in zip(places, [*places[1:], len(text)], strict=True)
        if text[start:end].strip()
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Un. | Deux ! | Trois ? | Quatre…",
        "M. Petit et Mme Grand. | Suite.",
        "Le Dr. Petit, art. 5 et p. ex. Lille. | Suite.",
        "Les Q.P.V. Nord et Sud.",
        "Écoles, crèches, etc. sont concernées. | Suite.",
        "Écoles, crèches, etc. | Les mairies suivront.",
        "Vraiment ?! | Oui.",
        "Hé ! dit-il.",
        "Attendez… il arrive. | Bien.",
        "La version 2.0 du site data.gouv.fr est là. | Bien.",
        "Fini en 2018. | Suite.",
        "1. Lire",
        "« Oui. | Non. » | Suite.",
        "« Oui », dit-il. | Suite.",
        "« Oui. » Anne Petit, ministre de la Ville. | Suite.",
        "« Oui. » (Anne Petit, ministre de la Ville). | Suite.",
        "« Oui. » | Le conseil suit.",
        "« Oui ! » a dit le maire.",
        "“Who pays?” asked the mayor. | Nobody.",
        "Mr. Small of the U.S. Congress left. | Good.",
    ],
)
def test_a_sentence_ends_where_a_reader_stops(text: str) -> None:
    assert sentences(text.replace(" | ", " ")) == text.split(" | ")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a « b » c", [Aside(2, 6)]),
        ("« a « b » c »", [Aside(0, 12)]),
        ("a « b", []),
        ("a » b", []),
        ("1) a (b) c", [Aside(5, 7)]),
        ("(a) et « b »", [Aside(0, 2), Aside(7, 11)]),
    ],
)
def test_a_quotation_is_what_opens_and_closes(text: str, found: list[Aside]) -> None:
    assert asides(text) == found


@pytest.mark.parametrize(
    "text", ["Anne Petit, ministre de la Ville", "— Anne Petit", "– la ministre de la Ville", "(Anne Petit, maire)"]
)
def test_a_name_with_its_title_is_a_speaker(text: str) -> None:
    assert is_speaker(text)


@pytest.mark.parametrize("text", ["Le conseil, réuni hier, a voté.", "Anne Petit a voté. Suite.", "Fin.", "les villes"])
def test_a_sentence_is_no_speaker(text: str) -> None:
    assert not is_speaker(text)


@pytest.mark.parametrize(
    "text", ["soit 12", "soit 3 millions", "la loi n°", "avec M.", "à l’article", "voir p.", "Mme"]
)
def test_a_figure_waits_for_its_unit_and_a_title_for_its_name(text: str) -> None:
    assert is_cut_short(text)


@given(st.text("Ab .!?…«»“”()1\n", max_size=40))
def test_every_end_lies_behind_a_sign_that_ends(text: str) -> None:
    assert all(set(text[:end].rstrip('»”"’)] \u00a0\u202f')[-1:]) <= set(".!?…") for end in ends(text))
