"""What befalls the processes: one at a time first, so that it can be seen who takes over; then several at once."""

import math
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from tests.scale.plan import Plan
from tests.scale.proxy import Proxy
from tests.scale.staff import Staff

Kind = Literal["stop", "kill", "cut", "stall"]
ALL = "all"
REST = (0.5, 4.0)
"""Seconds between two that befall one process."""
RESTED = 5.0
"""Seconds after a lease in which the next one may come, of those that come one at a time."""


@dataclass(frozen=True, slots=True)
class Incident:
    """In seconds of the monotonic clock. A death is over when the process is started again."""

    kind: Kind
    target: str
    began: float
    ended: float


@dataclass(slots=True)
class Torment:
    """``left``: how many of each are to come. At least one worker, and one web, is always left alone."""

    plan: Plan
    staff: Staff
    proxy: Proxy
    chance: Random
    incidents: list[Incident] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    until: float = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self) -> None:
        """All of them, or as many as there is time for."""
        plan = self.plan
        self.left = Counter(stop=plan.stops, kill=plan.kills, cut=plan.cuts)
        self.until = time.monotonic() + plan.seconds
        self._alone()
        workers, webs = threading.Semaphore(plan.workers - 1), threading.Semaphore(plan.webs - 1)
        threads = [self._thread(name, workers if name.startswith("worker") else webs) for name in plan.names()]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

    def count(self, *kinds: str) -> int:
        """How many there were of these."""
        return sum(one.kind in kinds for one in self.incidents)

    def _alone(self) -> None:
        """Workers in turn, so that whoever leads is among them."""
        for turn in range(self.plan.alone):
            name = f"worker{turn % self.plan.workers}"
            kind = "kill" if turn % 2 == 0 else "stop"
            if self.left[kind] == 0 or time.monotonic() > self.until:
                continue
            began = time.monotonic()
            self.left[kind] -= 1
            self._befall(name, kind)
            time.sleep(max(began + self.plan.times.lease + RESTED - time.monotonic(), 0))

    def _thread(self, name: str, free: threading.Semaphore) -> threading.Thread:
        chance = Random(f"{self.plan.seed} {name}")  # noqa: S311  # no secret
        return threading.Thread(target=self._pester, args=(name, free, chance), daemon=True)

    def _pester(self, name: str, free: threading.Semaphore, chance: Random) -> None:
        while time.monotonic() < self.until:
            time.sleep(chance.uniform(*REST))
            if not free.acquire(timeout=1):
                continue
            try:
                kind = self._next(name, chance)
                if kind is None:
                    return
                self._befall(name, kind)
            finally:
                free.release()

    def _next(self, name: str, chance: Random) -> str | None:
        """What comes next for this one: whoever serves pages is not stopped, for a browser would wait with it."""
        with self._lock:
            bag = [kind for kind in ("stop", "kill", "cut") for _ in range(self.left[kind])]
            own = bag if name.startswith("worker") else [kind for kind in bag if kind != "stop"][:: 1 + len(bag) // 20]
            if not own:
                return None
            kind = chance.choice(own)
            self.left[kind] -= 1
            return kind

    def _befall(self, name: str, kind: str) -> None:
        chance = self.chance
        match kind:
            case "stop":
                self._for(
                    kind, name, self.plan.times.lease * chance.uniform(1.1, 1.6), self._stop(name), self._wake(name)
                )
            case "kill":
                began = time.monotonic()
                self.staff.kill(name)
                self._write(Incident("kill", name, began, time.monotonic()))
            case _:
                self._cut(name, chance)

    def _cut(self, name: str, chance: Random) -> None:
        longest = max(min(self.plan.longest_cut, self.until - time.monotonic()), 1.0)
        seconds = math.exp(chance.uniform(0, math.log(longest)))
        way = chance.choice(("cut", "stall"))
        self._for(
            way, name, seconds, lambda: self.proxy.put(name, "cut" if way == "cut" else "stalled"), self._open(name)
        )

    def _for(self, kind: str, name: str, seconds: float, begin: Callable[[], None], end: Callable[[], None]) -> None:
        began = time.monotonic()
        begin()
        time.sleep(seconds)
        end()
        self._write(Incident(kind, name, began, time.monotonic()))  # type: ignore[arg-type]  # one of Kind

    def _write(self, incident: Incident) -> None:
        with self._lock:
            self.incidents.append(incident)

    def _stop(self, name: str) -> Callable[[], None]:
        return lambda: self.staff.send(name, signal.SIGSTOP)

    def _wake(self, name: str) -> Callable[[], None]:
        return lambda: self.staff.send(name, signal.SIGCONT)

    def _open(self, name: str) -> Callable[[], None]:
        return lambda: self.proxy.put(name, "open")
