"""What came of a run, in the four numbers of Jepsen's queue checker, and what a number alone does not say."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.torture.program import Name, Public, Standing

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


def judge(standings: Mapping[Name, Standing], public: Public, damage: Sequence[str] = ()) -> Verdict:
    """Hold what a program says against what the far ends have; only when nothing is in flight any more."""
    approved = {name: one for name, one in standings.items() if one.is_approved}
    told = {name for name, one in approved.items() if one.is_given_up}
    return Verdict(
        posts=len(approved),
        sent=sum(one.is_sent for one in approved.values()),
        lost=sum(not public[name] for name in approved.keys() - told),
        duplicated=sum(max(public[name] - 1, 0) for name in approved),
        unexpected=sum(copies for name, copies in public.items() if name not in approved or name in told),
        recovered=sum(one.was_doubtful and public[name] == 1 for name, one in approved.items()),
        told=len(told),
        wrong=(*_strays(approved, public), *_unfinished(approved.values()), *damage),
    )


def _strays(approved: Mapping[Name, Standing], public: Public) -> Iterator[str]:
    """Which posts they are, the first few of them: where to begin to look."""
    there = {name: public[name] for name in approved.keys() | public.keys()}
    strays = sorted(name for name, copies in there.items() if copies != _due(approved.get(name)))
    for name in strays[:MOST]:
        one = approved.get(name)
        yield f"{name[0]} {name[1]}: {there[name]} times public, {one.said if one else 'never approved'}"


def _due(one: Standing | None) -> int:
    return int(one is not None and not one.is_given_up)


def _unfinished(approved: Iterable[Standing]) -> tuple[str, ...]:
    open_ = Counter(one.said for one in approved if not (one.is_sent or one.is_given_up))
    return tuple(f"{number} posts are still {state}" for state, number in open_.items())
