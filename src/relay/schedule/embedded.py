"""One process: APScheduler as the tick of every job."""

import logging
import threading
from collections.abc import Sequence

from apscheduler.schedulers.background import BackgroundScheduler

from relay.schedule.jobs import Job

log = logging.getLogger("relay")


class Embedded:
    """Runs every job in turn with itself, side by side with the others; ``stop`` lets running ones end."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._scheduler = BackgroundScheduler(timezone="UTC")
        self._jobs = {job.name: job for job in jobs}
        self._idle = {job.name: threading.Lock() for job in jobs}

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
            )
        self._scheduler.start()
        for name in self._jobs:
            self.nudge(name)

    def nudge(self, name: str) -> None:
        """Look now: something has just become due."""
        self._scheduler.add_job(self._run, args=[name], misfire_grace_time=None)

    def stop(self, seconds: float) -> bool:
        """No job starts any more; whether those running ended within ``seconds``."""
        self._scheduler.shutdown(wait=False)
        share = seconds / len(self._idle)
        return all(lock.acquire(timeout=share) for lock in self._idle.values())

    def _run(self, name: str) -> None:
        """One job never runs twice at once, and its failure is written down, not the end of the loop."""
        if not self._idle[name].acquire(blocking=False):
            return
        try:
            self._jobs[name].run()
        except Exception:
            log.exception("the %s loop failed; it runs again in a moment", name)
        finally:
            self._idle[name].release()
