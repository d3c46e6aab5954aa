"""One block of safe HTML → two, without breaking a tag."""

import re
from html import unescape
from itertools import islice

import regex

from relay.core.markup.html import TAG, Block, plain

_UNIT = re.compile(r"&#?\w++;|\S")
_EMPTY = frozenset({"br", "img", "hr"})
_LOOSE_END = regex.compile(r"(?<!\s)\s++(?=(?:</\w++>)*$)")
_EDGE = regex.compile(r"(?:\s|<br>)+")


def size(text: str) -> int:
    """Characters (code points) other than spaces: these are the same in a block's HTML and in its text."""
    return len("".join(text.split()))


def split(block: Block, kept: int, added: str = "", opening: str = "") -> tuple[Block, Block | None]:
    """The block as far as its first ``kept`` characters, with ``added`` behind; and the rest, ``opening`` before it.

    Both have the tags of the whole; the rest is ``None`` where nothing is left.
    """
    place = _place(block.html, kept)
    opened = _opened(block.html[:place])
    closing = "".join(f"</{tag[1]}>" for tag in reversed(opened))
    head = block.html[:place].rstrip() + added + closing
    tail = _EDGE.sub("", block.html[place:], count=1) if _EDGE.match(block.html, place) else block.html[place:]
    rest = "".join(tag[0] for tag in opened) + opening + _LOOSE_END.sub("", tail)
    return Block(block.tag, head, plain(head)), Block(block.tag, rest, plain(rest)) if plain(tail) else None


def _place(markup: str, kept: int) -> int:
    """Where in ``markup`` the first ``kept`` characters of its text end (code points)."""
    start = count = 0
    for tag in TAG.finditer(markup):
        here = size(unescape(markup[start : tag.start()]))
        if count + here >= kept:
            break
        start, count = tag.end(), count + here
    if count >= kept:
        return start
    last = next(islice(_UNIT.finditer(markup, start), kept - count - 1, None), None)
    return last.end() if last else len(markup)


def _opened(markup: str) -> list[tuple[str, str]]:
    """(tag, name) of every element that ``markup`` opens and does not close."""
    opened: list[tuple[str, str]] = []
    for tag in TAG.finditer(markup):
        if tag[1]:
            opened.pop()
        elif tag[2] not in _EMPTY:
            opened.append((tag[0], tag[2]))
    return opened


def items(block: Block) -> tuple[str, list[str]]:
    """The opening tag of a list, and the HTML of each of its items; an item has the lists within it."""
    found: list[str] = []
    start = depth = 0
    tags = list(TAG.finditer(block.html))
    for tag in tags[1:-1]:
        if tag[2] in _EMPTY:
            continue
        if not tag[1] and depth == 0:
            start = tag.start()
        depth += -1 if tag[1] else 1
        if depth == 0:
            found.append(block.html[start : tag.end()])
    return tags[0][0], found
