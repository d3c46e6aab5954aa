"""Safe HTML, plain text and the first picture, out of HTML that nobody has checked."""

from collections.abc import Callable
from dataclasses import dataclass
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
DEEPEST = 512
"""Nesting beyond this is an attack, and costs parsers quadratic time: such HTML is read as its text."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text: its tag, its safe HTML, and the plain text in it."""

    tag: str
    html: str
    text: str


def sanitise(source: str, base: str) -> str:
    """Only harmless elements, every address absolute and http, https or mailto. Idempotent."""
    if _too_deep(source):
        source = _without_tags(source)
    cleaned = nh3.clean(
        source,
        tags=set(BLOCKS | _INLINE | _PARTS),
        clean_content_tags=_DROPPED_WHOLE,
        attributes=_ATTRIBUTES,
        attribute_filter=_absolute(base),
        url_schemes=_SCHEMES,
        link_rel="noopener nofollow",
    )
    return cleaned.strip()


def to_text(source: str) -> str:
    """The plain text of HTML or of text; blocks are separated by a blank line, ``br`` is a line break."""
    if _too_deep(source):
        source = _without_tags(source)
    if "<" not in source and "&" not in source:
        return _tidy(source)
    kept = nh3.clean(source, tags={*BLOCKS, "br", "li", "div", "tr"}, clean_content_tags=_DROPPED_WHOLE, attributes={})
    marked = regex.sub(r"</?(?:p|ul|ol|dl|blockquote|pre|table|figure|hr|h[1-6]|div)>", "\n\n", kept)
    marked = regex.sub(r"<br>|</(?:li|tr)>", "\n", marked)
    return _tidy(_unescape(regex.sub(r"<[^<>]*>", "", marked)))


def first_picture(source: str, base: str) -> Picture | None:
    """The first picture that shows something: no tracking pixel, no icon, an http address."""
    if "<img" not in source.lower() or _too_deep(source):
        return None
    for image in _tree(source).iter("img"):
        address = urljoin(base, (image.get("src") or "").strip())
        if urlsplit(address).scheme in {"http", "https"} and not _tiny(image):
            return Picture(address, alt=_tidy(image.get("alt") or ""))
    return None


def blocks(source: str) -> tuple[Block, ...]:
    """The blocks of sanitised HTML, in order; loose text between them becomes paragraphs."""
    found: list[Block] = []
    loose: list[str] = []
    for tag, markup in _pieces(_tree(source)):
        if tag in BLOCKS:
            _close(loose, found)
            found.append(Block(tag, markup, to_text(markup)))
        else:
            loose.append(markup)
    _close(loose, found)
    return tuple(block for block in found if block.text or "<img" in block.html)


def _pieces(parent: html.HtmlElement) -> list[tuple[str, str]]:
    """(tag, markup) of every child, ``div`` looked into; text has the tag "" and is escaped."""
    pieces = [("", _escape(parent.text or ""))]
    for child in parent:
        tail = child.tail or ""
        if child.tag == "div":
            pieces += [("hr", ""), *_pieces(child), ("hr", "")]
        else:
            child.tail = None
            pieces.append((str(child.tag), etree.tostring(child, encoding="unicode", method="html")))
        pieces.append(("", _escape(tail)))
    return pieces


def _close(loose: list[str], found: list[Block]) -> None:
    markup = "".join(loose).strip()
    loose.clear()
    paragraphs = regex.split(r"(?:\s*<br>\s*){2,}", markup)
    found += [Block("p", f"<p>{paragraph}</p>", text) for paragraph in paragraphs if (text := to_text(paragraph))]


def _tree(source: str) -> html.HtmlElement:
    return html.fragment_fromstring(source, create_parent="div")


def _absolute(base: str) -> Callable[[str, str, str], str | None]:
    def absolute(_element: str, attribute: str, value: str) -> str | None:
        if attribute not in {"href", "src"}:
            return value
        try:
            address = urljoin(base, value.strip())
            return address if urlsplit(address).scheme in _SCHEMES else None
        except ValueError:
            return None

    return absolute


def _tiny(image: html.HtmlElement) -> bool:
    sizes = [image.get(side, "") for side in ("width", "height")]
    return any(size.removesuffix("px").isdigit() and int(size.removesuffix("px")) < 60 for size in sizes)


def _too_deep(source: str) -> bool:
    return source.count("<") > DEEPEST and _depth(source) > DEEPEST


def _depth(source: str) -> int:
    """The most elements that were ever open at once, void ones and comments aside."""
    depth = deepest = 0
    for match in regex.finditer(r"<(/?)(?!(?:br|img|hr|input|meta|link|p|li|td|tr)\b)[a-zA-Z]|<!--", source):
        depth += -1 if match.group(1) else 1
        deepest = max(deepest, depth)
    return deepest


def _without_tags(source: str) -> str:
    return regex.sub(r"<[^<>]{0,2000}>|<", " ", source)


def _tidy(text: str) -> str:
    lines = (regex.sub(r"[^\S\n\u00a0\u202f]+", " ", line).strip(" ") for line in text.split("\n"))
    return regex.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_WRITTEN_BY_NH3 = (("&nbsp;", "\u00a0"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&"))


def _unescape(text: str) -> str:
    """Undo the entities that nh3 writes; it has already turned every other one into its character."""
    for entity, character in _WRITTEN_BY_NH3:
        text = text.replace(entity, character)
    return text
