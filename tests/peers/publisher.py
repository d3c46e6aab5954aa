"""The feed that all tools read: entries appear in it, and it holds the newest of them, as feeds do."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.fakes.feed_server import Asked, FeedServer, answer, listening

OLD = 3
"""Entries that are there before a tool sees the feed for the first time."""
WINDOW = 20
"""Entries that a document has."""
_FIRST = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
_APART = timedelta(seconds=20)
_FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>L'agence</title><link>{url}/</link><description>Actualités</description>
<language>fr</language>
{items}
</channel></rss>
"""
_ITEM = """<item><title>Dépêche {number} de la rédaction</title><link>{url}/entry/{number}</link>
<guid>{url}/entry/{number}</guid><pubDate>{date}</pubDate>
<description>Le programme numéro {number} dresse son bilan.</description></item>"""
_PAGE = b"<html><head><title>L'agence</title></head><body><p>Une nouvelle.</p></body></html>"


@dataclass(slots=True)
class Publisher:
    """Entries are numbered from 1; ``newest`` is how many there are so far."""

    newest: int = OLD
    url: str = ""

    def answer(self, asked: Asked) -> bytes:
        """The feed, or the page of an entry."""
        if asked.path == "/rss":
            return answer(body=self._document().encode(), headers=((b"Content-Type", b"application/rss+xml"),))
        return answer(body=_PAGE, headers=((b"Content-Type", b"text/html; charset=utf-8"),))

    def _document(self) -> str:
        oldest = max(self.newest - WINDOW, 0)
        items = [self._item(number) for number in range(self.newest, oldest, -1)]
        return _FEED.format(url=self.url, items="\n".join(items))

    def _item(self, number: int) -> str:
        date = format_datetime(_FIRST + number * _APART, usegmt=True)
        return _ITEM.format(url=self.url, number=number, date=date)


@contextmanager
def publishing() -> Iterator[tuple[Publisher, FeedServer]]:
    """A publisher whose feed is at ``/rss``, and its server, which knows what it was asked."""
    publisher = Publisher()
    with listening(publisher.answer) as server:
        publisher.url = server.url
        yield publisher, server
