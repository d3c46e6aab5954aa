"""Steps 2 to 8: from the sources that are due to entries, posts and queued cross-posts, one transaction a source."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from time import monotonic

from sqlalchemy import Connection

from relay.core.polling import moves
from relay.pipeline.desk import Desk
from relay.pipeline.polling import turns
from relay.pipeline.polling.asking import Polled, ask
from relay.pipeline.polling.turns import Asking, Round
from relay.pipeline.reading.reader import Reader
from relay.storage import sources
from relay.storage.database import Database

AT_ONCE = 32
"""Hosts asked at the same time; one that hangs holds up one place, not the pass."""
OF_A_HOST = 10
"""Requests to one host in a pass, each a second after the other; the rest has its turn in the next pass."""

PATIENCE = 60.0
"""Seconds after which a host has had its share of a pass."""


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
    its time, is seen to be alive, and holds back no news.
    """
    with db.read() as tx:
        whose = turns.take(tx, desk, wanted, now)
    _put_off(db, whose)
    limit, began = None if wanted else OF_A_HOST, monotonic()

    def visit(host: Sequence[Asking]) -> list[Polled]:
        found: list[Polled] = []
        begun = monotonic()
        for asking in host[:limit]:
            asked = ask(db, reader, desk, asking, now + timedelta(seconds=int(monotonic() - began)))
            found += asked.polled
            brought(asked.polled)
            if asked.is_enough or monotonic() - begun > PATIENCE:
                break
        return found

    with ThreadPoolExecutor(AT_ONCE) as pool:
        visited = list(pool.map(visit, turns.by_host(whose.askings)))
    late = [Polled(member.source.id, member.state) for member in whose.put_off]
    return [*(polled for found in visited for polled in found), *(late if wanted else ())]


def _put_off(db: Database, whose: Round) -> None:
    if whose.put_off:
        with db.write() as tx:
            for member in whose.put_off:
                sources.save(tx, member.source.id, member.state, None)


def readdress(tx: Connection, desk: Desk) -> None:
    """The configuration may name other addresses now: such a source is asked anew, even one that was gone."""
    for id, state in sources.states(tx).items():
        if id in desk.sources and (current := moves.current(desk.sources[id], state)) != state:
            sources.save(tx, id, current, None)
