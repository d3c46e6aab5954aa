"""What is known of a document's entries before it is stored, and what is kept of them for the next one."""

from collections.abc import Sequence

from sqlalchemy import Connection

from relay.core.document import ParsedEntry, ParsedFeed
from relay.core.entry import KnownEntry
from relay.core.identity.recognition import sought
from relay.core.identity.sketching import Made, sketched
from relay.core.source import Source
from relay.pipeline.desk import Desk
from relay.pipeline.storing import merging
from relay.storage import sketches


def known(tx: Connection, desk: Desk, source: Source, entries: Sequence[ParsedEntry]) -> list[KnownEntry] | None:
    """What is stored of them; of a sketch by the entry that it is of.

    ``None`` where that is not as the sketch says any more, or has something in common with what was read.
    """
    drawn = [entry.sketch for entry in entries if entry.sketch]
    found = merging.known(tx, desk, source, sought([entry for entry in entries if not entry.sketch]))
    if not drawn:
        return found
    ids = {one.entry_id for one in drawn} - {0}
    standing = sketches.standing(tx, source.id, drawn)
    if len(standing) < len(ids) or any(one.id in ids for one in found):
        return None
    return [*found, *standing]


def keep(
    tx: Connection, source: Source, document: ParsedFeed, made: Sequence[Made], known: Sequence[KnownEntry]
) -> None:
    """What is kept of a document that was polled; of one that has no marks nothing is, and nothing forgotten."""
    if any(entry.mark for entry in document.entries):
        sketches.put(tx, source.id, sketched(document.entries, made, known, source))
