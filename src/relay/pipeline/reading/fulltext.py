"""Between reading and storing: the articles behind what is new, for a source that wants them whole."""

from dataclasses import replace
from time import monotonic

from relay.core.document import ParsedEntry, ParsedFeed
from relay.core.entry import fingerprint
from relay.core.identity.changes import decide
from relay.core.identity.recognition import sought
from relay.core.source import Source
from relay.intake.fulltext import Completed, complete
from relay.pipeline.reading.reader import Reader
from relay.storage import entries
from relay.storage.database import Database

MOST = 10
"""Pages that are fetched for one poll; the newest entries have them first."""
PATIENCE = 60.0
"""Seconds for all of them; what has no article by then is as the feed has it."""


def completed(db: Database, reader: Reader, source: Source, document: ParsedFeed) -> tuple[ParsedFeed, tuple[str, ...]]:
    """``document`` with the articles of what is new or has changed, and why where there is none."""
    if not source.fulltext or not document.entries:
        return document, ()
    wanted = _news(db, source, document)[-MOST:]
    found: dict[int, Completed] = {}
    end = monotonic() + PATIENCE
    for entry in reversed(wanted):
        if monotonic() < end:
            found[id(entry)] = complete(reader.http, reader.robots, entry, reader.parsing.article)
    notes = tuple(dict.fromkeys(one.note for one in found.values() if one.note))
    whole = (_with(entry, found[id(entry)].entry) if id(entry) in found else entry for entry in document.entries)
    return replace(document, entries=tuple(whole)), notes


def _with(entry: ParsedEntry, complete: ParsedEntry) -> ParsedEntry:
    """The feed's own words stay beside the article: by them it is told whether the entry was edited."""
    return entry if complete == entry else replace(entry, article_html=complete.content_html)


def _news(db: Database, source: Source, document: ParsedFeed) -> list[ParsedEntry]:
    with db.read() as tx:
        known = entries.known(tx, source.id, sought(document.entries))
    known = known if source.merge else [one for one in known if one.is_here]
    changes = decide(document.entries, known, source, is_first=False)
    by_print = {fingerprint(entry): entry for entry in document.entries}
    return [by_print[change.fingerprint] for change in changes if change.kind in {"new", "edited"}]
