"""The words of a post in which the same news is known again, whoever tells it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from relay.core.identity.marking import shingles
from relay.core.identity.tokens import LONGEST_TITLE, READ, bare, digits, plain, tokens, unsigned
from relay.core.identity.vocabulary import COUNTED
from relay.core.language.stopwords import STOP_WORDS
from relay.core.post import Post

OPENING = 12
"""Words with which a text begins: what stands below all texts of a body is not among them."""


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
    title, lead, body = (
        tokens(bare(part)) for part in (post.headline[:LONGEST_TITLE], post.lead, plain(post.body_html))
    )
    text = [*lead, ".", *body][:READ]
    proper = {*_proper(title), *_proper(text)}
    words = _words(text, proper, subtag)
    texts = [word.text for word in words]
    return Gist(
        title=tuple(_words(unsigned(title, post.credit), proper, subtag)),
        opening=shingles(texts[:OPENING]),
        text=tuple(words),
        shingles=shingles(texts),
    )


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
            found.append(Word(digits(token), is_sharp=True, is_content=True))
        elif token[0].isalpha():
            text = token.casefold()
            is_content = len(text) > 2 and text not in stops
            is_name = is_content and text in proper and token[0].isupper()
            found.append(Word(text, is_sharp=is_name or text in COUNTED, is_content=is_content))
    return found
