"""Sub-titles and labels, and whether a block says just what another does, in whatever typography."""

import re
from collections.abc import Sequence

import regex

from relay.core.excerpt.notices import HEADED
from relay.core.markup.html import Block

_SUBTITLE = regex.compile(r"<p>\s*<(strong|b)>(?:(?!</\1>).){1,160}</\1>\s*</p>", regex.DOTALL)
_LABEL = regex.compile(r"\p{Lu}[\p{L}’']{2,16}(?: [\p{L}’']{1,16})?[ \u00a0]?:[ \u00a0]\p{Lu}[^\n.!?;:]{2,110}\.?")
_ALNUM = re.compile(r"[^\W_]+")
_AT_SIGHT, _NEAR = 24, 160
"""Code points of which a key is made where it need not be whole."""


def is_title(block: Block) -> bool:
    """Whether it is a sub-title, be it one in bold letters only."""
    if block.tag[0] == "h" and block.tag != "hr":
        return True
    if block.tag != "p" or block.html[3:4].isalnum() or len(block.text) > 120:
        return False
    return block.text[-1:] not in ".!…:;»" and bool(_SUBTITLE.fullmatch(block.html))


def is_label(text: str) -> bool:
    """Whether a line only names something of the entry: "Invitée : Jeanne Petit, urbaniste"."""
    return len(text) <= 140 and ":" in text and bool(_LABEL.fullmatch(text))


def headed(title: str) -> str:
    """A title without the name of a column before it."""
    found = HEADED.match(title)
    return title[found.end() :] if found else title


def lead_at(found: Sequence[Block]) -> int | None:
    """The place of the first paragraph that tells something: behind sub-titles, labels and an epigraph.

    ``None`` where a list, a table or a quotation comes first.
    """
    labels = (place for place, block in enumerate(found) if block.tag == "p" and is_label(block.text))
    told = enumerate(found[2:], 2) if _is_epigraph(found) else enumerate(found)
    rest = (place for place, block in told if not is_title(block) and not (block.tag == "p" and is_label(block.text)))
    place = next(rest, None)
    place = next(labels, None) if place is None else place
    return place if place is not None and found[place].tag == "p" else None


def _is_epigraph(found: Sequence[Block]) -> bool:
    """Whether the words of somebody else stand above the text, with no more than where they come from."""
    if [block.tag for block in found[:3]] != ["blockquote", "p", "p"]:
        return False
    return len(found[0].text) <= 400 and len(found[1].text) <= 120 and len(found[2].text) >= 40


def says(block: Block, text: str) -> bool:
    """Whether a block says just this."""
    return len(block.text) <= 2 * len(text) and is_same(block.text, text)


def is_same(one: str, other: str) -> bool:
    """Whether two texts have the same key."""
    return _may_be(one, other) and key(one) == key(other)


def begins(text: str, start: str) -> bool:
    """Whether the key of ``text`` begins with ``start``, which is a key."""
    if _differ(text[:1], start[:1]):
        return False
    near = key(text[:_NEAR])
    return (near if len(near) >= len(start) else key(text)).startswith(start)


def beginning(text: str, most: int) -> str:
    """The first ``most`` signs of the key of ``text``."""
    near = key(text[: 2 * most])
    return (near if len(near) >= most else key(text))[:most]


def _may_be(one: str, other: str) -> bool:
    """Whether two texts begin alike, which few do, and which costs little to see."""
    if _differ(one[:1], other[:1]):
        return False
    first, second = key(one[:_AT_SIGHT]), key(other[:_AT_SIGHT])
    return first.startswith(second) or second.startswith(first)


def _differ(one: str, other: str) -> bool:
    """Whether two signs are different letters or digits."""
    return one != other and one.isalnum() and other.isalnum() and one.casefold()[0] != other.casefold()[0]


def key(text: str) -> str:
    """Letters and digits only: what stays the same through every typography."""
    return "".join(_ALNUM.findall(text[:2_000])).casefold()
