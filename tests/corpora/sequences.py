"""Documents at successive moments, stored as a poll stores them on a database of their own: how many entries each brings."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from relay.core.directory.handles import Directory
from relay.core.source import Source
from relay.intake.parse import parse
from relay.pipeline.desk import Desk
from relay.pipeline.storing.store import store
from tests.edges.opened import migrated

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def new_entries(polls: Sequence[tuple[str, bytes]]) -> list[int]:
    """For each poll, the address of a feed and its document, how many entries are new."""
    ids = {url: f"source-{number}" for number, url in enumerate(dict.fromkeys(url for url, _ in polls))}
    sources = {id: Source(id, url, "Source : Agence") for url, id in ids.items()}
    desk = Desk(sources, (), {}, (), Directory({}), {}, "https://blog.example")
    found, read = [], set[str]()
    with TemporaryDirectory() as folder:
        db = migrated(Path(folder) / "relay.db")
        for hour, (url, body) in enumerate(polls):
            document, now = parse(body, url, None), NOON + timedelta(hours=hour)
            with db.write() as tx:
                stored = store(tx, desk, sources[ids[url]], document, now, is_backlog=url not in read)
            found.append(stored.new)
            if document.error is None:
                read.add(url)
        db.close()
    return found
