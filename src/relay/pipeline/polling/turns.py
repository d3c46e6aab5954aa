"""Step 2: whose turn it is. What is asked together, what must wait, and in which order hosts are visited."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf
from time import monotonic

from sqlalchemy import Connection

from relay.core.polling import moves, pause, waiting
from relay.core.polling.pause import Pause
from relay.core.polling.pollstate import PollState
from relay.core.polling.rules import put_off
from relay.core.source import Source
from relay.pipeline.desk import Desk
from relay.storage import pauses, sources


@dataclass(frozen=True, slots=True)
class Member:
    """A source that is asked, and what is known of it.

    ``stored`` is the text of its row, empty where there is none; ``None`` where that is not to be all that decides.
    """

    source: Source
    state: PollState
    stored: str | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """One request, for every source that its answer is for: those of one address, or of addresses that lead to one.

    ``read`` is when it was read what is known of them, on the clock of ``monotonic``.
    """

    url: str
    members: tuple[Member, ...]
    read: float = -inf


@dataclass(frozen=True, slots=True)
class Round:
    """Who is asked in a pass, and who is put off because a host wants to be left alone."""

    askings: tuple[Asking, ...]
    put_off: tuple[Member, ...]


def take(
    tx: Connection, desk: Desk, wanted: Sequence[str] | None, now: datetime, among: Sequence[str] | None = None
) -> Round:
    """The sources due at ``now``, of all or ``among`` some, or those ``wanted``; a pause is kept even for a person."""
    read, found = monotonic(), _found(tx, desk, wanted, now, among)
    running = pauses.running(tx, now)
    held = [(member, _held(member, desk, running)) for member in found]
    late = tuple(replace(one, state=put_off(one.state, one.source, why.until, now)) for one, why in held if why)
    free = [member for member, why in held if why is None]
    return Round(tuple(_askings([*free, *_twins(tx, desk, free)], read)), late)


def hosts_due(tx: Connection, desk: Desk, now: datetime) -> dict[str, list[str]]:
    """The hosts where sources are due, and which: hosts and sources in the order in which they are to be asked.

    Without those whose feeds skip this hour: a visit has room for some only.
    """
    hosts: dict[str, list[str]] = {}
    for id, one in sources.places_due(tx, desk.sources, now):
        if not waiting.is_skipped(one.hints, now):
            hosts.setdefault(pause.host_of(moves.asked(desk.sources[id], one.place)), []).append(id)
    return hosts


def by_host(askings: Iterable[Asking]) -> list[list[Asking]]:
    """The requests to each host, in their order."""
    hosts: dict[str, list[Asking]] = {}
    for asking in askings:
        hosts.setdefault(host(asking), []).append(asking)
    return list(hosts.values())


def host(asking: Asking) -> str:
    """Where it is asked."""
    return pause.host_of(asking.url)


def _found(
    tx: Connection, desk: Desk, wanted: Sequence[str] | None, now: datetime, among: Sequence[str] | None
) -> list[Member]:
    if wanted is not None:
        return [_member(desk, id, sources.stored(tx, id)) for id in wanted]
    known = tuple(desk.sources) if among is None else [id for id in among if id in desk.sources]
    found = sources.due(tx, known, now) if among is None else sources.due_of(tx, known, now)
    due = [_member(desk, id, stored) for id, stored in found]
    return [member for member in due if not waiting.is_skipped(member.state.hints, now)]


def _member(desk: Desk, id: str, stored: str) -> Member:
    source = desk.sources[id]
    return Member(source, moves.current(source, sources.read(stored)), stored)


def _held(member: Member, desk: Desk, running: Mapping[str, Pause]) -> Pause | None:
    urls = (moves.address(member.source, member.state), member.state.place.landed)
    return pause.longest(running, urls, member.source.id, desk.own_hosts)


def _twins(tx: Connection, desk: Desk, found: Sequence[Member]) -> list[Member]:
    """Sources that are not due, but whose answer is the one that is about to come."""
    ids = {member.source.id for member in found}
    landed = [key(member) for member in found]
    alike = sources.landed(tx, landed, ids) if landed else []
    members = [_member(desk, id, stored) for id, stored in alike if id in desk.sources]
    return [member for member in members if not member.state.failures]


def _askings(members: Sequence[Member], read: float) -> list[Asking]:
    together: dict[str, list[Member]] = {}
    for member in members:
        together.setdefault(key(member), []).append(member)
    return [Asking(moves.address(own[0].source, own[0].state), tuple(own), read) for own in together.values()]


def key(member: Member) -> str:
    """What sources that are asked together have in common: where their last answer came from, if they are well."""
    landed = "" if member.state.failures else member.state.place.landed
    return landed or moves.address(member.source, member.state)
