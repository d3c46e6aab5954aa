"""What makes a document a trap for parsers, which would take minutes over it, or more memory than there is."""

import re
from collections.abc import Iterable

from relay.intake.reading.amounts import MOST, amount
from relay.intake.reading.sections import sections

DEEPEST = 500
"""Elements within one another; a feed that writes XHTML needs some thirty."""
MOST_ATTRIBUTES = 500
MOST_ATTRIBUTES_IN_ALL = 250_000
LONGEST_TAG = 64_000
"""Characters of a tag beside the values of its attributes; a value may be a whole picture."""
MOST_AMPERSANDS = 2_000_000
"""Each may become five characters."""
MOST_SECTIONS = 100_000
"""Comments and CDATA sections, each of which is cut out before anything looks at the mark-up."""

_TAG = re.compile(
    r"""(<(/?)(?=[^<>/!?])[^<>"']*+(?:"[^<"]*+"[^<>"']*+|'[^<']*+'[^<>"']*+)*+(?:["'][^<>]*+)?+)(?=(>)?)"""
)
"""A tag without its end, whatever is in the values of its attributes; groups: itself, the slash, whether it has an end.

Where a quotation mark is missing, no parser knows which: it ends with the next sign of mark-up then.
"""
_BARE = re.compile(r"</?[^\s=/]++")
"""One without attributes."""
_VALUE = re.compile(r"""=\s*+(?:"[^<"]*+"|'[^<']*+')""")


def swelling(text: str) -> str | None:
    """What would make ``text`` swell, or fall to pieces, while it is mended; ``None`` for a document like others."""
    if text.count("&") > MOST_AMPERSANDS:
        return "it has too many ampersands"
    is_little = text.count("<") <= MOST_SECTIONS
    return None if is_little or text.count("<!") <= MOST_SECTIONS else "it has too many comments"


def attack(xml: str, *, is_little: bool = False) -> str | None:
    """What in ``xml`` would take a parser minutes; ``None`` for a document like others. CDATA and comments are text.

    Of one that ``is_little`` it is known how much there is in it.
    """
    if not is_little and amount(xml) > MOST:
        return "it has too many elements"
    return _first_excess(tag for part, is_markup in sections(xml) if is_markup for tag in _TAG.findall(part))


def _first_excess(tags: Iterable[tuple[str, str, str]]) -> str | None:
    depth = in_all = 0
    for tag, closes, ends in tags:
        if ends and len(tag) < LONGEST_TAG and _BARE.fullmatch(tag):
            depth += -1 if closes else 1
            if depth > DEEPEST:
                return "its elements are nested too deeply"
            continue
        bare = _VALUE.sub("=", tag)
        is_text = bare[1:2].isspace()
        depth += (-1 if closes else not bare.endswith("/")) if ends and not is_text else 0
        attributes = 0 if is_text else max(bare.count("="), len(bare.split()) - 1)
        in_all += attributes
        if depth > DEEPEST:
            return "its elements are nested too deeply"
        if attributes > MOST_ATTRIBUTES or len(bare) > LONGEST_TAG or in_all > MOST_ATTRIBUTES_IN_ALL:
            return "it has a tag with too many attributes"
    return None
