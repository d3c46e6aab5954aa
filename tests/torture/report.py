"""What a run says of itself."""

from tests.torture.run import Plan, Report


def told(plan: Plan, report: Report) -> str:
    """A few lines for whoever has asked for it."""
    found, flown = report.verdict, report.in_flight
    return "\n".join(
        [
            f"lost {found.lost}, duplicated {found.duplicated}, unexpected {found.unexpected}, recovered {found.recovered}",
            f"of {found.posts} posts {found.sent} are sent, and {found.told} were given up by a person who looked there",
            f"{plan.kills} deaths ({_ways(report)}) with {sum(flown)} posts in flight",
            f"that is {sum(flown) / plan.kills:.1f} a death, {max(flown)} at most, and none at {flown.count(0)}",
            *([f"{report.on_pds} posts are in the repositories of Bluesky's own server"] if report.on_pds else []),
            f"{len(report.bad_ends)} workers did not end well within ten seconds when they were told to",
            f"{plan.faulty:.0%} faults, seed {plan.seed}, {sum(report.seconds.values()):.1f} s ({_parts(report)})",
            *report.bad_ends,
            *(found.wrong or ("the database is whole, and the audit's chain holds",)),
        ]
    )


def _ways(report: Report) -> str:
    return ", ".join(f"{way} {number}" for way, number in sorted(report.ways.items()))


def _parts(report: Report) -> str:
    return ", ".join(f"{part} {seconds:.1f}" for part, seconds in report.seconds.items())
