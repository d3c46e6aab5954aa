"""The words of a text that may be part of a name, each with what its capitals are worth."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from relay.core.language.stems import fold
from relay.core.language.text import spans

_TOKEN = regex.compile(r"[\p{L}\p{Nd}_][\p{L}\p{M}\p{Nd}_]*+|[^\s\p{Pd}'’ʼ\p{Cf}]")
"""A word or a sign of its own. Spaces, hyphens and apostrophes only part words, so "l’Anah" is "l" and "Anah"."""
_CODED = regex.compile(r"\S*[@＠]\S+|(?<![\w@])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?![\w-])(?:[/?#:]\S*)?")
"""E-mail addresses and handles, addresses without a scheme, names of files."""
_LINE = regex.compile(r"[^\n]+")
_CODE = regex.compile(r"[@＠]|\.[a-z]{2}")
"""What is in all of these; to look for this first costs a tenth."""
_ENDING = frozenset('.!?…:«“"•·–—|')
"""Behind these, a capital is the sentence's."""


class Word(NamedTuple):
    """A word or a sign (code points, half-open). Addresses, handles, hashtags and files are not ``free`` to be names.

    ``is_shouted``: its line is in capitals throughout, where capitals tell nothing; ``is_first``: of its sentence.
    """

    text: str
    folded: str
    start: int
    end: int
    is_free: bool
    is_shouted: bool
    is_first: bool


def folded(text: str) -> tuple[str, ...]:
    """The words and signs of ``text`` without accents and capitals."""
    return tuple(map(_fold, tokens(text)))


def tokens(text: str) -> list[str]:
    """The words and signs of ``text`` as they are written."""
    found: list[str] = _TOKEN.findall(text)
    return found


@lru_cache(maxsize=4096)
def _fold(word: str) -> str:
    """The same words come again and again."""
    return fold(word)


def words(text: str) -> Sequence[Word]:
    """The words and signs of ``text``, in its order."""
    taken = _taken(text)
    loud = _loud(text)
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        start, end, word = match.start(), match.end(), match.group()
        is_first = not found or found[-1].folded in _ENDING
        free = not taken or not any(first < end and start < last for first, last in taken)
        shouted = bool(loud) and any(first <= start < last for first, last in loud)
        found.append(Word(word, _fold(word), start, end, free, shouted, is_first))
    return found


def _taken(text: str) -> Sequence[tuple[int, int]]:
    marks = [(span.start, span.end) for span in spans(text)]
    return (*marks, *(match.span() for match in _CODED.finditer(text))) if _CODE.search(text) else marks


def _loud(text: str) -> Sequence[tuple[int, int]]:
    """The lines that are in capitals throughout, where capitals tell nothing."""
    lines = _LINE.finditer(text)
    return tuple(line.span() for line in lines if line.group().isupper() and len(line.group().split()) > 1)
