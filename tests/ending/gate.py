"""A network that says "too many", by whatever way it has of saying it, and counts who asks all the same."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from random import Random

import httpx

from relay.core.crosspost import State
from relay.core.directory.handles import Directory
from relay.core.route import ApprovalRule, Route
from relay.pipeline.accounts import limits
from relay.pipeline.deliver import deliver
from relay.pipeline.desk import Desk
from relay.pipeline.tidy import tidy
from relay.storage import crossposts
from relay.storage.database import Database
from tests.edges.far_end import FarEnd
from tests.ending import site
from tests.ending.far import number
from tests.fakes.wire import Call, Reply

START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@dataclass(slots=True)
class Gate:
    """Before the network of a far end; ``shut`` lets the next call be told to wait."""

    open: Callable[[Call], Reply]
    now: datetime = START
    until: datetime = START
    told: Reply | None = None
    early: list[str] = field(default_factory=list)
    """Calls that came while they had been told to wait."""

    def answer(self, call: Call) -> Reply:
        """The far side of the ``Wire``."""
        if self.told is not None:
            reply, self.told = self.told, None
            return reply
        if self.now < self.until:
            self.early.append(f"{call.method} {call.path} at {self.now:%H:%M:%S}")
        return self.open(call)

    def shut(self, wait: timedelta, reply: Reply) -> None:
        """The next call is answered so, and means ``wait``."""
        date = format_datetime(self.now, usegmt=True)
        self.told = Reply(reply.status, reply.body, {"date": date, **reply.headers})
        self.until = self.now + wait


@dataclass(slots=True)
class Room:
    """One account behind a gate, and the posts for it."""

    db: Database
    http: httpx.Client
    end: FarEnd
    gate: Gate
    numbers: int = 0

    @property
    def desk(self) -> Desk:
        """Everything goes to the one account."""
        account = self.end.account
        return Desk(
            sources={},
            feeds=(),
            accounts={account.id: account},
            routes=(Route(0, (), (account.id,), approval=ApprovalRule(undo=timedelta(0))),),
            directory=Directory({}),
            networks={account.network: self.end.network},
            public_url="https://blog.example",
        )

    def approve(self, many: int = 3) -> None:
        """So many posts have their yes, and are due."""
        wanted = range(self.numbers, self.numbers + many)
        self.numbers += many
        chance = Random(self.numbers)  # noqa: S311  # chance, and no secret
        with self.db.write() as tx:
            for one in wanted:
                site.store(tx, one, self.end.account.id, site.keys(one, chance, self.gate.now), self.gate.now)

    def run(self) -> None:
        """One pass of all that asks this network anything."""
        tidy(self.db, self.http, self.desk, self.gate.now)
        deliver(self.db, self.http, self.desk, lambda: self.gate.now)
        limits.ask(self.db, self.http, self.desk, self.gate.now)
        self.end.wire.settle()

    def pass_(self, span: timedelta, steps: int = 1) -> None:
        """Time goes by, in so many steps, with a pass at each."""
        for _ in range(steps):
            self.gate.now += span / steps
            self.run()

    def drain(self) -> None:
        """Until all is public, or nothing more comes of it."""
        for _ in range(30):
            with self.db.read() as tx:
                open_ = crossposts.by_state(tx, (State.SCHEDULED, State.SENDING, State.UNCONFIRMED))
            if not open_:
                break
            self.pass_(timedelta(minutes=7))

    def public(self) -> list[int]:
        """Which posts are public, as often as they are."""
        return sorted(number(text) for text in self.end.published())
