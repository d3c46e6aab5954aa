"""An answer that brings nothing new: it is written of its source alone, beside what is written of others meanwhile."""

from dataclasses import replace
from datetime import datetime

from relay.core.document import Answer, Busy, ParsedFeed
from relay.core.polling import moves
from relay.core.polling import rules as polling
from relay.core.polling.pollstate import PollState
from relay.core.pushing import pushing
from relay.core.source import Source
from relay.pipeline.desk import Desk
from relay.pipeline.polling import telling_off
from relay.pipeline.polling.heard import Heard, keep
from relay.pipeline.polling.record import Taken
from relay.pipeline.storing.store import Stored
from relay.storage import sources, subscriptions
from relay.storage.database import Database


def subject(source: Source) -> str:
    """Of what is written then: whoever polls another source need not wait for it."""
    return f"source:{source.id}"


def take(db: Database, desk: Desk, source: Source, heard: Heard, now: datetime) -> PollState | None:
    """The state after it, which is written; ``None``: nothing is, as it is about more than this source.

    So it is with entries, with a question to editors, and with the pauses of a host, which other sources are on too.
    """
    exchange, document = heard.exchange, heard.document
    if not _is_quiet(exchange.answer, document):
        return None
    with db.write(of=subject(source)) as tx:
        # Read anew: another process may have asked meanwhile.
        before = moves.current(source, sources.state(tx, source.id))
        before = replace(before, backup=pushing.backup_poll(subscriptions.of(tx, source.id), now))
        after = polling.next_poll(source, before, exchange.answer, heard.lesson, now)
        if before.polled_at != heard.since:
            return None
        if after.place.url != before.place.url or telling_off.is_over(tx, desk, source, exchange):
            return None
        keep(tx, source, heard, Taken(before, after, document, Stored(), heard.notes), None, now)
    return after


def _is_quiet(answer: Answer, document: ParsedFeed) -> bool:
    """A complete document that is empty takes all its entries back."""
    return not (isinstance(answer, Busy) or document.entries or document.is_complete)
