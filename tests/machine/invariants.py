"""What holds after every step."""

from collections.abc import Mapping
from itertools import islice

from sqlalchemy import Connection, select

from relay.core.review import chain
from relay.storage import ledger, stops
from relay.storage.tables.review import audit
from tests.machine.life import Life


def check(life: Life) -> None:
    """Nothing unapproved, nothing twice, an audit that is chained and as the queue is, a stop that is in force."""
    assert life.far_end.wrong == [], "; ".join(life.far_end.wrong)
    found = [identity for identity in life.far_end.twice() if identity not in life.unknown]
    assert found == [], f"public twice: {found}"
    if life.process.commits == life.verified[2]:
        return
    with life.process.db.read() as tx:
        _follow(life, tx)
        assert (strays := list(islice(ledger.strays(tx), 3))) == [], strays
        assert (stops.in_force(tx) is not None) == life.said.is_stopped, "a stop is in force that nobody wants"


def _follow(life: Life, tx: Connection) -> None:
    """The lines since those that were looked at; at the end of a walk all of them are looked at once more."""
    number, before, _ = life.verified
    new = list(tx.execute(select(audit).where(audit.c.id > number).order_by(audit.c.id)))
    fresh: list[Mapping[str, object]] = []
    for row in new:
        fresh.append({**chain.fields(ledger._record(row), before or chain.START), "hash": row.hash})
        before = row.hash
    found = chain.verify(fresh)
    assert found.wrong == "", found.wrong
    life.verified = (new[-1].id if new else number, before, life.process.commits)
