"""An entry as its source wrote it → a post as the blog prints it."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import escape

import regex

from relay.core.document import ParsedEntry
from relay.core.feed import RelatedRule
from relay.core.hashtags import Tagging, said
from relay.core.html import Block, blocks, first_picture, to_text
from relay.core.post import Post
from relay.core.related import related
from relay.core.source import Source
from relay.core.text import cut, graphemes
from relay.core.typography import typeset

LEAD = 400
"""Graphemes: a lead is a paragraph, the longest in the blog's own archive has 330."""
BODY = 2500
"""Graphemes of excerpt, cut between blocks."""

_BOILERPLATE = regex.compile(
    r"^(?:(?:à )?lire (?:aussi|également)|lire la suite|en savoir plus|read more|continue reading|voir aussi"
    r"|partager (?:sur|cet article|cette page)|share (?:this|on)|suivez-nous|cet article est apparu en premier"
    r"|l[’']article .{0,200} est apparu en premier sur|the post .{0,200} (?:appeared first|first appeared) on)\b",
    regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Home:
    """Where posts live: the domain that names them, the folder that holds their pages, and what they refer to.

    ``link`` is ``None`` for a source that no outgoing feed takes: its posts have no page but the source's own.
    """

    domain: str
    link: str | None
    related: RelatedRule = RelatedRule()
    tagging: Tagging = Tagging()


def slug(entry: ParsedEntry) -> str:
    """A short, readable, lower-case ASCII name for the post's page; may be taken already."""
    folded = regex.sub(r"\p{M}", "", unicodedata.normalize("NFD", entry.title or "")).lower()
    folded = folded.replace("œ", "oe").replace("æ", "ae")
    words = regex.findall(r"[a-z0-9]+", folded)
    kept = ""
    for word in words:
        if len(kept) + len(word) > 60:
            break
        kept = f"{kept}-{word}" if kept else word
    return kept or "actualite"


def normalise(entry: ParsedEntry, source: Source, home: Home, name: str, recent: Sequence[Post], now: datetime) -> Post:
    """The post made of ``entry``; ``name`` is its free slug, ``recent`` the posts it may refer to."""
    language = entry.language or source.language
    lead, body = _lead_and_body(entry)
    moment = _distinct(_not_after(entry.published, now), recent)
    post = Post(
        id=f"tag:{home.domain},{moment:%Y-%m-%d}:{source.id}/{name}",
        slug=name,
        url=f"{home.link}{name}.html" if home.link else entry.url or source.url,
        source_id=source.id,
        headline=typeset(to_text(entry.title or "") or cut(lead, 80) or name, language),
        handles=source.mentions,
        hashtags=source.hashtags,
        credit=typeset(source.attribution, language),
        credit_url=entry.url or source.url,
        lead=typeset(lead, language),
        picture=entry.picture or first_picture(entry.article_html or "", entry.url or ""),
        body_html=typeset("\n".join(block.html for block in body), language),
        more_url=entry.url or source.url,
        related=(),
        language=language,
        categories=entry.categories,
        author=", ".join(person.name for person in entry.authors) or None,
        published=moment,
        updated=moment,
    )
    return replace(post, hashtags=said(post, home.tagging), related=related(post, recent, home.related))


def revised(old: Post, new: Post, now: datetime, recent: Sequence[Post] = ()) -> Post:
    """``new`` words under the ``old`` name: id, address and publication stay, ``updated`` moves if a reader sees it.

    ``recent`` are the posts that stand beside it, none of which was updated at the same moment.
    """
    kept = replace(new, id=old.id, slug=old.slug, url=old.url, published=old.published, related=old.related)
    if replace(kept, updated=old.updated) == old:
        return old
    moment = max(now.replace(microsecond=0), old.updated + timedelta(seconds=1))
    return replace(kept, updated=_distinct(moment, recent))


def _lead_and_body(entry: ParsedEntry) -> tuple[str, tuple[Block, ...]]:
    """The lead is the source's summary, or else its first paragraph; the body never repeats it."""
    body = _without_noise(blocks(entry.article_html or entry.content_html or ""), _one_line(entry.title or ""))
    summary = _one_line(entry.summary or "")
    if summary and _BOILERPLATE.match(summary):
        summary = ""
    place = next((place for place, block in enumerate(body) if not _is_title(block)), None)
    first = _one_line(body[place].text) if place is not None and body[place].tag == "p" else ""
    if place is None or not first or (summary and not _same_start(first, summary)):
        return cut(summary, LEAD), _shortened(body)
    lead = cut(first, LEAD)
    rest = _rest(first, lead)
    return lead, _shortened((*body[:place], *rest, *body[place + 1 :]))


def _rest(paragraph: str, lead: str) -> tuple[Block, ...]:
    """What a long first paragraph goes on to say after the lead."""
    rest = paragraph.removeprefix(lead.removesuffix("…")).strip() if lead != paragraph else ""
    continued = f"… {rest}" if lead.endswith("…") and rest else rest
    return (_paragraph(continued),) if rest else ()


def _paragraph(text: str) -> Block:
    return Block("p", f"<p>{escape(text, quote=False)}</p>", text)


def _shortened(body: Sequence[Block]) -> tuple[Block, ...]:
    """Whole blocks up to ``BODY``, the first one cut if it is longer; a sub-title is never left without its text."""
    kept: list[Block] = []
    room = BODY
    for block in body:
        size = graphemes(block.text)
        if size > BODY and all(_is_title(block) for block in kept):
            kept.append(_paragraph(cut(_one_line(block.text), BODY)))
        if size > room:
            break
        kept.append(block)
        room -= size
    while kept and _is_title(kept[-1]):
        kept.pop()
    return tuple(kept)


def _is_title(block: Block) -> bool:
    return block.tag.startswith("h") and block.tag != "hr"


def _without_noise(body: Sequence[Block], title: str) -> list[Block]:
    """Without the title once more, boilerplate with the list it introduces, and pictures: a post has one, above."""
    kept: list[Block] = []
    introduced = False
    for block in body:
        is_boilerplate = len(block.text) <= LEAD and bool(_BOILERPLATE.match(block.text))
        is_again = _is_title(block) and _one_line(block.text).casefold() == title.casefold()
        if not (is_boilerplate or is_again or (introduced and block.tag == "ul") or block.tag == "figure"):
            kept.append(block)
        introduced = is_boilerplate and block.text.endswith(":")
    return [block for block in kept if block.text]


def _same_start(first: str, summary: str) -> bool:
    short = summary.rstrip("….[] ")[:120]
    return first.startswith(short) or summary.startswith(first)


def _one_line(text: str) -> str:
    return " ".join(line.strip() for line in to_text(text).split("\n") if line.strip())


def _not_after(moment: datetime | None, now: datetime) -> datetime:
    """A clock may be wrong and an event dated ahead, but not by more than a day."""
    is_likely = moment is not None and moment <= now + timedelta(days=1)
    return (moment if moment and is_likely else now).replace(microsecond=0)


def _distinct(moment: datetime, recent: Sequence[Post]) -> datetime:
    """Feed readers order by time, and the validator warns of two entries updated at once."""
    taken = {post.updated for post in recent}
    while moment in taken:
        moment += timedelta(seconds=1)
    return moment
