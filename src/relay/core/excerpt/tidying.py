"""Blocks as their writer meant them, whatever the editing software of the source made of them."""

from collections.abc import Iterator

import regex

from relay.core.excerpt.titles import is_label, is_title
from relay.core.markup.html import TAG, Block, plain

SHORTEST_SENTENCE = 20
"""Code points; fewer are a word or two, and need no full stop."""
LONGEST_CAPTION = 160
"""Code points of what is written below a picture in its own paragraph."""

_PICTURE = regex.compile(r"<img\b(?:[^<>\"]|\"[^\"]*\")*+>")
_BULLET = regex.compile(
    r"<img\b(?=(?:[^<>\"]|\"[^\"]*\")*?\b(?:alt=\"[-–•*·>→]\"|src=\"[^\"]*/puces?\b))(?:[^<>\"]|\"[^\"]*\")*+>"
)
_EMPTY = regex.compile(r"<(a|b|em|i|strong)\b[^<>]*>(?:\s|<br>)*</\1>")
_UNENDED = regex.compile(r"[\p{L}\p{Nd}%€°)\]]$")
_ADDRESS = regex.compile(r"[@#＠＃/]|\.\p{L}")
_GAP = regex.compile(r"(?:\s*<br>){2,}\s*")
_BREAK = regex.compile(r"\s*<br>\s*")
_MARKED = regex.compile(r"(<li>)(?:\s|<br>)*+(?:[*–•·▪►-]\s+)?|(?<!\s)(?<!<br>)(?:\s|<br>)++(?=</li>)")
_BEGUN = regex.compile(r"<li>(?:\s|<br>|[*–•·▪►-]\s)")
_DONE = regex.compile(r"</li>(?<=(?:\s|<br>)</li>)")
"""Where that changes anything."""


def tidied(block: Block) -> Iterator[Block]:
    """The same text without pictures and captions; paragraphs parted by empty lines, items without a typed mark."""
    if _is_tidy(block):
        yield block
    elif block.tag in {"ul", "ol"}:
        markup = _MARKED.sub(lambda match: match[1] or "", _without_pictures(block.html))
        yield block if markup == block.html else Block(block.tag, markup, plain(markup))
    elif block.tag != "p":
        markup = _without_pictures(block.html)
        yield block if markup == block.html else Block(block.tag, markup, plain(markup))
    elif not _is_caption(block):
        markup = _trimmed(_without_pictures(block.html))
        whole = block if markup == block.html else Block("p", markup, plain(markup))
        yield from _parted(whole) if "<br>" in markup else (whole,)


def _is_tidy(block: Block) -> bool:
    """Whether there is nothing to be done, as with most: no picture, no line break, no space or mark at an end."""
    markup = block.html
    if "<img" in markup or (block.tag in {"ul", "ol"} and (_BEGUN.search(markup) or _DONE.search(markup))):
        return False
    return block.tag != "p" or not ("<br>" in markup or markup[3:4].isspace() or markup[-5:-4].isspace())


def stopped(text: str) -> str:
    """A lead with the full stop that its source forgot; none behind an address, a handle or a hashtag."""
    if text[-1:] in ".!?…:;»”":
        return text
    last = text.rsplit(maxsplit=1)[-1] if text.strip() else ""
    is_told = (
        len(text) >= SHORTEST_SENTENCE
        and bool(_UNENDED.search(text, max(0, len(text) - 2)))
        and not _ADDRESS.search(last)
    )
    return f"{text}." if is_told else text


def _without_pictures(markup: str) -> str:
    """Pictures of bullets are bullets; of all others nothing stays, nor of the links that held nothing else."""
    return _EMPTY.sub("", _PICTURE.sub("", _BULLET.sub("– ", markup))) if "<img" in markup else markup


def _is_caption(block: Block) -> bool:
    """Whether a few words beside a picture are no sentence, and no sub-title: they say what can be seen in it."""
    if "<img" not in block.html or len(block.text) > LONGEST_CAPTION or _BULLET.search(block.html):
        return False
    return block.text[-1:] not in ".!?…:;»" and not is_title(
        Block("p", _trimmed(_without_pictures(block.html)), block.text)
    )


def _trimmed(markup: str) -> str:
    """A paragraph without spaces and breaks at its ends."""
    inner = markup.removeprefix("<p>").removesuffix("</p>")
    while (trimmed := inner.strip().removeprefix("<br>").removesuffix("<br>")) != inner:
        inner = trimmed
    return f"<p>{inner}</p>" if markup.startswith("<p>") else markup


def _parted(block: Block) -> Iterator[Block]:
    """The paragraphs of one that an empty line parts, or the first line of which is a label."""
    inner = block.html.removeprefix("<p>").removesuffix("</p>")
    pieces = _GAP.split(inner)
    first, *others = _BREAK.split(pieces[0], maxsplit=1)
    if others and is_label(plain(first)):
        pieces[:1] = [first, *others]
    if len(pieces) == 1 or not all(map(_is_whole, pieces)):
        yield block
        return
    for piece in pieces:
        yield Block("p", f"<p>{piece}</p>", plain(piece))


def _is_whole(piece: str) -> bool:
    tags = [tag for tag in TAG.finditer(piece) if tag[2] not in {"br", "img"}]
    return sum(-1 if tag[1] else 1 for tag in tags) == 0
