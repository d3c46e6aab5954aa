"""Bytes → text, whatever the document and the server say of its encoding (RFC 7303 §3, WHATWG Encoding)."""

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_EBCDIC = "<?xml".encode("cp037")
"""What a document of a mainframe begins with (XML 1.0 appendix F.1); its declaration names the code page."""
_HIDDEN = frozenset({"utf-7", "hz", "iso2022_jp", "iso2022_kr"})
"""Encodings whose bytes are all ASCII: only a declaration tells them, and only the Japanese one is met in feeds."""

_NOT_TEXT = frozenset({"idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape"})
"""Encodings that Python has and no document is written in; one of them takes hours over a megabyte."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, whether it was not in the encoding that was declared, and whether a mark at its start told which."""

    text: str
    is_misdeclared: bool = False
    is_marked: bool = False


def decode(body: bytes, content_type: str | None) -> Decoded:
    """The text of ``body``. Never fails: bytes that mean nothing become U+FFFD.

    What is valid UTF-8 is UTF-8, whatever is declared: no other text looks like it by chance.
    """
    if body.startswith(_EBCDIC):
        return Decoded(
            body.decode(next(iter(_declared(body[:200].decode("cp037").encode(), None)), "cp037"), "replace")
        )
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return Decoded(body.decode(encoding, "replace").removeprefix("\ufeff"), is_marked=True)
    declared = _declared(body, content_type)
    if body.isascii():
        hidden = next((name for name in declared if name == "iso2022_jp"), "ascii")
        return Decoded(body.decode(hidden, "replace"))
    try:
        return Decoded(body.decode(), bool(declared) and "utf-8" not in declared)
    except UnicodeDecodeError:
        return _legacy(body, declared)


def _legacy(body: bytes, declared: tuple[str, ...]) -> Decoded:
    for encoding in declared:
        if encoding != "utf-8" and encoding not in _HIDDEN:
            return Decoded(body.decode(_SUPERSETS.get(encoding, encoding), "replace"))
    return Decoded(body.decode("utf-8", _AS_WINDOWS), is_misdeclared=bool(declared))


def _declared(body: bytes, content_type: str | None) -> tuple[str, ...]:
    """The encodings named by HTTP and by the XML declaration, in this order, as Python calls them."""
    http = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", content_type or "", re.IGNORECASE)
    xml = re.search(rb"<\?xml[^>]{1,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", body[:1000])
    names = [http[1] if http else "", xml[1].decode("ascii", "ignore") if xml else ""]
    return tuple(encoding for name in names if (encoding := _python_name(name)))


@lru_cache(maxsize=64)
def _python_name(name: str) -> str | None:
    try:
        found = codecs.lookup(name).name
        b"a".decode(found, "replace")
    except (LookupError, ValueError):
        return None
    is_other = found.startswith(("utf-16", "utf-32")) or found.replace("-", "_") in _NOT_TEXT
    return None if is_other else found


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """The bytes of a text that is UTF-8 only in part, or not at all, as Windows reads them."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join([_WINDOWS[byte] for byte in error.object[error.start : error.end]]), error.end


_WINDOWS = bytes(range(256)).decode("cp1252", "replace")
_AS_WINDOWS = "relay.windows-1252"
codecs.register_error(_AS_WINDOWS, _as_windows)
