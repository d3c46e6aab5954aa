"""A run made ready: a database, far ends, relay's way out, and posts that an editor has approved."""

import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random
from unittest.mock import patch

import httpx

from relay.intake.wire.guard import Guard
from relay.intake.wire.transport import Transport
from relay.networks.email import smtp
from relay.networks.nostr import websocket
from relay.storage.database import Database
from tests.edges.opened import migrated
from tests.faults import stock, trust
from tests.faults.course import Moment, Run
from tests.faults.dying import Watched
from tests.faults.ends import End, opened
from tests.faults.kinds import Kind, Plan, plan
from tests.faults.networks import ROWS
from tests.faults.rows import Row
from tests.faults.verdict import Found, judge

QUICK, USUAL = 0.7, 20.0
"""Seconds that relay waits for an answer where silence is what befalls it, and elsewhere."""


@dataclass(frozen=True, slots=True)
class Case:
    """One account: its network, under one fault, as one seed has it."""

    row: Row
    kind: Kind
    seed: int

    @property
    def name(self) -> str:
        """The account's name."""
        return f"{self.row.name}.{self.kind}.{self.seed}"


def cases(
    networks: Iterable[str],
    kinds: Iterable[Kind],
    seeds: Iterable[int],
    changed: Callable[[Row], Row] = lambda row: row,
) -> list[Case]:
    """All of them; each network as it is ``changed``."""
    return [Case(changed(ROWS[name]), kind, seed) for kind, seed, name in product(kinds, seeds, networks)]


def run(some: list[Case], folder: Path) -> list[Found]:
    """All of these side by side, in an empty folder."""
    return played([(case.name, case.row, plan(case.kind, case.row.name, case.seed)) for case in some], folder)


def played(drawn: list[tuple[str, Row, Plan]], folder: Path) -> list[Found]:
    """The same, of accounts whose plans are made already."""
    moment = Moment()
    waits = QUICK if any(one.kind is Kind.TIMEOUT for _, _, one in drawn) else USUAL
    with ExitStack() as stack:
        own, theirs = stack.enter_context(trust.trusted(folder))
        ends = stack.enter_context(opened(drawn, moment, own))
        db = migrated(folder / "relay.db")
        stack.callback(db.close)
        this = _begun(db, stack.enter_context(_client(waits, theirs)), ends, moment)
        this.drain()
        return judge(this.db, this.posts, this.ends, this.asked, this.stale, this.watched)


@contextmanager
def _client(waits: float, tls: ssl.SSLContext) -> Iterator[httpx.Client]:
    """Relay's own way out, with so many seconds for an answer; what does not go by HTTP has them too."""
    transport = Transport(Guard(("127.0.0.1",)), waits, tls, connections=256)
    with ExitStack() as stack:
        stack.enter_context(patch.object(smtp, "DEADLINE", waits))
        stack.enter_context(patch.object(websocket, "PATIENCE", QUICK * 3))
        headers = {"Accept-Encoding": "gzip"}
        yield stack.enter_context(httpx.Client(transport=transport, trust_env=False, headers=headers))


def _begun(db: Database, http: httpx.Client, ends: list[End], moment: Moment) -> Run:
    watched = {end.name: Watched(end.line.row.network, end.line.plan, moment) for end in ends}
    wishes = stock.desk(ends, {name: one.as_network() for name, one in watched.items()})
    posts = stock.stored(db, ends, moment.now)
    stock.approve(db, wishes, posts, Random(len(posts)), moment.now)  # noqa: S311  # chance, and no secret
    return Run(db, http, wishes, {end.name: end for end in ends}, watched, posts, moment)
