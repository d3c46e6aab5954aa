"""What lies on an editor's desk: the queue, and the cross-post in focus."""

from dataclasses import dataclass

from sqlalchemy import Connection

from relay.core.people import Editor
from relay.web import queue
from relay.web.focus import Focus, focus
from relay.web.office import Office
from relay.web.queue import Queue
from relay.web.search import Asked, wanted
from relay.web.twins import Choice, choices


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on the page; ``previous`` and ``next`` are cross-posts of the neighbouring entries."""

    counts: dict[str, int]
    queue: Queue
    focus: Focus | None
    previous: int | None
    next: int | None
    twins: tuple[Choice, ...] = ()
    """What else tells the news of the one in focus."""


def load(tx: Connection, office: Office, editor: Editor, asked: Asked, after: int | None) -> Sheet:
    """A page of a tab, its first cross-post in focus."""
    found = queue.load(tx, asked.tab, after, wanted(asked, office.desk, editor))
    first = found.lines[0].crossposts[0] if found.lines else None
    return _sheet(tx, editor, found, focus(tx, office, editor, first) if first else None)


def load_at(tx: Connection, office: Office, editor: Editor, asked: Asked, at: Focus) -> Sheet:
    """The page of a tab on which a cross-post stands; the first page when it is in none."""
    tab, own = asked.tab, wanted(asked, office.desk, editor)
    found = queue.load(tx, tab, None, own)
    if at.crosspost.state in tab.states and not _is_in(found, at):
        before = at.crosspost.entry_id + (1 if tab.is_past else -1)
        found = queue.load(tx, tab, before, own)
    return _sheet(tx, editor, found, at)


def _sheet(tx: Connection, editor: Editor, found: Queue, at: Focus | None) -> Sheet:
    ids = [line.entry_id for line in found.lines]
    firsts = [line.crossposts[0].id for line in found.lines]
    here = ids.index(at.crosspost.entry_id) if at and _is_in(found, at) else -1
    return Sheet(
        counts=queue.counts(tx),
        queue=found,
        focus=at,
        previous=firsts[here - 1] if here > 0 else None,
        next=firsts[here + 1] if here + 1 < len(firsts) else None,
        twins=choices(tx, at.crosspost, at.siblings, editor) if at else (),
    )


def _is_in(found: Queue, at: Focus) -> bool:
    return any(line.entry_id == at.crosspost.entry_id for line in found.lines)
