"""What lies on an editor's desk: the queue, and the cross-post in focus."""

from dataclasses import dataclass

from sqlalchemy import Connection

from relay.core.people import Editor
from relay.web import queue
from relay.web.focus import Focus, focus
from relay.web.office import Office
from relay.web.queue import Queue, Tab


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on the page; ``previous`` and ``next`` are cross-posts of the neighbouring entries."""

    counts: dict[str, int]
    queue: Queue
    focus: Focus | None
    previous: int | None
    next: int | None


def load(tx: Connection, office: Office, editor: Editor, tab: Tab, after: int | None) -> Sheet:
    """A page of a tab, its first cross-post in focus."""
    found = queue.load(tx, tab, after)
    first = found.lines[0].crossposts[0] if found.lines else None
    return _sheet(tx, found, focus(tx, office, editor, first) if first else None)


def load_at(tx: Connection, tab: Tab, at: Focus) -> Sheet:
    """The page of a tab on which a cross-post stands; the first page when it is in none."""
    found = queue.load(tx, tab, None)
    if at.crosspost.state in tab.states and not _is_in(found, at):
        before = at.crosspost.entry_id + (1 if tab.is_past else -1)
        found = queue.load(tx, tab, before)
    return _sheet(tx, found, at)


def _sheet(tx: Connection, found: Queue, at: Focus | None) -> Sheet:
    ids = [line.entry_id for line in found.lines]
    firsts = [line.crossposts[0].id for line in found.lines]
    here = ids.index(at.crosspost.entry_id) if at and _is_in(found, at) else -1
    return Sheet(
        counts=queue.counts(tx),
        queue=found,
        focus=at,
        previous=firsts[here - 1] if here > 0 else None,
        next=firsts[here + 1] if here + 1 < len(firsts) else None,
    )


def _is_in(found: Queue, at: Focus) -> bool:
    return any(line.entry_id == at.crosspost.entry_id for line in found.lines)
