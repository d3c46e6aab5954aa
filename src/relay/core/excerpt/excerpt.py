"""Lead and body of a post: as much of an entry as an editor would print, in whole sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, zip_longest

from relay.core.document import ParsedEntry
from relay.core.excerpt.article import LISTS, article, is_title, one_line, paragraph
from relay.core.excerpt.splitting import items, size, split
from relay.core.language.sentences import asides, ends, is_speaker, outside
from relay.core.language.text import Cut, cutting, graphemes
from relay.core.markup.html import Block, plain
from relay.core.typography.typeset import typeset

LEAD = 400
"""Graphemes: a lead is a paragraph, the longest in the blog's own archive has 330."""
LONGEST_LEAD = 700
"""Graphemes of a lead whose first sentence is longer than ``LEAD``."""
BODY = 2500
"""Graphemes of excerpt."""
_LOOKED_AT = 2 * (BODY + LONGEST_LEAD)
"""Code points after which no further block is looked at."""
_QUOTES = ("\u00a0»", "”")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """``lead`` is one line of plain text, ``body`` blocks of safe HTML, both typeset: lengths are those published."""

    lead: str
    body: tuple[Block, ...]


def excerpt(entry: ParsedEntry, language: str) -> Excerpt:
    """The lead is the source's summary, or else the first paragraph; the body goes on where the lead ends."""
    found = _set(article(entry), language)
    place = next((place for place, block in enumerate(found) if not is_title(block)), None)
    if place is None or found[place].tag != "p":
        return Excerpt("", _shortened(found))
    first, after = found[place], found[place + 1 :]
    text = typeset(one_line(first.text), language)
    done = _before_a_list(text) if after and text.endswith(":") else _led(text)
    if not done.kept:
        return Excerpt("", _shortened(found))
    rest = _rest(first, text, done)
    return Excerpt(f"{done.kept}{done.added}", _shortened([*found[:place], *rest, *after]))


def _set(found: Sequence[Block], language: str) -> list[Block]:
    """As many of the blocks as could be published, typeset all at once: each alone costs three times as much."""
    sizes = accumulate((len(block.text) for block in found), initial=0)
    near = [block for block, before in zip(found, sizes, strict=False) if before <= _LOOKED_AT]
    done = typeset(_SEPARATOR.join(block.html for block in near), language).split(_SEPARATOR) if near else []
    return [
        block if markup == block.html else Block(block.tag, markup, plain(markup))
        for block, markup in zip(near, done, strict=True)
    ]


_SEPARATOR = "\x1e"
"""A record separator (ASCII), which no text that XML can carry has in it."""


def _led(text: str) -> Cut:
    """The sentences of a lead: as many as fit, or else one that is longer."""
    if graphemes(text) <= LEAD:
        return Cut(text)
    found = asides(text[: 4 * LONGEST_LEAD])
    stops = [end for end in ends(text[: 4 * LONGEST_LEAD]) if outside(end, found)]
    fitting = [end for end in stops if end >= LEAD // 5 and graphemes(text[:end]) <= LEAD]
    longer = [end for end in stops if end >= LEAD // 5 and graphemes(text[:end]) <= LONGEST_LEAD]
    return Cut(text[: fitting[-1] if fitting else longer[0]]) if longer else cutting(text, LEAD)


def _before_a_list(text: str) -> Cut:
    """The sentences before the one that introduces a list, which stays with it."""
    found = asides(text)
    stops = [end for end in ends(text) if outside(end, found) and graphemes(text[:end]) <= LEAD]
    return Cut(text[: stops[-1]] if stops else "")


def _rest(block: Block, text: str, done: Cut) -> list[Block]:
    """What a long first paragraph goes on to say after the lead."""
    if len(done.kept) == len(text):
        return []
    gap = (
        len(text) - len(done.kept) - len(text[len(done.kept) :].lstrip(",;:.…–-—(«“\u00a0\u202f ")) if done.added else 0
    )
    opening = "«\u00a0" if done.added.endswith(_QUOTES[0]) else "“" if done.added.endswith(_QUOTES[1]) else ""
    opening += "… " if done.added else ""
    _, rest = split(block, size(text[: len(done.kept) + gap]), opening=opening)
    return [rest] if rest else []


def _shortened(body: Sequence[Block]) -> tuple[Block, ...]:
    """Whole groups up to ``BODY``, part of one where there would be little else."""
    kept: list[Block] = []
    room = BODY
    for group in _groups(body):
        need = sum(graphemes(block.text) for block in group)
        if need > room:
            kept += _part(group, room) if room > BODY // 2 else []
            break
        kept += group
        room -= need
    while kept and (is_title(kept[-1]) or kept[-1].text.endswith(":")):
        kept.pop()
    return tuple(kept)


def _groups(body: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks that are not parted: a sub-title and its text, an introduction and its list, words and their speaker."""
    group: list[Block] = []
    for block, after in zip_longest(body, body[1:]):
        group.append(block)
        is_said = block.tag == "blockquote" and after is not None and is_speaker(after.text)
        if not (is_title(block) or block.text.endswith(":") or is_said):
            yield group
            group = []
    if group:
        yield group


def _part(blocks: Sequence[Block], room: int) -> list[Block]:
    kept: list[Block] = []
    for block in blocks:
        need = graphemes(block.text)
        if need > room:
            return [*kept, *_beginning(block, room)]
        kept.append(block)
        room -= need
    return kept


def _beginning(block: Block, room: int) -> list[Block]:
    """As much of a block as there is room for: the items of a list, the sentences of a text; of a table its words."""
    if block.tag in LISTS:
        return _first_items(block, room)
    if block.tag == "table":
        return [paragraph(f"{done.kept}{done.added}")] if (done := cutting(one_line(block.text), room)).kept else []
    done = cutting(block.text, room)
    head, _ = split(block, size(done.kept), done.added)
    return [head] if done.kept else []


def _first_items(block: Block, room: int) -> list[Block]:
    opening, found = items(block)
    kept: list[str] = []
    for item in found:
        room -= graphemes(plain(item)) + 1
        if room < 1:
            break
        kept.append(item)
    markup = f"{opening}{''.join(kept)}<li>…</li></{block.tag}>"
    return [Block(block.tag, markup, plain(markup))] if len(kept) > 1 else []
