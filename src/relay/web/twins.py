"""Other entries of the queue that tell the same news, under a headline of the same words."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost, State
from relay.core.entry import Entry
from relay.core.identity.sameness import same
from relay.core.people import Editor
from relay.core.review.moving import Refusal, check
from relay.core.review.transitions import Event
from relay.storage import crossposts, entries, finding

LOOKED_AT = 400
"""Cross-posts of like headlines that are looked at for a page, the newest: those on the page are among them."""
OF_ONE = 3
"""Entries that are named beside one."""
ALIVE = tuple(
    state
    for state in State
    if state not in {State.REJECTED, State.EXPIRED, State.SKIPPED, State.ABANDONED, State.WITHDRAWN}
)
"""Where a post is on its way, or out."""


@dataclass(frozen=True, slots=True)
class Twin:
    """Another entry with the same news, and its cross-posts that are alive."""

    entry: Entry
    crossposts: tuple[Crosspost, ...]

    @property
    def first(self) -> Crosspost:
        """Where it is looked at."""
        return self.crossposts[0]


@dataclass(frozen=True, slots=True)
class Choice:
    """A twin of the entry in focus, and what each of the two would lose if the other were kept."""

    twin: Twin
    ours: tuple[Crosspost, ...]
    theirs: tuple[Crosspost, ...]


def choices(tx: Connection, one: Crosspost, siblings: Sequence[Crosspost], editor: Editor) -> tuple[Choice, ...]:
    """What ``editor`` may drop of the entry of ``one``, or for it: only where the other is for the same account."""
    found = twins(tx, (one,)).get(one.id, ())
    alive = [own for own in siblings if own.state in ALIVE]
    return tuple(
        Choice(twin, _dropped(alive, twin.crossposts, editor), _dropped(twin.crossposts, alive, editor))
        for twin in found
    )


def _dropped(some: Sequence[Crosspost], kept: Sequence[Crosspost], editor: Editor) -> tuple[Crosspost, ...]:
    accounts = {one.account for one in kept}
    return tuple(one for one in some if one.account in accounts and _can(one, editor))


def _can(one: Crosspost, editor: Editor) -> bool:
    """The rule itself is asked."""
    try:
        check(one, Event.MERGE, editor)
    except Refusal:
        return False
    return True


def twins(tx: Connection, found: Sequence[Crosspost]) -> dict[int, tuple[Twin, ...]]:
    """For each of these cross-posts that has any: what else tells its news. Where there is any doubt, none does."""
    alike = finding.twins(tx, [one.id for one in found], ALIVE, LOOKED_AT)
    ids = {id for others in alike.values() for id in others}
    known = entries.by_ids(tx, {*ids, *(one.entry_id for one in found if one.id in alike)})
    alive: dict[int, list[Crosspost]] = {}
    for one in crossposts.of_entries(tx, ALIVE, sorted(ids)):
        alive.setdefault(one.entry_id, []).append(one)
    told = {one.id: _telling(known.get(one.entry_id), [known[id] for id in alike.get(one.id, ())]) for one in found}
    return {
        id: tuple(Twin(entry, tuple(alive[entry.id])) for entry in others if entry.id in alive)
        for id, others in told.items()
        if others
    }


def _telling(own: Entry | None, others: Sequence[Entry]) -> list[Entry]:
    if own is None:
        return []
    return [other for other in others if same(own.post, [other.post])][:OF_ONE]
