"""The posts that new ones are compared with, kept from poll to poll: only what was written since is read again."""

from collections import ChainMap, Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from relay.core.identity.likest import Likest
from relay.core.post import Post
from relay.core.subject.nearby import Nearby
from relay.core.subject.neighbour import Neighbour
from relay.core.subject.related import SIGHT
from relay.storage import changing, entries, merged, nearby
from relay.storage.nearby import Written

LONG_AGO = datetime.min.replace(tzinfo=UTC)
KEPT = 2 * SIGHT
"""Posts that are kept in all, in whatever neighbourhoods; four to eight kilobytes each."""
TOLD = 2 * merged.MOST
"""Of what other sources told, so many of the newest: twice what is looked at, for the half may be a source's own."""
ANEW = 1000
"""If more than this was written since, all are read anew."""


@dataclass(frozen=True, slots=True)
class Where:
    """``sources`` show what a new post may refer to, for so long; ``group`` brings what may be the same news."""

    sources: tuple[str, ...]
    within: timedelta
    group: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Put:
    """What a transaction that may not end well has put there; ``changed`` is known of what is new, and only of that.

    ``gone`` had to go for it: what it was before, or the oldest. ``moment`` is when it was updated, unless it is too
    old to be referred to.
    """

    entry_id: int
    id: str
    gone: Neighbour | None
    changed: int | None
    slug: str
    moment: datetime | None


@dataclass(slots=True)
class Neighbourhood:
    """As the database had it when the number of the last change was ``seen``, and what is being written since."""

    where: Where
    near: Nearby = field(default_factory=Nearby)
    likest: Likest = field(default_factory=lambda: Likest(TOLD))
    seen: int | None = None
    since: datetime = LONG_AGO
    """Nothing older is referred to."""
    being_put: list[_Put] = field(default_factory=list)
    moments_put: Counter[datetime] = field(default_factory=Counter)
    """When these were updated: also where more are put than there is room for."""

    def __len__(self) -> int:
        """How many posts are kept; one that keeps none takes a place, too."""
        return 1 + max(len(self.near.numbers), len(self.likest.marked))

    @property
    def moments(self) -> Collection[datetime]:
        """When those that stand there were updated, and all that are being put."""
        return ChainMap(self.moments_put, self.near.moments)

    def moments_but(self, id: str) -> Collection[datetime]:
        """The same without this one, which is not being put yet."""
        return self.near.moments_but(id) | self.moments_put.keys()

    def refresh(self, tx: Connection, now: datetime) -> None:
        """As the database has it now. What was put, and is not there as it was put, was taken back."""
        self.since = now - self.where.within
        written = [] if self.seen is None else nearby.since(tx, self.seen)
        if not written or len(written) > ANEW + len(self.being_put):
            self._read_anew(tx)
            return
        found = {one.id: one for one in written if one.changed != self.seen}
        if not all(_stands(put, found.get(put.entry_id)) for put in self.being_put):
            self.undo()
        known = {put.entry_id for put in self.being_put if put.changed is not None}
        self._forget_put()
        self._read(tx, found.keys() - known)
        self.near.drop_before(self.since)
        self.seen = max(one.changed for one in written)

    def put(self, entry_id: int, post: Post, changed: int | None = None) -> None:
        """It is being stored: the next ones stand beside it. ``changed`` is its number, where it is new."""
        gone, moment = self.near.get(post.id), None
        if post.published >= self.since:
            gone = self.near.put(post) or gone
            moment = post.updated
            self.moments_put[moment] += 1
        if changed is not None and post.source_id in self.where.group:
            self.likest.put(entry_id, post.source_id, post)
        self.being_put.append(_Put(entry_id, post.id, gone, changed, post.slug, moment))

    def undo(self, but: int = 0) -> None:
        """What was being stored is not, ``but`` so much of it."""
        while len(self.being_put) > but:
            one = self.being_put.pop()
            self.near.drop(one.id)
            if one.gone:
                self.near.add(one.gone)
            if one.changed is not None:
                self.likest.drop(one.entry_id)
            if one.moment is not None:
                self._free(one.moment)

    def _free(self, moment: datetime) -> None:
        self.moments_put[moment] -= 1
        if not self.moments_put[moment]:
            del self.moments_put[moment]

    def _forget_put(self) -> None:
        self.being_put.clear()
        self.moments_put.clear()

    def _read_anew(self, tx: Connection) -> None:
        self.near, self.likest = Nearby(), Likest(TOLD)
        self._forget_put()
        self.seen = changing.head(tx)
        self._read(tx, None)

    def _read(self, tx: Connection, among: Collection[int] | None) -> None:
        if among is not None and not among:
            return
        shown = nearby.shown(tx, self.where.sources, self.since, SIGHT, among)
        told = nearby.told(tx, self.where.group, TOLD, among) if self.where.group else []
        found = entries.by_ids(tx, {*shown, *told, *(among or ())})
        for id in among or ():
            self.near.drop(found[id].post.id)
            self.likest.drop(id)
        for id in reversed(shown):
            self.near.put(found[id].post)
        for id in reversed(told):
            self.likest.put(id, found[id].source_id, found[id].post)
        if among is None and len(told) == TOLD:
            self.likest.floor = found[told[-1]].post.published


@dataclass(slots=True)
class Neighbourhoods:
    """Those that are kept, the one that was last asked for at the end."""

    kept: dict[Where, Neighbourhood] = field(default_factory=dict)

    def at(self, where: Where) -> Neighbourhood:
        """The one there: kept, or empty."""
        found = self.kept.pop(where, None) or Neighbourhood(where)
        while self.kept and len(found) + sum(map(len, self.kept.values())) > KEPT:
            del self.kept[next(iter(self.kept))]
        self.kept[where] = found
        return found


_of: WeakKeyDictionary[Engine, Neighbourhoods] = WeakKeyDictionary()


def of(database: Engine) -> Neighbourhoods:
    """Those of this process, as long as it has the database. Whoever stores writes of anything: nobody else asks."""
    return _of.setdefault(database, Neighbourhoods())


def _stands(put: _Put, written: Written | None) -> bool:
    return written is not None and put.changed in (None, written.changed) and put.slug == written.slug
