"""What a source does while a cross-post is leaving is remembered, and proposed once it has arrived."""

from datetime import datetime
from itertools import takewhile

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost, State
from relay.core.review import withdrawal
from relay.pipeline import queue, today
from relay.pipeline.desk import Desk
from relay.storage import crossposts, entries, journal


def caught_up(tx: Connection, desk: Desk, old: Crosspost, new: Crosspost, now: datetime) -> Crosspost:
    """``new``, or the proposal that its source asks for by what it did before ``new`` was all public."""
    if new.state is not State.SENT or old.state is State.SENT or not _missed(tx, new):
        return new
    entry = entries.get(tx, new.entry_id)
    desk = today.current(tx, desk)
    if entry is None or new.account not in desk.accounts:
        return new
    if entries.is_withdrawn(tx, entry.id):
        proposed = withdrawal.withdraw(new, now) if desk.route(new).asks_on_delete else None
    else:
        draft = desk.draft(entry.post, desk.route(new), new.account)
        proposed = None if draft == new.draft else queue.reworded(tx, desk, new, draft, now)
    if proposed is None or not crossposts.replace(tx, new, proposed):
        return new
    journal.write(tx, queue.RELAY, new, proposed, proposed.note, now)
    return proposed


def _missed(tx: Connection, new: Crosspost) -> bool:
    """Whether its source did anything between its last two arrivals, of which one is the last line."""
    before = reversed(journal.lines(tx, new.id)[:-1])
    since = takewhile(lambda line: line.to_state != State.SENT, before)
    return any(line.what == queue.MISSED for line in since)
