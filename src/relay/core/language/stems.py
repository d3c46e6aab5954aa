"""The words of a text brought to what they have in common: "rénovés" and "rénovation" are both "renov"."""

import unicodedata
from collections.abc import Collection, Iterator
from functools import partial
from sys import intern

import regex

from relay.core.language.generations import Generations
from relay.core.language.stopwords import STOP_WORDS

_ALGORITHMS = {
    "ca": "catalan", "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish", "fr": "french",
    "it": "italian", "nb": "norwegian", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "sv": "swedish",
}  # fmt: skip
"""Language subtag (BCP 47) → Snowball algorithm. Words of any other language are taken as they are."""

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]+")
_MARK = regex.compile(r"\p{M}+")
_KNOWN = Generations(32_768)
"""Word → stem, empty for a stop word: a blog's words come again and again. One look into a dictionary for each."""


def fold(text: str) -> str:
    """Small letters without accents and ligatures: what two ways to write one word share."""
    if text.isascii():
        return text.lower()
    bare = _MARK.sub("", unicodedata.normalize("NFKD", text))
    return bare.casefold().replace("œ", "oe").replace("æ", "ae")


def stems(text: str, language: str) -> list[str]:
    """The words of ``text`` that say what it is about, in their order, as folded stems.

    Words of one letter and stop words are left out. An apostrophe or a hyphen ends a word: "l'habitat" gives "habitat".
    """
    words, subtag = _WORD.findall(text), language.partition("-")[0].lower()
    language = subtag if subtag in _ALGORITHMS else ""
    known = _KNOWN.of(words, language, partial(_stemmed, language=language))
    return [stem for word in words if (stem := known[word])]


def _stemmed(words: Collection[str], language: str) -> Iterator[str]:
    stops = STOP_WORDS.get(language, frozenset())
    for word, stem in zip(words, _snowball(words, language), strict=True):
        yield "" if fold(word) in stops else intern(fold(stem))


def _snowball(words: Collection[str], language: str) -> Collection[str]:
    """In C where PyStemmer is installed, some 2 µs a word; else in Python, some 40."""
    if language not in _ALGORITHMS:
        return words
    import snowballstemmer  # noqa: PLC0415  # without PyStemmer it loads the stemmers of all its languages

    # A stemmer keeps the word it works on: one that threads shared would mix their words up.
    stemmer = snowballstemmer.stemmer(_ALGORITHMS[language])
    found: list[str] = stemmer.stemWords([unicodedata.normalize("NFC", word).casefold() for word in words])
    return found
