"""The line of the file that a message is about, with its secrets covered, and the caret under it."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from relay.config.toml.positions import Span
from relay.config.wording.masking import COVER, address_secrets

_WIDEST = 160
_LONGEST_WORD = 240
_BEFORE = 60
_NEAR = 4000
"""Characters on either side that are looked at, for a line may be a megabyte."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What would move the terminal's cursor, or turn the direction of the text."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Where a message points, and what it shows of that place."""

    line: int = 1
    column: int = 1
    length: int = 0
    snippet: str = ""


def printable(text: str) -> str:
    """``text`` on one line, without what would disturb a terminal, and not endless."""
    line = _UNPRINTABLE.sub("�", text).replace("\n", "⏎")
    return line if len(line) <= _LONGEST_WORD else f"{line[:_LONGEST_WORD]}…"


def excerpt(text: str, hidden: Sequence[Span], focus: Span) -> Excerpt:
    """The first line of ``focus`` in ``text``; nothing of ``hidden`` shows, not even how long it is."""
    start = text.rfind("\n", 0, focus.start) + 1
    line = _near(text, start, focus)
    shown = list(_shown(text, _covered(text, hidden, line), line))
    places = [place for place, _ in shown]
    left = bisect_left(places, focus.start)
    right = max(bisect_left(places, min(focus.end, line.end)), left + 1)
    return Excerpt(
        line=text.count("\n", 0, start) + 1,
        column=focus.start - start + 1,
        length=right - left,
        snippet=_drawn("".join(character for _, character in shown), left, right),
    )


def _near(text: str, start: int, focus: Span) -> Span:
    """The line that begins at ``start``, or what of it is near."""
    end = text.find("\n", start)
    return Span(max(start, focus.start - _NEAR), min(len(text) if end < 0 else end, max(focus.start, start) + _NEAR))


def _covered(text: str, hidden: Sequence[Span], line: Span) -> list[Span]:
    """The stretches of this line to cover, in order, none overlapping another."""
    here = (span for span in hidden if span.start < line.end and span.end > line.start)
    spans = [*here, *address_secrets(text, line)]
    cut = sorted((max(span.start, line.start), min(span.end, line.end)) for span in spans)
    merged: list[Span] = []
    for start, end in cut:
        if start < end and (not merged or start >= merged[-1].end):
            merged.append(Span(start, end))
        elif start < end:
            merged[-1] = Span(merged[-1].start, max(end, merged[-1].end))
    return merged


def _shown(text: str, covered: Sequence[Span], line: Span) -> Iterator[tuple[int, str]]:
    """Each character to show, beside its place in the file."""
    at = line.start
    for span in covered:
        yield from enumerate(text[at : span.start], at)
        yield from ((span.start, character) for character in COVER)
        at = span.end
    yield from enumerate(text[at : line.end], at)


def _drawn(line: str, left: int, right: int) -> str:
    """The line and its caret, cut to what a terminal shows; a wide character moves the caret by two."""
    if len(line) > _WIDEST:
        start = max(left - _BEFORE, 0)
        line, left, right = line[start : start + _WIDEST], left - start, min(right - start, _WIDEST)
    line = _UNPRINTABLE.sub("�", line)
    indent = "".join("\t" if character == "\t" else " " * _width(character) for character in line[:left])
    return f"{line}\n{indent}{'^' * max(sum(map(_width, line[left:right])), 1)}"


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
