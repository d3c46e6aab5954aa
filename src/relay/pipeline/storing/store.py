"""Steps 5 to 8: what a document says becomes entries, posts and queued cross-posts, however the document came."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from relay.core.document import ParsedFeed
from relay.core.entry import KnownEntry
from relay.core.identity.changes import Change, decide, remarks
from relay.core.identity.sketching import Made
from relay.core.normalise import normalise, revised
from relay.core.pictures.rendition import digest_of
from relay.core.source import Source
from relay.pipeline import queue
from relay.pipeline.desk import Desk
from relay.pipeline.picturing import wanting
from relay.pipeline.storing import crediting, merging, recalling, sharing, sketching, withdrawing
from relay.pipeline.storing.adding import Kept, begin
from relay.pipeline.storing.around import Storing, read
from relay.storage import earlier, entries, pictures, questions

log = logging.getLogger("relay")


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a document: entries ``new``, ``edited`` and ``known`` of old, cross-posts ``queued``.

    ``lost`` entries could not be stored; ``notes`` are sentences for a person. ``is_stale``: nothing is stored, since
    something that was not read again is not as it was known: the document is to be read whole.
    """

    new: int = 0
    edited: int = 0
    known: int = 0
    queued: int = 0
    lost: int = 0
    added: tuple[int, ...] = ()
    """The entries that are new."""
    notes: tuple[str, ...] = ()
    is_stale: bool = False


def store(
    tx: Connection, desk: Desk, source: Source, document: ParsedFeed, now: datetime, *, is_backlog: bool
) -> Stored:
    """Store what ``document`` says; of ``is_backlog`` what is new is offered as the source's ``backlog`` wants it.

    Entries that a document with ``fh:complete`` has no more are withdrawn; the caller clears it of a delta.
    """
    known = sketching.known(tx, desk, source, document.entries)
    if known is None:
        return Stored(is_stale=True)
    changes = _untold(decide(document.entries, known, source, is_first=is_backlog), known)
    changes = recalling.recall(tx, source, changes, known, is_first=is_backlog)
    gone = withdrawing.missing(tx, source, document, known)
    around = replace(read(tx, desk, source, changes, now), is_backlog=is_backlog)
    tried = _all(tx, Storing(desk, source, around, now), changes)
    kept = [one for one in tried if one]
    sketching.keep(tx, source, document, [Made(one.change, one.entry_id) for one in kept], known)
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
        replace(change, identities=change.identities - told[change.known_id])
        if change.identities and change.known_id in told
        else change
        for change in changes
    )


def _ask(tx: Connection, source: Source, kept: Sequence[Kept], now: datetime) -> tuple[str, ...]:
    """One question for all that the document raises it for."""
    kind = next((one.change.asks for one in kept), None)
    if kind is None:
        return ()
    held_back = [one.entry_id for one in kept if one.change.is_backlog and not one.change.posted]
    questions.ask(tx, source.id, kind, "", held_back, now)
    return ("So much is new, or newly named, that an editor is asked what it is.",)


def _pairs(kept: Sequence[Kept], *, is_backlog: bool) -> list[tuple[int, int, bool]]:
    """What was merged into what, and whether nobody was to announce it anyway."""
    return [(one.into, one.entry_id, is_backlog or one.change.is_backlog) for one in kept if one.into is not None]


def _all(tx: Connection, of: Storing, changes: Sequence[Change]) -> list[Kept | None]:
    """Everything at once; where something cannot be stored, one after the other: it stops no other.

    A database that fails stops them all.
    """
    if all(_is_settled(change) for change in changes):
        return [Kept(change, change.known_id or 0) for change in changes]
    try:
        with tx.begin_nested():
            return [*_stored(tx, of, changes)]
    except OperationalError:
        raise
    except Exception:  # noqa: BLE001  # whose it is shows where each is stored by itself
        of.around.beside.undo()
    return [_apart(tx, of, change) for change in changes]


def _apart(tx: Connection, of: Storing, change: Change) -> Kept | None:
    """``None`` for an entry that cannot be stored."""
    if _is_settled(change):
        return Kept(change, change.known_id or 0)
    before = len(of.around.beside.being_put)
    try:
        with tx.begin_nested():
            (kept,) = _stored(tx, of, (change,))
            return kept
    except OperationalError:
        raise
    except Exception:
        of.around.beside.undo(but=before)
        said = {"source": of.source.id, "entry": change.entry.url or change.entry.title}
        log.exception("an entry of %(source)s could not be stored: %(entry)s", said)
        return None


def _is_settled(change: Change) -> bool:
    """Nothing of it is to be written down: so it is with most entries of most documents."""
    is_known = change.known_id is not None and change.kind in {"same", "frozen"}
    return is_known and not change.identities and not change.is_back


def _stored(tx: Connection, of: Storing, changes: Sequence[Change]) -> list[Kept]:
    """In their order: what is new is written together, as far as nothing else comes between."""
    adding, kept = begin(tx, of, changes), list[Kept]()
    for change in changes:
        if change.known_id is None:
            kept.append(adding.add(change))
        elif _is_settled(change):
            kept.append(Kept(change, change.known_id))
        else:
            adding.write()
            kept.append(Kept(change, change.known_id, _store_known(tx, of, change, change.known_id)))
    adding.write()
    return kept


def _store_known(tx: Connection, of: Storing, change: Change, id: int) -> int:
    entries.remember(tx, of.source.id, id, change.identities)
    if change.is_back:
        withdrawing.restore(tx, of.desk, id, of.now)
    match change.kind:
        case "edited":
            return _store_edit(tx, of, change, id)
        case "shared":
            return sharing.share(tx, of, change)
        case _:
            return 0


def _store_edit(tx: Connection, of: Storing, change: Change, id: int) -> int:
    old, source, now = entries.get(tx, id), of.source, of.now
    if old is None:
        return 0
    new = normalise(change.entry, source, of.around.home, old.post.slug, (), now)
    shown = replace(wanting.edited(tx, of.desk, source, old, new, change.entry), also=old.post.also)
    post = revised(old.post, shown, now, taken=of.around.beside.moments_but(old.post.id))
    entries.change(tx, old.id, change.fingerprint, post, change.entry.title)
    if post != old.post:
        earlier.keep(tx, old.id, old.post, now)
    if old.merged_into is not None:
        crediting.readdress(tx, old.merged_into, old.post.credit_url, crediting.of(source, post, post.credit_url), now)
        return 0
    queued = queue.revise(tx, of.desk, old.id, old.post, post, now)
    if old.post.picture and post.picture is None and (digest := digest_of(old.post.picture.url)):
        pictures.forget(tx, digest)
    of.around.beside.put(old.id, post)
    return queued
