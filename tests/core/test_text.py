"""Counting as each network counts, and cutting without cutting a word."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from relay.core.account import Limits
from relay.core.language.length import fits, measure
from relay.core.language.text import cut, graphemes
from tests.core.shared import shared

FAMILY = "👨‍👩‍👧‍👦"


BLUESKY = Limits((("graphemes", 300), ("bytes", 3000)))


MASTODON = Limits((("graphemes", 500),), link_cost=23, local_mentions=True)


LONG_LINK = "https://www.cohesion-territoires.gouv.fr/programme-action-coeur-de-ville-premier-bilan"


WORDS = st.text("ab é’,.!?…()«»#@:/-\u00a0\u202f\n" + FAMILY, max_size=80)


def used(text: str, limits: Limits) -> list[int]:
    return [count.used for count in measure(text, limits)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("Ville", 5),
        ("é", 1),
        ("e\u0301", 1),
        (FAMILY, 1),
        ("🇫🇷🇪🇺", 2),
        ("👍🏽", 1),
        ("❤️", 1),
        ("l’État\u00a0: 5\u202f%", 12),
        ("a\r\nb", 3),
        ("한국", 2),
    ],
)
def test_it_counts_what_a_person_calls_characters(text: str, expected: int) -> None:
    assert graphemes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ville", [5, 5]),
        ("é", [1, 2]),
        ("«\u00a0État\u00a0»", [8, 13]),
        (FAMILY, [1, 25]),
        ("🇫🇷", [1, 8]),
        (LONG_LINK, [len(LONG_LINK), len(LONG_LINK)]),
    ],
)
def test_bluesky_counts_graphemes_and_bytes(text: str, expected: list[int]) -> None:
    assert used(text, BLUESKY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LONG_LINK, 23),
        ("http://a.fr", 23),
        (f"Voir {LONG_LINK}.", 29),
        (f"({LONG_LINK})", 25),
        (f"{LONG_LINK} {LONG_LINK}\n{LONG_LINK}", 71),
        ("@CGET_gouv@social.exemple.fr", 10),
        ("@CGET_gouv", 10),
        ("le @anru@social.exemple.fr et @anct@x.exemple.fr.", 18),
        ("ecrire@exemple.fr", 17),
        ("exemple.fr/chemin", 17),
        ("#SMCL", 5),
    ],
)
def test_mastodon_counts_any_link_as_23_and_a_mention_without_its_server(text: str, expected: int) -> None:
    assert used(text, MASTODON) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a" * 300, True), ("a" * 301, False), (FAMILY * 120, True), (FAMILY * 121, False)],
)
def test_every_unit_of_a_network_must_hold(text: str, expected: bool) -> None:  # noqa: FBT001  # a column of a table
    assert fits(text, BLUESKY) is expected


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("Un bilan court", 14, "Un bilan court"),
        ("Un bilan court", 13, "Un bilan…"),
        ("Un bilan court", 9, "Un bilan…"),
        ("Un bilan court", 8, "Un…"),
        ("Un bilan court", 2, ""),
        ("Anticonstitutionnellement", 10, ""),
        ("La ville change. Le quartier aussi, dit-on.", 30, "La ville change."),
        ("La ville change. Le quartier", 16, "La ville change."),
        ("Oui. Le quartier change beaucoup cette année", 30, "Oui. Le quartier change…"),
        ("«\u00a0La ville change.\u00a0» Voilà ce qu’on dit", 24, "«\u00a0La ville change.\u00a0»"),
        ("Un coût de 15\u00a0M€ par an", 15, "Un coût de…"),
        ("Les villes, les champs", 12, "Les villes…"),
        ("ligne une\nligne deux", 12, "ligne une…"),
        (f"Une famille {FAMILY}{FAMILY} heureuse", 15, f"Une famille {FAMILY}{FAMILY}…"),
        (f"Voir {LONG_LINK} bientôt", 40, "Voir…"),
        ("n’importe quoi", 0, ""),
    ],
)
def test_it_cuts_at_a_sentence_or_else_after_a_word(text: str, length: int, expected: str) -> None:
    assert cut(text, length) == expected


@given(WORDS, st.integers(0, 90))
def test_a_cut_text_is_never_longer_than_asked(text: str, length: int) -> None:
    assert graphemes(cut(text, length)) <= length


@given(WORDS, st.integers(0, 90))
def test_a_cut_text_is_the_beginning_of_the_text(text: str, length: int) -> None:
    assert text.startswith(regex.sub("…(?:\u00a0»|[”)\\]])?$", "", cut(text, length)))


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        (
            "Il a dit\u00a0: «\u00a0la ville change, le quartier aussi\u00a0»",
            32,
            "Il a dit\u00a0: «\u00a0la ville change…\u00a0»",
        ),
        ("Le maire l’a dit hier au conseil («\u00a0la ville\u00a0»)", 40, "Le maire l’a dit hier au conseil…"),
        ("Soit 3\u00a0millions d’euros", 20, "Soit…"),
        ("Avec M. Petit et Mme Grand", 10, "Avec…"),
        ("La mission de M. Petit. Puis la suite", 30, "La mission de M. Petit."),
    ],
)
def test_it_parts_no_figure_from_its_unit_and_leaves_no_quotation_open(text: str, length: int, expected: str) -> None:
    assert cut(text, length) == expected


@given(st.text("ab «»“”().\u00a0", max_size=60), st.integers(0, 60))
def test_a_quotation_that_closes_in_the_text_closes_in_the_cut(text: str, length: int) -> None:
    for opening, closing in ("«»", "“”"):
        if text.count(opening) <= 1 and regex.fullmatch(f"[^{closing}(]*{opening}[^()]*{closing}[^()]*", text):
            assert cut(text, length).count(opening) <= cut(text, length).count(closing)


@given(st.text(max_size=40))
def test_counting_takes_no_short_cut_that_unicode_does_not_allow(text: str) -> None:
    assert graphemes(text) == len(regex.findall(r"\X", text))


@given(st.lists(st.text("abcdeé", min_size=1, max_size=9), max_size=12), st.integers(0, 60))
def test_a_cut_text_has_whole_words_only(words: list[str], length: int) -> None:
    kept = cut(" ".join(words), length).removesuffix("…").split()
    assert kept == words[: len(kept)]


def test_it_breaks_graphemes_where_unicode_says() -> None:
    lines = shared("conformance/unicode/GraphemeBreakTest.txt").read_text().splitlines()
    # ✁ (2701) is no pictograph any more since Unicode 17, and half a surrogate pair is no text.
    cases = [line for line in lines if line.startswith("÷") and "2701" not in line and "D800" not in line]
    expected = [[_characters(cluster) for cluster in _outside(line).split("÷")[1:-1]] for line in cases]
    assert [regex.findall(r"\X", "".join(clusters)) for clusters in expected] == expected
    assert [graphemes("".join(clusters)) for clusters in expected] == [len(clusters) for clusters in expected]


def _outside(line: str) -> str:
    return line.partition("#")[0].strip()


def _characters(cluster: str) -> str:
    return "".join(chr(int(code, 16)) for code in cluster.replace("×", " ").split())
