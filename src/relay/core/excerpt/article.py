"""What an entry says, block by block, without what stands around it: no picture, no boilerplate, no title once more."""

from collections.abc import Sequence
from html import escape
from itertools import zip_longest

import regex

from relay.core.document import ParsedEntry
from relay.core.excerpt.boilerplate import is_boilerplate, without_call, without_tail
from relay.core.excerpt.listing import with_lists
from relay.core.excerpt.noise import without_noise
from relay.core.excerpt.notices import RUBRIC
from relay.core.excerpt.splitting import size, split
from relay.core.excerpt.tidying import stopped, tidied
from relay.core.excerpt.titles import beginning, begins, is_label, is_same, is_title, key, says
from relay.core.language.sentences import asides, ends, is_speaker, outside
from relay.core.markup.blocks import blocks
from relay.core.markup.html import Block, to_text

_BROKEN_OFF = regex.compile(r"[\[(](?:…|\.{3})[\])](?:\s*[→»>]+)?\s*$")
_SENTENCE = 50
"""Code points of a paragraph that is no caption, no signature, no name."""
_CUT_SHORT = regex.compile(
    r"(?:\b(?:à|au|aux|avec|ce|ces|cet|cette|chez|comme|dans|de|des|dont|du|en|entre|et|la|le|les|leurs?|mais|ni|on|ou|où"
    r"|par|pas|plus|pour|qu|que|qui|sans|se|ses|son|sous|sur|un|une|vers|très)|\b\p{L}[’']|,)[ \u00a0]?(?:…|\.{3})\s*$",
    regex.IGNORECASE,
)
"""The "…" of software that counts characters: no writer ends a sentence with such a word."""


def article(entry: ParsedEntry) -> list[Block]:
    """Its blocks in order, a summary that is none of them before the others, without the name of a rubric."""
    found = _found(entry)
    place = next((place for place, block in enumerate(found) if not is_title(block)), None)
    named = RUBRIC.match(found[place].text) if place is not None and found[place].tag == "p" else None
    rest = split(found[place], size(named.group()))[1] if place is not None and named else None
    return [*found[:place], rest, *found[place + 1 :]] if place is not None and rest else found


def _found(entry: ParsedEntry) -> list[Block]:
    title = one_line(to_text(entry.title or ""))
    source = blocks(entry.article_html or entry.content_html or "")
    body = _told(source, title)
    written = without_tail(without_call(to_text(entry.summary or "")))
    if not body:
        return _told(paragraphs(written), title)
    summary = one_line(written)
    lead = paragraph(summary)
    first = next((block for block in body if not is_title(block)), None)
    if not summary or is_boilerplate(lead) or is_same(summary, title) or _is_start(summary, source, body, first):
        return body
    return [_mended(lead), *(block for block in body if not says(block, summary))]


def one_line(text: str) -> str:
    """All lines of a text as one."""
    return " ".join(line.strip() for line in text.split("\n") if line.strip())


def paragraph(text: str) -> Block:
    """Plain text as a block."""
    return Block("p", f"<p>{escape(text, quote=False)}</p>", text)


def paragraphs(text: str) -> tuple[Block, ...]:
    """Plain text whose paragraphs are separated by blank lines, or by the end of a label."""
    parts = [part.strip() for part in regex.split(r"\n\s*\n", text) if part.strip()]
    return tuple(paragraph(piece) for part in parts for piece in _labelled(part))


def _labelled(part: str) -> list[str]:
    first, _, rest = part.partition("\n")
    return [first, rest] if rest and is_label(first) else [part]


def _told(found: Sequence[Block], title: str) -> list[Block]:
    own = [part for block in found if block.tag not in {"figure", "hr"} for part in tidied(block)]
    kept = without_noise(with_lists([block for block in own if block.text]), title)
    kept = _attributed(kept)
    if kept:
        kept[-1] = _mended(kept[-1])
    return [_ended(block, after) for block, after in zip_longest(kept, kept[1:]) if block.text]


def _ended(block: Block, after: Block | None) -> Block:
    """A paragraph of a sentence or more with the full stop that its source forgot."""
    if block.tag != "p" or len(block.text) < _SENTENCE or (text := stopped(block.text)) == block.text:
        return block
    is_told = "<br>" not in block.html and not is_title(block) and not is_speaker(block.text.rpartition("»")[2])
    if not is_told or (after and after.text[:1].islower()):
        return block
    return Block("p", f"{block.html.removesuffix('</p>')}.</p>", text)


def _attributed(found: Sequence[Block]) -> list[Block]:
    """With a speaker's name in the paragraph of their words, as the blog prints it; no paragraph ends with a comma."""
    kept: list[Block] = []
    for block in found:
        before = kept[-1] if kept else None
        if before and before.tag == block.tag == "p" and _goes_on(before.text, block.text):
            kept[-1] = Block("p", f"{before.html[:-4]} {block.html[3:]}", f"{before.text} {block.text}")
        else:
            kept.append(block)
    return kept


def _goes_on(text: str, after: str) -> bool:
    return text.endswith(",") or (text.endswith("»") and is_speaker(after))


def _mended(block: Block) -> Block:
    """A text that its source broke off, "[…]", back to its last whole sentence, if that is a good part of it."""
    block = _without_tail(block)
    if block.tag != "p":
        return block
    found = _BROKEN_OFF.search(block.text)
    text = block.text[: found.start()].rstrip() if found else block.text
    if found and text.endswith((".", "!", "?", "»")):
        return Block(block.tag, _cut_off(block.html), text)
    if not found and not _is_cut_short(text):
        return block
    whole = next((end for end in reversed(ends(text)) if end < len(text) and outside(end, asides(text))), 0)
    return paragraph(text[:whole] if whole * 3 >= len(text) else f"{text.rstrip(' ,;:–-….')}…")


def _is_cut_short(text: str) -> bool:
    """Whether it ends with "…" in the middle of a clause or of a quotation."""
    if not text.endswith(("…", "...")):
        return False
    return bool(_CUT_SHORT.search(text)) or text.count("«") > text.count("»") or text.count("(") > text.count(")")


def _without_tail(block: Block) -> Block:
    text = without_tail(block.text) if block.tag == "p" else block.text
    return block if text == block.text else split(block, size(text))[0]


def _cut_off(markup: str) -> str:
    return regex.sub(r"\s*[\[(](?:…|\.{3})[\])](?:\s*[→»]|\s*&gt;)*\s*(?=(?:</\w+>)*$)", "", markup)


def _is_start(summary: str, source: Sequence[Block], body: Sequence[Block], first: Block | None) -> bool:
    short = beginning(_BROKEN_OFF.sub("", summary).rstrip("….[] "), 80)
    if first and begins(first.text, short):
        return True
    if any(begins(" ".join([block.text for block in told[:4]]), short) for told in (body, source)):
        return True
    return bool(first and begins(summary, beginning(first.text, 80)) and key(summary).startswith(key(first.text)))
