"""After the last end: the service is left alone until nothing is open, and then each post must be public once."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import text

from relay.config.load import load
from relay.core.crosspost import State
from relay.core.review.transitions import Event
from relay.pipeline import auditing
from relay.service import Relay
from relay.storage import crossposts
from relay.storage.database import Database
from relay.wiring import build, clock, network_keys
from tests.ending.far import SILENT, Far, number
from tests.ending.site import CAMILLE, Site

OPEN = (State.APPROVED, State.SCHEDULED, State.SENDING, State.UNCONFIRMED)
ROUNDS = 120


@dataclass(frozen=True, slots=True)
class Settled:
    """In the numbers of Jepsen's queue checker; ``told``: a person has looked, and it was not there."""

    posts: int = 0
    lost: int = 0
    duplicated: int = 0
    unexpected: int = 0
    told: int = 0
    wrong: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether everything is there exactly once, and known to be."""
        return not (self.lost or self.duplicated or self.unexpected or self.wrong)


def settle(place: Site, db: Database, far: Far) -> Settled:
    """Minutes go by on both sides; a person looks where relay cannot."""
    far.calm()
    configuration = load(place.file, place.environment(), network_keys()).configuration
    assert configuration
    with build(configuration, lambda: clock() + far.ahead) as relay:
        for _ in range(ROUNDS):
            relay.deliver()
            _look(relay, far)
            with db.read() as tx:
                if not crossposts.by_state(tx, OPEN, limit=1):
                    break
            far.ahead += timedelta(minutes=3)
    return _judged(db, far.public())


def _look(relay: Relay, far: Far) -> None:
    public = far.public()
    with relay.db.read() as tx:
        unknown = [one for one in crossposts.by_state(tx, (State.UNCONFIRMED,)) if one.account == SILENT]
    for one in unknown:
        event = Event.CONFIRM if public[one.account, number(one.draft.text)] else Event.GIVE_UP
        relay.move(one.id, event, CAMILLE, "page", "looked there")


def _judged(db: Database, public: Counter[tuple[str, int]]) -> Settled:
    with db.read() as tx:
        rows = {(one.account, number(one.draft.text)): one for one in crossposts.by_state(tx, tuple(State))}
        said = str(tx.execute(text("PRAGMA integrity_check")).scalar())
    approved = {name: one for name, one in rows.items() if one.approvals}
    told = {name for name, one in approved.items() if one.state is State.ABANDONED}
    unfinished = Counter(one.state for one in approved.values() if one.state not in {State.SENT, State.ABANDONED})
    found, strays = auditing.verify(db)
    return Settled(
        posts=len(approved),
        lost=sum(not public[name] for name in approved.keys() - told),
        duplicated=sum(max(public[name] - 1, 0) for name in approved),
        unexpected=sum(copies for name, copies in public.items() if name not in approved or name in told),
        told=len(told),
        wrong=tuple(
            filter(None, ("" if said == "ok" else said, found.wrong, *strays, f"{dict(unfinished)}" * bool(unfinished)))
        ),
    )
