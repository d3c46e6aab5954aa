"""The blocks of sanitised HTML, cut out of it by its tags alone: a tree costs twice as much."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from relay.core.markup.html import BLOCKS, GAPS, INLINE, Block, read

_TAG = re.compile(r"(<(/?[a-z][a-z0-9]*)[^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*>)")
_ADDRESS = re.compile(r" (?:href|src)=\"[!#-~]*+[^!-~][^\"]*")
_ASCII = "".join(map(chr, range(0x21, 0x7F)))
_EMPTY = frozenset({"br", "hr", "img"})
_WIDE = BLOCKS | {"div"}
_NARROW = INLINE | {"p", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}
_FRAMED = frozenset({"blockquote", "table", "pre", "ul", "ol"})
"""What is no picture, and stands in a ``figure`` all the same."""
_BLANK = frozenset({"", "<br>"})

_Piece = tuple[str, str, str]
"""A child of the whole: its tag, empty for text; its HTML; its text, with what each tag is in a text."""


def blocks(source: str) -> tuple[Block, ...]:
    """The blocks of sanitised HTML, in order; loose text between them becomes paragraphs."""
    found: list[Block] = []
    loose: list[_Piece] = []
    for piece in _pieces(source):
        tag, markup, text = piece
        if tag in BLOCKS:
            _close(loose, found)
            found.append(Block(tag, markup, read(text)))
        elif tag == "br" and next((one for _, one, _ in reversed(loose) if one.strip()), "") == "<br>":
            _close(loose, found)
        elif loose or not (markup.isspace() or markup.strip() in _BLANK):
            loose.append(piece)
    _close(loose, found)
    return tuple(block for block in found if block.text or "<img" in block.html)


def _pieces(source: str) -> Iterator[_Piece]:
    """Every child in its order. What only groups others is looked into, and a rule before and behind it."""
    parts, names = _tokens(source)
    if _is_crooked(names):
        parts, names = _tokens(_straightened(source))
    parts[1::2] = [_ADDRESS.sub(_escaped, tag) if "=" in tag else tag for tag in parts[1::2]]
    texts = parts.copy()
    texts[1::2] = [GAPS.get(name, "") for name in names]
    start = depth = 0
    yield "", parts[0], parts[0]
    for place, name in enumerate(names):
        behind = parts[2 * place + 2]
        if not depth:
            start = place
        if not depth and (name in {"div", "/div", "/figure"} or (name == "figure" and _frames(names, place))):
            yield "hr", "", ""
            if behind:
                yield "", behind, behind
            continue
        depth += -1 if name[0] == "/" else name not in _EMPTY
        if not depth:
            own = slice(2 * start + 1, 2 * place + 2)
            yield names[start], "".join(parts[own]), "".join(texts[own])
            if behind:
                yield "", behind, behind


def _tokens(source: str) -> tuple[list[str], list[str]]:
    """Text and tags in turn; and of each tag the name, with the slash of one that closes."""
    parts = _TAG.split(source.replace("&nbsp;", "\u00a0"))
    names = parts[2::3]
    del parts[2::3]
    return parts, names


def _is_crooked(names: Sequence[str]) -> bool:
    """Whether a block stands where only words may, or tags do not match."""
    opened: list[str] = []
    for name in names:
        if name[0] == "/":
            if not opened or opened.pop() != name[1:]:
                return True
        elif name not in _EMPTY:
            if name in _WIDE and opened and opened[-1] in _NARROW:
                return True
            opened.append(name)
    return bool(opened)


def _straightened(source: str) -> str:
    """The same as a parser of older HTML reads it, which closes a heading or bold words before a block."""
    from lxml import etree, html  # noqa: PLC0415  # most HTML is not like this

    tree: html.HtmlElement = html.document_fromstring(f"<div>{source}</div>")
    for element in tree.iter():
        if element.tag not in _EMPTY and not len(element):
            element.text = element.text or ""  # without any text, some would be written without their end
    return "".join(etree.tostring(child, encoding="unicode", method="html") for child in tree.body)


def _frames(names: list[str], place: int) -> bool:
    """Whether the ``figure`` that opens there has more in it than a picture."""
    return not _FRAMED.isdisjoint(names[place : names.index("/figure", place)])


def _escaped(address: "re.Match[str]") -> str:
    """An address in ASCII (RFC 3986 §2.1)."""
    return address[0][:1] + quote(address[0][1:], safe=_ASCII)


def _close(loose: list[_Piece], found: list[Block]) -> None:
    if not loose:
        return
    while loose[-1][1].strip() in _BLANK:
        loose.pop()
    markup = "".join([one for _, one, _ in loose]).strip()
    if text := read("".join([one for _, _, one in loose])):
        found.append(Block("p", f"<p>{markup}</p>", text))
    loose.clear()
