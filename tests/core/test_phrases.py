"""Phrases of boilerplate are looked for only where a text begins like one: what is found must be the same."""

import pytest
import regex

from relay.core.excerpt.boilerplate import is_boilerplate
from relay.core.excerpt.notices import BUTTON, HEADED, NOTICE, OPENING, RUBRIC, SECTION
from relay.core.excerpt.phrases import AFTERWARDS, DATELINE, FURTHER, TAIL, WHOLE, Phrase
from relay.core.markup.html import Block

PHRASES = (WHOLE, NOTICE, FURTHER, AFTERWARDS, DATELINE, TAIL, BUTTON, HEADED, OPENING, RUBRIC, SECTION)
TEXTS = (
    "",
    "…",
    "x",
    "PDF, X",
    "« Lire aussi »",
    "  Lire la suite →",
    "***** Partager sur Facebook",
    "5 min de lecture",
    "3 commentaires",
    "crédit : 3 % de plus",
    "crédits photos : Anne Martin",
    "Vaubrune, le 12 mai 2026",
    "VAUBRUNE, LE 12 MAI 2026",
    "« Vaubrune, le 12/05/2026 »",
    "Vaubrune, la ville, le matin",
    "Par Anne Martin",
    "L’article La halle rouvre est apparu en premier sur Vaubrune.",
    "Cet article initialement publié sur le site de la ville",
    "VIDÉO - La halle rouvre",
    "[Brève] La halle rouvre",
    "Bonjour à toutes et à tous,",
    "À propos de la ville",
    "Sommaire",
    "sommaire des travaux",
    "La halle rouvre au printemps.",
)


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.pattern[:24])
def test_a_phrase_is_found_wherever_its_pattern_is(phrase: Phrase) -> None:
    pattern = regex.compile(phrase.pattern.replace("'", "[’']"), regex.IGNORECASE | regex.DOTALL)
    for text in TEXTS:
        assert bool(phrase.fullmatch(text)) == bool(pattern.fullmatch(text)), text
        assert bool(phrase.match(text)) == bool(pattern.match(text)), text


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Vaubrune, le 12 mai 2026", True),
        ("VAUBRUNE, LE 12 MAI 2026", True),
        ("Vaubrune, le marché rouvre", False),
        ("Inscrivez-vous à notre NEWSLETTER", True),
        ("Abonnez-vous vite à la Lettre d’information de la ville", True),
        ("La lettre du maire est arrivée.", False),
        ("٣", False),
        ("²", True),
        ("#halle #ville", True),
    ],
)
def test_what_is_boilerplate(text: str, *, is_one: bool) -> None:
    assert is_boilerplate(Block("p", f"<p>{text}</p>", text)) == is_one
