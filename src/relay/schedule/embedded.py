"""One process: APScheduler as the tick of every job."""

import logging
import threading
from collections.abc import Sequence
from time import monotonic

from apscheduler.schedulers.background import BackgroundScheduler

from relay.schedule.jobs import Job

log = logging.getLogger("relay")


WATCH = 15.0
"""Seconds. APScheduler goes by the wall clock: set back an hour, it would sleep for that hour."""


class Embedded:
    """Runs every job in turn with itself, side by side with the others; ``stop`` lets running ones end."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._scheduler = BackgroundScheduler(timezone="UTC")
        self._jobs = {job.name: job for job in jobs}
        self._idle = {job.name: threading.Lock() for job in jobs}
        self._ran: set[str] = set()
        self._ended = threading.Event()

    def start(self) -> None:
        """Run every job once now, then as often as it asks."""
        for job in self._jobs.values():
            self._scheduler.add_job(
                self._run,
                "interval",
                args=[job.name],
                id=job.name,
                seconds=job.every.total_seconds(),
                # A tick that comes late is still a tick; ticks that were missed are one.
                misfire_grace_time=None,
                coalesce=True,
                # A tick while the last one is still at work ends at once, by the lock: nothing to warn of.
                max_instances=2,
            )
        self._scheduler.start()
        for name in self._jobs:
            self.nudge(name)
        threading.Thread(target=self._watch, name="watch", daemon=True).start()

    def nudge(self, name: str) -> None:
        """Look now: something has just become due.

        Not by the scheduler: a job of its own that is due while it shuts down makes its thread break off.
        """
        if not self._ended.is_set():
            threading.Thread(target=self._run, args=[name], name=f"{name}, nudged", daemon=True).start()

    def stop(self, seconds: float) -> bool:
        """No job starts any more; whether those running ended within ``seconds``."""
        self._ended.set()
        self._scheduler.shutdown(wait=False)
        end = monotonic() + seconds
        return all(lock.acquire(timeout=max(end - monotonic(), 0)) for lock in self._idle.values())

    def _watch(self) -> None:
        """By the clock that only goes forward: a job that neither ran nor is running gets its next tick anew."""
        while not self._ended.wait(WATCH):
            for name, job in self._jobs.items():
                if name not in self._ran and not self._idle[name].locked() and job.every.total_seconds() < WATCH:
                    log.warning("the %s loop had stopped, as when the clock is set back; it goes on", name)
                    self._scheduler.reschedule_job(name, trigger="interval", seconds=job.every.total_seconds())
            self._ran.clear()

    def _run(self, name: str) -> None:
        """One job never runs twice at once, and its failure is written down, not the end of the loop."""
        self._ran.add(name)
        if not self._idle[name].acquire(blocking=False):
            return
        try:
            self._jobs[name].run()
        except Exception:
            log.exception("the %s loop failed; it runs again in a moment", name)
        finally:
            self._idle[name].release()
