"""The far end of one account: its own truth, what befalls the calls that come, and what it does with them later."""

import copy
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import RLock
from typing import Any

from tests.fakes.wire import Call, Reply
from tests.faults.kinds import Effect, Kind, Plan
from tests.faults.rows import Row


@dataclass(slots=True)
class Line:
    """``server`` is the network; lists are read from how it was some seconds ago. ``late`` is still to be done."""

    row: Row
    plan: Plan
    clock: Callable[[], datetime]
    server: Any = field(init=False)
    late: list[tuple[datetime, Call]] = field(default_factory=list)
    gone_until: datetime | None = None
    """Until when it cannot be reached."""
    struck: int = 0
    """How many calls went wrong."""
    sends: int = 0
    """How many calls that publish the network has heard of."""
    busy: int = 0
    """How many calls it is at work on."""
    _past: list[tuple[datetime, Any]] = field(default_factory=list)
    _well: int = field(init=False)
    _effects: list[Effect] = field(init=False)
    _reads: int = field(init=False)
    _asked: int = 0
    _seen: set[bytes] = field(default_factory=set)
    _lock: RLock = field(default_factory=RLock)

    def __post_init__(self) -> None:
        self.server = self.row.server()
        self._well, self._effects, self._reads = self.plan.after, list(self.plan.effects), self.plan.reads
        self._keep(self.clock() - timedelta(days=1))

    def strikes(self, method: str, path: str) -> Effect | None:
        """Whether something befalls this call, which is known by its first line only, and what is done all the same."""
        with self._lock:
            struck = self._chosen(is_publishing=self.row.is_publishing(method, path))
            self.struck += struck is not None
            self.busy += 1
            return struck

    def rests(self) -> None:
        """What a call asked is done, or will be later."""
        with self._lock:
            self.busy -= 1

    def _chosen(self, *, is_publishing: bool) -> Effect | None:
        if self.plan.kind is Kind.REFUSED:
            return None  # who is let in is answered
        if not is_publishing:
            is_time = self.struck > 0 or self.plan.variant & 1
            if not self._reads or not is_time or self.plan.kind is Kind.WRONG_ID:
                return None
            self._reads -= 1
            return "none"
        if self._well:
            self._well -= 1
            return None
        return self._effects.pop(0) if self._effects else None

    def repeats(self, call: Call) -> bool:
        """Whether this very post has come before."""
        with self._lock:
            known = hashlib.sha256(call.body).digest()
            is_known = known in self._seen
            self._seen.add(known)
            return is_known

    def goes(self) -> bool:
        """Whether a server that cannot be reached is gone now, in the middle of what it is asked."""
        if self.gone_until is None or self.clock() >= self.gone_until:
            return False
        with self._lock:
            self._asked += 1
            return self._asked == 1 + (self.plan.variant >> 1) % 3

    def done(self, call: Call, effect: Effect) -> Reply | None:
        """What the network answers to it, if it does anything by now."""
        match effect:
            case "now":
                return self.answer(call)
            case "late":
                with self._lock:
                    self.late.append((self.clock() + self.plan.late, call))
        return None

    def answer(self, call: Call) -> Reply:
        """The network's reply."""
        with self._lock:
            self._set_time(self.server, self.clock())
            if self.row.is_listing(call) and self.plan.lag:
                return self._behind().answer(call)  # type: ignore[no-any-return]  # each far end has it
            reply: Reply = self.server.answer(call)
            if self.row.is_publishing(call.method, call.path):
                self.sends += 1
                self._keep(self.clock())
            return reply

    def pass_time(self) -> None:
        """Do what was to be done by now."""
        with self._lock:
            ripe = [one for one in self.late if one[0] <= self.clock()]
            self.late = [one for one in self.late if one[0] > self.clock()]
        for _, call in ripe:
            self.answer(call)

    def copies(self, mark: str) -> int:
        """How often readers see a post."""
        with self._lock:
            return sum(mark in text for text in self.row.texts(self.server))

    def _behind(self) -> Any:
        """The network as its lists show it."""
        moment = self.clock() - self.plan.lag
        seen = next(server for since, server in reversed(self._past) if since <= moment)
        self._set_time(seen, self.clock())
        return seen

    def _keep(self, moment: datetime) -> None:
        if self.plan.lag:
            self._past.append((moment, copy.deepcopy(self.server)))

    def _set_time(self, server: Any, now: datetime) -> None:
        """Its clock, as it keeps it: seconds or milliseconds since 1970, or a date."""
        told = now + self.plan.skew
        match getattr(server, "now", None) if self.row.keeps_time else None:
            case datetime():
                server.now = told
            case float():
                server.now = told.timestamp()
            case int():
                server.now = int(told.timestamp() * 1000)
