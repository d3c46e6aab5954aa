"""Relay's excerpt in the shape that the runner of the corpora asks for: one line of at most so many characters."""

import re

from relay.core.document import ParsedEntry
from relay.core.excerpt.article import article, one_line
from relay.core.language.text import cutting
from relay.core.markup.html import sanitise

_BROKEN_OFF = re.compile(r"\[(?:…|\.{3}|&#8230;|&hellip;)\]")
"""What the source left out is marked in the runner's way, where relay only leaves the broken sentence out."""


def excerpt(html: str, limit: int) -> str:
    """The article's text, in its own typography: the runner compares words."""
    entry = ParsedEntry(None, None, None, content_html=sanitise(html, "https://exemple.fr/"))
    text = " ".join(one_line(block.text) for block in article(entry))
    if len(text) <= limit:
        return f"{text[: limit - 2]} …" if _BROKEN_OFF.search(html[-40:]) and not text.endswith("…") else text
    done = cutting(text, limit - 2)
    return f"{done.kept}{done.added or ' …'}"
