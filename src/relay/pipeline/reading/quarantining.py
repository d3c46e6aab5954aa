"""Documents that end the process that reads them: counted, and after three no longer read."""

import hashlib
from datetime import datetime

from sqlalchemy import Connection

from relay.core.document import ParsedFeed
from relay.core.polling.quarantine import Quarantine, refusal, struck
from relay.storage import quarantine


def refused(known: Quarantine | None, body: bytes) -> ParsedFeed | None:
    """What stands in the place of a document that is not read any more."""
    why = refusal(known, hashlib.sha256(body).hexdigest())
    return ParsedFeed(error=why) if why else None


def strike(tx: Connection, source_id: str, body: bytes, document: ParsedFeed, now: datetime) -> None:
    """Count ``document``, which was to be read out of ``body``, against its source."""
    digest = hashlib.sha256(body).hexdigest()
    quarantine.put(tx, source_id, struck(quarantine.of(tx, source_id), digest, document.error or "", now))


def note(tx: Connection, source_id: str, body: bytes, document: ParsedFeed, now: datetime) -> None:
    """The same of a document that was polled; one that was read to its end wipes out what was counted."""
    if document.is_deadly:
        strike(tx, source_id, body, document, now)
    elif document.error is None and quarantine.of(tx, source_id):
        quarantine.release(tx, source_id)
