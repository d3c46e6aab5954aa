"""Bugs to plant in a worker: what other programs do after a crash. The harness must find each."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from sqlalchemy import Connection, update

from relay.core.crosspost import Crosspost, State
from relay.core.outcome import NotThere
from relay.core.review import settling
from relay.pipeline import tidy
from relay.storage import crossposts, journal
from relay.storage.database import Database
from relay.storage.tables.review import crossposts as table


def requeue_on_restart(db: Database) -> None:
    """What was being sent is sent again."""
    with db.write() as tx:
        anew = {"state": State.SCHEDULED, "lease_until": None}
        tx.execute(update(table).where(table.c.state == State.SENDING).values(anew))


def no_settle(_: Database) -> None:
    """A network is asked at once whether it has what it has not answered."""
    settling.FIRST_CHECK = settling.SECOND_LOOK = timedelta(0)


def blind_resend(_: Database) -> None:
    """Nothing is looked for."""
    tidy._find = lambda *_: NotThere()


def not_fenced(_: Database) -> None:
    """Whoever writes last is right, and no attempt has a number of its own: either alone keeps workers apart."""
    crossposts.replace = _unfenced
    journal.begin_attempt = lambda *_: None


def _unfenced(tx: Connection, old: Crosspost, new: Crosspost) -> bool:
    return tx.execute(update(table).where(table.c.id == old.id).values(crossposts._values(new))).rowcount == 1


PLANTS: Mapping[str, Callable[[Database], None]] = {
    "requeue-on-restart": requeue_on_restart,
    "no-settle": no_settle,
    "blind-resend": blind_resend,
    "not-fenced": not_fenced,
}
