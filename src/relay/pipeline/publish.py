"""Step 9: from stored posts to the files that subscribers read."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import Connection

from relay.core.feed import OutgoingFeed
from relay.pipeline.desk import Desk
from relay.publish.format import Document, Edition, Format
from relay.publish.write import write
from relay.storage import entries, service, sources
from relay.storage.database import Database


def publish(db: Database, desk: Desk, formats: Mapping[str, Format], folder: Path, now: datetime) -> list[str]:
    """Bring every outgoing feed up to date; the files that changed, relative to ``folder``."""
    written: list[str] = []
    failures: list[Exception] = []
    for feed in desk.feeds:
        try:
            paths = _publish(db, desk, feed, formats, folder / feed.id, now)
        except Exception as error:  # noqa: BLE001  # it is raised again below: one feed stops no other
            failures.append(error)
        else:
            written += [f"{feed.id}/{path}" for path in paths]
    if failures:
        raise failures[0]
    return written


def _publish(
    db: Database, desk: Desk, feed: OutgoingFeed, formats: Mapping[str, Format], folder: Path, now: datetime
) -> list[str]:
    """Once more if somebody stored more meanwhile: of two that write at once, whoever is last has the newest."""
    written: dict[str, None] = {}
    while True:
        made = _read(db, desk, feed, now)
        changed = write(folder, documents(made, formats)) if made.posts else ()
        written |= dict.fromkeys(changed)
        if not changed or _read(db, desk, feed, now) == made:
            return list(written)


def _read(db: Database, desk: Desk, feed: OutgoingFeed, now: datetime) -> Edition:
    with db.write() as tx:
        return edition(tx, desk, feed, now)


def edition(tx: Connection, desk: Desk, feed: OutgoingFeed, now: datetime) -> Edition:
    """All that the documents of one feed may say; ``now`` only dates the name of a feed never published before."""
    posts = entries.posts(tx, feed.sources)
    tag = f"tag:{urlsplit(feed.link).hostname},{now:%Y-%m-%d}:{feed.id}"
    return Edition(
        feed=feed,
        id=service.feed_tag(tx, feed.id, tag),
        updated=max((post.updated for post in posts), default=now),
        posts=posts,
        origins=sources.origins(tx),
        directory=desk.directory,
    )


def documents(edition: Edition, formats: Mapping[str, Format]) -> list[Document]:
    """The documents of every format that the feed has; pages first, so that no feed names one that is not there yet."""
    names = sorted(edition.feed.formats, key=lambda name: name != "html")
    return [document for name in names for document in formats[name].render(edition)]
