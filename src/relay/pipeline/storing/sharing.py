"""Another source's entry that this one shows too: it keeps its words, and credits this source."""

from sqlalchemy import Connection

from relay.core.entry import Entry
from relay.core.identity.changes import Change
from relay.pipeline import queue
from relay.pipeline.storing import crediting
from relay.pipeline.storing.around import Storing
from relay.storage import entries


def share(tx: Connection, of: Storing, change: Change) -> int:
    """How many cross-posts wait for an editor because of it."""
    entry = entries.get(tx, change.known_id or 0)
    first = entries.get(tx, entry.merged_into) if entry and entry.merged_into else entry
    if first is None:
        return 0
    credit = crediting.of(of.source, first.post, change.entry.url or first.post.credit_url)
    return spread(tx, of, change, crediting.give(tx, first.id, credit, of.now))


def spread(tx: Connection, of: Storing, change: Change, first: Entry | None) -> int:
    """What one source more tells goes to the accounts that only this source's routes reach."""
    if first is None:
        return 0
    of.around.beside.put(first.id, first.post)
    return queue.share(tx, of.desk, first, skipped=change.skipped, now=of.now)
