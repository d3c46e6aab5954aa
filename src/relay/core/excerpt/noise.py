"""Blocks without what is no part of the article: boilerplate, what it introduces, and how a press release ends."""

from collections.abc import Sequence

import regex

from relay.core.excerpt.boilerplate import LONGEST, is_boilerplate, leads_on, may_call, without_last_link
from relay.core.excerpt.notices import OPENING, SECTION
from relay.core.excerpt.splitting import size, split
from relay.core.excerpt.titles import is_title, says
from relay.core.language.sentences import asides, ends, outside
from relay.core.markup.html import Block, plain

LISTS = frozenset({"ul", "ol", "dl"})
_LINK = regex.compile(r"<a\b[^<>]*>(?:[^<]++|<(?!/?a\b))*+</a>")
_LONGEST_SECTION = 3
"""Blocks under the last sub-title of a press release, that says who sent it."""


def without_noise(found: Sequence[Block], title: str) -> list[Block]:
    """Without boilerplate and the lists and links that it introduces, and without the title once more."""
    kept: list[Block] = []
    gaps: list[int] = []
    call: Block | None = None
    calls = may_call("\n".join([block.text for block in found if len(block.text) <= LONGEST]))
    for block in found[: _end(found)]:
        if (says(block, title) and (not kept or is_title(block))) or (call and _is_called(block, call)):
            gaps.append(len(kept))
        elif is_boilerplate(block, calls=calls) or (not kept and _is_opening(block)):
            call = block if leads_on(block) or is_title(block) or block.text.endswith(":") else None
            gaps.append(len(kept))
        else:
            call = None
            trimmed = _without_links_on(block)
            kept += [trimmed] if trimmed.text else []
    return _without_loose_ends(kept, gaps)


def without_introduction(block: Block) -> Block | None:
    """A paragraph without its last sentence, that introduces what is not there; ``None`` if it has no other."""
    found = asides(block.text)
    stops = [end for end in ends(block.text) if outside(end, found) and end < len(block.text)]
    return split(block, size(block.text[: stops[-1]]))[0] if stops else None


def _end(found: Sequence[Block]) -> int:
    """The place of the sub-titles under which nothing more is told."""
    end = len(found)
    for place in range(len(found) - 1, 1, -1):
        if is_title(found[place]):
            if end - place - 1 > _LONGEST_SECTION or not SECTION.fullmatch(found[place].text):
                break
            end = place
    return end


def _is_opening(block: Block) -> bool:
    return len(block.text) <= 80 and bool(OPENING.fullmatch(block.text))


def _is_called(block: Block, call: Block) -> bool:
    """Whether it is what a call leads to: nothing but links, or any list where the call has no link of its own."""
    if block.tag in LISTS:
        return "<a" not in call.html or block.html.count("<li>") <= block.html.count("<a ")
    return block.tag == "p" and not plain(_LINK.sub("", block.html)).strip("–-•·|, ")


def _without_links_on(block: Block) -> Block:
    if block.tag != "p" or "<a" not in block.html:
        return block
    markup = without_last_link(block.html)
    return block if markup == block.html else Block("p", markup, plain(markup))


def _without_loose_ends(kept: list[Block], gaps: Sequence[int]) -> list[Block]:
    """Without the sentences that introduced what was left out."""
    done: list[Block | None] = list(kept)
    for gap in gaps:
        is_loose = gap > 0 and kept[gap - 1].tag == "p" and kept[gap - 1].text.endswith(":")
        if is_loose and (gap == len(kept) or is_title(kept[gap])):
            done[gap - 1] = without_introduction(kept[gap - 1])
    return [block for block in done if block]
