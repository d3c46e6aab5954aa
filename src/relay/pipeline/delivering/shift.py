"""What one pass of deliveries works with, and how it writes down what it does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

import httpx
from sqlalchemy import Connection

from relay.core.account import Account
from relay.core.crosspost import Crosspost, Draft
from relay.core.outcome import AuthLost, Retry, Sent
from relay.core.pictures.rendition import digest_of
from relay.networks.network import Network
from relay.pipeline import late
from relay.pipeline.accounts import renewing, standing
from relay.pipeline.delivering.inhand import InHand
from relay.pipeline.desk import Desk
from relay.storage import accounts, crossposts, journal, pictures
from relay.storage.database import Database
from relay.storage.journal import Actor

Clock = Callable[[], datetime]
Said = TypeVar("Said")
Stored = TypeVar("Stored")

RELAY = Actor("relay", "delivery")
LEASE = timedelta(minutes=2)
"""Longer than any call to a network may take: a worker that is silent for so long is dead."""


@dataclass(frozen=True, slots=True)
class Shift:
    """The database, the way out, the operator's wishes, the time, and what this process has in hand."""

    db: Database
    http: httpx.Client
    desk: Desk
    clock: Clock
    hand: InHand = field(default_factory=InHand)

    def at(self, crosspost: Crosspost) -> tuple[Network, Account]:
        """Where it goes."""
        account = self.desk.accounts[crosspost.account]
        return self.desk.networks[account.network], account

    def store(self, old: Crosspost, new: Crosspost) -> bool:
        """A step within an attempt, if this attempt is still the one that counts."""
        with self.db.write() as tx:
            return crossposts.replace(tx, old, new)

    def kept(self, old: Crosspost, new: Crosspost) -> Crosspost | None:
        """The same, with a lease for another call; ``None`` where this attempt counts no more, and has to stop."""
        longer = replace(new, lease_until=self.clock() + LEASE)
        return longer if self.store(old, longer) else None

    def renewed(self, account: Account, outcome: Said) -> Said | Retry:
        """What a network said, but for a secret that could be renewed: then the same is asked again in a moment."""
        return renewing.after(self.db, self.http, self.desk, account, outcome, self.clock)

    def settle(self, old: Crosspost, new: Crosspost, outcome: object, name: str = "") -> Crosspost | None:
        """The end of an attempt, and what it says of the account; ``None`` where another attempt counts meanwhile."""
        return self.surely((old,), lambda: self._settle(old, new, outcome, name))

    def surely(self, attempted: Sequence[Crosspost], store: Callable[[], Stored]) -> Stored:
        """Written down now, or owed: a disk that is full must not make a doubt of what is known."""
        try:
            return store()
        except Exception:
            self.hand.owe(attempted[0], store)
            raise

    def _settle(self, old: Crosspost, new: Crosspost, outcome: object, name: str) -> Crosspost | None:
        with self.db.write() as tx:
            return self.settled(tx, old, new, outcome, name)

    def settled(
        self, tx: Connection, old: Crosspost, new: Crosspost, outcome: object, name: str = ""
    ) -> Crosspost | None:
        """The same, in a transaction that settles more than one."""
        now = self.clock()
        if isinstance(outcome, Sent) and outcome.allowance:
            accounts.set_allowance(tx, old.account, outcome.allowance)
        if isinstance(outcome, Retry) and outcome.is_limit:
            accounts.shut(tx, old.account, now + outcome.wait)
        if not crossposts.replace(tx, old, new):
            return None
        self.hand.lay_down(old)
        journal.end_attempt(tx, old, name or type(outcome).__name__, new.note, now)
        journal.write(tx, RELAY, old, new, new.note or str(new.state), now)
        if isinstance(outcome, AuthLost):
            standing.hold(tx, self.desk, old.account, outcome.why, now)
        return late.caught_up(tx, self.desk, old, new, now)

    def picture(self, draft: Draft) -> bytes | None:
        """The bytes of the picture that it is sent with, if relay keeps them."""
        digest = digest_of(draft.image.url) if draft.image else None
        if digest is None:
            return None
        with self.db.read() as tx:
            return next((pictures.body(tx, one) for one in pictures.sizes(tx, (digest,)) if one.need == "page"), None)
