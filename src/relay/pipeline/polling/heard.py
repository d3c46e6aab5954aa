"""An answer as it was read, and what is written of it whatever it says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from relay.core.document import Fetched, NotModified, ParsedFeed
from relay.core.polling.pollstate import Lesson
from relay.core.source import Origin, Source
from relay.pipeline.polling.record import Exchange, Taken, record
from relay.pipeline.reading import quarantining
from relay.storage import fetches, quarantine, sources


@dataclass(frozen=True, slots=True)
class Heard:
    """What people should know of it are the ``notes``; ``since`` is when its source was last asked before."""

    exchange: Exchange
    document: ParsedFeed
    lesson: Lesson
    notes: tuple[str, ...]
    since: datetime | None


def keep(tx: Connection, source: Source, heard: Heard, taken: Taken, told: Origin | None, now: datetime) -> None:
    """The source as it stands then, with what its feed has ``told`` of itself, and the fetch."""
    sources.save(tx, source.id, taken.after, told)
    fetches.add(tx, source.id, record(heard.exchange, taken, now))


def keep_all(tx: Connection, some: Sequence[tuple[Source, Heard, Taken, datetime]]) -> None:
    """The fetches of several sources, whose states are kept already."""
    held = quarantine.among(tx, {source.id for source, *_ in some})
    for source, heard, _, now in some:
        if heard.document.is_deadly or source.id in held:
            note(tx, source, heard, now)
    fetches.add_all(tx, [(source.id, record(heard.exchange, taken, now)) for source, heard, taken, now in some])


def note(tx: Connection, source: Source, heard: Heard, now: datetime) -> None:
    """What ended the process that read it is held against its source, until a document is read to its end.

    To be called where either may be so. The last document that was read may have come back.
    """
    answer = heard.exchange.answer
    if isinstance(answer, Fetched | NotModified):
        body = answer.body if isinstance(answer, Fetched) else b""
        quarantining.note(tx, source.id, body, heard.document, now)
