"""The form of a blog's posts: which parts, in which order, how long, with which words around them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from relay.core.template import Field, Piece, pieces

WORDS = frozenset({"title", "attribution", "source", "author", "date", "categories", "hashtags", "mentions"})
"""The fields that any wording of a form may name."""
INLINE = WORDS | {"credit", "lead", "more"}
"""The fields that may stand beside words on a line of the layout."""
BLOCKS = frozenset({"picture", "excerpt", "related"})
"""The fields that have a line of the layout to themselves."""

_OPENING, _CLOSING = "([{«“", ")]}»”"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a post, or the wording of a part: fields, and the words between them."""

    pieces: tuple[Piece, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its fields, in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Field))

    @property
    def alone(self) -> Field | None:
        """Its field, where there is nothing else on it."""
        match self.pieces:
            case (Field() as field,):
                return field
            case _:
                return None


def line(text: str) -> Line:
    """A line as it is written in a template."""
    return Line(pieces(text.strip()))


def lines(text: str) -> tuple[Line, ...]:
    """A layout: a line is a paragraph, an empty one is nothing."""
    return tuple(line(one) for one in text.split("\n") if one.strip())


LAYOUT = "{credit}\n{lead:400}\n{picture}\n{excerpt:2500}\n{more}\n{related}"


@dataclass(frozen=True, slots=True)
class Form:
    """One ``[templates.…]``; without any, a post of the blog's own archive.

    ``headline`` is where the headline leads on the archive page: to the post, or to what it tells of (a link blog).
    """

    title: str = "{title} {mentions:x} {hashtags}"
    layout: tuple[Line, ...] = lines(LAYOUT)
    credit: Line = line("{attribution}")
    more: Line = line("En savoir plus…")
    related: Line = line("Lire également :")
    picture: Line = line("{picture_credit}")
    headline: Literal["post", "source"] = "post"

    def field(self, name: str) -> Field | None:
        """The field of this name in the layout; ``None`` for a part that is not printed."""
        return next((field for line in self.layout for field in line.fields if field.name == name), None)

    def has(self, name: str) -> bool:
        """Whether the layout prints this part."""
        return self.field(name) is not None

    def most(self, name: str) -> int | None:
        """How much of a part is printed, where the layout says so."""
        field = self.field(name)
        return field.number if field else None


def printed(line: Line, said: Callable[[Field], bool]) -> tuple[Piece, ...]:
    """What is left of a line when some of its fields have nothing to say; nothing where none has.

    Words stay between two fields that are printed; those that lead to an empty one go with it, and no bracket is left
    without its partner: of "{author} · {date}" without an author the date is left, of "{lead} ({credit})" without a
    credit the lead.
    """
    empty = [field for field in line.fields if not said(field)]
    if not empty:
        return line.pieces
    return tuple(_printed(line, said)) if len(empty) < len(line.fields) else ()


def _printed(line: Line, said: Callable[[Field], bool]) -> Iterator[Piece]:
    begun = is_open = False
    around = (None, *line.pieces, None)
    for before, piece, after in zip(around, line.pieces, around[2:], strict=False):
        if isinstance(piece, Field):
            if said(piece):
                begun = True
                yield piece
            continue
        words = piece.lstrip(_CLOSING)
        closing = piece[: len(piece) - len(words)] if is_open else ""
        is_led = begun if after else isinstance(before, Field) and said(before)
        is_first = before is None
        kept = words if (is_led or is_first) and (not isinstance(after, Field) or said(after)) else ""
        is_open = not _is_disjoint(kept, _OPENING) or (is_open and not closing)
        if closing or kept:
            yield closing + kept


def _is_disjoint(text: str, signs: str) -> bool:
    return set(text).isdisjoint(signs)
