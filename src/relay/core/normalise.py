"""An entry as its source wrote it → a post as the blog prints it."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import regex

from relay.core.document import ParsedEntry
from relay.core.feed import RelatedRule
from relay.core.html import Block, blocks, to_text
from relay.core.post import Post, Related
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
    r"|l[’']article .{0,200} est apparu en premier sur)\b",
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


def slug(entry: ParsedEntry) -> str:
    """A short, readable, lower-case ASCII name for the post's page; may be taken already."""
    folded = (
        regex.sub(r"\p{M}", "", unicodedata.normalize("NFD", entry.title or ""))
        .lower()
        .replace("œ", "oe")
        .replace("æ", "ae")
    )
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
        picture=entry.picture,
        body_html=typeset("\n".join(block.html for block in body), language),
        more_url=entry.url or source.url,
        related=(),
        language=language,
        categories=entry.categories,
        author=", ".join(person.name for person in entry.authors) or None,
        published=moment,
        updated=moment,
    )
    return replace(post, related=related(post, recent, home.related))


def revised(old: Post, new: Post, now: datetime) -> Post:
    """``new`` words under the ``old`` name: id, address and publication stay, ``updated`` moves if a reader sees it."""
    kept = replace(new, id=old.id, slug=old.slug, url=old.url, published=old.published, related=old.related)
    seen = replace(kept, updated=old.updated) != old
    return replace(kept, updated=now if seen else old.updated)


def related(post: Post, recent: Sequence[Post], rule: RelatedRule) -> tuple[Related, ...]:
    """Earlier posts on the same subject: most words in common first, then the newest; never the post itself."""
    own = _words(post)
    ranked = []
    for other in recent:
        near = timedelta(0) <= post.published - other.published <= rule.within
        common = len(own & _words(other)) if near and other.id != post.id else 0
        if common:
            ranked.append((-common, -other.published.timestamp(), other.id, other))
    ranked.sort(key=lambda item: item[:3])
    return tuple(Related(other.headline, other.url) for *_, other in ranked[: rule.max])


def _words(post: Post) -> frozenset[str]:
    """What a post is about: long words of its title, and its categories."""
    words = regex.findall(r"\p{L}{5,}", f"{post.headline} {' '.join(post.categories)}".casefold())
    return frozenset(word.removesuffix("s") for word in words)


def _lead_and_body(entry: ParsedEntry) -> tuple[str, tuple[Block, ...]]:
    """The lead is the source's summary, or else its first paragraph; the body never repeats it."""
    body = tuple(block for block in blocks(entry.content_html or "") if not _is_noise(block))
    summary = _one_line(entry.summary or "")
    first = _one_line(body[0].text) if body else ""
    if summary and _BOILERPLATE.match(summary):
        summary = ""
    if first and (not summary or _same_start(first, summary)) and body[0].tag == "p":
        whole = graphemes(first) <= LEAD
        return (first, _shortened(body[1:])) if whole else (cut(first, LEAD), _shortened(body))
    return cut(summary, LEAD), _shortened(body)


def _shortened(body: Sequence[Block]) -> tuple[Block, ...]:
    """Whole blocks up to ``BODY``, at least one; a sub-title is never left without its text."""
    kept: list[Block] = []
    room = BODY
    for block in body:
        room -= graphemes(block.text)
        if kept and room < 0:
            break
        kept.append(block)
    while kept and _is_title(kept[-1]):
        kept.pop()
    return tuple(kept)


def _is_title(block: Block) -> bool:
    return block.tag.startswith("h") and block.tag != "hr"


def _is_noise(block: Block) -> bool:
    """Boilerplate of the source, and pictures: a post has one, and it stands above the body."""
    return not block.text or bool(_BOILERPLATE.match(block.text)) or block.tag in {"hr", "figure"}


def _same_start(first: str, summary: str) -> bool:
    short = summary.rstrip("….[] ")[:120]
    return first.startswith(short) or summary.startswith(first)


def _one_line(text: str) -> str:
    return regex.sub(r"\s*\n\s*", " ", to_text(text)).strip()


def _not_after(moment: datetime | None, now: datetime) -> datetime:
    whole = now.replace(microsecond=0)
    return min(moment.replace(microsecond=0), whole) if moment else whole


def _distinct(moment: datetime, recent: Sequence[Post]) -> datetime:
    """Feed readers order by time, and the validator warns of two entries updated at once."""
    taken = {post.updated for post in recent}
    while moment in taken:
        moment += timedelta(seconds=1)
    return moment
