"""The feeds that are made of the feeds of the configuration, and the lists of all feeds and of all sources."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from relay.core.feed import Axis, OutgoingFeed
from relay.core.filtering.parting import Named, newly, parts
from relay.core.filtering.selection import selected
from relay.core.source import Source
from relay.pipeline.desk import Desk
from relay.publish import opml
from relay.publish.opml import Outline
from relay.publish.places import PLACES
from relay.publish.write import write
from relay.storage import changing, rows, sources
from relay.storage import parts as storage
from relay.storage.database import Database
from relay.storage.parts import Mark


def every(db: Database, desk: Desk, now: datetime) -> tuple[OutgoingFeed, ...]:
    """The feeds of the configuration, each before those that ``per`` makes of it.

    Of the posts only those are looked at that have changed since the last time.
    """
    if not any(feed.per for feed in desk.feeds):
        return desk.feeds
    names = {source.id: source.name for source in desk.sources.values()}
    return tuple(one for feed in desk.feeds for one in (feed, *parts(feed, _known(db, feed, now), names)))


def _known(db: Database, feed: OutgoingFeed, now: datetime) -> dict[Axis, tuple[Named, ...]]:
    """The values of its posts on each axis that asks for them, those that are new too."""
    axes: list[Axis] = [axis for axis in feed.per if axis != "source"]
    with db.read() as tx:
        is_behind = any(changing.since(tx, mark.seen, mark.at, now) for mark in _marks(tx, feed, axes).values())
        found = {axis: storage.known(tx, feed.id, axis) for axis in axes}
    if not is_behind:
        return found
    with db.write() as tx:
        return {axis: _catch_up(tx, feed, axis, mark, now) for axis, mark in _marks(tx, feed, axes).items()}


def _marks(tx: Connection, feed: OutgoingFeed, axes: Sequence[Axis]) -> dict[Axis, Mark]:
    told = hashlib.sha256(rows.dump((feed.sources, feed.when)).encode()).hexdigest()
    return {axis: storage.mark(tx, feed.id, axis, told) for axis in axes}


def _catch_up(tx: Connection, feed: OutgoingFeed, axis: Axis, mark: Mark, now: datetime) -> tuple[Named, ...]:
    known = storage.known(tx, feed.id, axis)
    changed = changing.since(tx, mark.seen, mark.at, now)
    for start in range(0, len(changed), changing.AT_ONCE):
        shown = changing.shown(tx, changed[start : start + changing.AT_ONCE], feed.sources, now)
        new = newly(axis, selected(feed, (post for _, post in shown)), known)
        storage.add(tx, feed.id, axis, new)
        known += new
    storage.put(tx, feed.id, axis, replace(mark, seen=changing.head(tx), at=now))
    return known


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
