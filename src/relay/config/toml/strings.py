"""TOML strings as they are written: their text, and where each of its characters stands in the writing."""

import re
import tomllib
from collections.abc import Iterator

STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})'
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'",
    re.DOTALL,
)
"""A string with its quotes; a triple one may end in up to two quotes of its own (TOML 1.0, "String")."""

_PIECE = re.compile(
    r"(?P<fold>\\[ \t]*\n[ \t\n]*)|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\x[0-9A-Fa-f]{2}|\\.|.",
    re.DOTALL,
)


def decoded(raw: str) -> str:
    """The text that ``raw``, a string with its quotes, stands for."""
    return str(tomllib.loads(f"value = {raw}")["value"])


def offsets(raw: str) -> tuple[int, ...]:
    """For each character of the decoded text, and for its end, the offset in ``raw`` at which it is written."""
    quotes = 3 if raw[:3] in {'"""', "'''"} else 1
    start = quotes + (quotes == 3 and raw.startswith("\n", quotes))
    end = len(raw) - quotes
    places = range(start, end) if raw[0] == "'" else _written(raw, start, end)
    return (*places, end)


def _written(raw: str, start: int, end: int) -> Iterator[int]:
    for piece in _PIECE.finditer(raw, start, end):
        if not piece["fold"]:
            yield piece.start()
