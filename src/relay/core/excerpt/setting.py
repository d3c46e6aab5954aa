"""Blocks as a printer sets them: no more than are published, and many at once."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from relay.core.excerpt.article import one_line
from relay.core.language.text import graphemes
from relay.core.markup.html import Block, gapped, read
from relay.core.typography.typeset import typeset

_SEPARATOR = "\x1e"
"""A record separator (ASCII), which no text that XML can carry has in it."""


def as_line(block: Block, language: str) -> str:
    """The text of a typeset block on one line; where tags, references or breaks were in it, typeset once more."""
    is_set = block.html.count("<") == 2 and "&" not in block.html and "\n" not in block.text
    return block.text if is_set else typeset(one_line(block.text), language)


def as_set(found: Sequence[Block], language: str, enough: int, most: int) -> list[Block]:
    """Blocks with ``enough`` graphemes and one more, typeset; up to ``most`` code points where these turn out short."""
    befores = list(accumulate((len(block.text) for block in found), initial=0))
    near, far = bisect_right(befores, enough) + 1, bisect_right(befores, most)
    done = _set_at_once(found[:near], language)
    if near >= len(found) or sum(graphemes(block.text) for block in done) > enough:
        return done
    return [*done, *_set_at_once(found[near:far], language)]


def _set_at_once(found: Sequence[Block], language: str) -> list[Block]:
    """The blocks typeset; each alone would cost three times as much."""
    if not found:
        return []
    done = typeset(_SEPARATOR.join([block.html for block in found]), language)
    markups, texts = done.split(_SEPARATOR), gapped(done).split(_SEPARATOR)
    return [
        block if markup == block.html else Block(block.tag, markup, read(text))
        for block, markup, text in zip(found, markups, texts, strict=True)
    ]
