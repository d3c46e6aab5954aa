"""How long the work of a dead or stopped worker lay: seen from its hosts and its accounts alone."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.scale.ends import Told
from tests.scale.far import Seen
from tests.scale.farm import Asked
from tests.scale.manners import SLACK
from tests.scale.plan import Times
from tests.scale.torment import Incident

BEFORE = 2.5
"""Seconds: whoever asked a host last, so short a time ago, had more to ask it."""


@dataclass(frozen=True, slots=True)
class Takeover:
    """``seconds`` from the stop or the death until somebody went on. ``is_clear``: nothing else befell anybody meanwhile."""

    what: str
    seconds: float
    is_clear: bool


def takeovers(
    seen: Seen, incidents: Sequence[Incident], times: Times, approved: Mapping[tuple[str, int], float]
) -> list[Takeover]:
    """``approved``: when a post had its yes."""
    hard = [one for one in incidents if one.kind in {"stop", "kill"} and one.target.startswith("worker")]
    hosts: dict[str, list[Asked]] = defaultdict(list)
    for asked in sorted(seen.asked, key=lambda one: one.began):
        hosts[asked.host].append(asked)
    accounts: dict[str, list[Told]] = defaultdict(list)
    for told in sorted(seen.told, key=lambda one: one.at):
        accounts[told.account].append(told)
    found = [
        *((one, after) for one in hard for own in hosts.values() for after in _polls(one, own, times.every)),
        *((one, after) for one in hard for own in accounts.values() for after in _posts(one, own, approved)),
    ]
    return [
        Takeover(f"{one.kind} of {one.target}", at - one.began, _is_clear(one, at, incidents, times.lease))
        for one, at in found
    ]


def _polls(incident: Incident, asked: Sequence[Asked], every: float) -> Iterator[float]:
    """When a source of this host was asked next that was due already; of no interest where the host was another's."""
    place = bisect_right([one.began for one in asked], incident.began)
    if not place or place == len(asked) or not _was_at(incident, asked[place - 1].worker, asked[place - 1].began):
        return
    following = asked[place]
    before = [one for one in asked[:place] if one.source == following.source]
    if not before or before[-1].ended + every * SLACK < incident.began:
        yield following.began


def _posts(incident: Incident, told: Sequence[Told], approved: Mapping[tuple[str, int], float]) -> Iterator[float]:
    """The same of an account: the next post that nobody had begun, and that had its yes."""
    place = bisect_right([one.at for one in told], incident.began)
    if not place or place == len(told) or not _was_at(incident, told[place - 1].worker, told[place - 1].at):
        return
    following, begun = told[place], {one.number for one in told[:place]}
    yes = approved.get((following.account, following.number))
    if following.number not in begun and yes is not None and yes < incident.began - BEFORE:
        yield following.at


def _was_at(incident: Incident, worker: str, at: float) -> bool:
    return worker == incident.target and incident.began - at <= BEFORE


def _is_clear(incident: Incident, at: float, incidents: Sequence[Incident], lease: float) -> bool:
    """From a lease before it on, whatever befell another was over, and nothing did until the work went on."""
    others = (one for one in incidents if one is not incident)
    return not any(one.began < at and one.ended > incident.began - lease for one in others)
