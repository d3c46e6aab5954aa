"""One account and its queue: two people who judge, a source, a network, a process that dies, and the time."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import httpx

from relay.core.crosspost import Crosspost, State
from relay.core.people import Editor, Role
from relay.core.review.moving import Refusal
from relay.core.route import ApprovalRule, Route
from relay.pipeline.desk import Desk
from relay.pipeline.poll import poll_due
from relay.pipeline.reading.reader import Reader
from relay.storage import crossposts
from tests.machine.agency import Agency
from tests.machine.far_end import FarEnd
from tests.machine.network import Network
from tests.machine.process import Process
from tests.machine.said import UNDO, Said
from tests.pipeline.world import NOON, desk

ANNE, DIDIER = Editor("anne", Role.EDITOR), Editor("didier", Role.DIRECTOR)
PEOPLE = {"anne": ANNE, "didier": DIDIER}
RULE = ApprovalRule(steps=("editor", "director"), undo=UNDO, expires=timedelta(days=2))
PUBLIC = frozenset({State.SENT, State.EDIT_PROPOSED, State.DELETE_PROPOSED})
NEVER = (0, False)
"""Of a process that does not die."""


@dataclass
class Life:
    """``skew`` is how far relay's clock is from the far end's, which runs true."""

    process: Process
    kind: str
    said: Said = field(default_factory=Said)
    agency: Agency = field(default_factory=Agency)
    pages: dict[str, list[Crosspost]] = field(default_factory=lambda: {"anne": [], "didier": []})
    skew: timedelta = timedelta(0)
    versions: int = 0
    copy: Said | None = None
    """What people had said when the database was copied."""
    is_restored: bool = False
    unknown: set[str] = field(default_factory=set)
    """Links of what has left in words that a copy which was put back has never seen."""
    given_up: set[str] = field(default_factory=set)
    """Links of what a person has given up, of which a part may be public."""
    verified: tuple[int, str, int] = (0, "", -1)
    """The last line of the audit that was looked at, its digest, and the commits until then."""
    far_end: FarEnd = field(init=False)
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.process.begin_anew()
        self.far_end = FarEnd(self.kind, NOON, lambda text: self.said.why_not(text, self.now), lambda: None)
        self.desk = _desk(Network(self.far_end))

    @property
    def now(self) -> datetime:
        """As relay's clock has it."""
        return self.far_end.now + self.skew

    def pass_(self, **span: float) -> None:
        self.far_end.pass_(timedelta(**span))

    def version(self) -> str:
        self.versions += 1
        return f"version {self.versions}"

    def rows(self) -> list[Crosspost]:
        with self.process.db.read() as tx:
            return crossposts.by_state(tx, tuple(State))

    def attempt(self, act: Callable[[], Crosspost]) -> Crosspost | None:
        """What somebody does, if they may; a second goes by over it."""
        self.pass_(seconds=1)
        try:
            return act()
        except Refusal:
            return None

    def poll(self, dying: tuple[int, bool]) -> None:
        """The source is asked; what it has changed or taken back is owed no more."""
        self.pass_(minutes=1)
        before = {one.id: one for one in self.rows()}
        with self.process.dying(dying[0], committed=dying[1]), self.agency.client() as http:
            poll_due(self.process.db, Reader.over(http), self.desk, ["cget"], self.now)
        for one in self.rows():
            old = before.get(one.id, one)
            if (old.state, old.revision) != (one.state, one.revision):
                self.said.owed.pop(one.id, None)


def nobody(request: httpx.Request) -> httpx.Response:
    raise AssertionError(request.url)


OFFLINE = httpx.Client(transport=httpx.MockTransport(nobody))
"""The far end is asked without it."""


def _desk(network: Network) -> Desk:
    """With no feed of the blog's own, so that a post leads to its source, whose address stays."""
    whole = desk()
    account = replace(whole.accounts["masto"], network="memory", options={})
    route = Route(0, ("cget",), ("masto",), approval=RULE)
    return replace(whole, feeds=(), accounts={"masto": account}, routes=(route,), networks={"memory": network})
