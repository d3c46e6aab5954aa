"""The words of a post in which the same news is known again, whoever tells it."""

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import pairwise
from zlib import crc32

import regex

from relay.core.identity.vocabulary import COUNTED
from relay.core.language.stopwords import STOP_WORDS
from relay.core.post import Post

SHINGLE = 4
"""Words in a row that are taken together: what two texts share by chance is shorter."""
READ = 400
"""Words of a text that are read, from its beginning."""
LONGEST_TITLE = 2000
"""Code points of a title that are read: what is longer is none."""
OPENING = 12
"""Words with which a text begins: what stands below all texts of a body is not among them."""
_SAMPLE = 8
"""Of the text's shingles one in so many is a mark: always the same ones, so that like texts have like marks."""
_CACHED = 1000
"""Texts of which marks are kept: those of a document, and those that a page of the queue compares."""

_WORD = regex.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+|\p{L}+|[.!?…:;•|](?=\s|$)")
_BLOCK = regex.compile(r"</(?:p|li|h\d|blockquote|tr|dd|dt)>|<br>")
_TAG = regex.compile(r"<[^>]*+>?")
_ACCENT = regex.compile(r"\p{M}+")
_SPACE = regex.compile(r"[ \u00a0\u202f]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word without accents and capitals.

    A number, a date or a name (a capital that is not its sentence's) ``is_sharp``: where it is another, so is the news.
    """

    text: str
    is_sharp: bool
    is_content: bool


@dataclass(frozen=True, slots=True)
class Gist:
    """A post's title and text as words, and the shingles of the text and of its opening."""

    title: tuple[Word, ...]
    opening: frozenset[int]
    text: tuple[Word, ...]
    shingles: frozenset[int]

    @property
    def key(self) -> frozenset[str]:
        """The words of the title that say something."""
        return frozenset(word.text for word in self.title if word.is_content)

    @property
    def words(self) -> frozenset[str]:
        """Every word there is."""
        return frozenset(word.text for word in (*self.title, *self.text))


def gist(post: Post) -> Gist:
    """What ``post`` says; the name of its source is no part of its title."""
    subtag = post.language.partition("-")[0].lower()
    title, lead = _tokens(post.headline[:LONGEST_TITLE]), _tokens(post.lead)
    text = [*lead, ".", *_tokens(_plain(post.body_html))][:READ]
    proper = {*_proper(title), *_proper(text)}
    words = _words(text, proper, subtag)
    return Gist(
        title=tuple(_words(_unsigned(title, post.credit), proper, subtag)),
        opening=shingles(words[:OPENING]),
        text=tuple(words),
        shingles=shingles(words),
    )


def marks(post: Post) -> frozenset[int]:
    """Some twenty numbers: posts that have none in common do not tell the same news."""
    return _marks(post.headline, post.lead, post.body_html, post.credit, post.language)


@lru_cache(maxsize=_CACHED)
def _marks(headline: str, lead: str, body_html: str, credit: str, language: str) -> frozenset[int]:
    subtag = language.partition("-")[0].lower()
    title = [
        word for word in _words(_unsigned(_tokens(headline[:LONGEST_TITLE]), credit), (), subtag) if word.is_content
    ]
    text = _words([*_tokens(lead), *_tokens(_plain(body_html))][:READ], (), subtag)
    sampled = {shingle for shingle in shingles(text) if shingle % _SAMPLE == 0}
    return frozenset(sampled) | shingles(title, 3)


def shingles(words: Sequence[Word], size: int = SHINGLE) -> frozenset[int]:
    """Each ``size`` words in a row as a number that is the same in every process."""
    texts = [word.text for word in words]
    return frozenset(crc32(" ".join(texts[at : at + size]).encode()) for at in range(len(texts) - size + 1))


def _plain(markup: str) -> str:
    """Its text, each block a sentence of its own."""
    return unescape(_TAG.sub(" ", _BLOCK.sub(". ", markup)))


def _tokens(text: str) -> list[str]:
    """Words, numbers and the signs that end a sentence, without accents."""
    bare = _ACCENT.sub("", unicodedata.normalize("NFD", text)).replace("œ", "oe").replace("Œ", "Oe")
    return _WORD.findall(bare)


def _unsigned(title: list[str], credit: str) -> list[str]:
    """A title without the name of its source ("CGET" of "Source : CGET") at its beginning or end."""
    name = [token.casefold() for token in _tokens(credit.rpartition(":")[2])]
    folded = [token.casefold() for token in title]
    if name and folded[: len(name)] == name:
        return title[len(name) :]
    return title[: -len(name)] if name and folded[-len(name) :] == name else title


def _proper(tokens: Sequence[str]) -> Iterator[str]:
    """Words with a capital that no beginning of a sentence explains; where all is in capitals, none."""
    if " ".join(tokens).isupper():
        return
    for before, token in pairwise(tokens):
        if token[0].isupper() and before[0].isalnum():
            yield token.casefold()


def _words(tokens: Sequence[str], proper: Collection[str], language: str) -> list[Word]:
    stops = STOP_WORDS.get(language, frozenset())
    found = []
    for token in tokens:
        if token[0].isdigit():
            found.append(Word(_SPACE.sub("", token), is_sharp=True, is_content=True))
        elif token[0].isalpha():
            text = token.casefold()
            is_content = len(text) > 2 and text not in stops
            is_name = is_content and text in proper and token[0].isupper()
            found.append(Word(text, is_sharp=is_name or text in COUNTED, is_content=is_content))
    return found
