"""Step 9: from stored posts to the files that subscribers read."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import Connection

from relay.core.feed import OutgoingFeed
from relay.core.filtering.selection import selected
from relay.core.pictures.rendition import Rendition
from relay.pipeline.deriving import every, list_all
from relay.pipeline.desk import Desk
from relay.pipeline.directory import current
from relay.pipeline.picturing.editions import Pictured, clear, pictured, put
from relay.publish.format import Document, Edition, Format
from relay.publish.write import write
from relay.storage import entries, service, sources
from relay.storage.database import Database


def publish(db: Database, desk: Desk, formats: Mapping[str, Format], folder: Path, now: datetime) -> list[str]:
    """Bring every outgoing feed up to date; the files that changed, relative to ``folder``."""
    written: list[str] = []
    failures: list[Exception] = []
    feeds = every(db, desk, now)
    for feed in feeds:
        try:
            paths = _publish(db, desk, feed, formats, folder / feed.id, now)
        except Exception as error:  # noqa: BLE001  # it is raised again below: one feed stops no other
            failures.append(error)
        else:
            written += [f"{feed.id}/{path}" for path in paths]
    written += list_all(db, desk, feeds, folder)
    if failures:
        raise failures[0]
    return written


def _publish(
    db: Database, desk: Desk, feed: OutgoingFeed, formats: Mapping[str, Format], folder: Path, now: datetime
) -> list[str]:
    """Once more if somebody stored more meanwhile: of two that write at once, whoever is last has the newest."""
    written: dict[str, None] = {}
    while True:
        made, files = _read(db, desk, feed, now)
        changed = _written(db, folder, documents(made, formats), files) if made.posts else ()
        written |= dict.fromkeys(changed)
        if not changed or _read(db, desk, feed, now) == (made, files):
            return list(written)


def _written(db: Database, folder: Path, made: Sequence[Document], files: Sequence[Rendition]) -> tuple[str, ...]:
    """Pictures come before the documents that show them, and go after those that showed them."""
    return (*put(db, folder, files), *write(folder, made), *clear(folder, files))


def _read(db: Database, desk: Desk, feed: OutgoingFeed, now: datetime) -> tuple[Edition, tuple[Rendition, ...]]:
    with db.write() as tx:
        found = pictured(tx, desk, feed, selected(feed, entries.posts(tx, feed.sources, now)), now)
        return edition(tx, desk, feed, found, now), found.files


def edition(tx: Connection, desk: Desk, feed: OutgoingFeed, found: Pictured, now: datetime) -> Edition:
    """All that the documents of one feed may say; ``now`` only dates the name of a feed never published before."""
    posts = found.posts
    tag = f"tag:{urlsplit(feed.link).hostname},{now:%Y-%m-%d}:{feed.id}"
    return Edition(
        feed=feed,
        id=service.feed_tag(tx, feed.id, tag),
        updated=max((post.updated for post in posts), default=now),
        posts=posts,
        origins=sources.origins(tx),
        directory=current(tx, desk).directory,
        thumbnails=found.thumbnails,
    )


def documents(edition: Edition, formats: Mapping[str, Format]) -> list[Document]:
    """The documents of every format that the feed has; pages first, so that no feed names one that is not there yet."""
    names = sorted(edition.feed.formats, key=lambda name: name != "html")
    return [document for name in names for document in formats[name].render(edition)]
