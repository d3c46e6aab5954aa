"""Safe HTML, plain text and the first picture, out of HTML that nobody has checked."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from itertools import dropwhile
from urllib.parse import urljoin, urlsplit

import nh3
import regex
from lxml import etree, html

from relay.core.document import Picture
from relay.core.markup.readable import DROPPED_WHOLE, is_trap, readable, valid

BLOCKS = frozenset(
    {"p", "ul", "ol", "dl", "blockquote", "pre", "table", "figure", "hr", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_INLINE = frozenset(
    {"a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "ins", "mark", "q", "s", "small", "strong", "sub", "sup"}
)
_PARTS = frozenset({"li", "dt", "dd", "caption", "thead", "tbody", "tr", "th", "td", "figcaption", "img", "div"})
_LINES = frozenset({"li", "tr", "dt", "dd", "caption", "figcaption"})
"""What ends a line of the text."""
TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*>")
"""A tag of sanitised HTML; there may be a "<" or ">" in its attributes. Groups: the slash, the name."""
_OPENED = dict.fromkeys(_PARTS, " ") | dict.fromkeys(BLOCKS | {"div"}, "\n\n") | {"br": "\n"}
_CLOSED = _OPENED | dict.fromkeys(_LINES, "\n")
"""What a tag is in the text; one within a line is nothing."""
_ATTRIBUTES = {
    "a": {"href", "hreflang", "title"},
    "img": {"src", "alt", "width", "height"},
    "abbr": {"title"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "*": {"lang"},
}
_FRAMED = ("blockquote", "table", "pre", "ul", "ol")
"""What is no picture, and stands in a ``figure`` all the same."""
_SCHEMES = {"http", "https", "mailto"}


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text: its tag, its safe HTML, and the plain text in it."""

    tag: str
    html: str
    text: str


def sanitise(source: str, base: str) -> str:
    """Only harmless elements, every address absolute and http, https or mailto. Idempotent."""
    cleaned = nh3.clean(
        readable(source),
        tags=set(BLOCKS | _INLINE | _PARTS),
        clean_content_tags=DROPPED_WHOLE,
        attributes=_ATTRIBUTES,
        attribute_filter=_absolute(base),
        url_schemes=_SCHEMES,
        link_rel="noopener nofollow",
    )
    # Parsers read \r as \n and drop a line break after <pre>: written so, a second pass reads the same.
    return regex.sub(r"(<pre[^<>]*>)(?=\n)", r"\1\n", regex.sub(r"\r\n?", "\n", valid(cleaned))).strip()


def to_text(source: str) -> str:
    """The plain text of HTML or of text; blocks are separated by a blank line, ``br`` is a line break."""
    source = readable(source)
    if "<" not in source and "&" not in source:
        return _tidy(source)
    kept = nh3.clean(source, tags=set(BLOCKS | _PARTS | {"br"}), clean_content_tags=DROPPED_WHOLE, attributes={})
    marked = regex.sub(r"</?(?:p|ul|ol|dl|blockquote|pre|table|figure|hr|h[1-6]|div)>", "\n\n", kept)
    marked = regex.sub(r"<br>|</(?:li|tr|dt|dd|caption|figcaption)>", "\n", marked)
    return _tidy(valid(unescape(regex.sub(r"<[^<>]*>", " ", marked))))


def plain(markup: str) -> str:
    """What ``to_text`` gives, of HTML that ``sanitise`` has made: there is nothing in it to look out for."""
    return _tidy(unescape(TAG.sub(_gap, markup)))


def _gap(tag: "re.Match[str]") -> str:
    return (_CLOSED if tag[1] else _OPENED).get(tag[2], "")


def first_picture(source: str, base: str) -> Picture | None:
    """The first picture that shows something: no tracking pixel, no icon, an http address."""
    if "<img" not in source.lower() or is_trap(source):
        return None
    for image in _tree(source).iter("img"):
        address = _resolved(base, image.get("src") or "", {"http", "https"})
        if address and not any(_PIXELS.fullmatch(image.get(side, "")) for side in ("width", "height")):
            return Picture(address, alt=" ".join(_tidy(image.get("alt") or "").split("\n")))
    return None


def blocks(source: str) -> tuple[Block, ...]:
    """The blocks of sanitised HTML, in order; loose text between them becomes paragraphs."""
    found: list[Block] = []
    loose: list[str] = []
    for tag, markup in _pieces(_tree(source).body):
        if tag in BLOCKS:
            _close(loose, found)
            found.append(Block(tag, markup, plain(markup)))
        elif tag == "br" and next(filter(str.strip, reversed(loose)), "") == "<br>":
            _close(loose, found)
        else:
            loose.append(markup)
    _close(loose, found)
    return tuple(block for block in found if block.text or "<img" in block.html)


def _pieces(parent: html.HtmlElement) -> list[tuple[str, str]]:
    """(tag, markup) of every child, what only groups looked into; text has the tag "" and is escaped."""
    pieces = [("", escape(parent.text or "", quote=False))]
    for child in parent:
        tail = child.tail or ""
        if child.tag == "div" or (child.tag == "figure" and any(True for _ in child.iter(*_FRAMED))):
            pieces += [("hr", ""), *_pieces(child), ("hr", "")]
        else:
            child.tail = None
            pieces.append((str(child.tag), etree.tostring(child, encoding="unicode", method="html")))
        pieces.append(("", escape(tail, quote=False)))
    return pieces


def _close(loose: list[str], found: list[Block]) -> None:
    while loose and loose[-1].strip() in {"", "<br>"}:
        loose.pop()
    markup = "".join(dropwhile(lambda piece: piece.strip() in {"", "<br>"}, loose)).strip()
    loose.clear()
    if text := plain(markup):
        found.append(Block("p", f"<p>{markup}</p>", text))


def _tree(source: str) -> html.HtmlElement:
    return html.document_fromstring(f"<div>{valid(source)}</div>")


def _absolute(base: str) -> Callable[[str, str, str], str | None]:
    def absolute(_element: str, attribute: str, value: str) -> str | None:
        return _resolved(base, value, _SCHEMES) if attribute in {"href", "src"} else value

    return absolute


def _resolved(base: str, address: str, schemes: set[str]) -> str | None:
    try:
        absolute = urljoin(base, address.strip()).strip()
        return absolute if urlsplit(absolute).scheme in schemes else None
    except ValueError:
        return None


_PIXELS = regex.compile(r"\s*[0-5]?[0-9](?:\.[0-9]+)?\s*(?:px)?\s*")
"""A width or height of less than 60: a counter, a spacer, an icon."""


def _tidy(text: str) -> str:
    text = text.strip("\n ")
    if _UNTIDY.search(text):
        text = _SPACES.sub(" ", text)
    if "\n" in text:
        text = _BLANK_LINES.sub("\n\n", _LINE_ENDS.sub("\n", text))
    return text.strip()


_SPACES = re.compile(r"[^\S\n\u00a0\u202f]+")
_UNTIDY = re.compile(r"  |[^\S\n\u00a0\u202f ]")
_LINE_ENDS = re.compile(r" ?\n ?")
_BLANK_LINES = re.compile(r"\n{3,}")
