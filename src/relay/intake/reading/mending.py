"""Text of an XML document → XML that can be read: nothing to expand, nothing that XML does not allow."""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, islice, pairwise

from relay.intake.reading.amounts import MOST, amount, is_little
from relay.intake.reading.endless import without_endless_words
from relay.intake.reading.fields import LONGEST
from relay.intake.reading.nesting import without_nested
from relay.intake.reading.sections import sections
from relay.intake.reading.sound import MOST_ENTRIES, is_sound
from relay.intake.reading.steering import steered, with_known_prefixes
from relay.intake.reading.twice import decoded_once

FAT = MOST // 4
"""An entry of so many tags is left out where it leaves no room for those after it."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_AMPERSAND = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos);)(?:#(\d{1,7});|#[xX]([0-9a-fA-F]{1,6});|([A-Za-z][\w.-]{0,63});)?", re.ASCII
)
_ENTITY = re.compile(r"<!ENTITY\s{1,20}([\w.-]{1,64})\s{1,20}(?:\"([^\"<%]{0,64})\"|'([^'<%]{0,64})')\s{0,20}>")
_ENTRY = re.compile(r"<(?:[\w-]{1,40}:)?(?:item|entry)[\s>/]")
_LONG = re.compile(rf"(>[^<>]{{{6 * LONGEST}}})[^<>]++(?=<)")
"""A text between two tags that is longer than any field may be, were each of its characters written as ``&quot;``."""
_OPENED = re.compile(r"<([A-Za-z_][\w:.-]{0,60})(?:\s[^<>]{0,200})?>\s{0,40}\Z")
"""The tag before a section, where the text that is looked through ends with the section's beginning."""
_MOST_ENDS = 20
_ENDLESS = "a CDATA section without an end"
_ENTRY_END = re.compile(r"</(?:[\w-]{1,40}:)?(?:item|entry)\s*>")


@dataclass(frozen=True, slots=True)
class Mended:
    """The XML, without declaration and document type, and what was wrong with it.

    ``is_whole`` unless there are entries in it that are not read; ``is_little`` if a parser can certainly do it.
    """

    xml: str
    notes: tuple[str, ...]
    is_whole: bool = True
    is_little: bool = False


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
    xml = _with_ends(xml, notes)
    is_all = is_little(xml) and _has_few_entries(xml)
    first = xml if is_all else _first_entries(xml, notes)
    is_whole = len(first) == len(xml)
    if not is_all and amount(first) > MOST:
        return Mended(first, tuple(notes), is_whole)
    xml = _in_words(without_nested(_LONG.sub(r"\1", first)), declared, notes)
    return Mended(with_known_prefixes(xml, notes), tuple(notes), is_whole, is_all)


def retouched(text: str) -> Mended | None:
    """What ``mend`` says of a text, if the XML that comes of it is well-formed; ``None`` for one that is not sound."""
    notes: list[str] = []
    xml = _without_preface(text, notes)
    plain, declared = _without_doctype(xml)
    return Mended(_in_words(xml, declared, notes), tuple(notes)) if plain is xml and is_sound(xml) else None


def _in_words(xml: str, declared: dict[str, str], notes: list[str]) -> str:
    """What is mended of any document."""
    known = _with_known_entities(xml, declared, notes)
    return steered(decoded_once(without_endless_words(known), notes))


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


def _with_ends(xml: str, notes: list[str]) -> str:
    """A CDATA section without an end would take all that follows for its text: it ends with the element it is in."""
    for _ in range(_MOST_ENDS):
        start = xml.find("<![CDATA[", xml.rfind("]]>") + 1)
        opened = _OPENED.search(xml, max(start - 300, 0), start) if start >= 0 else None
        end = xml.find(f"</{opened[1]}>", start) if opened else -1
        if end < 0:
            return xml
        xml = f"{xml[:end]}]]>{xml[end:]}"
        if _ENDLESS not in notes:
            notes.append(_ENDLESS)
    return xml


def _has_few_entries(xml: str) -> bool:
    return next(islice(_ENTRY.finditer(xml), MOST_ENTRIES, None), None) is None


def _first_entries(xml: str, notes: list[str]) -> str:
    starts = [match.start() for match in islice(_ENTRY.finditer(xml), MOST_ENTRIES + 1)]
    pieces = list(pairwise([*starts, len(xml)]))
    sizes = [amount(xml[start:end]) for start, end in pieces]
    room = MOST - amount(xml[: starts[0]]) if starts else 0
    fat = _fat(sizes[:MOST_ENTRIES], room)
    if fat:
        notes.append("an entry that is too large, left out")
    over = _over([0 if number in fat else size for number, size in enumerate(sizes)], room)
    gone = [_extent(xml, *piece) for number, piece in enumerate(pieces[:over]) if number in fat]
    gone += [_extent(xml, pieces[over][0], len(xml))] if over < len(pieces) else []
    kept = pairwise([0, *chain.from_iterable(gone), len(xml)])
    return "".join(xml[start:end] for start, end in islice(kept, 0, None, 2)) if gone else xml


def _fat(sizes: Sequence[int], room: int) -> frozenset[int]:
    """The entries without which there is room for the others, the largest first, the only one never."""
    total, fat = sum(sizes), set[int]()
    for number in sorted(range(len(sizes)), key=lambda number: (-sizes[number], -number)):
        if total <= room or sizes[number] <= FAT or len(fat) + 1 == len(sizes):
            break
        fat.add(number)
        total -= sizes[number]
    return frozenset(fat)


def _over(sizes: Sequence[int], room: int) -> int:
    """How many entries are read: as many as there is room for, and one at least."""
    totals = accumulate(sizes[:MOST_ENTRIES])
    return next((number for number, total in enumerate(totals) if number and total > room), len(sizes[:MOST_ENTRIES]))


def _extent(xml: str, start: int, end: int) -> tuple[int, int]:
    """From there to the end of the last entry before ``end``: what is after that is the channel's."""
    ends = [match.end() for match in _ENTRY_END.finditer(xml, start, end)]
    return start, ends[-1] if ends else end


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
