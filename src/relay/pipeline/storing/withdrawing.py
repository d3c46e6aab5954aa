"""Entries that their source takes back: only a document that says it is complete can say so (RFC 5005 §2)."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost
from relay.core.document import ParsedFeed
from relay.core.entry import KnownEntry
from relay.core.review import withdrawal
from relay.core.source import Source
from relay.pipeline.queue import RELAY
from relay.storage import crossposts, entries, journal


def missing(tx: Connection, source: Source, document: ParsedFeed, known: Sequence[KnownEntry]) -> set[int]:
    """The source's entries that a complete document shows no more; ``known`` are those it shows."""
    if not document.is_complete or document.error or "ill-formed XML" in document.repaired:
        return set()
    return entries.standing(tx, source.id) - {entry.id for entry in known}


def withdraw(tx: Connection, gone: Collection[int], now: datetime) -> None:
    """They are kept and published no more, and nothing of them leaves without a person's word."""
    for id in sorted(gone):
        entries.withdraw(tx, id, now)
        for old in crossposts.of_entry(tx, id):
            _move(tx, old, withdrawal.withdraw, now)


def restore(tx: Connection, id: int, now: datetime) -> None:
    """The source shows it again: it is published, and what was held for that reason is put before the editors anew."""
    entries.withdraw(tx, id, None)
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
