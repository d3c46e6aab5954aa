"""Sub-titles and labels, and whether a block says just what another does, in whatever typography."""

from collections.abc import Sequence

import regex

from relay.core.excerpt.notices import HEADED
from relay.core.markup.html import Block

_SUBTITLE = regex.compile(r"<p>\s*<(strong|b)>(?:(?!</\1>).){1,160}</\1>\s*</p>", regex.DOTALL)
_LABEL = regex.compile(r"\p{Lu}[\p{L}’']{2,16}(?: [\p{L}’']{1,16})?[ \u00a0]?:[ \u00a0]\p{Lu}[^\n.!?;:]{2,110}\.?")
_AT_SIGHT, _NEAR = 24, 160
"""Code points of which a key is made where it need not be whole."""


def is_title(block: Block) -> bool:
    """Whether it is a sub-title, be it one in bold letters only."""
    if block.tag[0] == "h" and block.tag != "hr":
        return True
    is_bold = block.tag == "p" and len(block.text) <= 120 and block.text[-1:] not in ".!…:;»"
    return is_bold and bool(_SUBTITLE.fullmatch(block.html))


def is_label(text: str) -> bool:
    """Whether a line only names something of the entry: "Invitée : Jeanne Petit, urbaniste"."""
    return len(text) <= 140 and bool(_LABEL.fullmatch(text))


def headed(title: str) -> str:
    """A title without the name of a column before it."""
    found = HEADED.match(title)
    return title[found.end() :] if found else title


def lead_at(found: Sequence[Block]) -> int | None:
    """The place of the first paragraph that tells something: behind sub-titles, labels and an epigraph.

    ``None`` where a list, a table or a quotation comes first.
    """
    labels = [place for place, block in enumerate(found) if block.tag == "p" and is_label(block.text)]
    start = 2 if _is_epigraph(found) else 0
    rest = (place for place in range(start, len(found)) if not is_title(found[place]) and place not in labels)
    place = next(rest, labels[0] if labels else None)
    return place if place is not None and found[place].tag == "p" else None


def _is_epigraph(found: Sequence[Block]) -> bool:
    """Whether the words of somebody else stand above the text, with no more than where they come from."""
    if [block.tag for block in found[:3]] != ["blockquote", "p", "p"]:
        return False
    return len(found[0].text) <= 400 and len(found[1].text) <= 120 and len(found[2].text) >= 40


def says(block: Block, text: str) -> bool:
    """Whether a block says just this."""
    return len(block.text) <= 2 * len(text) and _may_be(block.text, text) and key(block.text) == key(text)


def begins(text: str, start: str) -> bool:
    """Whether the key of ``text`` begins with ``start``."""
    near = key(text[:_NEAR])
    return (near if len(near) >= len(start) else key(text)).startswith(start)


def _may_be(one: str, other: str) -> bool:
    """Whether two texts begin alike, which few do, and which costs little to see."""
    first, second = key(one[:_AT_SIGHT]), key(other[:_AT_SIGHT])
    return first.startswith(second) or second.startswith(first)


def key(text: str) -> str:
    """Letters and digits only: what stays the same through every typography."""
    return "".join(filter(str.isalnum, text[:2_000])).casefold()
