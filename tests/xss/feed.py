"""Feeds that have a payload in the fields that are asked for, and what relay makes of them."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

from relay.core.document import ParsedEntry
from relay.core.normalise import Home, normalise
from relay.core.post import Post
from relay.core.source import Source
from relay.intake.parse import parse
from tests.feeds.editions import LINK

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
SOURCE = Source("anct", "https://anct.exemple.fr/rss.xml", "Source : ANCT", mentions=("anct",))
HOME = Home("blog.exemple.fr", LINK)
USUAL = {
    "title": "Des quartiers mieux reliés {n}",
    "summary": "Un premier bilan est paru, ville par ville.",
    "content": "<p>Un premier bilan est paru, ville par ville.</p><p>La suite est longue.</p>",
    "author": "Anne Martin",
    "category": "Ville",
    "link": "https://anct.exemple.fr/{n}",
    "guid": "tag:anct.exemple.fr,2026:{n}",
    "enclosure": "https://anct.exemple.fr/{n}.jpg",
    "type": "image/jpeg",
    "alt": "Une place",
    "credit": "Anne Martin",
    "source": "Une autre agence",
}
FIELDS = tuple(USUAL)
_HEAD = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Agence</title><link>https://anct.exemple.fr/</link>'
)
_ITEM = (
    "<item><title>{title}</title><description>{summary}</description><content:encoded>{content}</content:encoded>"
    "<dc:creator>{author}</dc:creator><category>{category}</category><link>{link}</link>"
    '<guid isPermaLink="false">{guid}</guid><enclosure url="{enclosure}" type="{type}" length="1"/>'
    '<media:content url="{enclosure}" medium="image"><media:description>{alt}</media:description>'
    '<media:credit>{credit}</media:credit></media:content><source url="{link}">{source}</source></item>'
)


def document(payloads: Sequence[str], fields: Collection[str]) -> bytes:
    """An RSS document with an item for each payload, which stands in each of ``fields``."""
    items = (
        _ITEM.format(**{name: _xml(payload if name in fields else USUAL[name].format(n=n)) for name in FIELDS})
        for n, payload in enumerate(payloads)
    )
    return f"{_HEAD}{''.join(items)}</channel></rss>".encode("utf-8", "replace")


def entries(payloads: Sequence[str], fields: Collection[str]) -> tuple[ParsedEntry, ...]:
    """What relay reads."""
    return parse(document(payloads, fields), SOURCE.url, "application/rss+xml").entries


def posts(payloads: Sequence[str], fields: Collection[str], first: int = 0) -> tuple[Post, ...]:
    """The posts of the blog, their names numbered from ``first``, a minute apart."""
    return tuple(
        normalise(one, SOURCE, HOME, f"hostile-{number}", (), NOON - timedelta(minutes=number))
        for number, one in enumerate(entries(payloads, fields), first)
    )


def _xml(text: str) -> str:
    return escape(text, {'"': "&quot;"})
