"""Headlines that may tell the same news, found by a key that a database can look up."""

import hashlib

import regex

from relay.core.language.stems import fold
from relay.core.language.stopwords import STOP_WORDS

TELLING = 4
"""A headline tells only if it has so many words that say something: "Agenda" stands over every week's."""
LONGEST = 2000
"""Characters of a headline that are read."""

_WORD = regex.compile(r"\d+|\p{L}+")


def key(headline: str, language: str) -> str:
    """The same for two headlines of the same words in any order; empty where they say too little. 32 characters."""
    stops = STOP_WORDS.get(language.partition("-")[0].lower(), frozenset())
    words = {word for word in _WORD.findall(fold(headline[:LONGEST])) if _says(word, stops)}
    if len(words) < TELLING:
        return ""
    return hashlib.sha256(" ".join(sorted(words)).encode()).hexdigest()[:32]


def _says(word: str, stops: frozenset[str]) -> bool:
    return word.isdigit() or (len(word) > 2 and word not in stops)
