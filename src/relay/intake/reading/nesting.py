"""Items inside items: what an item says of a conflict, a reply or its own source is no news of this feed."""

import re
from collections.abc import Iterator

from relay.intake.reading.sections import sections

_ITEM = re.compile(r"<(/?)(?:[\w-]{1,40}:)?(?:item|entry)(?=[\s>/])[^<>]*?(/?)>")


def without_nested(xml: str) -> str:
    """The same XML with the outermost items only; where some are never closed nobody knows which those are."""
    kept: list[str] = []
    depth = resumed = 0
    for start, end, step in _tags(xml):
        if depth == 1 and step >= 0:
            kept.append(xml[resumed:start])
        depth += step
        if depth < 0:
            return xml
        if depth == 1 and (step < 0 or (step == 0 and kept)):
            resumed = end
    return "".join([*kept, xml[resumed:]]) if kept and depth == 0 else xml


def number_of_items(xml: str) -> int:
    """How many items begin in ``xml``."""
    return sum(step >= 0 for _, _, step in _tags(xml))


def _tags(xml: str) -> Iterator[tuple[int, int, int]]:
    """Where each tag of an item begins and ends, and by how much it goes deeper."""
    offset = 0
    for part, is_markup in sections(xml):
        for tag in _ITEM.finditer(part) if is_markup else ():
            yield offset + tag.start(), offset + tag.end(), -1 if tag[1] else 0 if tag[2] else 1
        offset += len(part)
