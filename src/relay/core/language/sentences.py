"""Where sentences end: not at an abbreviation, not between words and the person who said them."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import regex

OPENING = {"«": "\u00a0»", "“": "”", "(": ")", "[": "]"}
"""What opens a quotation or an aside, and what closes it in print."""

_CLOSING = {"»": "«", "”": "“", ")": "(", "]": "["}
_SIGNS = regex.compile(r"[«“(\[»”)\]]")
_STOP = regex.compile(r"(?<![.!?…])[.!?…]++(?:[\u00a0\u202f ]?[»”\"’)\]])*(?=\s|$)")
_GOES_ON = regex.compile(r"\s++[«“\"(\[]?[\u00a0\u202f ]?(?:\p{Ll}|[–—-]\s+\p{Ll})")
_NAME = (
    r"\s*+[(–—-]?\s*+(?:(?:MM?\.|Mmes?|Dr|Pr|Mrs?\.?|Ms\.?)\s)?"
    r"(?!(?:Les?|La|Une?|Des|Du|Ces?|Cette|Cet|Son|Sa|Ses|Notre|Nos|The|This|An?)\b)"
    r"\p{Lu}[\p{L}’'-]+(?:\s(?:d[eu]|des|la|le|van|von|of)?\s?\p{Lu}[\p{L}’'.-]*){1,3}"
)
_SPEAKER = rf"{_NAME}(?:\s*,\s*\p{{Ll}}|\s*\p{{P}}?\s*$)"
"""A name, and what its bearer is: "Jacqueline Gourault, ministre de la Cohésion des territoires"."""
_NAMED = rf"{_NAME}(?:\s*,\s*\p{{Ll}}[^.!?]*)?[.)]{{0,2}}|[–—-]\s?\p{{L}}[^.!?]{{2,160}}"

_SHORT = (
    r"(?i)al|ap|apr|approx|arr|art|av|avr|bd|boul|bull|cf|ch|chap|cie|coll|dép|dir|dr|éd|env|ex|fasc|fé?vr?|fig|gal|gén|gov|hab"
    r"|ib|ibid|inc|janv|jr|juil|ltd|mgr|mm|mmes?|mlle|mrs?|ms|nov|num|obs|oct|op|pp?|pr|prof|préf|réf|rens|resp|sect?|sén|sr"
    r"|ste?|suiv|tél|trad|vol|vs"
)
"""What is written with a full stop in the middle of a sentence, in French or in English."""
_INITIALS = regex.compile(r"(?:\p{L}\.)*\p{Lu}|(?:\p{L}\.)+\p{L}")
_PARTS_WORDS = regex.compile(r"[\s’'(«\[“\"-]")


@cache
def _compiled(pattern: str) -> "regex.Pattern[str]":
    """Compiled when a text is first read: a command that reads none does not wait for it."""
    return regex.compile(pattern)


@dataclass(frozen=True, slots=True)
class Aside:
    """A quotation or what stands in brackets: the places of its first and last sign (code points)."""

    start: int
    end: int


def ends(text: str, most: int | None = None) -> list[int]:
    """The places (code points) up to ``most`` right behind each sentence, within quotations and brackets too."""
    near = (match.span() for match in _STOP.finditer(text) if most is None or match.end() <= most)
    return [end for start, end in near if _is_end(text, start, end)]


def asides(text: str) -> list[Aside]:
    """Quotations and brackets that open and close, outer ones only; a sign without its partner means nothing."""
    opened: list[int] = []
    found: list[Aside] = []
    for match in _SIGNS.finditer(text):
        sign = match.group()
        if sign in OPENING:
            opened.append(match.start())
        elif opened and text[opened[-1]] == _CLOSING[sign]:
            found.append(Aside(opened.pop(), match.start()))
    return _outer(found)


def around(place: int, found: list[Aside]) -> Aside | None:
    """The aside that ``place`` is in the middle of."""
    return next((aside for aside in found if aside.start < place <= aside.end), None)


def outside(place: int, found: list[Aside]) -> bool:
    """Whether ``place`` is in none of them."""
    return around(place, found) is None


def is_speaker(text: str) -> bool:
    """Whether a short text names who said what stands before it, and nothing else."""
    return len(text) <= 200 and bool(_compiled(_NAMED).fullmatch(text))


def is_cut_short(text: str) -> bool:
    """Whether ``text`` breaks off where its last word needs the next: a number its unit, a title its name."""
    return bool(_NEEDS_MORE.search(text[-40:]))


_NEEDS_MORE = regex.compile(
    r"(?:\d|n°|\b(?:art|p|MM?|Dr|Pr)\.|\b(?:Mmes?|Mlles?|Dr|Pr|Me|Mgr|millions?|milliards?|milliers?|article|page))$"
)


def _outer(found: list[Aside]) -> list[Aside]:
    ordered = sorted(found, key=lambda aside: aside.start)
    outer = ordered[:1]
    for _, aside in pairwise(ordered):
        if aside.start > outer[-1].end:
            outer.append(aside)
    return outer


def _is_end(text: str, start: int, end: int) -> bool:
    if end == len(text):
        return True
    if _GOES_ON.match(text, end) or (
        text[start] == "." and text[start:end].strip(".") == "" and _is_short(text, start)
    ):
        return False
    return not (text[end - 1] in '»”"' and _compiled(_SPEAKER).match(text[end : end + 120]))


def _is_short(text: str, stop: int) -> bool:
    """Whether the full stop at ``stop`` belongs to an abbreviation, an initial or a number of a list."""
    line = text[max(0, stop - 20) : stop]
    word = _PARTS_WORDS.split(line)[-1]
    is_number = word.isdecimal() and (stop == len(word) or text[stop - len(word) - 1] == "\n")
    is_initials = bool(_INITIALS.fullmatch(word))
    return is_number or is_initials or bool(_compiled(_SHORT).fullmatch(word))
