"""relay, as a program that is tormented: its queue on a real database, its workers, and the person at its page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy import ColumnElement, select, text

from relay.core.crosspost import Crosspost, State
from relay.core.review.moving import Refusal
from relay.core.review.transitions import Event
from relay.pipeline import auditing, review
from relay.storage import crossposts
from relay.storage.database import Database, open_database
from relay.storage.owning import file_of
from relay.storage.schema import migrate
from relay.storage.tables.review import attempts
from tests.torture import stock, worker
from tests.torture.accounts import SILENT, desk
from tests.torture.clock import Clock
from tests.torture.program import Name, Post, Process, Standing
from tests.torture.stock import CAMILLE
from tests.torture.worker import Workplace

OPEN = (State.APPROVED, State.SCHEDULED, State.SENDING, State.UNCONFIRMED)


@dataclass(frozen=True, slots=True)
class Relay:
    """The ``Program`` that relay is."""

    place: Workplace
    db: Database
    clock: Clock
    chance: Random

    def give(self, posts: Sequence[Post], now: datetime) -> None:
        """Queued, approved and scheduled."""
        stock.store(self.db, posts, self.chance, now)

    def start(self) -> Process:
        """A process that does what the delivery loop does."""
        return worker.started(self.place)

    def in_flight(self) -> int:
        """Rows that are SENDING, and whose lease still runs."""
        now = self.clock.now()
        with self.db.read() as tx:
            return sum((one.lease_until or now) > now for one in crossposts.by_state(tx, (State.SENDING,)))

    def is_done(self) -> bool:
        """Whether no approved post is anything but sent or given up."""
        with self.db.read() as tx:
            return not crossposts.by_state(tx, OPEN, limit=1)

    def look(self, public: Mapping[Name, int]) -> None:
        """What a webhook has cannot be read back: the editor confirms what is there, and gives up what is not."""
        wishes = desk(self.place.url, self.place.members)
        with self.db.read() as tx:
            unknown = [one for one in crossposts.by_state(tx, (State.UNCONFIRMED,)) if one.account == SILENT]
        for one in unknown:
            event = Event.CONFIRM if public.get(stock.name(one)) else Event.GIVE_UP
            act = review.Act(event, "looked there")
            with suppress(Refusal):  # relay was quicker: it is in doubt no more
                review.move(self.db, wishes, one.id, (CAMILLE, "page"), act, self.clock.now())

    def standings(self) -> Mapping[Name, Standing]:
        """All rows of the queue."""
        with self.db.read() as tx:
            rows = crossposts.by_state(tx, tuple(State))
            doubtful = set(tx.execute(select(attempts.c.crosspost_id).where(_is_doubtful())).scalars())
        return {stock.name(one): _standing(one, doubtful) for one in rows}

    def damage(self) -> Sequence[str]:
        """What SQLite says of its file, and the chain of the audit of itself and of the queue."""
        found, strays = auditing.verify(self.db)
        return tuple(filter(None, (*_integrity(self.db), found.wrong, *strays)))


@contextmanager
def relay(place: Workplace, clock: Clock, chance: Random) -> Iterator[Relay]:
    """It, with its tables made."""
    db = open_database(place.database)
    try:
        migrate(db)
        yield Relay(place, db, clock, chance)
    finally:
        db.close()


def _standing(one: Crosspost, doubtful: set[int]) -> Standing:
    return Standing(
        is_approved=bool(one.approvals),
        is_sent=one.state is State.SENT,
        is_given_up=one.state is State.ABANDONED,
        was_doubtful=one.id in doubtful,
        said=str(one.state),
    )


def _is_doubtful() -> ColumnElement[bool]:
    return attempts.c.outcome.is_(None) | attempts.c.outcome.in_(("Unsure", "NotThere"))


def _integrity(db: Database) -> Iterable[str]:
    """PostgreSQL has no such question: it keeps sums of its pages itself, where it is told to."""
    if file_of(db) is None:
        return
    with db.read() as tx:
        said = str(tx.execute(text("PRAGMA integrity_check")).scalar())
    if said != "ok":
        yield f"integrity: {said}"
