"""What a network will mark in a text, what a person calls its characters, and cutting it without cutting a word."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import islice
from typing import Literal

import regex

from relay.core.language.sentences import OPENING, Aside, around, asides, ends, is_cut_short

SpanKind = Literal["link", "mention", "hashtag"]

_CLUSTER = regex.compile(r"\X")
_PLAIN = re.compile(r"[\n\x20-\x7e\xa0-\xac\xae-\u02ff‐-›\u202f€№™←-↓−]*+")
"""Characters each of which is a grapheme of its own, whatever stands beside it: nearly all that French has."""
_LINK = regex.compile(r"(?<![a-z0-9@＠$#＃])https?://[\w\[][^\s<>\"«»]*", regex.IGNORECASE)
_MENTION = regex.compile(r"(?<![\w/@.=])@([\w][\w.-]*[\w]|\w)(@[\w-]+(?:\.[\w-]+)+)?")
_HASHTAG = regex.compile(r"(?<![^\s(«“\"'’])[#＃](?=[\w·・\u200c]*\p{L})[\w·・\u200c]+")
_TRAILING = ".,;:!?…'’\""
_BRACKETS = {")": "(", "]": "["}


@dataclass(frozen=True, slots=True)
class Span:
    """A link, mention or hashtag in a text; ``start`` and ``end`` count code points, half-open."""

    kind: SpanKind
    text: str
    start: int
    end: int


def spans(text: str) -> tuple[Span, ...]:
    """Links, mentions and hashtags in the order of the text; none lies inside another."""
    links = [_trimmed(match.group(), match.start()) for match in _LINK.finditer(text)]
    marks = [Span("mention", match.group(), *match.span()) for match in _MENTION.finditer(text)]
    marks += [Span("hashtag", match.group(), *match.span()) for match in _HASHTAG.finditer(text)]
    ends = [link.end for link in links]
    # Of the links, only the first that ends behind the beginning of a mark can overlap it.
    near = (links[place : place + 1] for place in (bisect_right(ends, mark.start) for mark in marks))
    outside = (mark for mark, link in zip(marks, near, strict=True) if not link or link[0].start >= mark.end)
    return tuple(sorted((*links, *outside), key=lambda span: span.start))


def graphemes(text: str) -> int:
    """Extended grapheme clusters (Unicode Standard Annex 29): what a person calls characters."""
    return len(text) if _PLAIN.fullmatch(text) else len(_CLUSTER.findall(text))


@dataclass(frozen=True, slots=True)
class Cut:
    """The beginning of a text, and what is set behind it in place of the rest: nothing, "…", or "… »"."""

    kept: str
    added: str = ""


def cut(text: str, length: int) -> str:
    """At most ``length`` graphemes, ended at a sentence or else a word, with "…" where words are missing.

    A quotation is left out or closed, never left open; no figure is parted from its unit.
    """
    done = cutting(text, length)
    return f"{done.kept}{done.added}" if done.kept else ""


def cutting(text: str, length: int) -> Cut:
    """What ``cut`` does, in its parts."""
    room = reach(text, length)
    if room is None:
        return Cut(text)
    near = text[: room + _AHEAD]
    found = asides(near)
    stops = [end for end in ends(near) if end <= room and end < len(near) and not around(end, found)]
    if stops and stops[-1] * 2 >= room:
        return Cut(text[: stops[-1]])
    return _at_a_word(text, length, room, found)


_AHEAD = 2_000
"""Code points beyond the cut in which the end of a quotation is looked for."""


def reach(text: str, length: int) -> int | None:
    """Where (code points) the first ``length`` graphemes end, ``None`` if there are no more."""
    if _PLAIN.fullmatch(text, 0, length + 1):
        return length if 0 <= length < len(text) else None
    beyond = next(islice(_CLUSTER.finditer(text), max(length, 0), None), None)
    return None if beyond is None else beyond.start()


def _at_a_word(text: str, length: int, room: int, found: list[Aside]) -> Cut:
    place = _gap(text, room)
    aside = around(place, found)
    if aside is None:
        return Cut(_trimmed_off(text[:place]), "…")
    before = Cut(_trimmed_off(text[: aside.start]), "…")
    if len(before.kept) * 2 >= room:
        return before
    closing = OPENING[text[aside.start]]
    end = _gap(text, reach(text, length - len(closing)) or 0)
    kept = _trimmed_off(text[:end])
    return Cut(kept, f"…{closing}") if len(kept) > aside.start + 1 and not around(end, asides(kept)) else before


def _gap(text: str, room: int) -> int:
    """The last place up to ``room`` where a line may break, and where no figure waits for its unit; 0 for none."""
    gaps = [match.start() for match in islice(_LAST_GAP.finditer(text, endpos=max(room, 0)), 8)]
    good = (gap for gap in gaps if not is_cut_short(text[:gap]))
    return next(good, gaps[0] if gaps else 0)


def _trimmed_off(text: str) -> str:
    return text.rstrip(",;:.…–-—(«“\u00a0\u202f \n\r\t")


_LAST_GAP = regex.compile(r"(?r)[^\S\u00a0\u202f]+")
"""The last place where a line may break; an unbreakable space is inside what it holds together."""


def _trimmed(address: str, start: int) -> Span:
    """A link without the punctuation that belongs to the sentence around it."""
    unmatched = {last: address.count(last) - address.count(first) for last, first in _BRACKETS.items()}
    end = len(address)
    while address[end - 1] in _TRAILING or unmatched.get(address[end - 1], 0) > 0:
        end -= 1
        if address[end] in unmatched:
            unmatched[address[end]] -= 1
    return Span("link", address[:end], start, start + end)
