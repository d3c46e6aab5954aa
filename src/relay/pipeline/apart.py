"""The steps as several workers take them: who is to be asked or sent for, then one host or one account at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from relay.core.polling.pause import host_of
from relay.pipeline.accounts import connected
from relay.pipeline.deliver import Delivered, deliver_account, ready
from relay.pipeline.delivering.inhand import InHand
from relay.pipeline.delivering.shift import Shift
from relay.pipeline.desk import Desk
from relay.pipeline.poll import moving, taken, told
from relay.pipeline.polling import turns
from relay.pipeline.polling.asking import Polled
from relay.pipeline.polling.turns import Asking
from relay.pipeline.polling.visiting import OF_A_HOST, Visit, visit
from relay.pipeline.reading.reader import Reader
from relay.storage import copies
from relay.storage.database import Database


@dataclass(frozen=True, slots=True)
class Errand:
    """A host that is to be visited, and the sources that are due there."""

    host: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rounds:
    """Whom a worker visits with what; ``hand`` says when nothing is begun any more, ``brought`` is told of news."""

    db: Database
    reader: Reader
    desk: Desk
    hand: InHand
    brought: Callable[[Sequence[Polled]], None] = lambda _: None

    def visit(self, ids: Sequence[str], now: datetime) -> list[Polled]:
        """Those of these sources that still are due: another worker may have asked since the errand was given."""
        found = taken(self.db, self.desk, None, now, ids).askings
        goes_on = (asking for asking in found if not self.hand.is_over)
        return told(visit(self.db, self.reader, self.desk, Visit(goes_on), moving(now)), self.brought)


def errands(db: Database, desk: Desk, now: datetime) -> list[Errand]:
    """Which hosts are to be visited at ``now``: one errand a host, however much is due there and since when."""
    return [_errand(askings[:OF_A_HOST]) for askings in turns.by_host(taken(db, desk, None, now).askings)]


def _errand(askings: Sequence[Asking]) -> Errand:
    ids = dict.fromkeys(member.source.id for asking in askings for member in asking.members)
    return Errand(host_of(askings[0].url), tuple(ids))


def accounts_due(db: Database, now: datetime) -> list[str]:
    """Which accounts have something to send, change or take back at ``now``."""
    with db.read() as tx:
        return list(ready(tx, now))


def deliver_one(shift: Shift, account: str) -> list[Delivered]:
    """What is due of one account; nothing where the database was put back from a copy that nobody looked over yet."""
    with shift.db.read() as tx:
        if copies.unseen(tx) is not None:
            return []
        desk, due = connected.current(tx, shift.desk), ready(tx, shift.clock()).get(account, [])
    return deliver_account(Shift(shift.db, shift.http, desk, shift.clock, shift.hand), due) if due else []
