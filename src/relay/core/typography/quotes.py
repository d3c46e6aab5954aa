"""Straight quotes, which look the same on both sides → those of a language, where they pair."""

import re

import regex

TAG, BREAK, WORD = "\ufdd1", "\ufdd2", "\ufdd3"
"""What stands in for a tag within a line, for one that ends a line, and for what is not to be touched.

They are no characters of any text (Unicode Standard §23.7), so that rules see words across tags.
"""

_LINES = re.compile(rf"([\n{BREAK}])")
_STRAIGHT = re.compile('"')
_CURLED = re.compile('[“”"]')
_QUOTES = re.compile('[“”«»"]')
_SIGNS = regex.compile(r"[\"«»]")


def paired(text: str, outer: tuple[str, str], inner: tuple[str, str]) -> str:
    """``text`` with every line's straight quotes in the form of ``outer``, or of ``inner`` inside « ».

    A line in which they do not pair (an inch, a missing quote) is left as it is.
    """
    if '"' not in text:
        return text
    return "".join(_line(line, outer, inner) if '"' in line else line for line in _LINES.split(text))


def matched(text: str) -> str:
    """``text`` with both signs straight where a line opens a quotation with one kind and closes it with the other."""
    if '"' not in text or not ("“" in text or "”" in text):
        return text
    return "".join(_matched(line) for line in _LINES.split(text))


def _matched(line: str) -> str:
    signs = _CURLED.findall(line)
    return line.replace(signs[0], '"').replace(signs[-1], '"') if signs in (["“", '"'], ['"', "”"]) else line


def uncurled(text: str, outer: tuple[str, str]) -> str:
    """``text`` with every line's “ ” in the form of ``outer``, where they pair and there are no other quotes."""
    if "“" not in text:
        return text
    return "".join(_uncurled(line, outer) if "“" in line else line for line in _LINES.split(text))


def _uncurled(line: str, outer: tuple[str, str]) -> str:
    signs = "".join(_QUOTES.findall(line))
    is_plain = bool(signs) and signs == "“”" * (len(signs) // 2)
    return line.replace("“", outer[0]).replace("”", outer[1]) if is_plain else line


def _line(line: str, outer: tuple[str, str], inner: tuple[str, str]) -> str:
    places = [match.start() for match in _STRAIGHT.finditer(line)]
    if not places or len(places) % 2 or not all(map(_fits, [line] * len(places), places, range(len(places)))):
        return line
    parts: list[str] = []
    end = depth = order = 0
    for match in _SIGNS.finditer(line):
        if match.group() != '"':
            depth += 1 if match.group() == "«" else -1
            continue
        parts += [line[end : match.start()], (inner if depth > 0 else outer)[order % 2]]
        end, order = match.end(), order + 1
    return "".join([*parts, line[end:]])


def _fits(line: str, place: int, order: int) -> bool:
    """Whether a quote opens if it is the first of two, closes if it is the second."""
    start, end = place, place + 1  # a copy of the line for every quote would take the square of its length
    while start > 0 and line[start - 1] == TAG:
        start -= 1
    while line[end : end + 1] == TAG:
        end += 1
    before, after = line[max(start - 1, 0) : start], line[end : end + 1]
    within, beyond = (before, after) if order % 2 else (after, before)
    return bool(within) and not within.isspace() and not beyond.isalnum() and beyond != WORD
