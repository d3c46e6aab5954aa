"""Lists that were typed as text, with a dash or a number before each line → lists."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import regex

from relay.core.markup.html import TAG, Block, plain

_BREAK = regex.compile(r"\s*<br>\s*")
_LINE_OF_TEXT = regex.compile(r"\s*\n\s*(?=[-–—•·▪*►→]\s|\d{1,2}[.)]\s)")
_MARK = regex.compile(
    r"(\s*(?:<(?:strong|b|em|i)>)?)(?:[–—•·▪‣●■►→✓✔➜*-][\s\u00a0]+|[–•●■▪►][\s\u00a0]*(?=[^\s\d]))(?=\S)"
)
_NUMBER = regex.compile(r"(\s*(?:<(?:strong|b|em|i)>)?)(\d{1,2})[.)°/-]{1,2}[\s\u00a0]+(?=\S)")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a paragraph: its HTML, that of the item it may be, and the kind of list this would be of."""

    html: str
    item: str
    tag: str
    paragraph: int


def with_lists(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, with every run of two or more lines that begin with a dash or count up as one list."""
    if not any(block.tag == "p" and _may_list(block) for block in blocks):
        return list(blocks)
    lines = [line for number, block in enumerate(blocks) for line in _lines(block, number)]
    listed = [line for tag, run in groupby(lines, lambda line: line.tag) for line in _judged(tag, list(run))]
    made = groupby(listed, lambda line: (line.tag, -1 if line.tag else line.paragraph))
    return [_made(tag, list(run), blocks) for (tag, _), run in made]


def _may_list(block: Block) -> bool:
    """Whether a line, which is all that the first look costs, begins like an item."""
    has_lines = "\n" in block.html or "<br>" in block.html
    return (has_lines or block.text[:1] in _FIRST) and bool(_LISTED.search(block.text))


_FIRST = "-–—•·▪‣●■►→✓✔➜*0123456789"
_LISTED = re.compile(rf"[{_FIRST[1:-10]}\d-](?<!\S.)(?:(?<!\d)|\d?[.)°/-])")
"""Begins with its signs: to begin with the space before them is tried at every word."""


def _lines(block: Block, number: int) -> Iterator[_Line]:
    inner = block.html[3:-4] if block.html.startswith("<p>") else ""
    pieces = _pieces(inner) if block.tag == "p" and inner and _may_list(block) else []
    if not pieces:
        yield _Line("", "", "", number)
        return
    for piece in pieces:
        mark, count = _MARK.match(piece), _NUMBER.match(piece)
        if mark:
            yield _Line(piece, mark[1] + piece[mark.end() :], "ul", number)
        elif count:
            yield _Line(piece, count[1] + piece[count.end() :], "ol", number)
        else:
            yield _Line(piece, "", "", number)


def _pieces(inner: str) -> list[str]:
    """The lines of a paragraph, unless an element begins in one and ends in another."""
    pieces = [piece for piece in _BREAK.split(inner) if piece]
    if len(pieces) == 1 and "\n" in inner:
        pieces = [piece for piece in _LINE_OF_TEXT.split(inner) if piece]
        is_list = not _is_item(pieces[0]) and plain(pieces[0]).endswith(":")
        if not (is_list or _is_item(pieces[0])):
            return []
    return pieces if all(map(_is_whole, pieces)) else []


def _is_item(piece: str) -> bool:
    return bool(_MARK.match(piece) or _NUMBER.match(piece))


def _is_whole(piece: str) -> bool:
    tags = [tag for tag in TAG.finditer(piece) if tag[2] not in {"br", "img"}]
    return sum(-1 if tag[1] else 1 for tag in tags) == 0


def _judged(tag: str, run: list[_Line]) -> list[_Line]:
    """The lines of a list; lines of text again where they make none."""
    is_list = len(run) > 1 and (tag == "ul" or (tag == "ol" and _counts_up(run)))
    return run if is_list else [replace(line, tag="") for line in run]


def _made(tag: str, run: list[_Line], blocks: Sequence[Block]) -> Block:
    if tag:
        return _block(tag, "".join(f"<li>{line.item.strip()}</li>" for line in run))
    whole = blocks[run[0].paragraph]
    return _block("p", "<br>".join(line.html.strip() for line in run)) if run[0].html else whole


def _counts_up(run: list[_Line]) -> bool:
    numbers = [int(found[2]) for line in run if (found := _NUMBER.match(line.html))]
    return numbers[0] == 1 and all(after == before + 1 for before, after in pairwise(numbers))


def _block(tag: str, inner: str) -> Block:
    markup = f"<{tag}>{inner}</{tag}>"
    return Block(tag, markup, plain(markup))
