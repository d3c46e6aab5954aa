"""Which published documents have changed since anybody was told."""

import hashlib
from datetime import datetime
from pathlib import Path

from relay.core.hub.subscriber import Content, Topic
from relay.pipeline.desk import Desk
from relay.pipeline.hub.served import file, media_type, topics
from relay.storage import topics as seen
from relay.storage.database import Database
from relay.storage.topics import Seen


def notice(db: Database, desk: Desk, folder: Path, now: datetime) -> list[Topic]:
    """Write down every document that has changed; from then on everybody is owed the new version."""
    with db.read() as tx:
        known = seen.every(tx)
    changed = {
        topic: now_seen
        for feed in desk.feeds
        if feed.hubs
        for topic in topics(feed)
        if (now_seen := _changed(folder, topic, known.get(topic), now))
    }
    if changed:
        with db.write() as tx:
            for topic, now_seen in changed.items():
                seen.put(tx, topic, now_seen)
    return [
        topic for topic, now_seen in changed.items() if topic not in known or known[topic].version != now_seen.version
    ]


def content(folder: Path, topic: Topic) -> Content | None:
    """The document as it is now, ``None`` where there is none."""
    try:
        body = file(folder, topic).read_bytes()
    except OSError:
        return None
    return Content(topic, _version(body), media_type(topic), body)


def _changed(folder: Path, topic: Topic, known: Seen | None, now: datetime) -> Seen | None:
    """How it is seen now, ``None`` where nothing has changed or there is no such file."""
    stamp = _stamp(file(folder, topic))
    if stamp is None or (known and known.stamp == stamp):
        return None
    found = content(folder, topic)
    if found is None:
        return None
    is_same = known is not None and known.version == found.version
    return Seen(found.version, stamp, known.changed_at if known and is_same else now)


def _stamp(path: Path) -> str | None:
    """Every version is a file of its own that takes the name of the one before."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return f"{stat.st_ino}-{stat.st_mtime_ns}-{stat.st_size}"


def _version(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
