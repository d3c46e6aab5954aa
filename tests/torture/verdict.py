"""What came of a run, in the four numbers of Jepsen's queue checker, and what a number alone does not say."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select, text

from relay.core.crosspost import Crosspost, State
from relay.pipeline import auditing
from relay.storage import crossposts
from relay.storage.database import Database
from relay.storage.tables.review import attempts
from tests.torture import stock

MOST = 10
"""So many sentences are enough to begin with."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``lost`` and ``duplicated`` are posts that people approved; ``unexpected`` is public, and should not be.

    ``recovered`` were in doubt at least once, and are there exactly once. ``told``: nobody but a person could find
    out that they are not there, and a person did. ``wrong`` is a sentence for each other thing that is not as it must be.
    """

    posts: int
    sent: int
    lost: int
    duplicated: int
    unexpected: int
    recovered: int
    told: int
    wrong: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether everything is there exactly once, and known to be."""
        return not (self.lost or self.duplicated or self.unexpected or self.wrong)


def judge(db: Database, public: Counter[tuple[str, int]]) -> Verdict:
    """Hold the queue against what the far ends have; only when nothing is in flight any more."""
    with db.read() as tx:
        rows = {stock.name(one): one for one in crossposts.by_state(tx, tuple(State))}
        doubtful = set(tx.execute(select(attempts.c.crosspost_id).where(_is_doubtful())).scalars())
    approved = {name: one for name, one in rows.items() if one.approvals}
    told = {name for name, one in approved.items() if one.state is State.ABANDONED}
    return Verdict(
        posts=len(approved),
        sent=sum(one.state is State.SENT for one in approved.values()),
        lost=sum(not public[name] for name in approved.keys() - told),
        duplicated=sum(max(public[name] - 1, 0) for name in approved),
        unexpected=sum(copies for name, copies in public.items() if name not in approved or name in told),
        recovered=sum(one.id in doubtful and public[name] == 1 for name, one in approved.items()),
        told=len(told),
        wrong=(*_strays(approved, public), *_unfinished(approved.values()), *_damage(db)),
    )


def _strays(approved: Mapping[tuple[str, int], Crosspost], public: Counter[tuple[str, int]]) -> Iterator[str]:
    """Which posts they are, the first few of them: where to begin to look."""
    there = {name: public[name] for name in approved.keys() | public.keys()}
    strays = sorted(name for name, copies in there.items() if copies != _due(approved.get(name)))
    for name in strays[:MOST]:
        one = approved.get(name)
        yield f"{name[0]} {name[1]}: {there[name]} times public, {one.state if one else 'never approved'}"


def _due(one: Crosspost | None) -> int:
    return int(one is not None and one.state is not State.ABANDONED)


def _is_doubtful() -> ColumnElement[bool]:
    return attempts.c.outcome.is_(None) | attempts.c.outcome.in_(("Unsure", "NotThere"))


def _unfinished(approved: Iterable[Crosspost]) -> tuple[str, ...]:
    open_ = Counter(one.state for one in approved if one.state not in {State.SENT, State.ABANDONED})
    return tuple(f"{number} posts are still {state}" for state, number in open_.items())


def _damage(db: Database) -> tuple[str, ...]:
    """What SQLite, and the chain of the audit, say of the file."""
    with db.read() as tx:
        said = str(tx.execute(text("PRAGMA integrity_check")).scalar())
    found, strays = auditing.verify(db)
    return tuple(filter(None, ("" if said == "ok" else f"integrity: {said}", found.wrong, *strays)))
