"""Steps 2 to 8: from the sources that are due to entries, posts and queued cross-posts, one transaction a source."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from time import monotonic

from sqlalchemy import Connection

from relay.core.polling import moves
from relay.pipeline.desk import Desk
from relay.pipeline.polling import turns
from relay.pipeline.polling.asking import Polled
from relay.pipeline.polling.crew import Crew
from relay.pipeline.polling.turns import Round
from relay.pipeline.polling.visiting import OF_A_HOST
from relay.pipeline.reading.reader import Reader
from relay.storage import sources
from relay.storage.database import Database

AT_ONCE = 128
"""Hosts asked at the same time; one that hangs holds up one place, not the pass."""
SLICE = 100
"""Hosts whose sources are read together, just before they are visited."""
AGAIN = 5.0
"""Seconds after which it is looked who has become due meanwhile, while somebody still takes their time."""
LONGEST = 900.0
"""Seconds after which nobody else joins a pass: it ends with those that are under way."""


def poll_due(
    db: Database,
    reader: Reader,
    desk: Desk,
    wanted: Sequence[str] | None,
    now: datetime,
    brought: Callable[[Sequence[Polled]], None] = lambda _: None,
) -> list[Polled]:
    """Ask every source that is due at ``now``, or those ``wanted`` whether due or not.

    ``brought`` is called as soon as something is stored: a pass over many sources that do not answer takes its time,
    is seen to be alive, and holds back no news. Whoever becomes due meanwhile is asked in the same pass.
    """
    began, moment = monotonic(), moving(now)
    with Crew(db, reader, desk, moment, brought, AT_ONCE) as crew:
        if wanted is not None:
            return _asked(crew, taken(db, desk, wanted, now))
        _sweep(db, desk, crew, now)
        while monotonic() - began < LONGEST and not crew.is_back(AGAIN):
            _sweep(db, desk, crew, moment())
        return [*crew.brought()]


def _asked(crew: Crew, whose: Round) -> list[Polled]:
    """All that somebody wants to be asked, and those that have to wait nevertheless."""
    for askings in turns.by_host(whose.askings):
        crew.send(askings)
    return [*crew.brought(), *(Polled(member.source.id, member.state) for member in whose.put_off)]


def _sweep(db: Database, desk: Desk, crew: Crew, now: datetime) -> None:
    """Send somebody to every host where sources are due, the longest overdue first.

    Each host is visited by one at a time: where somebody is still there, it waits.
    """
    busy, asked = crew.away()  # before it is read who is due
    with db.read() as tx:
        hosts = turns.hosts_due(tx, desk, now)
    free = [own[:OF_A_HOST] for host, own in hosts.items() if host not in busy]
    for start in range(0, len(free), SLICE):
        crew.make_room()  # what is read next is asked at once
        some = [id for own in free[start : start + SLICE] for id in own if id not in asked]
        for askings in turns.by_host(taken(db, desk, None, now, some).askings):
            if not crew.is_at(turns.host(askings[0])):
                asked |= crew.send(askings[:OF_A_HOST])


def moving(now: datetime) -> Callable[[], datetime]:
    """A clock that says ``now`` and goes on from there, in whole seconds."""
    began = monotonic()
    return lambda: now + timedelta(seconds=int(monotonic() - began))


def told(found: Iterable[Sequence[Polled]], brought: Callable[[Sequence[Polled]], None]) -> list[Polled]:
    """All that a visit brings, each part of it told as it comes."""
    every: list[Polled] = []
    for some in found:
        every += some
        brought(some)
    return every


def taken(
    db: Database, desk: Desk, wanted: Sequence[str] | None, now: datetime, among: Sequence[str] | None = None
) -> Round:
    """Whose turn it is; whoever has to wait is put off."""
    with db.read() as tx:
        whose = turns.take(tx, desk, wanted, now, among)
    _put_off(db, whose)
    return whose


def _put_off(db: Database, whose: Round) -> None:
    """Unless another process has asked meanwhile."""
    if whose.put_off:
        with db.write() as tx:
            for member in whose.put_off:
                if sources.stored(tx, member.source.id) == member.stored:
                    sources.save(tx, member.source.id, member.state, None)


def readdress(tx: Connection, desk: Desk) -> None:
    """The configuration may name other addresses now: such a source is asked anew, even one that was gone."""
    own = ((id, state) for id, state in sources.each(tx) if id in desk.sources)
    moved = {id: now for id, state in own if (now := moves.current(desk.sources[id], state)) != state}
    for id, state in moved.items():
        sources.save(tx, id, state, None)
