"""The queue as editors see it: tabs by state, and one line an entry with its accounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost, State
from relay.core.entry import Entry
from relay.storage import crossposts, entries

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


def load(tx: Connection, tab: Tab, after: int | None) -> Queue:
    """The tab's entries that come after entry ``after``, or its first ones."""
    found = crossposts.of_entries(tx, tab.states, newest_first=tab.is_past, after=after, limit=LINES + 1)
    ids = {one.entry_id for one in found}
    lines = _lines(found, entries.by_ids(tx, ids), entries.sources(tx, ids))
    beyond = lines[LINES - 1].entry_id if len(lines) > LINES else None
    return Queue(tab, lines[:LINES], beyond)


def _lines(
    found: Sequence[Crosspost], known: Mapping[int, Entry], sources: Mapping[int, Sequence[str]]
) -> tuple[Line, ...]:
    by_entry: dict[int, list[Crosspost]] = {}
    for one in found:
        by_entry.setdefault(one.entry_id, []).append(one)
    return tuple(Line(id, known.get(id), tuple(own), len(sources.get(id, (id,)))) for id, own in by_entry.items())
