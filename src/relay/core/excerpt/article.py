"""What an entry says, block by block, without what stands around it: no picture, no boilerplate, no title once more."""

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape

import regex

from relay.core.document import ParsedEntry
from relay.core.excerpt.boilerplate import is_boilerplate, leads_on, without_call, without_last_link, without_tail
from relay.core.excerpt.listing import with_lists
from relay.core.excerpt.splitting import size, split
from relay.core.language.sentences import asides, ends, is_speaker, outside
from relay.core.markup.html import Block, blocks, plain, to_text

LISTS = frozenset({"ul", "ol", "dl"})
_PICTURE = regex.compile(r"<img\b(?:[^<>\"]|\"[^\"]*\")*+>")
_EMPTY = regex.compile(r"<(a|b|em|i|strong)\b[^<>]*>(?:\s|<br>)*</\1>")
_BROKEN_OFF = regex.compile(r"\s*[\[(](?:…|\.{3})[\])](?:\s*[→»>]+)?\s*$")
_SUBTITLE = regex.compile(r"<p>\s*<(strong|b)>(?:(?!</\1>).){1,160}</\1>\s*</p>", regex.DOTALL)


def article(entry: ParsedEntry) -> list[Block]:
    """Its blocks in order, a summary that is none of them before the others."""
    title = one_line(to_text(entry.title or ""))
    body = _told(blocks(entry.article_html or entry.content_html or ""), title)
    written = without_tail(without_call(to_text(entry.summary or "")))
    if not body:
        return _told(paragraphs(written), title)
    summary = one_line(written)
    lead = paragraph(summary)
    first = next((block for block in body if not is_title(block)), None)
    if not summary or is_boilerplate(lead) or _key(summary) == _key(title) or _is_start(summary, body, first):
        return body
    return [_mended(lead), *(block for block in body if not _says(block, summary))]


def one_line(text: str) -> str:
    """All lines of a text as one."""
    return " ".join(line.strip() for line in text.split("\n") if line.strip())


def paragraph(text: str) -> Block:
    """Plain text as a block."""
    return Block("p", f"<p>{escape(text, quote=False)}</p>", text)


def paragraphs(text: str) -> tuple[Block, ...]:
    """Plain text whose paragraphs are separated by blank lines."""
    return tuple(paragraph(part.strip()) for part in regex.split(r"\n\s*\n", text) if part.strip())


def is_title(block: Block) -> bool:
    """Whether it is a sub-title, be it one in bold letters only."""
    if block.tag[0] == "h" and block.tag != "hr":
        return True
    is_bold = block.tag == "p" and len(block.text) <= 120 and block.text[-1:] not in ".!…:;»"
    return is_bold and bool(_SUBTITLE.fullmatch(block.html))


def _told(found: Sequence[Block], title: str) -> list[Block]:
    own = [_without_pictures(block) for block in found if block.tag not in {"figure", "hr"}]
    kept = _without_noise(with_lists([block for block in own if block.text]), title)
    kept = _attributed(kept)
    if kept:
        kept[-1] = _mended(kept[-1])
    return [block for block in kept if block.text]


def _without_pictures(block: Block) -> Block:
    markup = _EMPTY.sub("", _PICTURE.sub("", block.html)) if "<img" in block.html else block.html
    markup = _without_loose_ends(markup) if block.tag == "p" else markup
    if markup == block.html:
        return block
    return Block(block.tag, markup, plain(markup))


def _without_loose_ends(markup: str) -> str:
    """A paragraph without spaces and breaks at its ends."""
    inner = markup.removeprefix("<p>").removesuffix("</p>")
    while (trimmed := inner.strip().removeprefix("<br>").removesuffix("<br>")) != inner:
        inner = trimmed
    return f"<p>{inner}</p>" if markup.startswith("<p>") else markup


def _without_noise(found: Sequence[Block], title: str) -> list[Block]:
    """Without boilerplate and the lists and links that it introduces, and without the title once more."""
    kept: list[Block] = []
    introduced = False
    for block in found:
        if (_says(block, title) and (not kept or is_title(block))) or (
            introduced and (block.tag in LISTS or _is_links(block))
        ):
            continue
        if is_boilerplate(block):
            introduced = leads_on(block) or is_title(block) or block.text.endswith(":")
            continue
        introduced = False
        if (trimmed := _without_links_on(block)).text:
            kept.append(trimmed)
    return kept


def _is_links(block: Block) -> bool:
    return block.tag == "p" and not plain(regex.sub(r"<a\b[^<>]*>.*?</a>", "", block.html, flags=regex.DOTALL)).strip(
        "–-•·|, "
    )


def _without_links_on(block: Block) -> Block:
    if block.tag != "p" or "<a" not in block.html:
        return block
    markup = without_last_link(block.html)
    return block if markup == block.html else Block("p", markup, plain(markup))


def _attributed(found: Sequence[Block]) -> list[Block]:
    """With a speaker's name in the paragraph of their words, as the blog prints it."""
    kept: list[Block] = []
    for block in found:
        before = kept[-1] if kept else None
        if before and before.tag == block.tag == "p" and before.text.endswith("»") and is_speaker(block.text):
            kept[-1] = Block("p", f"{before.html[:-4]} {block.html[3:]}", f"{before.text} {block.text}")
        else:
            kept.append(block)
    return kept


def _mended(block: Block) -> Block:
    """A text that its source broke off, "[…]", back to its last whole sentence, if that is most of it."""
    block = _without_tail(block)
    found = _BROKEN_OFF.search(block.text) if block.tag == "p" else None
    if not found:
        return block
    text = block.text[: found.start()]
    if text.endswith((".", "!", "?", "»")):
        return replace(block, html=_cut_off(block.html), text=text)
    whole = next((end for end in reversed(ends(text)) if outside(end, asides(text))), 0)
    return paragraph(text[:whole] if whole * 2 >= len(text) else f"{text.rstrip(' ,;:–-')}…")


def _without_tail(block: Block) -> Block:
    text = without_tail(block.text) if block.tag == "p" else block.text
    return block if text == block.text else split(block, size(text))[0]


def _cut_off(markup: str) -> str:
    return regex.sub(r"\s*[\[(](?:…|\.{3})[\])](?:\s*[→»]|\s*&gt;)*\s*(?=(?:</\w+>)*$)", "", markup)


def _is_start(summary: str, body: Sequence[Block], first: Block | None) -> bool:
    short = _key(_BROKEN_OFF.sub("", summary).rstrip("….[] "))[:80]
    starts = [_key(first.text)] if first else []
    starts.append(_key(" ".join(block.text for block in body[:4])))
    return any(start.startswith(short) for start in starts) or bool(first and _key(summary).startswith(starts[0]))


def _says(block: Block, text: str) -> bool:
    """Whether a block says just this, in whatever typography."""
    return len(block.text) <= 2 * len(text) and _key(block.text) == _key(text)


def _key(text: str) -> str:
    """Letters and digits only: what stays the same through every typography."""
    return _SIGNS.sub("", text[:2_000]).casefold()


_SIGNS = re.compile(r"[\W_]+")
