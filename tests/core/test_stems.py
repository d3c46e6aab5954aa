"""Stems: the same in C and in Python, and the same once more than can be kept was met."""

from importlib import import_module
from pathlib import Path
from unittest.mock import Mock

import pytest
import snowballstemmer

from relay.core.language import stems as stemming
from relay.core.language.generations import Generations
from relay.core.language.stems import stems

POSTS = Path(__file__).parents[1] / "related" / "posts.toml"
WORDS = sorted({word.strip("«».,:;'’\"").casefold() for word in POSTS.read_text(encoding="utf-8").split()})[::8]


@pytest.mark.parametrize("language", sorted({*stemming._ALGORITHMS.values()}))
def test_they_are_the_same_in_c_and_in_python(language: str) -> None:
    plain = getattr(import_module(f"snowballstemmer.{language}_stemmer"), f"{language.title()}Stemmer")

    assert snowballstemmer.stemmer(language).stemWords(WORDS) == plain().stemWords(WORDS)
    assert not isinstance(snowballstemmer.stemmer(language), plain)


def test_they_are_the_same_once_more_words_came_than_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Generations(16)
    monkeypatch.setattr(stemming, "_KNOWN", kept)
    text = "Les quartiers rénovés, les gares rénovées et les écoles"
    expected = ["quarti", "renov", "gar", "renov", "ecol"]

    assert [stems(text, "fr"), stems("Piscines, stades, musées, halles", "fr"), stems(text, "fr")] == [
        expected,
        ["piscin", "stad", "mus", "hall"],
        expected,
    ]
    assert len(kept) <= 8


def test_a_text_of_more_words_than_are_kept_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Generations(4)
    monkeypatch.setattr(stemming, "_KNOWN", kept)

    assert (stems("Piscines, stades, musées", "fr"), len(kept)) == (["piscin", "stad", "mus"], 0)


def kept_of(kept: Generations) -> set[str]:
    return {word for half in (kept.newer, kept.older) for words in half.values() for word in words}


def test_all_languages_together_keep_no_more_than_one_would() -> None:
    kept = Generations(8)
    for number in range(40):
        kept.of([f"a{number}", f"b{number}"], f"x{number % 5}", lambda words: words)
        assert len(kept_of(kept)) <= 8

    assert kept_of(kept) == {f"{letter}{number}" for letter in "ab" for number in range(36, 40)}


def test_a_word_that_comes_again_and_again_is_found_out_once() -> None:
    kept, find = Generations(8), Mock(side_effect=lambda words: [*words])
    for number in range(20):
        assert kept.of(["gare", f"mot{number}"], "fr", find)["gare"] == "gare"

    assert sum("gare" in given for (given,), _ in find.call_args_list) == 1


def test_what_a_language_calls_nothing_says_something_in_another() -> None:
    assert (stems("the notre", "en"), stems("the notre", "fr"), stems("the notre", "xx")) == (
        ["notr"],
        ["the"],
        ["the", "notre"],
    )
