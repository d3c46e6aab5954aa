"""Counting as each network counts, finding what a network will mark, and cutting without cutting a word."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import islice
from typing import Literal

import regex

from relay.core.crosspost import Limits, Unit

SpanKind = Literal["link", "mention", "hashtag"]

_CLUSTER = regex.compile(r"\X")
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


@dataclass(frozen=True, slots=True)
class Count:
    """How much of one unit a text uses."""

    unit: Unit
    used: int
    max: int

    @property
    def fits(self) -> bool:
        """Whether the text is short enough in this unit."""
        return self.used <= self.max


def measure(text: str, limits: Limits) -> tuple[Count, ...]:
    """The length of ``text`` in every unit that ``limits`` names."""
    counted = _as_counted(text, limits)
    return tuple(Count(unit, _size(counted, unit), most) for unit, most in limits.text)


def fits(text: str, limits: Limits) -> bool:
    """Whether a network with these limits takes this text."""
    return all(count.fits for count in measure(text, limits))


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
    return len(_CLUSTER.findall(text))


def cut(text: str, length: int) -> str:
    """At most ``length`` graphemes, ended at a sentence or else a word, with "…" where words are missing."""
    beyond = next(islice(_CLUSTER.finditer(text), max(length, 0), None), None)
    if beyond is None:
        return text
    kept = text[: beyond.start()]
    ends = (match.end() for match in _SENTENCE_END.finditer(text, endpos=beyond.end()))
    sentence = max((end for end in ends if end <= len(kept)), default=0)
    if sentence and sentence * 2 >= len(kept):
        return kept[:sentence]
    gap = _LAST_GAP.search(kept)
    trimmed = kept[: gap.start()].rstrip(",;:.…–-—(«\u00a0\u202f \n\r\t") if gap else ""
    return f"{trimmed}…" if trimmed else ""


_SENTENCE_END = regex.compile(r"(?<![.!?…])[.!?…]++(?:[\u00a0\u202f ]?[»”])?(?=\s)")
_LAST_GAP = regex.compile(r"(?r)[^\S\u00a0\u202f]")
"""The last place where a line may break; an unbreakable space is inside what it holds together."""


def _as_counted(text: str, limits: Limits) -> str:
    if limits.link_cost is None and not limits.local_mentions:
        return text
    parts, end = [], 0
    for span in spans(text):
        parts += [text[end : span.start], _span_as_counted(span, limits)]
        end = span.end
    return "".join([*parts, text[end:]])


def _span_as_counted(span: Span, limits: Limits) -> str:
    if span.kind == "link" and limits.link_cost is not None:
        return "x" * limits.link_cost
    is_local = span.kind == "mention" and limits.local_mentions
    return "@" + span.text[1:].partition("@")[0] if is_local else span.text


def _size(text: str, unit: Unit) -> int:
    return graphemes(text) if unit == "graphemes" else len(text.encode("utf-8", "surrogatepass"))


def _trimmed(address: str, start: int) -> Span:
    """A link without the punctuation that belongs to the sentence around it."""
    unmatched = {last: address.count(last) - address.count(first) for last, first in _BRACKETS.items()}
    end = len(address)
    while address[end - 1] in _TRAILING or unmatched.get(address[end - 1], 0) > 0:
        end -= 1
        if address[end] in unmatched:
            unmatched[address[end]] -= 1
    return Span("link", address[:end], start, start + end)
