"""One worker of several: it takes the jobs that are handed out, and leads the others while it has the lease."""

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from signal import SIGHUP

from relay import rounds
from relay.loops import brought, catch_up, every, say_delivered, say_polled
from relay.pipeline.leaving import leave_off
from relay.pipeline.polling.asking import Polled
from relay.schedule import ending
from relay.schedule.distributed import bell, queue
from relay.schedule.distributed.bell import Listener
from relay.schedule.distributed.lead import Lead
from relay.schedule.distributed.shift import Shift
from relay.schedule.embedded import Embedded
from relay.schedule.ending import Ending
from relay.schedule.jobs import Job
from relay.schedule.renewing import Renewal, told
from relay.service import Relay
from relay.storage import changing
from relay.storage.database import open_database
from relay.storage.workers import Worker

log = logging.getLogger("relay")

JOBS_END = 5.0
"""Seconds for polls and deliveries in flight at the end; with all else within the ten that a container gives."""
HAND_OUT = timedelta(seconds=2)
"""How often it is looked which sources are due."""
APART = frozenset({"examining", "owed"})
"""What every worker does for itself, whoever leads."""


def work(relay: Relay, renewal: Renewal, own: Worker, at_once: int) -> None:
    """Until SIGTERM or SIGINT, or until ``renewal`` has another configuration.

    ``at_once`` is how many hosts are visited side by side. The lease is kept on connections of its own: it must not
    wait until one of those that all others share is free.
    """
    with closing(open_database(relay.configuration.service.database)) as apart:
        bench = Bench(relay)
        lead = Lead(apart, own, bench.doing, bench.taken)
        bench.lead = lead
        listener = Listener(apart, bench.heard)
        shift = Shift(queue.app(relay.db.engine, bench.visit, bench.deliver), at_once, lambda: lead.is_ours)
        leaving = _leaving(bench, shift, lead, renewal)
        ending.orderly(lambda number, _: told(leaving, renewal, number))
        ending.begun()
        renewal.heed(lambda: told(leaving, renewal, SIGHUP))
        bench.scheduler.start()
        lead.start()
        listener.start()
        log.info("worker %s is at work", own.id)
        shift.run(JOBS_END)
        listener.end()
        if not bench.scheduler.stop(JOBS_END) or relay.hand.owed:
            leaving.at_once()
        lead.end()
    log.info("the worker has ended")


class Bench:
    """What this worker does: jobs that it takes, and, while it leads, the loops."""

    lead: Lead

    def __init__(self, relay: Relay) -> None:
        self.relay = relay
        self.busy: set[str] = set()
        self.behind, self.published = threading.Event(), -1
        self.loops = tuple(self._guarded(job) for job in self._every())
        self.scheduler = Embedded(self.loops, lambda error: relay.ails(error) is not None)

    def visit(self, host: str, sources: Sequence[str]) -> None:
        """A job: one host."""
        self._do(f"visits {host}", lambda: rounds.visit(self.relay, sources, self._brought))

    def deliver(self, account: str) -> None:
        """A job: one account."""
        self._do(f"sends for {account}", lambda: say_delivered(rounds.deliver(self.relay, account)))

    def doing(self) -> str:
        """For a person: whether it leads, and some of what it is at."""
        busy = sorted(self.busy)
        more = [f"and {len(busy) - 3} more"] if len(busy) > 3 else []
        return ", ".join([*(["leads"] if self.lead.is_ours else []), *busy[:3], *more])

    def taken(self) -> None:
        """It leads from now on: whatever the one before has left is looked at."""
        threading.Thread(target=catch_up, args=(self.relay, self.behind), name="catch up", daemon=True).start()
        for job in self.loops:
            self.scheduler.nudge(job.name)

    def heard(self, loop: str) -> None:
        """Another process says that there is something for whoever leads."""
        if loop == "publish":
            self.behind.set()
        if self.lead.is_ours and any(job.name == loop for job in self.loops):
            self.scheduler.nudge(loop)

    def _every(self) -> tuple[Job, ...]:
        own = every(self.relay, self.behind, self._nudge, self._hand_out_visits, self._hand_out_deliveries)
        second = timedelta(seconds=1)
        return (*own, Job("changed", second, self._look), Job("owed", second, self.relay.hand.pay))

    def _nudge(self, loop: str) -> None:
        self.scheduler.nudge(loop)

    def _hand_out_visits(self) -> None:
        queue.visits(self.relay.db, [(one.host, one.sources) for one in rounds.errands(self.relay)])

    def _hand_out_deliveries(self) -> None:
        queue.deliveries(self.relay.db, rounds.accounts_due(self.relay))

    def _guarded(self, job: Job) -> Job:
        """By the lease, which is looked at before each tick: a process that was stopped wakes anywhere."""
        run = job.run if job.name in APART else lambda: job.run() if self.lead.is_ours else None
        return replace(job, run=run, every=HAND_OUT if job.name == "poll" else job.every)

    def _look(self) -> None:
        """Whether readers are to see something that some worker stored and could not tell of any more."""
        with self.relay.db.read() as tx:
            head = changing.head(tx)
        if head != self.published:
            brought(self._nudge, self.behind)
            self.published = head

    def _brought(self, polled: Sequence[Polled]) -> None:
        say_polled(polled)
        if any(one.new or one.edited for one in polled):
            for loop in ("publish", "pictures"):
                bell.ring(self.relay.db, loop)

    def _do(self, what: str, job: Callable[[], object]) -> None:
        """A failure is written down, not the end of the job: what is due stays due, and is handed out again."""
        self.busy.add(what)
        try:
            job()
        except Exception as error:
            if self.relay.ails(error) is None:
                log.exception("a job broke off, and is handed out again: it %s", what)
        finally:
            self.busy.discard(what)


def _leaving(bench: Bench, shift: Shift, lead: Lead, renewal: Renewal) -> Ending:
    """What a signal does."""

    def hold() -> None:
        bench.relay.hand.is_over = True
        bench.scheduler.hold()
        shift.end()

    def leave() -> None:
        leave_off(bench.relay.db, bench.relay.hand, bench.relay.clock())
        lead.end()

    return Ending(hold, leave, renewal.go)
