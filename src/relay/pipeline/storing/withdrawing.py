"""Entries that their source takes back: only a document that says it is complete can say so (RFC 5005 §2)."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost
from relay.core.document import ParsedFeed
from relay.core.entry import Entry, KnownEntry
from relay.core.review import withdrawal
from relay.core.review.workflow import revise
from relay.core.source import Source
from relay.pipeline import queue
from relay.pipeline.desk import Desk
from relay.pipeline.queue import RELAY
from relay.pipeline.storing import crediting, merging
from relay.storage import crossposts, entries, journal, merged


def missing(tx: Connection, source: Source, document: ParsedFeed, known: Sequence[KnownEntry]) -> set[int]:
    """The source's entries that a complete document shows no more; ``known`` are those it shows."""
    if not document.is_complete or document.error or "ill-formed XML" in document.repaired:
        return set()
    return entries.standing(tx, source.id) - {entry.id for entry in known}


def withdraw(tx: Connection, desk: Desk, gone: Collection[int], now: datetime) -> None:
    """They are kept and published no more, and nothing of them leaves without a person's word."""
    for id in sorted(gone):
        entries.withdraw(tx, id, now)
        queue.withdraw(tx, desk, id, now)
        second = entries.get(tx, id)
        if second and second.merged_into:
            _uncredit(tx, desk, second, second.merged_into, now)
        _step_in(tx, desk, id, now)


def restore(tx: Connection, desk: Desk, id: int, now: datetime) -> None:
    """The source shows it again: it is published, and what was held for that reason is put before the editors anew.

    One that another has replaced meanwhile is credited there.
    """
    entries.withdraw(tx, id, None)
    entry = entries.get(tx, id)
    source = desk.sources.get(entry.source_id) if entry else None
    if entry and entry.merged_into and not entries.is_withdrawn(tx, entry.merged_into):
        if source:
            merging.merge(tx, source, id, entry.merged_into, now)
        return
    if entry and entry.merged_into:
        _step_in(tx, desk, entry.merged_into, now)
        return
    for old in crossposts.of_entry(tx, id):
        if old.note == withdrawal.NOTE:
            _move(tx, old, withdrawal.restore, now)


def remark(gone: Collection[int]) -> tuple[str, ...]:
    """What a person should know."""
    if not gone:
        return ()
    return ("1 entry was withdrawn." if len(gone) == 1 else f"{len(gone)} entries were withdrawn.",)


def _uncredit(tx: Connection, desk: Desk, second: Entry, first: int, now: datetime) -> None:
    """Its source is credited no more, or with the next of its entries that tell the same."""
    crediting.take(tx, first, second.post.credit_url, now)
    source = desk.sources.get(second.source_id)
    others = entries.by_ids(tx, merged.into(tx, first))
    mine = [one for _, one in sorted(others.items()) if source and one.source_id == source.id]
    if source and mine:
        crediting.give(tx, first, crediting.of(source, mine[0].post, mine[0].post.credit_url), now)


def _step_in(tx: Connection, desk: Desk, gone: int, now: datetime) -> None:
    """Another stands in its place; what was held of that one, since it had been withdrawn itself, is asked anew."""
    stepped = merging.step_in(tx, desk, gone, now)
    if stepped is None:
        return
    heir, had = stepped
    for old in crossposts.of_entry(tx, heir.id):
        if old.note == withdrawal.NOTE and old.account in had:
            _move(tx, old, withdrawal.told, now)
        elif old.note == withdrawal.NOTE:
            _move(tx, old, partial(_anew, desk, heir), now)


def _anew(desk: Desk, heir: Entry, old: Crosspost, now: datetime) -> Crosspost | None:
    """In the words of today, unless an editor wrote it."""
    new = withdrawal.restore(old, now)
    if new is None or old.edited_by or old.account not in desk.accounts:
        return new
    draft = desk.draft(heir.post, desk.route(old), old.account)
    return new if draft == old.draft else revise(new, draft, now) or new


def _move(
    tx: Connection, old: Crosspost, step: Callable[[Crosspost, datetime], Crosspost | None], now: datetime
) -> None:
    new = step(old, now)
    if new and crossposts.replace(tx, old, new):
        journal.write(tx, RELAY, old, new, new.note, now)
