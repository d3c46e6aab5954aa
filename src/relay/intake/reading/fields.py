"""One field of a document at a time: text, HTML, address, whatever was written there."""

import html
import re
from urllib.parse import urljoin, urlsplit

from relay.core.markup.html import sanitise, to_text
from relay.intake.reading.direct.addresses import is_plain

LONGEST = 200_000
"""Characters of one field; longer ones are cut before anything looks into them."""
LONGEST_ADDRESS = 2_000
LONGEST_LINE = 1_000
MOST_PARAGRAPHS = 200
"""Of plain text; what follows them is one more."""
_BEGINNING = 100
"""Characters that are looked at first."""

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0\ufffe\uffff\ud800-\udfff]")
_OF_WINDOWS = re.compile("[\x80-\x84\x86-\x9f]")
"""Controls of a terminal, which stand for a quotation mark or a dash of Windows-1252 where a text has them."""
_UNCLEAN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0\ufffe\uffff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What turns the direction of all that follows (Unicode UAX 9), beyond the end of a line that is cut or embedded."""
_GAP = re.compile(r"[^\S\u00a0\u202f]+")
_BREAK = re.compile(r"[\t\r\n]")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31}[0-9]{0,2});")


def clean(text: object) -> str:
    """``text`` without what XML cannot carry and no text has; anything that is no text is empty."""
    if not isinstance(text, str):
        return ""
    found = text if len(text) <= LONGEST else text[:LONGEST]
    return _OF_WINDOWS.sub(_meant, _CONTROLS.sub("", found)) if _UNCLEAN.search(found) else found


def is_blank(text: object) -> bool:
    """Whether nothing is left of it once it is clean; nearly always the beginning tells."""
    return not (isinstance(text, str) and (clean(text[:_BEGINNING]).strip() or clean(text).strip()))


def _meant(control: re.Match[str]) -> str:
    return control[0].encode("latin-1").decode("cp1252", "ignore")


def line(text: object, *, is_html: bool = False) -> str | None:
    """One line of plain text (a title, a name, a category), ``None`` when there is nothing to read.

    Many write HTML where the format wants text, and escape it once too often: what is still a reference is read.
    """
    if isinstance(text, str) and _is_simple(text):
        return text[:LONGEST_LINE].strip() or None
    found = clean(text)
    words = to_text(found) if is_html else found
    for _ in range(2 if "&" in words else 0):
        words = _REFERENCE.sub(lambda match: html.unescape(match[0]), words)
    return one_line(words)[:LONGEST_LINE].strip() or None


def _is_simple(text: str) -> bool:
    """Whether there is nothing to do for a line: neither mark-up nor white space other than single spaces in it."""
    return text.isprintable() and "<" not in text and "&" not in text and "  " not in text and text[:1] != " "


def one_line(text: str) -> str:
    """``text`` with one space for any white space but that of French typography, and nothing that turns it round."""
    return _GAP.sub(" ", _TURNING.sub("", clean(text))).strip()


def prose(text: object, *, is_html: bool) -> str | None:
    """Plain text of any length, paragraphs separated by a blank line."""
    found = clean(text)
    return (to_text(found) if is_html else found.strip()) or None


def markup(text: object, base: str) -> str | None:
    """Safe HTML, its addresses absolute."""
    return sanitise(clean(text), base) or None


def paragraphs(text: object) -> str:
    """Plain text as HTML."""
    parts = re.split(r"\n\s*\n", clean(text).strip(), maxsplit=MOST_PARAGRAPHS)
    return "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in parts if part)


def looks_like_html(text: object) -> bool:
    """Whether a text of unknown kind has tags or references in it."""
    return isinstance(text, str) and bool(re.search(r"</?[A-Za-z][^<>]{0,1000}>", text) or _REFERENCE.search(text))


def address(base: str, text: object) -> str | None:
    """An absolute http or https address, ``None`` for any other."""
    if isinstance(text, str) and len(text) <= LONGEST_ADDRESS and is_plain(text):
        return text
    found = _BREAK.sub("", clean(text)).strip()
    if not found or len(found) > LONGEST_ADDRESS:
        return None
    try:
        joined = urljoin(base, found)
        parts = urlsplit(joined)
    except ValueError:
        return None
    return joined if parts.scheme in {"http", "https"} and parts.netloc else None


def language(text: object) -> str | None:
    """A language tag (BCP 47): ``fr_FR`` is ``fr-FR``."""
    found = clean(text).strip().replace("_", "-")
    return found if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}", found) else None


def number(text: object) -> int | None:
    """A whole number that is not negative."""
    found = str(text).strip() if isinstance(text, str | int) else ""
    return int(found) if re.fullmatch(r"[0-9]{1,15}", found) else None
