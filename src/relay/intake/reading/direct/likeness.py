"""What feedparser guesses of a text: whether it is HTML, and whether it was decoded as it should have been."""

import re
from contextlib import suppress
from html.entities import entitydefs

_NAMES = (
    "a abbr acronym address area article aside audio b big blockquote br button canvas caption center cite code col "
    "colgroup command datagrid datalist dd del details dfn dialog dir div dl dt em event-source fieldset figcaption "
    "figure font footer form h1 h2 h3 h4 h5 h6 header hr i img input ins kbd keygen label legend li m map menu meter "
    "multicol nav nextid noscript ol optgroup option output p pre progress q s samp section select small sound source "
    "spacer span strike strong sub sup table tbody td textarea tfoot th thead time tr tt u ul var video"
)
_ELEMENTS = frozenset(_NAMES.split())
_CLOSED = re.compile(r"</(\w+)>")
_REFERENCE = re.compile(r"&#?\w+;")
_TAG = re.compile(r"</?(\w+)")
_NAMED = re.compile(r"&(\w+);")
_OF_WINDOWS = re.compile("[\x80-\x9f]")
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
_TYPES = {
    "text": "text/plain",
    "plain": "text/plain",
    "html": "text/html",
    "xhtml": "application/xhtml+xml",
}
HTML = frozenset({"application/xhtml+xml", "text/html"})


def kind(written: str) -> str:
    """The media type that the ``type`` of an element means."""
    lower = written.lower()
    return _TYPES.get(lower, lower)


def looks_like_html(text: str) -> bool:
    """Whether there is an end tag or a reference in it, and no tag or name that HTML does not have."""
    if not (("</" in text and _CLOSED.search(text)) or ("&" in text and _REFERENCE.search(text))):
        return False
    return all(tag.lower() in _ELEMENTS for tag in _TAG.findall(text)) and all(
        name in entitydefs for name in _NAMED.findall(text)
    )


def decoded(text: str) -> str:
    """UTF-8 that was taken for Latin-1, and the signs of Windows-1252, put right."""
    if text.isascii():
        return text
    with suppress(UnicodeError):
        text = text.encode("iso-8859-1").decode("utf-8")
    return text.translate(_WINDOWS) if _OF_WINDOWS.search(text) else text
