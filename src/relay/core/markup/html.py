"""Safe HTML, plain text and the first picture, out of HTML that nobody has checked."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import regex

from relay.core.document import Picture
from relay.core.markup.absolute import all_absolute
from relay.core.markup.readable import DROPPED_WHOLE, is_trap, readable, valid

if TYPE_CHECKING:  # both are loaded where there is HTML of a stranger's
    from lxml.html import HtmlElement
    from nh3 import Cleaner

BLOCKS = frozenset(
    {"p", "ul", "ol", "dl", "blockquote", "pre", "table", "figure", "hr", "h1", "h2", "h3", "h4", "h5", "h6"}
)
INLINE = frozenset(
    {"a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "ins", "mark", "q", "s", "small", "strong", "sub", "sup"}
)
_PARTS = frozenset({"li", "dt", "dd", "caption", "thead", "tbody", "tr", "th", "td", "figcaption", "img", "div"})
_LINES = frozenset({"li", "tr", "dt", "dd", "caption", "figcaption"})
"""What ends a line of the text."""
TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*>")
"""A tag of sanitised HTML; there may be a "<" or ">" in its attributes. Groups: the slash, the name."""
_OPENED = dict.fromkeys(_PARTS, " ") | dict.fromkeys(BLOCKS | {"div"}, "\n\n") | {"br": "\n"}
_CLOSED = _OPENED | dict.fromkeys(_LINES, "\n")
GAPS = _OPENED | {f"/{name}": gap for name, gap in _CLOSED.items()}
"""What a tag, or "/" and a tag, is in the text; one within a line is nothing."""
_NAMES = re.compile(r"<(/?[a-z][a-z0-9]*)[^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*>")
_ATTRIBUTES = {
    "a": {"href", "hreflang", "title"},
    "img": {"src", "alt", "width", "height"},
    "abbr": {"title"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "*": {"lang"},
}
_SCHEMES = {"http", "https", "mailto"}


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text: its tag, its safe HTML, and the plain text in it."""

    tag: str
    html: str
    text: str


def sanitise(source: str, base: str) -> str:
    """Only harmless elements, every address absolute and http, https or mailto. Idempotent."""
    read = readable(source)
    cleaned = (_harmless() if all_absolute(read) else _cleaner(_absolute(base))).clean(read)
    cleaned = valid(cleaned) if "&#" in read else cleaned  # what it held is valid, but for what a reference means
    # Parsers read \r as \n and drop a line break after <pre>: written so, a second pass reads the same.
    if "\r" in cleaned:
        cleaned = cleaned.replace("\r\n", "\n").replace("\r", "\n")
    return (regex.sub(r"(<pre[^<>]*>)(?=\n)", r"\1\n", cleaned) if "<pre" in cleaned else cleaned).strip()


def _cleaner(of_attributes: Callable[[str, str, str], str | None] | None) -> "Cleaner":
    from nh3 import Cleaner  # noqa: PLC0415

    return Cleaner(
        tags=set(BLOCKS | INLINE | _PARTS),
        clean_content_tags=DROPPED_WHOLE,
        attributes=_ATTRIBUTES,
        attribute_filter=of_attributes,
        url_schemes=_SCHEMES,
        link_rel="noopener nofollow",
    )


@cache
def _harmless() -> "Cleaner":
    """What leaves addresses as they are: to be asked about each attribute costs as much again as all the rest."""
    return _cleaner(None)


@cache
def _texts() -> "Cleaner":
    from nh3 import Cleaner  # noqa: PLC0415

    return Cleaner(tags=set(BLOCKS | _PARTS | {"br"}), clean_content_tags=DROPPED_WHOLE, attributes={})


def to_text(source: str) -> str:
    """The plain text of HTML or of text; blocks are separated by a blank line, ``br`` is a line break."""
    if "<" not in source and "&" not in source:
        return _tidy(valid(source))
    kept = _texts().clean(readable(source))
    marked = _LINE.sub("\n", _PARAGRAPH.sub("\n\n", kept))
    return _tidy(valid(unescape(_REST.sub(" ", marked))))


_PARAGRAPH = re.compile(r"</?(?:p|ul|ol|dl|blockquote|pre|table|figure|hr|h[1-6]|div)>")
_LINE = re.compile(r"<br>|</(?:li|tr|dt|dd|caption|figcaption)>")
_REST = re.compile(r"<[^<>]*>")


def plain(markup: str) -> str:
    """What ``to_text`` gives, of HTML that ``sanitise`` has made: there is nothing in it to look out for."""
    if markup[:3] == "<p>" and markup.count("<") == 2 and markup[-4:] == "</p>":
        return read(markup[3:-4])
    return read(gapped(markup))


def gapped(markup: str) -> str:
    """HTML that ``sanitise`` has made, with what each tag is in a text in its place."""
    parts = _NAMES.split(markup)
    parts[1::2] = [GAPS.get(name, "") for name in parts[1::2]]
    return "".join(parts)


def read(text: str) -> str:
    """Text as it stands between tags, with what these are in it, as a reader sees it."""
    return _tidy(unescape(text))


def first_picture(source: str, base: str) -> Picture | None:
    """The first picture that shows something: no tracking pixel, no icon, an http address."""
    if "<img" not in source.lower() or is_trap(source):
        return None
    for image in _tree(source).iter("img"):
        address = _resolved(base, image.get("src") or "", {"http", "https"})
        if address and not any(_PIXELS.fullmatch(image.get(side, "")) for side in ("width", "height")):
            return Picture(address, alt=" ".join(_tidy(image.get("alt") or "").split("\n")))
    return None


def address_in(base: str, written: str) -> str | None:
    """The absolute http or https address of something that is shown; ``None`` for any other."""
    return _resolved(base, written, {"http", "https"})


def _tree(source: str) -> "HtmlElement":
    from lxml import html  # noqa: PLC0415

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
    is_plain = text.isprintable()  # then there is no space in it but the plain one
    if not is_plain and _ODD.search(text):
        text = _ODD.sub(" ", text)
    while "  " in text:
        text = text.replace("  ", " ")
    if not is_plain and "\n" in text:
        text = text.replace(" \n", "\n").replace("\n ", "\n")
        while "\n\n\n" in text:
            text = text.replace("\n\n\n", "\n\n")
    return text.strip()


_ODD = re.compile("[\t\x0b\x0c\r\x1c-\x1f\x85\u1680\u2000-\u200a\u2028\u2029\u205f\u3000]")
"""Every space but the plain one, the line break and the two that hold words together."""
