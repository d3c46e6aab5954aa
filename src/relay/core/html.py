"""Safe HTML, plain text and the first picture, out of HTML that nobody has checked."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from itertools import dropwhile
from urllib.parse import urljoin, urlsplit

import nh3
import regex
from lxml import etree, html

from relay.core.document import Picture

BLOCKS = frozenset(
    {"p", "ul", "ol", "dl", "blockquote", "pre", "table", "figure", "hr", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_INLINE = frozenset(
    {"a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "ins", "mark", "q", "s", "small", "strong", "sub", "sup"}
)
_PARTS = frozenset({"li", "dt", "dd", "caption", "thead", "tbody", "tr", "th", "td", "figcaption", "img", "div"})
_ATTRIBUTES = {
    "a": {"href", "hreflang", "title"},
    "img": {"src", "alt", "width", "height"},
    "abbr": {"title"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "*": {"lang"},
}
_DROPPED_WHOLE = {"script", "style", "noscript", "template", "svg", "math", "iframe", "object", "title", "textarea"}
_SCHEMES = {"http", "https", "mailto"}
DEEPEST = 240
"""Nesting beyond this is an attack: it costs parsers quadratic time, and libxml2 reads no deeper than 256.

Such HTML is read as its text.
"""
MOST_ANEW = 100_000
"""Elements that a parser may add because others were left open: each tag after them may cost as many."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text: its tag, its safe HTML, and the plain text in it."""

    tag: str
    html: str
    text: str


def sanitise(source: str, base: str) -> str:
    """Only harmless elements, every address absolute and http, https or mailto. Idempotent."""
    cleaned = nh3.clean(
        _readable(source),
        tags=set(BLOCKS | _INLINE | _PARTS),
        clean_content_tags=_DROPPED_WHOLE,
        attributes=_ATTRIBUTES,
        attribute_filter=_absolute(base),
        url_schemes=_SCHEMES,
        link_rel="noopener nofollow",
    )
    # Parsers read \r as \n and drop a line break after <pre>: written so, a second pass reads the same.
    return regex.sub(r"(<pre[^<>]*>)(?=\n)", r"\1\n", regex.sub(r"\r\n?", "\n", _valid(cleaned))).strip()


def to_text(source: str) -> str:
    """The plain text of HTML or of text; blocks are separated by a blank line, ``br`` is a line break."""
    source = _readable(source)
    if "<" not in source and "&" not in source:
        return _tidy(source)
    kept = nh3.clean(source, tags=set(BLOCKS | _PARTS | {"br"}), clean_content_tags=_DROPPED_WHOLE, attributes={})
    marked = regex.sub(r"</?(?:p|ul|ol|dl|blockquote|pre|table|figure|hr|h[1-6]|div)>", "\n\n", kept)
    marked = regex.sub(r"<br>|</(?:li|tr|dt|dd|caption|figcaption)>", "\n", marked)
    return _tidy(_valid(unescape(regex.sub(r"<[^<>]*>", " ", marked))))


def first_picture(source: str, base: str) -> Picture | None:
    """The first picture that shows something: no tracking pixel, no icon, an http address."""
    if "<img" not in source.lower() or _is_trap(source):
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
            found.append(Block(tag, markup, to_text(markup)))
        elif tag == "br" and next(filter(str.strip, reversed(loose)), "") == "<br>":
            _close(loose, found)
        else:
            loose.append(markup)
    _close(loose, found)
    return tuple(block for block in found if block.text or "<img" in block.html)


def _pieces(parent: html.HtmlElement) -> list[tuple[str, str]]:
    """(tag, markup) of every child, ``div`` looked into; text has the tag "" and is escaped."""
    pieces = [("", escape(parent.text or "", quote=False))]
    for child in parent:
        tail = child.tail or ""
        if child.tag == "div":
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
    if text := to_text(markup):
        found.append(Block("p", f"<p>{markup}</p>", text))


def _tree(source: str) -> html.HtmlElement:
    return html.document_fromstring(f"<div>{_valid(source)}</div>")


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


_SECTIONS = regex.compile(
    r"(</?)(?:address|article|aside|center|details|fieldset|footer|form|header|main|nav|section|summary)\b",
    regex.IGNORECASE,
)
_CLOSED = regex.compile(rf"<({'|'.join(sorted(_DROPPED_WHOLE))})\b([^<>]*)/>", regex.IGNORECASE)
"""XML's way of closing, which HTML reads as opening: all that follows would be dropped with it (HTML §13.1.2.1)."""


def _readable(source: str) -> str:
    """What a parser can read without harm, and with ``div`` for all that only groups other blocks."""
    flat = regex.sub(r"<[^<>]{0,2000}>|<", " ", source) if _is_trap(source) else source
    return _SECTIONS.sub(r"\1div", _CLOSED.sub(r"<\1\2></\1>", _valid(flat)))


def _valid(source: str) -> str:
    """Without what XML 1.0 §2.2 does not count as characters: no parser and no feed takes it."""
    return regex.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", " ", source)


def _is_trap(source: str) -> bool:
    """Whether parsers would nest it too deeply, or open too often anew what nobody closed (HTML §13.2.4.3)."""
    if source.count("<") <= DEEPEST:
        return False
    opened: Counter[str] = Counter()
    depth = formatting = anew = 0
    for match in _TAG.finditer(source):
        step, name = -1 if match.group(1) else 1, match.group(2).lower()
        anew += formatting
        if depth > DEEPEST or anew > MOST_ANEW:
            return True
        if _FLAT.fullmatch(name) or (step < 0 and not opened[name]):
            continue
        opened[name] += step
        depth += step
        formatting += step * bool(_FORMATTING.fullmatch(name))
    return depth > DEEPEST


_TAG = regex.compile(r"<(/?)([a-z][^\s/>]*)", regex.IGNORECASE)
_FLAT = regex.compile("area|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|td|th|tr|dt|dd|option")
_FORMATTING = regex.compile("b|big|code|em|font|i|s|small|strike|strong|tt|u")
"""What a parser opens anew in the next block; of ``a`` there is never more than one."""


def _tidy(text: str) -> str:
    lines = (regex.sub(r"[^\S\n\u00a0\u202f]+", " ", line).strip(" ") for line in text.split("\n"))
    return regex.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
