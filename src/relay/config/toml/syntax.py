"""What is wrong with a document that is not TOML, said better than the parser does."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from relay.config.toml.positions import Span

_AT = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
_KEY = re.compile(r"""[ \t]*\[{0,2}[ \t]*(?P<key>[\w."'-]+)""")
_DURATION = re.compile(r"""[ \t]*(?P<key>[\w."'-]+)[ \t]*=[ \t]*(?P<value>\d+[smhd])\b""")
_BARE_TEXT = re.compile(r"""[ \t]*(?P<key>[\w."'-]+)[ \t]*=[ \t]*[^\s"'\[{#]""")
_BOOLEAN = re.compile(r"""[ \t]*(?P<key>[\w."'-]+)[ \t]*=[ \t]*(?:true|false|yes|no|oui|non)\b""", re.IGNORECASE)
_TRIPLE = re.compile(r'"""|' + "'''")

_DEEPEST = 20
_LONG_KEY = re.compile(r"""(?<![\w.-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){64}""")
"""A key of so many parts costs ``tomllib`` memory by the square of their number, before anybody sees how deep it is."""

_COMPLAINTS = (
    ("equals", re.compile(r"Expected '='")),
    ("duplicate", re.compile(r"Cannot (?:overwrite|declare|mutate|redefine)|Duplicate")),
    ("string", re.compile(r"Unterminated string|Illegal character '\\n'|Expected [\"']{3,}")),
    ("escape", re.compile(r"Unescaped|hex value|Unicode scalar")),
    ("character", re.compile(r"Illegal character|Found invalid character")),
    ("array", re.compile(r"Unclosed array")),
    ("table", re.compile(r"Unclosed inline table")),
    ("date", re.compile(r"Invalid date")),
    ("header", re.compile(r"Expected '\]")),
    ("key", re.compile(r"Invalid (?:statement|initial character)")),
)
"""What ``tomllib`` says, and the variant of R001 that says it to an editor."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """The first place at which a document stops being TOML, and the code and words to say it with."""

    code: str
    span: Span
    words: Mapping[str, str] = field(default_factory=dict)


def parse(text: str) -> dict[str, Any] | Flaw:
    """The document, or its flaw; the line ends of ``text`` are line feeds alone."""
    if _LONG_KEY.search(text):
        return Flaw("R001/deep", Span(0, 0))
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _flaw(text, str(error))
    except RecursionError:
        return Flaw("R001/deep", Span(0, 0))
    except ValueError:  # an integer of more digits than Python converts
        return Flaw("R001/number", Span(0, 0))
    return Flaw("R001/deep", Span(0, 0)) if _is_deep(document) else document


def _is_deep(document: dict[str, Any]) -> bool:
    """Whether tables and lists stand in one another further than any configuration goes."""
    level: list[Any] = [document]
    for _ in range(_DEEPEST):
        within = [item for each in level for item in (each.values() if isinstance(each, dict) else each)]
        level = [item for item in within if isinstance(item, dict | list)]
    return bool(level)


def _flaw(text: str, complaint: str) -> Flaw:
    at = _offset(text, complaint)
    start = text.rfind("\n", 0, at) + 1
    line = text[start:].partition("\n")[0]
    variant = next((name for name, pattern in _COMPLAINTS if pattern.match(complaint)), "")
    if variant == "duplicate" and (key := _KEY.match(line)):
        return Flaw("R001/duplicate", Span(start + key.start("key"), start + key.end("key")))
    if variant == "string" and "end of document" in complaint:
        return Flaw("R001/string", _last_opening(text, at))
    if not variant:
        return _unquoted(line, at)
    if variant in {"key", "equals", "header"}:
        variant = _of_key(variant, text[start : at + 1])
    return Flaw(f"R001/{variant}", Span(at, at + 1))


def _of_key(variant: str, before: str) -> str:
    """What is really wrong where a key ends or should begin: an accent, or a table that goes over the line."""
    if before[-1:].isalpha() and not before[-1:].isascii():
        return "accent"
    return "table" if "{" in before and variant == "key" else variant


def _unquoted(line: str, at: int) -> Flaw:
    """The commonest of all flaws: a text or a duration without its quotes."""
    if match := _DURATION.match(line):
        return Flaw("R001/duration", Span(at, at + 1), match.groupdict())
    if match := _BOOLEAN.match(line):
        return Flaw("R001/boolean", Span(at, at + 1), match.groupdict())
    if match := _BARE_TEXT.match(line):
        return Flaw("R001/quotes", Span(at, at + 1), match.groupdict())
    return Flaw("R001", Span(at, at + 1))


def _last_opening(text: str, at: int) -> Span:
    openings = [match.start() for match in _TRIPLE.finditer(text)]
    return Span(openings[-1], openings[-1] + 3) if openings else Span(at, at + 1)


def _offset(text: str, complaint: str) -> int:
    """The offset of ``(at line 3, column 11)``; the end of the text without its last blanks for ``end of document``."""
    match = _AT.search(complaint)
    if match is None or match[1] is None:
        return max(len(text.rstrip()) - 1, 0)
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: int(match[1]) - 1]) + int(match[2]) - 1
