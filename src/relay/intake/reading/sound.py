"""Whether a document is like most: nothing in it is too much for a parser, or stands where it should not."""

import re

from relay.intake.reading.amounts import is_little
from relay.intake.reading.traps import LONGEST_TAG, MOST_ATTRIBUTES

LARGEST = 1_000_000
"""Bytes. Fewer have no room for more attributes than a parser can do, nor for a text that has to be cut."""
MOST_ENTRIES = 1000

_ITEM = re.compile(
    rb"<(?:!\[CDATA\[[^\]]*+(?:\](?!\]>)[^\]]*+)*+(?:\]\]>|\Z)|!--[^-]*+(?:-(?!->)[^-]*+)*+(?:-->|\Z)"
    rb"|(/?)(?:[\w\x80-\xff-]{1,160}+:)?+(item|entry)(?=[\s>/]))"
)
"""A section, be it without an end, or a tag of an entry; groups: the slash and the name of such a tag.

A prefix has letters of any script, each of up to four bytes.
"""


def is_sound(xml: str) -> bool:
    """Whether it has few entries, none of them within another, and is for libxml2 no trap, which goes 256 deep at most.

    Told in a few passes of C. That it is well-formed is for libxml2 to say: what is not has to be mended.
    """
    if len(xml) > LARGEST or "\0" in xml or not is_little(xml):  # by its NULs libxml2 takes a text for another encoding
        return False
    data = xml.encode("utf-8", "replace")
    return _has_short_tags(data) and _is_flat(data)


def _has_short_tags(data: bytes) -> bool:
    """Whether no tag has room for too many attributes, with all that stands behind it up to the next."""
    if data.count(b"=") <= MOST_ATTRIBUTES and len(data) <= LONGEST_TAG:
        return True
    long = (part for part in data.split(b"<") if len(part) > MOST_ATTRIBUTES)
    return all(len(part) <= LONGEST_TAG and part.count(b"=") <= MOST_ATTRIBUTES for part in long)


def _is_flat(data: bytes) -> bool:
    """Whether each entry ends before the next one begins."""
    tags = [slash for slash, name in _ITEM.findall(data) if name]
    return len(tags) <= 2 * MOST_ENTRIES and tags == [b"", b"/"] * (len(tags) // 2)
