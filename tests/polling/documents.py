"""The feeds that the publishers of these tests serve."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape

from tests.fakes.feed_server import Headers, answer

START = datetime(2026, 11, 24, 9, 17, tzinfo=UTC)
"""A Tuesday, and neither a full hour nor a half one: readers that poll by the clock are found out."""

NAMESPACES = (
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:fh="http://purl.org/syndication/history/1.0"'
)
RSS = (b"Content-Type", b"application/rss+xml; charset=utf-8")
HTML = (b"Content-Type", b"text/html; charset=utf-8")


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a feed; what is ``None`` does not stand there. ``more`` is markup beside it."""

    title: str
    guid: str | None
    link: str | None
    date: datetime | str | None
    body: str = "Un texte."
    more: str = ""


def news(number: int, date: datetime | str | None = START, host: str = "agence.test") -> Item:
    """The entry of this number, as any other."""
    place = f"http://{host}/actualites/{number}"
    return Item(f"Actualité {number}", place, place, date, f"Le texte numéro {number}.")


def hourly(count: int = 3, newest: datetime = START) -> tuple[Item, ...]:
    """News as a busy source has them: one an hour, the newest first."""
    return tuple(news(number, newest - timedelta(hours=count - number)) for number in range(count, 0, -1))


def rss(items: Sequence[Item], channel: str = "") -> bytes:
    """An RSS 2.0 document."""
    head = f"<title>Agence</title><link>http://agence.test/</link><description>Actualités</description>{channel}"
    listed = "".join(map(_item, items))
    text = f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" {NAMESPACES}><channel>{head}{listed}</channel></rss>'
    return text.encode()


def ok(body: bytes, *headers: tuple[bytes, bytes]) -> bytes:
    """A 200 with a feed."""
    return answer(200, body, [RSS, *headers])


def feed(*headers: tuple[bytes, bytes], channel: str = "") -> bytes:
    """A 200 with a busy source's feed."""
    return ok(rss(hourly(), channel), *headers)


def page(html: str, status: int = 200, headers: Headers = ()) -> bytes:
    """An answer with a web page."""
    return answer(status, html.encode(), [HTML, *headers])


def http_date(moment: datetime) -> bytes:
    """A date as HTTP writes it (RFC 9110 §5.6.7)."""
    return format_datetime(moment, usegmt=True).encode()


def _item(item: Item) -> str:
    date = format_datetime(item.date) if isinstance(item.date, datetime) else item.date
    fields = (("title", item.title), ("guid", item.guid), ("link", item.link), ("pubDate", date))
    told = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in fields if text is not None)
    return f"<item>{told}<description>{escape(item.body)}</description>{item.more}</item>"
