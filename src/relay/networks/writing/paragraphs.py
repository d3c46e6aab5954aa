"""A text as HTML shows it: its paragraphs, its lines, and its links, without one word more or less."""

import html
import re
from collections.abc import Callable

from relay.core.language.text import spans

_GAP = re.compile(r"\n[^\S\n]*(?:\n\s*)+")
"""What is between two paragraphs: a line with nothing on it."""

Escape = Callable[[str], str]


def escaped(text: str) -> str:
    """``text`` without a sign that HTML would read."""
    return html.escape(text)


def paragraphs(text: str, escape: Escape = escaped) -> tuple[str, ...]:
    """The HTML inside each paragraph; ``escape`` is for words, links are written as HTML wants them."""
    return tuple(_linked(part, escape) for part in _GAP.split(text.strip()) if part)


def _linked(text: str, escape: Escape) -> str:
    parts, end = [], 0
    for link in (span for span in spans(text) if span.kind == "link"):
        parts += [_lines(text[end : link.start], escape), f'<a href="{escaped(link.text)}">{escape(link.text)}</a>']
        end = link.end
    return "".join([*parts, _lines(text[end:], escape)])


def _lines(text: str, escape: Escape) -> str:
    return "<br>\n".join(escape(line) for line in text.split("\n"))
