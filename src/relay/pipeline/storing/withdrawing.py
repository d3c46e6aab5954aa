"""Entries that their source takes back: only a document that says it is complete can say so (RFC 5005 §2)."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost
from relay.core.document import ParsedFeed
from relay.core.entry import KnownEntry
from relay.core.review import withdrawal
from relay.core.source import Source
from relay.pipeline.desk import Desk
from relay.pipeline.queue import RELAY
from relay.pipeline.storing import crediting, merging
from relay.storage import crossposts, entries, journal


def missing(tx: Connection, source: Source, document: ParsedFeed, known: Sequence[KnownEntry]) -> set[int]:
    """The source's entries that a complete document shows no more; ``known`` are those it shows."""
    if not document.is_complete or document.error or "ill-formed XML" in document.repaired:
        return set()
    return entries.standing(tx, source.id) - {entry.id for entry in known}


def withdraw(tx: Connection, desk: Desk, gone: Collection[int], now: datetime) -> None:
    """They are kept and published no more, and nothing of them leaves without a person's word."""
    for id in sorted(gone):
        entries.withdraw(tx, id, now)
        for old in crossposts.of_entry(tx, id):
            _move(tx, old, withdrawal.withdraw, now)
        second = entries.get(tx, id)
        if second and second.merged_into:
            crediting.take(tx, second.merged_into, second.post.credit_url, now)
        merging.step_in(tx, desk, id, now)


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
        merging.step_in(tx, desk, entry.merged_into, now)
    for old in crossposts.of_entry(tx, id):
        if old.note == withdrawal.NOTE:
            _move(tx, old, withdrawal.restore, now)


def remark(gone: Collection[int]) -> tuple[str, ...]:
    """What a person should know."""
    if not gone:
        return ()
    return ("1 entry was withdrawn." if len(gone) == 1 else f"{len(gone)} entries were withdrawn.",)


def _move(
    tx: Connection, old: Crosspost, step: Callable[[Crosspost, datetime], Crosspost | None], now: datetime
) -> None:
    new = step(old, now)
    if new and crossposts.replace(tx, old, new):
        journal.write(tx, RELAY, old, new, new.note, now)
