"""One process: APScheduler as the tick of every job."""

import logging
import threading
import time
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from relay.schedule.jobs import Job

log = logging.getLogger("relay")


LOOK = 1.0
"""Seconds. APScheduler goes by the wall clock: set back an hour, it would sleep for that hour."""
WATCH = 2.0
"""Seconds after which a tick is missed that was lost in any other way, as by a clock that went ahead and back."""


class Embedded:
    """Runs every job in turn with itself, side by side with the others; ``stop`` lets running ones end."""

    def __init__(
        self,
        jobs: Sequence[Job],
        is_said: Callable[[Exception], bool] = lambda _: False,
        version: Callable[[], int | None] = lambda: None,
    ) -> None:
        """``is_said`` is asked of a failure: what is said elsewhere, once, is not written down at every tick.

        ``version`` is another one whenever somebody has written what jobs look for; ``None``: nobody can say, and no
        job rests.
        """
        self._is_said, self._version = is_said, version
        self._resting: dict[str, int] = {}
        self._scheduler = BackgroundScheduler(timezone="UTC")
        self._jobs = {job.name: job for job in jobs}
        self._idle = {job.name: threading.Lock() for job in jobs}
        self._due: dict[str, float] = {}
        self._ended = threading.Event()

    def start(self) -> None:
        """Run every job once now, then as often as it asks."""
        self._scheduler.start()
        self._go_on(self._jobs)
        threading.Thread(target=self._watch, name="watch", daemon=True).start()

    def _plan(self, name: str, moment: datetime, rest: timedelta = timedelta(0)) -> None:
        """One tick, of which each makes the next: an interval would count all those missed, a month of seconds too."""
        if not self._ended.is_set():
            self._due[name] = time.monotonic() + max(self._jobs[name].every, rest).total_seconds()
            # A tick that comes late is still a tick.
            own = {"id": name, "args": [name], "misfire_grace_time": None, "max_instances": 2}
            self._scheduler.add_job(self._tick, "date", run_date=moment, replace_existing=True, **own)

    def nudge(self, name: str) -> None:
        """Look now: something has just become due.

        Not by the scheduler: a job of its own that is due while it shuts down makes its thread break off.
        """
        if not self._ended.is_set():
            threading.Thread(target=self._run, args=[name], name=f"{name}, nudged", daemon=True).start()

    def hold(self) -> None:
        """No job starts any more; those that run go on."""
        self._ended.set()

    def stop(self, seconds: float) -> bool:
        """No job starts any more; whether those running ended within ``seconds``."""
        self._ended.set()
        self._scheduler.shutdown(wait=False)
        end = time.monotonic() + seconds
        return all(lock.acquire(timeout=max(end - time.monotonic(), 0)) for lock in self._idle.values())

    def _watch(self) -> None:
        """By the clock that only goes forward: whatever the other one does, no tick stays away."""
        ahead = _ahead()
        while not self._ended.wait(min(LOOK, WATCH)):
            self._wake()
            before, ahead = ahead, _ahead()
            if ahead < before - LOOK:
                log.warning("the clock was set back by %.0f seconds; every loop goes on at once", before - ahead)
                self._go_on(self._jobs)
            elif missing := [name for name, due in self._due.items() if time.monotonic() > due + WATCH]:
                log.info("no tick came for %s; they go on", ", ".join(missing))
                self._go_on(missing)

    def _wake(self) -> None:
        """Whoever rests looks again once somebody has written."""
        if resting := [*self._resting.items()]:
            now = self._version()
            self._go_on([name for name, then in resting if then != now])

    def _go_on(self, names: Collection[str]) -> None:
        """Run these now, and their next ticks are counted from now."""
        for name in names:
            self._resting.pop(name, None)
            self._plan(name, _now() + self._jobs[name].every)
            self.nudge(name)

    def _tick(self, name: str) -> None:
        """The next one first: while this one is at work it ends at once, by the lock."""
        self._resting.pop(name, None)
        self._plan(name, _now() + self._jobs[name].every)
        self._run(name)

    def _rest(self, name: str, version: int | None) -> None:
        """``version`` is that of before it looked: whatever is written since, by itself too, wakes it."""
        rest = self._jobs[name].rest()
        if version is not None and rest > self._jobs[name].every:
            self._plan(name, _now() + rest, rest)
            self._resting[name] = version

    def _run(self, name: str) -> None:
        """One job never runs twice at once, and its failure is written down, not the end of the loop."""
        if self._ended.is_set() or not self._idle[name].acquire(blocking=False):
            return
        try:
            before = self._version()
            self._jobs[name].run()
            self._rest(name, before)
        except Exception as error:
            if not self._is_said(error):
                log.exception("the %s loop failed; it runs again in a moment", name)
        finally:
            self._idle[name].release()


def _ahead() -> float:
    """By how many seconds the wall clock is ahead of the one that only goes forward."""
    return _now().timestamp() - time.monotonic()


def _now() -> datetime:
    """What the scheduler goes by."""
    return datetime.fromtimestamp(time.time(), UTC)  # noqa: TID251  # what it says is not believed, only watched
