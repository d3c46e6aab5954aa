"""The feeds that are made of the feeds of the configuration, and the lists of all feeds and of all sources."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from relay.core.feed import OutgoingFeed
from relay.core.filtering.selection import parts, selected
from relay.core.source import Source
from relay.pipeline.desk import Desk
from relay.publish import opml
from relay.publish.opml import Outline
from relay.publish.places import PLACES
from relay.publish.write import write
from relay.storage import entries, sources
from relay.storage.database import Database


def every(db: Database, desk: Desk, now: datetime) -> tuple[OutgoingFeed, ...]:
    """The feeds of the configuration, each before those that ``per`` makes of it."""
    if not any(feed.per for feed in desk.feeds):
        return desk.feeds
    with db.read() as tx:
        return tuple(one for feed in desk.feeds for one in (feed, *_made_of(tx, desk, feed, now)))


def list_all(db: Database, desk: Desk, feeds: Sequence[OutgoingFeed], folder: Path) -> list[str]:
    """Write ``feeds.opml`` and ``sources.opml`` into the folder of all feeds; those that changed.

    A feed is on the list once it has a document, a source once a feed takes it: a page without a feed is not.
    """
    there = [outline for feed in feeds if (outline := _outgoing(feed, folder))]
    if not there:
        return []
    title = desk.feeds[0].title
    lists = (opml.document(opml.FEEDS, title, there), opml.document(opml.SOURCES, title, _incoming(db, desk)))
    return [*write(folder, lists)]


def followed(source: Source, site: str | None) -> Outline | None:
    """A source as a list for other readers has it; a page that is read without a feed is of no use to them."""
    return None if source.select else Outline(source.url, source.name, site, source.language)


def _made_of(tx: Connection, desk: Desk, feed: OutgoingFeed, now: datetime) -> tuple[OutgoingFeed, ...]:
    if not feed.per:
        return ()
    asks_posts = feed.per != ("source",)
    posts = selected(feed, entries.posts(tx, feed.sources, now)) if asks_posts else ()
    return parts(feed, posts, {source.id: source.name for source in desk.sources.values()})


def _outgoing(feed: OutgoingFeed, folder: Path) -> Outline | None:
    places = [PLACES[name] for name in feed.formats if name != "html"]
    first = next((place for place in places if (folder / feed.id / place.path).is_file()), None)
    return Outline(feed.link + first.path, feed.title, feed.link, feed.language) if first else None


def _incoming(db: Database, desk: Desk) -> Iterator[Outline]:
    taken = {id for feed in desk.feeds for id in feed.sources}
    with db.read() as tx:
        origins = sources.origins(tx)
    for source in desk.sources.values():
        origin = origins.get(source.id)
        outline = followed(source, origin.site_url if origin else None)
        if outline and source.id in taken:
            yield outline
