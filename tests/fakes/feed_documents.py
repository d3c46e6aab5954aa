"""Small feeds, written around the one entry that a test is about."""

from relay.core.document import ParsedEntry, ParsedFeed
from relay.intake.parse import parse

URL = "https://www.exemple.fr/flux/actualites.xml"
MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"'


def rss(item: str, channel: str = "", root: str = "") -> ParsedFeed:
    """An RSS feed of one item; ``root`` are attributes of its root."""
    text = f'<rss version="2.0" {root}><channel><title>Le flux</title>{channel}<item>{item}</item></channel></rss>'
    return parse(text.encode(), URL, "application/rss+xml")


def one(item: str, channel: str = "", root: str = "") -> ParsedEntry:
    """The one item of an RSS feed."""
    return rss(item, channel, root).entries[0]


def atom(entry: str, feed: str = "") -> ParsedEntry:
    """The one entry of an Atom feed."""
    text = f'<feed xmlns="http://www.w3.org/2005/Atom">{feed}<entry>{entry}</entry></feed>'
    return parse(text.encode(), URL, "application/atom+xml").entries[0]


def json_feed(item: str) -> ParsedFeed:
    """A JSON Feed of one item."""
    text = f'{{"version":"https://jsonfeed.org/version/1.1","title":"Le flux","language":"fr","items":[{item}]}}'
    return parse(text.encode(), URL, "application/feed+json")
