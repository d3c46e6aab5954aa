"""A page as a tree, whatever is wrong with it, and what its relative addresses are relative to."""

import re
from typing import TYPE_CHECKING

from relay.intake.reading import fields
from relay.intake.reading.decoding import decode

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST = 2_000_000
"""Characters of a page; longer ones are cut."""

_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}>")
"""What an XHTML page says of its bytes, which are text by now."""
_NO_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
"""What XML 1.0 §2.2 does not count as characters."""
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)


def text_of(body: bytes, content_type: str | None = None) -> str:
    """The page as text: in the encoding that HTTP or its own ``meta`` element says (HTML §13.2.3.2)."""
    said = _CHARSET.search(body[:2048])
    own = f"text/html; charset={said[1].decode('ascii', 'ignore')}" if said else None
    return decode(body, content_type if "charset" in (content_type or "").lower() else own).text


def tree_of(text: str) -> "HtmlElement | None":
    """The page, ``None`` where there is nothing in it. What is nested beyond 256 elements, libxml2 leaves out."""
    from lxml import etree, html  # noqa: PLC0415  # who only names what it gives reads no page

    try:
        return html.document_fromstring(_DECLARATION.sub("", _NO_CHARACTERS.sub("", text[:LONGEST])))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def base_of(tree: "HtmlElement", url: str) -> str:
    """What addresses of the page are relative to: its ``base`` element, or where it is."""
    base = tree.find(".//base[@href]")
    return (fields.address(url, base.get("href")) if base is not None else None) or url
