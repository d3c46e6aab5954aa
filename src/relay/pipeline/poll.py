"""Steps 2 to 8: from the sources that are due to entries, posts and queued cross-posts, one transaction a source."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from time import monotonic

from sqlalchemy import Connection

from relay.core.polling import moves
from relay.core.polling.pause import host_of
from relay.pipeline.desk import Desk
from relay.pipeline.polling import turns
from relay.pipeline.polling.asking import Polled
from relay.pipeline.polling.turns import Asking, Round
from relay.pipeline.polling.visiting import OF_A_HOST, visit
from relay.pipeline.reading.reader import Reader
from relay.storage import sources
from relay.storage.database import Database

AT_ONCE = 32
"""Hosts asked at the same time; one that hangs holds up one place, not the pass."""
AGAIN = 5.0
"""Seconds after which it is looked who has become due meanwhile, while somebody still takes their time."""
LONGEST = 900.0
"""Seconds after which nobody else joins a pass: it ends with those that are under way."""

Visits = list[tuple[str, "Future[list[Polled]]"]]
"""Each host with what its visit brings."""


def poll_due(
    db: Database,
    reader: Reader,
    desk: Desk,
    wanted: Sequence[str] | None,
    now: datetime,
    brought: Callable[[Sequence[Polled]], None] = lambda _: None,
) -> list[Polled]:
    """Ask every source that is due at ``now``, or those ``wanted`` whether due or not.

    ``brought`` is called after each request with what it brought: a pass over many sources that do not answer takes
    its time, is seen to be alive, and holds back no news. Whoever becomes due meanwhile is asked in the same pass.
    """
    began, moment = monotonic(), moving(now)

    def visited(host: Sequence[Asking]) -> list[Polled]:
        return told(visit(db, reader, desk, host[: None if wanted else OF_A_HOST], moment), brought)

    whose, visits = taken(db, desk, wanted, now), Visits()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        _begin(pool, visited, whose, visits, frozenset())
        while not wanted and monotonic() - began < LONGEST and wait([one for _, one in visits], AGAIN).not_done:
            busy = frozenset(host for host, one in visits if not one.done())  # before it is read who is due
            _begin(pool, visited, taken(db, desk, None, moment()), visits, busy)
    late = [Polled(member.source.id, member.state) for member in whose.put_off]
    return [*(polled for _, one in visits for polled in one.result()), *(late if wanted else ())]


def _begin(
    pool: ThreadPoolExecutor,
    visited: Callable[[Sequence[Asking]], list[Polled]],
    whose: Round,
    visits: Visits,
    busy: frozenset[str],
) -> None:
    """Each host is visited by one at a time: where somebody is still there, it waits."""
    for asked in turns.by_host(whose.askings):
        if (host := host_of(asked[0].url)) not in busy:
            visits.append((host, pool.submit(visited, asked)))


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
                if sources.state(tx, member.source.id).polled_at == member.state.polled_at:
                    sources.save(tx, member.source.id, member.state, None)


def readdress(tx: Connection, desk: Desk) -> None:
    """The configuration may name other addresses now: such a source is asked anew, even one that was gone."""
    for id, state in sources.states(tx).items():
        if id in desk.sources and (current := moves.current(desk.sources[id], state)) != state:
            sources.save(tx, id, current, None)
