"""A run in words: what was asked, and what was reached."""

from collections.abc import Iterator
from itertools import chain

from tests.scale.plan import Plan
from tests.scale.takeovers import Takeover
from tests.scale.verdict import Verdict


def told(plan: Plan, found: Verdict) -> str:
    """One line a figure; then what is wrong."""
    lines = chain(_reached(plan, found), _promised(plan, found), (f"WRONG: {one}" for one in found.wrong))
    return "\n".join((*lines, "holds" if found.holds else "does not hold"))


def _reached(plan: Plan, found: Verdict) -> Iterator[str]:
    times = plan.times
    yield f"seed {plan.seed}, {plan.workers} workers, {plan.webs} web processes, faults {plan.faulty:.0%}, bug: {plan.plant or 'none'}"
    yield f"leases of {times.lease:g} s, of a post {times.post:g} s; a source every {times.every:g} s"
    cuts = found.incidents.get("cut", 0) + found.incidents.get("stall", 0)
    asked = (
        ("stops", plan.stops, found.incidents.get("stop", 0)),
        ("deaths", plan.kills, found.incidents.get("kill", 0)),
    )
    for name, wanted, reached in (*asked, ("cuts", plan.cuts, cuts), ("posts", plan.posts, found.posts)):
        yield f"{name:28} asked {wanted:6}   reached {reached:6}{'' if reached >= wanted else '   NOT REACHED'}"
    yield f"{'requests to sources':28} {found.polls}, of {plan.sources} sources"


def _promised(plan: Plan, found: Verdict) -> Iterator[str]:
    yield f"lost / duplicated / unexpected {found.lost} / {found.duplicated} / {found.unexpected}"
    yield f"attempts taken over {found.doubts}, stale results accepted {found.stale}"
    own = found.manners
    yield f"gaps below a second {len(own.hurried)} (beside a stop, a death or a cut: {own.hurried_beside}); the tightest {own.tightest:.3f} s"
    yield f"sources asked twice within their interval {len(own.twice)} (beside those: {own.twice_beside})"
    yield f"{_lay([one for one in found.takeovers if one.is_clear])} where nothing else befell anybody; at most {plan.times.lease + plan.later:g} s"
    yield f"{_lay([one for one in found.takeovers if not one.is_clear])} where more did"
    yield f"pages {found.pages}, 95 of 100 within {found.p95:.2f} s, the slowest {found.slowest:.2f} s; {found.refused} requests failed"


def _lay(over: list[Takeover]) -> str:
    seconds = sorted(one.seconds for one in over)
    middle = f", half within {seconds[len(seconds) // 2]:.1f} s, all within {seconds[-1]:.1f} s" if seconds else ""
    return f"work taken over {len(seconds)} times{middle},"
