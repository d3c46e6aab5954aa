"""Lead and body of a post: as much of an entry as an editor would print, in whole sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from relay.core.document import ParsedEntry
from relay.core.excerpt.article import article, one_line, paragraph
from relay.core.excerpt.noise import LISTS, without_introduction
from relay.core.excerpt.setting import as_line, as_set
from relay.core.excerpt.splitting import items, size, split
from relay.core.excerpt.tidying import stopped
from relay.core.excerpt.titles import is_title, lead_at
from relay.core.language.sentences import asides, ends, is_speaker, outside
from relay.core.language.text import Cut, cutting, graphemes, reach
from relay.core.markup.html import Block, plain

_QUOTES = ("\u00a0»", "”")


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long the two parts may be, in graphemes, typography counted.

    The defaults are of the blog's own archive, where the longest lead has 330.
    """

    lead: int = 400
    body: int = 2500

    @property
    def longest_lead(self) -> int:
        """A lead whose first sentence is longer than ``lead`` may have so many."""
        return self.lead + self.lead * 3 // 4

    @property
    def enough(self) -> int:
        """Graphemes that fill both parts, and the few signs that join a lead to its rest."""
        return self.body + self.longest_lead + 20

    @property
    def looked_at(self) -> int:
        """Code points after which no further block is looked at."""
        return 2 * (self.body + self.longest_lead)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """``lead`` is one line of plain text, ``body`` blocks of safe HTML, both typeset: lengths are those published."""

    lead: str
    body: tuple[Block, ...]


def excerpt(entry: ParsedEntry, language: str, lengths: Lengths = Lengths()) -> Excerpt:
    """The lead is the source's summary, or else the first paragraph; the body goes on where the lead ends."""
    found = as_set(article(entry), language, lengths.enough, lengths.looked_at)
    return _parted(found, language, lengths)


def shortened(made: Excerpt, language: str, lengths: Lengths) -> Excerpt:
    """The same excerpt in no more than ``lengths``: what does not fit the lead any more opens the body."""
    led = graphemes(made.lead) <= lengths.lead
    if led:
        return made if _size(made.body) <= lengths.body else Excerpt(made.lead, _whole_groups(made.body, lengths.body))
    return _parted([paragraph(made.lead), *made.body], language, lengths)


def _size(body: Sequence[Block]) -> int:
    return sum(graphemes(block.text) for block in body)


def _fits(body: Sequence[Block], most: int) -> bool:
    """Whether all of it does by its code points, of which there are no fewer than graphemes and which cost nothing."""
    return sum([len(block.text) for block in body]) <= most


def _parted(found: Sequence[Block], language: str, lengths: Lengths) -> Excerpt:
    place = lead_at(found)
    if place is None:
        return Excerpt("", _whole_groups(found, lengths.body))
    first, after = found[place], found[place + 1 :]
    text = as_line(first, language)
    done = _before_a_list(text, lengths) if after and text.endswith(":") else _led(text, lengths)
    if not done.kept:
        return Excerpt("", _whole_groups(found, lengths.body))
    rest = _rest(first, text, done)
    return Excerpt(stopped(f"{done.kept}{done.added}"), _whole_groups([*found[:place], *rest, *after], lengths.body))


def _led(text: str, lengths: Lengths) -> Cut:
    """The sentences of a lead: as many as fit, or else one that is longer."""
    room = reach(text, lengths.lead)
    if room is None:
        return Cut(text)
    near = text[: 4 * lengths.longest_lead]
    found = asides(near)
    longest = reach(text, lengths.longest_lead)
    stops = [end for end in ends(near, longest) if outside(end, found) and end >= lengths.lead // 5]
    fitting = [end for end in stops if end <= room]
    return Cut(text[: fitting[-1] if fitting else stops[0]]) if stops else cutting(text, lengths.lead)


def _before_a_list(text: str, lengths: Lengths) -> Cut:
    """The sentences before the one that introduces a list, which stays with it."""
    found = asides(text)
    stops = [end for end in ends(text, reach(text, lengths.lead)) if outside(end, found)]
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


def _whole_groups(body: Sequence[Block], most: int) -> tuple[Block, ...]:
    """Whole groups up to ``most`` graphemes, part of one where there would be little else."""
    kept: list[Block] = []
    room = most
    if _fits(body, most):
        kept, body = list(body), ()
    for group in _groups(body):
        need = _size(group)
        if need > room:
            kept += _part(group, room) if room > most // 2 else []
            break
        kept += group
        room -= need
    while kept and (is_title(kept[-1]) or kept[-1].text.endswith(":")):
        last = kept.pop()
        told = without_introduction(last) if last.tag == "p" and not is_title(last) else None
        kept += [told] if told else []
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
