"""The words of a text brought to what they have in common: "rénovés" and "rénovation" are both "renov"."""

import unicodedata
from functools import lru_cache

import regex

from relay.core.language.stopwords import STOP_WORDS

_ALGORITHMS = {
    "ca": "catalan", "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish", "fr": "french",
    "it": "italian", "nb": "norwegian", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "sv": "swedish",
}  # fmt: skip
"""Language subtag (BCP 47) → Snowball algorithm. Words of any other language are taken as they are."""

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]+")
_MARK = regex.compile(r"\p{M}+")


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
    subtag = language.partition("-")[0].lower()
    return [stem for word in _WORD.findall(text) if (stem := _stem(word, subtag))]


@lru_cache(maxsize=32768)
def _stem(word: str, language: str) -> str:
    """Empty for a stop word. A stem costs some 70 µs, and a blog's words come again and again."""
    if fold(word) in STOP_WORDS.get(language, ()):
        return ""
    algorithm = _ALGORITHMS.get(language)
    if algorithm is None:
        return fold(word)
    import snowballstemmer  # noqa: PLC0415  # it loads the stemmers of all its languages

    # A stemmer keeps the word it works on: one that threads shared would mix their words up.
    return fold(snowballstemmer.stemmer(algorithm).stemWord(unicodedata.normalize("NFC", word).casefold()))
