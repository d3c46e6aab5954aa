"""An answer that brings something: what it says is stored whole, in one transaction, or nothing of it is."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from relay.core.polling import moves
from relay.core.polling import rules as polling
from relay.core.polling.pollstate import PollState
from relay.core.pushing import pushing
from relay.core.question import Kind
from relay.core.source import Backlog, Source
from relay.pipeline.desk import Desk
from relay.pipeline.polling import telling_off
from relay.pipeline.polling.heard import Heard, keep, note
from relay.pipeline.polling.lesson import origin
from relay.pipeline.polling.record import Taken
from relay.pipeline.pushing.subscribe import count_misses
from relay.pipeline.storing.store import Stored, store
from relay.pipeline.today import current
from relay.storage import questions, seldom
from relay.storage import sources as states
from relay.storage.database import Database


def take(db: Database, desk: Desk, source: Source, heard: Heard, now: datetime) -> tuple[PollState, Stored]:
    """The state after it, and what became of its entries: of none, where another process has asked meanwhile.

    Where what is stored ``is_stale``, nothing is written: the document is to be read whole.
    """
    document = heard.document
    with desk.tracing.span("store", source_id=source.id) as span, db.write() as tx:
        there = seldom.beside(tx, source.id)
        before = moves.current(source, states.read(there.state))
        if before.polled_at != heard.since:  # its answer counts, also where this process slept meanwhile
            return before, Stored()
        stored = store(tx, current(tx, desk), _reading(source, before), document, now, is_backlog=_is_backlog(before))
        if stored.is_stale:
            return before, stored
        agreed = count_misses(tx, source.id, now) if there.is_subscribed else None
        before = replace(before, backup=pushing.backup_poll(agreed, now))
        lesson = replace(heard.lesson, new=stored.new, known=stored.known)
        pause = telling_off.hear(tx, desk, source, heard.exchange, now, are_any=there.are_pauses)
        after = polling.next_poll(source, before, heard.exchange.answer, lesson, now, pause)
        after = _admitting(after, before, stored.lost)
        # What a feed says of itself is taken with its news: its dates alone must change nothing that goes out.
        told = origin(document, source, now) if stored.new or stored.edited else None
        if document.is_deadly or there.is_held_against:
            note(tx, source, heard, now)
        keep(tx, source, heard, Taken(before, after, document, stored, heard.notes), told, now)
        _tell(tx, source, before, after, now)
        span.say(new=stored.new, edited=stored.edited, queued=stored.queued)
        for id in stored.added:
            desk.tracing.entry(id)
    return after, stored


def _is_backlog(state: PollState) -> bool:
    return state.is_first or state.read_until is not None


def _reading(source: Source, state: PollState) -> Source:
    """With new wishes the document is read once more: what came out since it was last read is news as ever."""
    since = Backlog("since", moment=state.read_until)
    return replace(source, backlog=since) if state.read_until and not state.is_first else source


def _admitting(after: PollState, before: PollState, lost: int) -> PollState:
    """What was not stored must not hide behind the next 304: the source is asked without its new validators."""
    if not lost:
        return after
    what = "1 entry" if lost == 1 else f"{lost} entries"
    answer = f"{after.answer}; {what} could not be stored: see the log"
    return replace(after, validators=before.validators, body=before.body, answer=answer)


def _tell(tx: Connection, source: Source, before: PollState, after: PollState, now: datetime) -> None:
    """What an editor should know of a source beside its entries."""
    if after.place.url != before.place.url:
        questions.ask(tx, source.id, Kind.MOVED, after.place.url, (), now)
