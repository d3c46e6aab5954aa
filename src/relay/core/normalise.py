"""An entry as its source wrote it → a post as the blog prints it."""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

import regex

from relay.core.document import ParsedEntry
from relay.core.excerpt.bounds import LONGEST_TITLE, bounded
from relay.core.excerpt.excerpt import Lengths, excerpt
from relay.core.excerpt.titles import headed
from relay.core.feed import RelatedRule
from relay.core.language.spoken import spoken
from relay.core.language.text import cut
from relay.core.markup.html import first_picture, to_text
from relay.core.post import Post
from relay.core.source import Source
from relay.core.subject.hashtags import Tagging, said
from relay.core.subject.related import related
from relay.core.typography.typeset import typeset

_MARK = regex.compile(r"\p{M}")
_WORD = regex.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Home:
    """Where posts live: the domain that names them, the folder that holds their pages, and what they refer to.

    ``link`` is ``None`` for a source that no outgoing feed takes: its posts have no page but the source's own.
    """

    domain: str
    link: str | None
    related: RelatedRule = RelatedRule()
    tagging: Tagging = Tagging()
    lengths: Lengths = Lengths()
    """The longest that any feed prints of them; each cuts to its own."""


def slug(entry: ParsedEntry) -> str:
    """A short, readable, lower-case ASCII name for the post's page; may be taken already."""
    folded = _MARK.sub("", unicodedata.normalize("NFD", (entry.title or "")[:LONGEST_TITLE])).lower()
    folded = folded.replace("œ", "oe").replace("æ", "ae")
    words = _WORD.findall(folded)
    kept = ""
    for word in words:
        if len(kept) + len(word) > 60:
            break
        kept = f"{kept}-{word}" if kept else word
    return kept or "actualite"


def normalise(entry: ParsedEntry, source: Source, home: Home, name: str, recent: Sequence[Post], now: datetime) -> Post:
    """The post made of ``entry``; ``name`` is its free slug, ``recent`` the posts it may refer to."""
    entry = bounded(entry)
    language = spoken(_beginning(entry), entry.language or source.language)
    found = excerpt(entry, language, home.lengths)
    moment = _distinct(_not_after(entry.published, now), recent)
    post = Post(
        id=_tag(home, moment, source.id, name),
        slug=name,
        url=f"{home.link}{name}.html" if home.link else entry.url or source.url,
        source_id=source.id,
        headline=typeset(headed(to_text(entry.title or "")) or cut(found.lead, 80) or name, language),
        handles=source.mentions,
        hashtags=source.hashtags,
        credit=_credit(source.attribution, language),
        credit_url=entry.url or source.url,
        lead=found.lead,
        picture=entry.picture or first_picture(entry.article_html or "", entry.url or ""),
        body_html="\n".join(block.html for block in found.body),
        more_url=entry.url or source.url,
        related=(),
        language=language,
        categories=entry.categories,
        author=", ".join(person.name for person in entry.authors) or None,
        published=moment,
        updated=moment,
    )
    tags, near = said(post, home.tagging), related(post, recent, home.related)
    return post if (tags, near) == (post.hashtags, ()) else replace(post, hashtags=tags, related=near)


def apart(post: Post, home: Home, taken: Collection[datetime]) -> Post:
    """A new post at the first moment from its own on that is not ``taken``: no two posts of a feed have the same."""
    moment = post.published
    while moment in taken:
        moment += timedelta(seconds=1)
    if moment == post.published:
        return post
    return replace(post, id=_tag(home, moment, post.source_id, post.slug), published=moment, updated=moment)


def _tag(home: Home, moment: datetime, source_id: str, name: str) -> str:
    return f"tag:{home.domain},{moment.year}-{moment.month:02}-{moment.day:02}:{source_id}/{name}"


@lru_cache(maxsize=1024)
def _credit(attribution: str, language: str) -> str:
    """The same for all entries of a source."""
    return typeset(attribution, language)


def _beginning(entry: ParsedEntry) -> str:
    return " ".join(filter(None, (entry.title, entry.summary, entry.article_html or entry.content_html)))


def revised(old: Post, new: Post, now: datetime, recent: Sequence[Post] = (), taken: Collection[datetime] = ()) -> Post:
    """``new`` words under the ``old`` name: id, address and publication stay, ``updated`` moves if a reader sees it.

    ``recent`` are the posts that stand beside it, of which none was updated then, nor at one of ``taken``.
    """
    kept = replace(new, id=old.id, slug=old.slug, url=old.url, published=old.published, related=old.related)
    if replace(kept, updated=old.updated) == old:
        return old
    moment = max(now.replace(microsecond=0), old.updated + timedelta(seconds=1))
    return replace(kept, updated=_distinct(moment, recent, taken))


def _not_after(moment: datetime | None, now: datetime) -> datetime:
    """A clock may be wrong and an event dated ahead, but not by more than a day."""
    is_likely = moment is not None and moment <= now + timedelta(days=1)
    return (moment if moment and is_likely else now).replace(microsecond=0)


def _distinct(moment: datetime, recent: Sequence[Post], taken: Collection[datetime] = ()) -> datetime:
    """Feed readers order by time, and the validator warns of two entries updated at once."""
    taken = {*taken, *(post.updated for post in recent)}
    while moment in taken:
        moment += timedelta(seconds=1)
    return moment
