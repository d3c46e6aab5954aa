"""Text of an XML document → XML that can be read: nothing to expand, nothing that XML does not allow."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice, pairwise

from relay.intake.reading.amounts import MOST, amount
from relay.intake.reading.endless import without_endless_words
from relay.intake.reading.fields import LONGEST
from relay.intake.reading.nesting import without_nested
from relay.intake.reading.sections import sections
from relay.intake.reading.steering import steered
from relay.intake.reading.twice import decoded_once

MOST_ENTRIES = 1000

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_AMPERSAND = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos);)(?:#(\d{1,7});|#[xX]([0-9a-fA-F]{1,6});|([A-Za-z][\w.-]{0,63});)?", re.ASCII
)
_ENTITY = re.compile(r"<!ENTITY\s{1,20}([\w.-]{1,64})\s{1,20}(?:\"([^\"<%]{0,64})\"|'([^'<%]{0,64})')\s{0,20}>")
_ENTRY = re.compile(r"<(?:[\w-]{1,40}:)?(?:item|entry)[\s>/]")
_LONG = re.compile(rf"(>[^<>]{{{6 * LONGEST}}})[^<>]++(?=<)")
"""A text between two tags that is longer than any field may be, were each of its characters written as ``&quot;``."""
_ENTRY_END = re.compile(r"</(?:[\w-]{1,40}:)?(?:item|entry)\s*>")


@dataclass(frozen=True, slots=True)
class Mended:
    """The XML, without declaration and document type, and what was wrong with it.

    ``is_whole`` unless it has more entries than are read.
    """

    xml: str
    notes: tuple[str, ...]
    is_whole: bool = True


def mend(text: str) -> Mended:
    """XML that holds what ``text`` holds, its first ``MOST_ENTRIES`` entries at most, and no more than a parser can do.

    What is too much in its first entry already is left as it is: nothing will read it.
    """
    notes: list[str] = []
    xml = _without_preface(text, notes)
    if _FORBIDDEN.search(xml):
        notes.append("characters that XML does not allow")
        xml = _FORBIDDEN.sub("", xml)
    xml, declared = _without_doctype(xml)
    first = _first_entries(xml)
    is_whole = len(first) == len(xml)
    if amount(first) > MOST:
        return Mended(first, tuple(notes), is_whole)
    known = _with_known_entities(without_nested(_LONG.sub(r"\1", first)), declared, notes)
    return Mended(steered(decoded_once(without_endless_words(known), notes), notes), tuple(notes), is_whole)


def _without_preface(text: str, notes: list[str]) -> str:
    """From the first tag on, without the XML declaration: the text is decoded already."""
    start = max(text.find("<"), 0)
    if text[:start].strip("\ufeff \t\r\n"):
        notes.append("text before the document")
    elif start and text.startswith("<?xml", start):
        notes.append("white space before the XML declaration")
    if not text.startswith("<?xml", start):
        return text[start:]
    end = text.find("?>", start)
    return text[end + 2 :] if end >= 0 else text[start:]


def _without_doctype(xml: str) -> tuple[str, dict[str, str]]:
    """The document type goes, and all that could be expanded; its names for single characters are kept aside."""
    root = re.search(r"<[A-Za-z_]", xml)
    start = re.search(r"<!doctype", xml[: root.start()] if root else xml, re.IGNORECASE)
    if not start:
        return xml, {}
    first, subset = xml.find(">", start.end()), xml.find("[", start.end())
    close = re.compile(r"\]\s{0,100}>").search(xml, subset) if 0 <= subset < first else None
    end = close.end() if close else first + 1
    if not end:
        return "", {}
    found = islice(_ENTITY.finditer(xml, start.end(), end), 300)
    values = {match[1]: html.unescape(match[2] or match[3] or "") for match in found}
    return xml[: start.start()] + xml[end:], {
        name: value for name, value in values.items() if len(value) == 1 and value != "&"
    }


def _first_entries(xml: str) -> str:
    over = _over(xml)
    if over is None:
        return xml
    ends = [match.end() for match in _ENTRY_END.finditer(xml, over)]
    return xml[:over] + (xml[ends[-1] :] if ends else "")


def _over(xml: str) -> int | None:
    """Where the first entry begins that is one too many, or too much; the first is never that."""
    starts = [match.start() for match in islice(_ENTRY.finditer(xml), MOST_ENTRIES + 1)]
    total = amount(xml[: starts[0]]) if starts else 0
    for number, (start, end) in enumerate(pairwise([*starts, len(xml)])):
        total += amount(xml[start:end])
        if number == MOST_ENTRIES or (number and total > MOST):
            return start
    return None


def _with_known_entities(xml: str, declared: dict[str, str], notes: list[str]) -> str:
    """Every ``&`` of mark-up begins something that XML knows without a document type."""
    if not _AMPERSAND.search(xml):
        return xml
    known = _known(declared, notes)
    return "".join(_AMPERSAND.sub(known, part) if is_markup else part for part, is_markup in sections(xml))


def _known(declared: dict[str, str], notes: list[str]) -> Callable[[re.Match[str]], str]:
    def known(match: re.Match[str]) -> str:
        decimal, hexadecimal, name = match.groups()
        if decimal or hexadecimal:
            return html.escape(_FORBIDDEN.sub("", html.unescape(match[0])))
        if name in declared:
            return html.escape(declared[name])
        meant = html.unescape(match[0]) if name else "&"
        note = "bare ampersand" if meant.startswith("&") else f"undeclared entity &{name};"
        if note not in notes:
            notes.append(note)
        return html.escape(meant)

    return known
