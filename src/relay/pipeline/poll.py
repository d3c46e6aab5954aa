"""Steps 2 to 8: from the sources that are due to entries, posts and queued cross-posts, one transaction a source."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime

import httpx
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from relay.core.changes import Change, decide
from relay.core.document import Fetched, ParsedFeed, Unreachable
from relay.core.entry import identities
from relay.core.normalise import normalise, revised, slug
from relay.core.polling import next_poll
from relay.core.source import Origin, PollState, Source
from relay.intake.fetch import fetch
from relay.intake.parse import parse
from relay.pipeline import queue
from relay.pipeline.around import Around, read
from relay.pipeline.desk import Desk
from relay.storage import entries, sources
from relay.storage.database import Database

log = logging.getLogger("relay")

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


def poll_due(
    db: Database,
    http: httpx.Client,
    desk: Desk,
    wanted: Sequence[str] | None,
    now: datetime,
    beat: Callable[[], None] = lambda: None,
) -> list[Polled]:
    """Ask every source that is due at ``now``, or those ``wanted`` whether due or not; ``beat`` is called after each.

    So a pass over many sources that do not answer takes its time, and is seen to be alive.
    """

    def ask(asked: tuple[str, PollState]) -> Polled:
        source_id, state = asked
        polled = _apart(db, http, desk, desk.sources[source_id], state, now)
        beat()
        return polled

    with db.read() as tx:
        if wanted is None:
            asked = sources.due(tx, tuple(desk.sources), now)
        else:
            asked = [(source_id, sources.state(tx, source_id)) for source_id in wanted]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(ask, asked))


def _apart(db: Database, http: httpx.Client, desk: Desk, source: Source, state: PollState, now: datetime) -> Polled:
    """A poll that breaks off stops no other, and counts as a failure: its source is not asked again at once."""
    try:
        return poll(db, http, desk, source, state, now)
    except Exception as error:
        log.exception("the poll of %s broke off", source.id)
        why = f"relay could not take its answer ({type(error).__name__}: {str(error)[:200]})"
        after = next_poll(source, state, Unreachable(why), now)
        with db.write() as tx:
            sources.save(tx, source.id, after, None)
        return Polled(source.id, after)


def poll(db: Database, http: httpx.Client, desk: Desk, source: Source, state: PollState, now: datetime) -> Polled:
    """Ask one source; what it says is stored, or nothing of it is."""
    answer = fetch(http, source.url, source.id, state.validators)
    document = ParsedFeed()
    if isinstance(answer, Fetched):
        document = parse(answer.body, answer.url, answer.content_type)
    after = next_poll(source, state, answer, now, ttl=document.ttl, error=document.error)
    with db.write() as tx:
        changes = _changes(tx, document, source)
        around = read(tx, desk, source, changes, now)
        queued = [_store_apart(tx, desk, source, change, around, now) for change in changes]
        after = _admitting(after, state, queued.count(None))
        sources.save(tx, source.id, after, _origin(document, source, now))
    kinds = [change.kind for change, waiting in zip(changes, queued, strict=True) if waiting is not None]
    return Polled(source.id, after, kinds.count("new"), kinds.count("edited"), sum(filter(None, queued)))


def _admitting(after: PollState, before: PollState, lost: int) -> PollState:
    """What was not stored must not hide behind the next 304: the source is asked without its new validators."""
    if not lost:
        return after
    what = "1 entry" if lost == 1 else f"{lost} entries"
    answer = f"{after.answer}; {what} could not be stored: see the log"
    return replace(after, validators=before.validators, answer=answer)


def _changes(tx: Connection, document: ParsedFeed, source: Source) -> tuple[Change, ...]:
    """Whether this is the first poll is asked here: another process may have polled it meanwhile."""
    names = {name for entry in document.entries for name in identities(entry)}
    known = entries.known(tx, source.id, names)
    return decide(document.entries, known, source, is_first=sources.state(tx, source.id).is_first)


def _store_apart(
    tx: Connection, desk: Desk, source: Source, change: Change, around: Around, now: datetime
) -> int | None:
    """``None`` for an entry that cannot be stored: it stops no other. A database that fails stops them all."""
    try:
        with tx.begin_nested():
            return _store(tx, desk, source, change, around, now)
    except OperationalError:
        raise
    except Exception:
        log.exception("an entry of %s could not be stored: %s", source.id, change.entry.url or change.entry.title)
        return None


def _store(tx: Connection, desk: Desk, source: Source, change: Change, around: Around, now: datetime) -> int:
    """Store one change; how many cross-posts wait for an editor because of it."""
    if change.known_id is not None:
        entries.remember(tx, source.id, change.known_id, change.identities)
    if change.kind == "same":
        return 0
    if change.kind == "edited":
        return _store_edit(tx, desk, source, change, around, now)
    name = entries.free_slug(tx, slug(change.entry))
    post = normalise(change.entry, source, around.home, name, around.recent, now)
    entry_id = entries.add(tx, change, post, now)
    queued = queue.add(tx, desk, entry_id, post, is_backlog=change.is_backlog, now=now)
    around.put(post)
    return queued


def _store_edit(tx: Connection, desk: Desk, source: Source, change: Change, around: Around, now: datetime) -> int:
    old = entries.get(tx, change.known_id or 0)
    if old is None:
        return 0
    new = normalise(change.entry, source, around.home, old.post.slug, around.recent, now)
    post = revised(old.post, new, now, around.beside(old.post))
    entries.change(tx, old.id, change.fingerprint, post)
    queued = queue.revise(tx, desk, old.id, old.post, post, now)
    around.put(post)
    return queued


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
