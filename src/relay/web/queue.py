"""The queue as editors see it: tabs by state, and one line an entry with its accounts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost, State
from relay.core.entry import Entry
from relay.storage import crossposts, entries, finding
from relay.storage.finding import Wanted
from relay.web.twins import twins

CHANGED = "The source has changed this entry"
"""How the note begins of what a source has changed."""
LINES = 40
"""Entries on one page of the queue."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab. ``is_alarm``: somebody should look. ``is_past``: nothing to do, so the newest come first."""

    name: str
    states: tuple[State, ...]
    is_alarm: bool = False
    is_past: bool = False


TABS = (
    Tab("waiting", (State.WAITING,)),
    Tab("changes", (State.CHANGES,)),
    Tab("proposed", (State.EDIT_PROPOSED, State.DELETE_PROPOSED)),
    Tab("scheduled", (State.APPROVED, State.SCHEDULED, State.SENDING, State.UPDATING, State.WITHDRAWING)),
    Tab("held", (State.HELD,)),
    Tab("unconfirmed", (State.UNCONFIRMED,), is_alarm=True),
    Tab("failed", (State.FAILED,), is_alarm=True),
    Tab("sent", (State.SENT,), is_past=True),
    Tab("closed", (State.REJECTED, State.EXPIRED, State.SKIPPED, State.ABANDONED, State.WITHDRAWN), is_past=True),
)
BY_NAME = {tab.name: tab for tab in TABS}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry and those of its cross-posts that are in the tab; ``entry`` may be gone."""

    entry_id: int
    entry: Entry | None
    crossposts: tuple[Crosspost, ...]
    sources: int = 1
    """How many sources show it."""
    has_twin: bool = False
    """Whether another entry tells the same."""

    @property
    def is_changed(self) -> bool:
        """Whether its source has other words since."""
        return any(one.note.startswith(CHANGED) for one in self.crossposts)


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of a tab. ``beyond`` is where the next page starts, ``None`` on the last."""

    tab: Tab
    lines: tuple[Line, ...]
    beyond: int | None


def tab_of(state: State) -> Tab:
    """The tab in which a cross-post in ``state`` is found."""
    return next(tab for tab in TABS if state in tab.states)


def counts(tx: Connection) -> dict[str, int]:
    """How many cross-posts each tab holds."""
    by_state = crossposts.count_by_state(tx)
    return {tab.name: sum(by_state.get(state, 0) for state in tab.states) for tab in TABS}


def load(tx: Connection, tab: Tab, after: int | None, wanted: Wanted | None = None) -> Queue:
    """The tab's entries that come after entry ``after``, or its first ones; those that are ``wanted``, or all."""
    asked = wanted or Wanted(tab.states)
    ids = finding.entries(tx, asked, newest_first=tab.is_past, after=after, limit=LINES + 1)
    found = crossposts.of_entries(tx, tab.states, ids[:LINES])
    same = twins(tx, found)
    lines = _lines(found, entries.by_ids(tx, ids[:LINES]), entries.sources(tx, ids[:LINES]), same)
    return Queue(tab, lines, ids[LINES - 1] if len(ids) > LINES else None)


def _lines(
    found: Sequence[Crosspost],
    known: Mapping[int, Entry],
    sources: Mapping[int, Sequence[str]],
    same: Collection[int],
) -> tuple[Line, ...]:
    by_entry: dict[int, list[Crosspost]] = {}
    for one in found:
        by_entry.setdefault(one.entry_id, []).append(one)
    return tuple(
        Line(id, known.get(id), tuple(own), len(sources.get(id, (id,))), any(one.id in same for one in own))
        for id, own in by_entry.items()
    )
