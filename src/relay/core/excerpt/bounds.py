"""How much of an entry is looked at: what lies beyond is never printed, and to read it could take minutes."""

import re
from dataclasses import replace

from relay.core.document import ParsedEntry
from relay.core.markup.html import TAG

LONGEST = 300_000
"""Code points of an article or a summary, tags counted: several times the most that a layout can print."""
LONGEST_TITLE = 2_000
"""Code points."""
_EMPTY = frozenset({"br", "hr", "img"})
_BEGUN = re.compile(r"(?:<|&[#\w]{0,40}\Z).*", re.DOTALL)
"""A tag, or a reference to a character, that has no end."""


def bounded(entry: ParsedEntry) -> ParsedEntry:
    """``entry`` with no more than is looked at; itself where that is all of it."""
    if len(entry.title or "") <= LONGEST_TITLE and all(
        len(text or "") <= LONGEST for text in (entry.summary, entry.content_html, entry.article_html)
    ):
        return entry
    return replace(
        entry,
        title=_titled(entry.title),
        summary=entry.summary and entry.summary[:LONGEST],
        content_html=entry.content_html and within(entry.content_html, LONGEST),
        article_html=entry.article_html and within(entry.article_html, LONGEST),
    )


def within(source: str, most: int) -> str:
    """The first ``most`` code points of sanitised HTML, less a tag that would be cut; what is open there is closed."""
    if len(source) <= most:
        return source
    opened: list[str] = []
    end = 0
    for tag in TAG.finditer(source, 0, most):
        end = tag.end()
        if not tag[1]:
            opened += () if tag[2] in _EMPTY else (tag[2],)
        elif opened and opened[-1] == tag[2]:
            opened.pop()
    text = _BEGUN.sub("", source[end:most])
    return f"{source[:end]}{text}{''.join(f'</{name}>' for name in reversed(opened))}"


def _titled(title: str | None) -> str | None:
    """A longer one up to its last whole word, with the sign that it goes on."""
    if title is None or len(title) <= LONGEST_TITLE:
        return title
    near = title[: LONGEST_TITLE - 1]
    return f"{near.rpartition(' ')[0] or near}…"
