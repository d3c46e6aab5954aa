"""What makes a document a trap for parsers, which would take minutes over it, or more memory than there is."""

import re
from collections import Counter
from collections.abc import Iterable

from relay.intake.reading.sections import sections

DEEPEST = 500
"""Elements within one another; a feed that writes XHTML needs some thirty."""
MOST_ATTRIBUTES = 500
MOST_TAGS = 250_000
"""In one document, which has a thousand entries at most."""
MOST_ALIKE = 3_000
"""Elements of one name in one entry: feedparser compares each category with every other."""
MOST_AMPERSANDS = 2_000_000
"""Each may become five characters."""
MOST_SECTIONS = 100_000
"""Comments and CDATA sections, each of which is cut out before anything looks at the mark-up."""

_TAG = re.compile(r"<(?:(/)|(?:[\w.-]{1,40}:)?([A-Za-z_][\w.-]{0,40}))[^<>]*?(/)?>")
_ENTRIES = frozenset({"item", "entry"})


def swelling(text: str) -> str | None:
    """What would make ``text`` swell, or fall to pieces, while it is mended; ``None`` for a document like others."""
    if text.count("&") > MOST_AMPERSANDS:
        return "it has too many ampersands"
    return "it has too many comments" if text.count("<!") > MOST_SECTIONS else None


def attack(xml: str) -> str | None:
    """What in ``xml`` would take a parser minutes; ``None`` for a document like others. CDATA and comments are text."""
    markup = [part for part, is_markup in sections(xml) if is_markup]
    if sum(part.count("<") for part in markup) > MOST_TAGS:
        return "it has too many elements"
    return _first_excess(tag for part in markup for tag in _TAG.finditer(part))


def _first_excess(tags: Iterable[re.Match[str]]) -> str | None:
    depth = 0
    alike: Counter[str] = Counter()
    for tag in tags:
        closes, name, is_empty = tag.groups("")
        depth += -1 if closes else 0 if is_empty else 1
        if name in _ENTRIES:
            alike.clear()
        alike[name] += not closes
        if depth > DEEPEST:
            return "its elements are nested too deeply"
        if alike[name] > MOST_ALIKE:
            return "an entry has too many elements of one name"
        if tag.end() - tag.start() > MOST_ATTRIBUTES and tag[0].count("=") > MOST_ATTRIBUTES:
            return "it has a tag with too many attributes"
    return None
