"""What came of a run, held against what was promised."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from relay.core.crosspost import State
from relay.storage.database import Database
from tests.scale import rows
from tests.scale.editor import Desk
from tests.scale.far import Seen
from tests.scale.farm import A_HOST
from tests.scale.manners import Manners, forgotten, manners
from tests.scale.plan import Plan
from tests.scale.rows import Name, Rows
from tests.scale.takeovers import Takeover, takeovers
from tests.scale.torment import Incident

MOST = 8
"""So many sentences of a kind are enough to begin with."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``wrong`` is a sentence for everything that is not as it must be; the others are the figures."""

    posts: int
    lost: int
    duplicated: int
    unexpected: int
    doubts: int
    stale: int
    polls: int
    manners: Manners
    takeovers: tuple[Takeover, ...]
    pages: int
    p95: float
    slowest: float
    refused: int
    incidents: Mapping[str, int]
    wrong: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether everything is as it must be."""
        return not self.wrong

    @property
    def clear(self) -> list[float]:
        """How long the work of each lay that was alone in its trouble, in seconds, the longest last."""
        return sorted(one.seconds for one in self.takeovers if one.is_clear)


def judge(
    plan: Plan, seen: Seen, incidents: Sequence[Incident], db: Database, desk: Desk, damage: Sequence[str]
) -> Verdict:
    """Only when nothing is in flight any more."""
    found, public = rows.read(db), seen.public
    named = {found.ids[id]: at for id, at in desk.acked.items() if id in found.ids}
    polite = manners(seen.asked, incidents, plan.times.every)
    over = tuple(takeovers(seen, incidents, plan.times, named))
    seconds = sorted(desk.seconds) or [0.0]
    p95 = seconds[int(len(seconds) * 0.95)]
    wrong = [
        *_posts(plan, found, public, desk),
        *(f"a stale result was accepted: {one}" for one in found.stale[:MOST]),
        *(f"a host was hurried: {one}" for one in polite.hurried[:MOST]),
        *(f"asked twice: {one}" for one in polite.twice[:MOST]),
        *_late(plan, over),
        *_unasked(plan, seen),
        *(f"nobody asks any more: {one}" for one in unwell(plan, seen)[:MOST]),
        *([f"95 of 100 pages took up to {p95:.1f} s"] if p95 > plan.slowest else []),
        *damage,
    ]
    return Verdict(
        posts=len(found.approved),
        lost=sum(not public[name] for name in found.approved),
        duplicated=sum(max(copies - 1, 0) for copies in public.values()),
        unexpected=sum(copies for name, copies in public.items() if name not in found.approved),
        doubts=found.doubts,
        stale=len(found.stale),
        polls=len(seen.asked),
        manners=polite,
        takeovers=over,
        pages=len(desk.seconds),
        p95=p95,
        slowest=seconds[-1],
        refused=len(desk.refused),
        incidents=Counter(one.kind for one in incidents),
        wrong=tuple(wrong),
    )


def _posts(plan: Plan, found: Rows, public: Mapping[Name, int], desk: Desk) -> list[str]:
    due = {name: 1 if name in found.approved else 0 for name in found.posts.keys() | public.keys()}
    strays = sorted(name for name, copies in due.items() if public.get(name, 0) != copies)
    wrong = [f"{name}: {public.get(name, 0)} times public, {found.posts.get(name, 'no row')}" for name in strays[:MOST]]
    unfinished = Counter(found.posts[name] for name in found.approved if found.posts[name] is not State.SENT)
    wrong += [f"{many} posts are still {state}" for state, many in unfinished.items()]
    forgotten = [id for id in desk.acked if found.ids.get(id) not in found.approved]
    wrong += [f"{len(forgotten)} yeses were answered and are not there"] if forgotten else []
    missing = plan.sources * plan.each - len(found.approved)
    return wrong + ([f"{missing} posts never had their yes"] if missing else [])


def _late(plan: Plan, over: Sequence[Takeover]) -> list[str]:
    most = plan.times.lease + plan.later
    late = [one for one in over if one.is_clear and one.seconds > most]
    return [f"taken over too late: {one.what}, after {one.seconds:.1f} s" for one in late[:MOST]]


def unwell(plan: Plan, seen: Seen) -> list[str]:
    """Sources that nobody asks any more. Those of a host are asked a second after each other, the last that much later."""
    return forgotten(seen.asked, plan.times.every, plan.times.lease + plan.later + 2 * A_HOST, seen.at)


def _unasked(plan: Plan, seen: Seen) -> list[str]:
    missing = plan.sources - len({one.source for one in seen.asked})
    return [f"{missing} sources were never asked"] if missing else []
