"""Steps 5 to 8: what a document says becomes entries, posts and queued cross-posts, however the document came."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from relay.core.document import ParsedFeed
from relay.core.entry import Entry, KnownEntry
from relay.core.identity.changes import Change, decide, remarks
from relay.core.identity.recognition import sought
from relay.core.normalise import normalise, revised, slug
from relay.core.pictures.rendition import digest_of
from relay.core.source import Source
from relay.pipeline import queue
from relay.pipeline.desk import Desk
from relay.pipeline.picturing import wanting
from relay.pipeline.storing import crediting, merging, recalling, withdrawing
from relay.pipeline.storing.around import Around, read
from relay.storage import earlier, entries, pictures, questions

log = logging.getLogger("relay")


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a document: entries ``new``, ``edited`` and ``known`` of old, cross-posts ``queued``.

    ``lost`` entries could not be stored; ``notes`` are sentences for a person.
    """

    new: int = 0
    edited: int = 0
    known: int = 0
    queued: int = 0
    lost: int = 0
    added: tuple[int, ...] = ()
    """The entries that are new."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Kept:
    """One change that is stored: its entry, and how many cross-posts wait for an editor because of it."""

    change: Change
    entry_id: int
    queued: int = 0
    into: int | None = None
    """The entry of another source that tells the same."""


def store(
    tx: Connection, desk: Desk, source: Source, document: ParsedFeed, now: datetime, *, is_backlog: bool
) -> Stored:
    """Store what ``document`` says; of ``is_backlog`` what is new is offered as the source's ``backlog`` wants it.

    Entries that a document with ``fh:complete`` has no more are withdrawn; the caller clears it of a delta.
    """
    known = merging.known(tx, desk, source, sought(document.entries))
    changes = _untold(decide(document.entries, known, source, is_first=is_backlog), known)
    changes = recalling.recall(tx, source, changes, known, is_first=is_backlog)
    gone = withdrawing.missing(tx, source, document, known)
    around = replace(read(tx, desk, source, changes, now), is_backlog=is_backlog)
    tried = [_apart(tx, desk, source, change, around, now) for change in changes]
    kept = [one for one in tried if one]
    asked = (*_ask(tx, source, kept, now), *merging.ask(tx, source, _pairs(kept, is_backlog=is_backlog), now))
    withdrawing.withdraw(tx, desk, gone, now)
    return Stored(
        new=sum(one.change.kind == "new" for one in kept),
        edited=sum(one.change.kind == "edited" for one in kept),
        known=sum(change.known_id is not None and change.kind != "shared" for change in changes),
        queued=sum(one.queued for one in kept),
        lost=tried.count(None),
        added=tuple(one.entry_id for one in kept if one.change.kind == "new"),
        notes=(*remarks(changes, now), *asked, *withdrawing.remark(gone), *recalling.remark(changes)),
    )


def _untold(changes: Sequence[Change], known: Sequence[KnownEntry]) -> tuple[Change, ...]:
    """The changes with those names only that this source's entries do not have yet."""
    told = {one.id: one.identities for one in known if one.is_here}
    return tuple(
        replace(change, identities=change.identities - told.get(change.known_id or 0, frozenset()))
        for change in changes
    )


def _ask(tx: Connection, source: Source, kept: Sequence[_Kept], now: datetime) -> tuple[str, ...]:
    """One question for all that the document raises it for."""
    kind = next((one.change.asks for one in kept), None)
    if kind is None:
        return ()
    held_back = [one.entry_id for one in kept if one.change.is_backlog and not one.change.posted]
    questions.ask(tx, source.id, kind, "", held_back, now)
    return ("So much is new, or newly named, that an editor is asked what it is.",)


def _pairs(kept: Sequence[_Kept], *, is_backlog: bool) -> list[tuple[int, int, bool]]:
    """What was merged into what, and whether nobody was to announce it anyway."""
    return [(one.into, one.entry_id, is_backlog or one.change.is_backlog) for one in kept if one.into is not None]


def _apart(tx: Connection, desk: Desk, source: Source, change: Change, around: Around, now: datetime) -> _Kept | None:
    """``None`` for an entry that cannot be stored: it stops no other. A database that fails stops them all."""
    if change.known_id is not None and _is_settled(change):
        return _Kept(change, change.known_id)
    try:
        with tx.begin_nested():
            return _store(tx, desk, source, change, around, now)
    except OperationalError:
        raise
    except Exception:
        said = {"source": source.id, "entry": change.entry.url or change.entry.title}
        log.exception("an entry of %(source)s could not be stored: %(entry)s", said)
        return None


def _is_settled(change: Change) -> bool:
    """Nothing of it is to be written down: so it is with most entries of most documents."""
    return change.kind in {"same", "frozen"} and not change.identities and not change.is_back


def _store(tx: Connection, desk: Desk, source: Source, change: Change, around: Around, now: datetime) -> _Kept:
    if change.known_id is None:
        return _store_new(tx, desk, source, change, around, now)
    entries.remember(tx, source.id, change.known_id, change.identities)
    if change.is_back:
        withdrawing.restore(tx, desk, change.known_id, now)
    match change.kind:
        case "edited":
            queued = _store_edit(tx, desk, source, change, around, now)
        case "shared":
            queued = _share(tx, desk, source, change, around, now)
        case _:
            queued = 0
    return _Kept(change, change.known_id, queued)


def _store_new(tx: Connection, desk: Desk, source: Source, change: Change, around: Around, now: datetime) -> _Kept:
    name = entries.free_slug(tx, slug(change.entry))
    post = desk.housed(normalise(change.entry, source, around.home, name, around.recent, now))
    into = merging.first(tx, source, post, around.told)
    entry_id = entries.add(tx, change, wanting.unseen(post, source), now)
    is_old = change.is_backlog or around.is_backlog
    wanting.want(tx, desk, source, entry_id, change.entry, None if is_old else now + wanting.HOLD)
    if into is not None:
        first = merging.merge(tx, source, entry_id, into, now)
        return _Kept(change, entry_id, _spread(tx, desk, change, first, around, now), into)
    shown = wanting.unseen(post, source)
    queued = queue.add(tx, desk, entry_id, shown, skipped=change.skipped, now=now)
    around.put(shown)
    return _Kept(change, entry_id, queued)


def _store_edit(tx: Connection, desk: Desk, source: Source, change: Change, around: Around, now: datetime) -> int:
    old = entries.get(tx, change.known_id or 0)
    if old is None:
        return 0
    new = normalise(change.entry, source, around.home, old.post.slug, around.recent, now)
    shown = replace(wanting.edited(tx, desk, source, old, new, change.entry), also=old.post.also)
    post = revised(old.post, shown, now, around.beside(old.post))
    entries.change(tx, old.id, change.fingerprint, post, change.entry.title)
    if post != old.post:
        earlier.keep(tx, old.id, old.post, now)
    if old.merged_into is not None:
        crediting.readdress(tx, old.merged_into, old.post.credit_url, crediting.of(source, post, post.credit_url), now)
        return 0
    queued = queue.revise(tx, desk, old.id, old.post, post, now)
    if old.post.picture and post.picture is None and (digest := digest_of(old.post.picture.url)):
        pictures.forget(tx, digest)
    around.put(post)
    return queued


def _share(tx: Connection, desk: Desk, source: Source, change: Change, around: Around, now: datetime) -> int:
    """Another source's entry: it keeps its words, and credits this source too."""
    entry = entries.get(tx, change.known_id or 0)
    first = entries.get(tx, entry.merged_into) if entry and entry.merged_into else entry
    if first is None:
        return 0
    credit = crediting.of(source, first.post, change.entry.url or first.post.credit_url)
    return _spread(tx, desk, change, crediting.give(tx, first.id, credit, now), around, now)


def _spread(tx: Connection, desk: Desk, change: Change, first: Entry | None, around: Around, now: datetime) -> int:
    """What one source more tells goes to the accounts that only this source's routes reach."""
    if first is None:
        return 0
    around.put(first.post)
    return queue.share(tx, desk, first, skipped=change.skipped, now=now)
