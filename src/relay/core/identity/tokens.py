"""A post's words as they stand in it, without accents: what it is read by to know the same news again."""

import unicodedata
from functools import lru_cache
from html import unescape

import regex

READ = 400
"""Words of a text that are read, from its beginning."""
LONGEST_TITLE = 2000
"""Code points of a title that are read: what is longer is none."""

_WORD = regex.compile(r"\p{L}+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+|[.!?…:;•|](?=\s|$)")
_BLOCK = regex.compile(r"</(?:p|li|h\d|blockquote|tr|dd|dt)>|<br>")
_TAG = regex.compile(r"<[^>]*+>?")
_ACCENT = regex.compile(r"\p{M}")


def bare(text: str) -> str:
    """``text`` without accents and ligatures."""
    if text.isascii():
        return text
    return _ACCENT.sub("", unicodedata.normalize("NFD", text)).replace("œ", "oe").replace("Œ", "Oe")


def tokens(text: str) -> list[str]:
    """Words, numbers and the signs that end a sentence, of a ``bare`` text."""
    found: list[str] = _WORD.findall(text)
    return found


def plain(markup: str) -> str:
    """Its text, each block a sentence of its own."""
    return unescape(_TAG.sub(" ", _BLOCK.sub(". ", markup)))


def unsigned(title: list[str], credit: str) -> list[str]:
    """The tokens of a title without the name of its source ("CGET" of "Source : CGET") at its beginning or end."""
    name = _name(credit)
    folded = [token.casefold() for token in title]
    if name and folded[: len(name)] == name:
        return title[len(name) :]
    return title[: -len(name)] if name and folded[-len(name) :] == name else title


@lru_cache(maxsize=1000)
def _name(credit: str) -> list[str]:
    return [token.casefold() for token in tokens(bare(credit.rpartition(":")[2]))]


def digits(token: str) -> str:
    """A number without the spaces in it."""
    return token.translate(_SPACES)


_SPACES = dict.fromkeys(map(ord, " \u00a0\u202f"))
