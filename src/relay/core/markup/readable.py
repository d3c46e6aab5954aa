"""HTML that nobody has checked, made such that a parser can read it without harm."""

import re
from collections import Counter

import regex

DROPPED_WHOLE = {"script", "style", "noscript", "template", "svg", "math", "iframe", "object", "title", "textarea"}
"""What is dropped with all that is in it."""
DEEPEST = 240
"""Nesting beyond this is an attack: it costs parsers quadratic time, and libxml2 reads no deeper than 256.

Such HTML is read as its text.
"""
MOST_ANEW = 100_000
"""Elements that a parser may add because others were left open: each tag after them may cost as many."""

_GROUPS = r"(</?)(?:address|article|aside|center|details|fieldset|footer|form|header|main|nav|section|summary)\b"
_SECTIONS = regex.compile(_GROUPS, regex.IGNORECASE)
_OPENED = re.compile(_GROUPS.encode())
_CASELESS = "\u017f\u0131\u0130\u212a"
"""Letters that are an s, an i or a k where case does not count."""
_CLOSED = regex.compile(rf"<({'|'.join(sorted(DROPPED_WHOLE))})\b([^<>]*)/>", regex.IGNORECASE)
"""XML's way of closing, which HTML reads as opening: all that follows would be dropped with it (HTML §13.1.2.1)."""


def readable(source: str) -> str:
    """What a parser can read without harm, and with ``div`` for all that only groups other blocks."""
    flat = regex.sub(r"<[^<>]{0,2000}>|<", " ", source) if is_trap(source) else source
    found = valid(flat)
    if "/>" in found:
        found = _CLOSED.sub(r"<\1\2></\1>", found)
    if _OPENED.search(found.encode("utf-8", "surrogatepass").lower()) or any(letter in found for letter in _CASELESS):
        return _SECTIONS.sub(r"\1div", found)
    return found


def valid(source: str) -> str:
    """Without what XML 1.0 §2.2 does not count as characters: no parser and no feed takes it."""
    return source if source.isprintable() else _INVALID.sub(" ", source)


_INVALID = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def is_trap(source: str) -> bool:
    """Whether parsers would nest it too deeply, or open too often anew what nobody closed (HTML §13.2.4.3)."""
    if source.count("<") <= DEEPEST:
        return False
    opened: Counter[str] = Counter()
    depth = formatting = anew = 0
    for slash, written in _TAG.findall(source):
        step, name = -1 if slash else 1, written.lower()
        anew += formatting
        if depth > DEEPEST or anew > MOST_ANEW:
            return True
        if name in _FLAT or (step < 0 and not opened[name]):
            continue
        opened[name] += step
        depth += step
        formatting += step * (name in _FORMATTING)
    return depth > DEEPEST


_TAG = regex.compile(r"<(/?)([a-z][^\s/>]*)", regex.IGNORECASE)
_EMPTY = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_FLAT = _EMPTY | {"p", "li", "td", "th", "tr", "dt", "dd", "option"}
_FORMATTING = frozenset({"b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"})
"""What a parser opens anew in the next block; of ``a`` there is never more than one."""
