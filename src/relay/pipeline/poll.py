"""Steps 2 to 8: from the sources that are due to entries, posts and queued cross-posts, one transaction a source."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

import httpx
from sqlalchemy import Connection

from relay.core.changes import Change, decide
from relay.core.document import Fetched, ParsedFeed
from relay.core.entry import identities
from relay.core.normalise import Home, normalise, revised, slug
from relay.core.polling import next_poll
from relay.core.post import Post
from relay.core.source import Origin, PollState, Source
from relay.intake.fetch import fetch
from relay.intake.parse import parse
from relay.pipeline import queue
from relay.pipeline.desk import Desk
from relay.storage import entries, sources
from relay.storage.database import Database

AT_ONCE = 8
"""Sources asked at the same time; one that hangs holds up one place, not the pass."""


@dataclass(frozen=True, slots=True)
class Polled:
    """What one poll brought."""

    source_id: str
    state: PollState
    new: int = 0
    edited: int = 0
    queued: int = 0


def poll_due(db: Database, http: httpx.Client, desk: Desk, wanted: Sequence[str] | None, now: datetime) -> list[Polled]:
    """Ask every source that is due at ``now``, or those ``wanted`` whether due or not."""
    with db.read() as tx:
        if wanted is None:
            asked = sources.due(tx, tuple(desk.sources), now)
        else:
            asked = [(source_id, sources.state(tx, source_id)) for source_id in wanted]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda one: poll(db, http, desk, desk.sources[one[0]], one[1], now), asked))


def poll(db: Database, http: httpx.Client, desk: Desk, source: Source, state: PollState, now: datetime) -> Polled:
    """Ask one source; what it says is stored, or nothing of it is."""
    answer = fetch(http, source.url, source.id, state.validators)
    document = ParsedFeed()
    if isinstance(answer, Fetched):
        document = parse(answer.body, answer.url, answer.content_type)
    after = next_poll(source, state, answer, now, ttl=document.ttl, error=document.error)
    with db.write() as tx:
        changes = _changes(tx, document, source, state)
        queued = sum(_store(tx, desk, source, change, now) for change in changes)
        sources.save(tx, source.id, after, _origin(document, source, now))
    kinds = [change.kind for change in changes]
    return Polled(source.id, after, kinds.count("new"), kinds.count("edited"), queued)


def _changes(tx: Connection, document: ParsedFeed, source: Source, state: PollState) -> tuple[Change, ...]:
    names = {name for entry in document.entries for name in identities(entry)}
    known = entries.known(tx, source.id, names)
    return decide(document.entries, known, source, is_first=state.is_first)


def _store(tx: Connection, desk: Desk, source: Source, change: Change, now: datetime) -> int:
    """Store one change; how many cross-posts wait for an editor because of it."""
    if change.known_id is not None:
        entries.remember(tx, source.id, change.known_id, change.identities)
    if change.kind == "same":
        return 0
    home = desk.home(source.id)
    recent = entries.recent(tx, _neighbours(desk, source), now, home.related.within)
    if change.kind == "edited":
        return _store_edit(tx, desk, source, change, (home, recent), now)
    post = normalise(change.entry, source, home, entries.free_slug(tx, slug(change.entry)), recent, now)
    entry_id = entries.add(tx, change, post, now)
    return queue.add(tx, desk, entry_id, post, is_backlog=change.is_backlog, now=now)


def _store_edit(
    tx: Connection, desk: Desk, source: Source, change: Change, around: tuple[Home, list[Post]], now: datetime
) -> int:
    old = entries.get(tx, change.known_id or 0)
    if old is None:
        return 0
    home, recent = around
    new = normalise(change.entry, source, home, old.post.slug, recent, now)
    beside = [post for post in recent if post.id != old.post.id]
    post = revised(old.post, new, now, beside)
    entries.change(tx, old.id, change.fingerprint, post)
    return queue.revise(tx, desk, old.id, post, now)


def _neighbours(desk: Desk, source: Source) -> tuple[str, ...]:
    """The sources whose posts stand in the same feed: a post may refer to those."""
    feed = next((feed for feed in desk.feeds if source.id in feed.sources), None)
    return feed.sources if feed else (source.id,)


def _origin(document: ParsedFeed, source: Source, now: datetime) -> Origin | None:
    if not document.entries:
        return None
    dates = [moment for entry in document.entries if (moment := entry.updated or entry.published)]
    return Origin(
        id=document.id or document.self_url or source.url,
        title=document.title or source.name,
        feed_url=document.self_url or source.url,
        site_url=document.url,
        updated=document.updated or max(dates, default=now.replace(microsecond=0)),
    )
