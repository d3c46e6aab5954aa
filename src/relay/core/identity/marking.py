"""A text as numbers, by which the same one is known again without being read: its words, some in a row."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

from relay.core.identity.tokens import LONGEST_TITLE, READ, bare, digits, plain, tokens, unsigned
from relay.core.language.stopwords import STOP_WORDS
from relay.core.post import Post

SHINGLE = 4
"""Words in a row that are taken together: what two texts share by chance is shorter."""
_OF_A_TITLE = 3
_SAMPLE = 8
"""Of the text's shingles one in so many is a mark: always the same ones, so that like texts have like marks."""
_CACHED = 1000
"""Texts of which marks are kept: those of a document, and those that a page of the queue compares."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Of a post: ``few`` of its numbers, some twenty, without one of which in common two do not tell the same news.

    ``text`` are all shingles of its text.
    """

    few: frozenset[int]
    text: "array[int]"

    def overlap(self, other: "Marks") -> int:
        """How many shingles both texts have."""
        return len({*self.text}.intersection(other.text))


def marks(post: Post) -> Marks:
    """The marks of ``post``; the name of its source is no part of its title."""
    return _marks(post.headline, post.lead, post.body_html, post.credit, post.language)


@lru_cache(maxsize=_CACHED)
def _marks(headline: str, lead: str, body_html: str, credit: str, language: str) -> Marks:
    stops = STOP_WORDS.get(language.partition("-")[0].lower(), frozenset())
    title = words(unsigned(_folded(headline[:LONGEST_TITLE]), credit))
    text = shingles(words([*_folded(lead), *_folded(plain(body_html))][:READ]))
    telling = [word for word in title if word[0].isdigit() or (len(word) > 2 and word not in stops)]
    sampled = {number for number in text if number % _SAMPLE == 0}
    return Marks(shingles(telling, _OF_A_TITLE) | sampled, array("I", text))


def _folded(text: str) -> list[str]:
    """Its tokens without capitals."""
    return tokens(bare(text).casefold())


def words(folded: Sequence[str]) -> list[str]:
    """What of these tokens is no sign."""
    return [token if token[0].isalpha() else digits(token) for token in folded if token[0].isalnum()]


def shingles(words: Sequence[str], size: int = SHINGLE) -> frozenset[int]:
    """Each ``size`` words in a row as a number that is the same in every process."""
    rows = zip(*(words[at:] for at in range(size)), strict=False)
    return frozenset(map(crc32, map(str.encode, map(" ".join, rows))))
