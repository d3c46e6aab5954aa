"""The one template language: words, and ``{field}`` or ``{field:argument}`` between them. There is no code in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

FIELDS = frozenset(
    {
        *("title", "lead", "excerpt", "link", "source_link", "hashtags", "mentions"),
        *("attribution", "credit", "source", "author"),
    }
)
"""What a headline or the text of a route may name. ``{field:n}`` gives at most n graphemes of it."""

_PLACEHOLDER = regex.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One ``{name:argument}`` of a template, and where it stands (code points, half-open)."""

    name: str
    argument: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """A placeholder without its place: two lines that say the same are equal."""

    name: str
    argument: str = ""

    @property
    def number(self) -> int | None:
        """The argument where it is a number, of which six digits say it all; else it names a network."""
        return int(self.argument[:6]) if self.argument.isdecimal() else None

    def __str__(self) -> str:
        return f"{{{self.name}:{self.argument}}}" if self.argument else f"{{{self.name}}}"


Piece = str | Field


def placeholders(template: str) -> tuple[Placeholder, ...]:
    """Every placeholder of a template, known or not, for whoever checks it."""
    found = []
    for match in _PLACEHOLDER.finditer(template):
        name, _, argument = match.group(1).partition(":")
        found.append(Placeholder(name, argument, match.start(), match.end()))
    return tuple(found)


@lru_cache(maxsize=256)
def pieces(template: str) -> tuple[Piece, ...]:
    """A template taken apart: its fields, and the words between them, none empty."""
    return tuple(_pieces(template))


def _pieces(template: str) -> Iterator[Piece]:
    end = 0
    for found in placeholders(template):
        if words := template[end : found.start]:
            yield words
        yield Field(found.name, found.argument)
        end = found.end
    if words := template[end:]:
        yield words
