"""The daemon: the jobs, the pages, and a clean end. ``relay run`` and ``relay demo`` are both this."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial
from socket import AF_INET, AF_INET6, IPPROTO_TCP, TCP_NODELAY, create_server, socket
from types import FrameType

import uvicorn

from relay.config.configuration import Service
from relay.core.crosspost import State
from relay.pipeline.polling.asking import Polled
from relay.schedule.accounts import account_jobs
from relay.schedule.embedded import Embedded
from relay.schedule.hooks import hook_jobs
from relay.schedule.hub import asked, hub_jobs
from relay.schedule.jobs import jobs
from relay.schedule.telling import telling_jobs
from relay.service import Relay, Wake
from relay.web.app import create
from relay.web.protocol import spoken

log = logging.getLogger("relay")

REQUESTS_END = 3
"""Seconds for pages being served when the end comes."""
JOBS_END = 5.0
"""Seconds for polls and deliveries in flight; with ``REQUESTS_END`` within the ten that a container gives."""
LAST_RESORT = 9.5
"""Seconds after which the process is gone, whatever still hangs."""


def serve(relay: Relay, ready: Callable[[], None] = lambda: None, *, always_due: bool = False) -> int:
    """Serve until SIGTERM or SIGINT; the exit code.

    ``ready`` is called once the pages can be opened. ``always_due`` asks every source at every tick: only for sources
    of one's own on this machine, as in the demo.
    """
    listening = _listen(relay.configuration.service)
    wanted = tuple(relay.desk.sources) if always_due else None
    behind = threading.Event()
    scheduler = Embedded(
        jobs(
            lambda: news(relay, wanted, behind, look),
            lambda: bring_up(relay, behind, distribute),
            lambda: deliveries(relay),
            lambda: pushed(relay, behind, distribute, look),
            lambda: subscriptions(relay),
            lambda: relay.look(lambda: _brought(scheduler, behind)),
        )
        + hub_jobs(relay.verify, relay.distribute, relay.announce)
        + account_jobs(relay.watch)
        + telling_jobs(relay.tell_editors, relay.remind, relay.forget)
        + hook_jobs(relay.due_hooks, relay.tell)
    )
    settings = relay.configuration.service
    loops = ("deliver", "receive", "distribute", "pictures")
    deliver, receive, distribute, look = (partial(scheduler.nudge, job) for job in loops)
    app = create(relay.office(deliver, receive, lambda: _brought(scheduler, behind), lambda: asked(scheduler.nudge)))
    server = _Server(spoken(app, REQUESTS_END), ready, app.state.live.end)
    for number in (signal.SIGTERM, signal.SIGINT):
        # Until uvicorn listens, and again when it raises the signal anew after its end: that would kill us.
        signal.signal(number, server.handle_exit)
    _catch_up(relay, behind)
    scheduler.start()
    log.info("relay serves %s", settings.public_url)
    server.run([listening])
    _end(scheduler)
    return 0 if server.started else 1


def _listen(settings: Service) -> socket:
    """The socket to serve on; an ``OSError`` that names the address where it cannot be had."""
    family = AF_INET6 if ":" in settings.listen_host else AF_INET
    try:
        listening = create_server((settings.listen_host, settings.listen_port), family=family)
    except OSError as error:
        where = f"{settings.listen_host}:{settings.listen_port}"
        raise OSError(error.errno, error.strerror, where) from error
    # asyncio sets it only where a socket names its protocol; without it a body waits 40 ms for the reader's word.
    listening.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
    return listening


def news(relay: Relay, wanted: Sequence[str] | None, behind: threading.Event, look: Wake = lambda: None) -> None:
    """The poll loop: sources that are due, or those ``wanted``. Whatever they bring leaves the feeds ``behind``.

    ``look`` is called then: news may have pictures.
    """

    def told(polled: Sequence[Polled]) -> None:
        if any(one.new or one.edited for one in polled):
            behind.set()
            look()

    _log(relay.poll(wanted, told))


def bring_up(relay: Relay, behind: threading.Event, done: Wake = lambda: None) -> None:
    """The publishing loop: the feeds, if they are ``behind`` the tables; ``done`` is called when they are not any more.

    They stay so until they are written: after a full disk what is there is published, news or none.
    """
    if not behind.is_set():
        return
    behind.clear()  # before the tables are read: what is stored from now on makes the feeds late again
    try:
        publish(relay)
    except Exception:
        behind.set()
        raise
    done()


def pushed(relay: Relay, behind: threading.Event, done: Wake = lambda: None, look: Wake = lambda: None) -> None:
    """The receiving loop: what hubs have pushed, then the feeds at once; news may have pictures to ``look`` at."""
    received = relay.receive()
    for one in received:
        log.info("%s: pushed; %s", one.source_id, one.note or f"{one.new} new, {one.edited} edited")
    if any(one.new or one.edited for one in received):
        behind.set()
        look()
        bring_up(relay, behind, done)


def subscriptions(relay: Relay) -> None:
    """The loop that asks hubs to push."""
    for one in relay.subscribe():
        log.info("%s: asked %s to push: %s %s", one.source_id, one.hub, one.state, one.note)


def _brought(scheduler: Embedded, behind: threading.Event) -> None:
    """There is something new to publish: an editor had a source asked, or a picture has come."""
    behind.set()
    scheduler.nudge("publish")


def _log(polled: Sequence[Polled]) -> None:
    for one in polled:
        state = one.state
        what = f"{state.answer.rstrip('.')}; {one.new} new, {one.edited} edited"
        due = f"{state.due:%Y-%m-%d %H:%M} UTC" if state.due else "never"
        log.info("%s: %s; next poll %s (%s)", one.source_id, what, due, state.reason)


def _catch_up(relay: Relay, behind: threading.Event) -> None:
    """What an earlier run stored and did not live to publish; where that fails, editors are still served."""
    behind.set()
    try:
        relay.adopt()
        bring_up(relay, behind)
    except Exception:
        log.exception("the feeds could not be published; it is tried again in a moment")


def publish(relay: Relay) -> None:
    """Bring the outgoing feeds up to date."""
    for path in relay.publish():
        log.info("published %s", path)


def deliveries(relay: Relay) -> None:
    """The delivery loop."""
    for one in relay.deliver():
        level = logging.INFO if one.state is State.SENT else logging.WARNING
        log.log(level, "cross-post %d for %s: %s %s", one.id, one.account, one.state, one.note)


def _end(scheduler: Embedded) -> None:
    if scheduler.stop(JOBS_END):
        log.info("relay has ended")
        return
    # What is still waiting for a far end is in the tables as being sent: the next start finds out what became of it.
    log.warning("relay ends with work in flight; the next start takes it up")
    sys.stderr.flush()
    os._exit(0)


class _Server(uvicorn.Server):
    """uvicorn, saying when it listens, and gone in time whatever hangs."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready, self._ending = ready, ending

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The first signal starts the clock."""
        if not self.should_exit:
            last = threading.Timer(LAST_RESORT, os._exit, (0,))
            last.daemon = True
            last.start()
            self._ending()
        super().handle_exit(sig, frame)

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Call ``ready`` once the pages can be opened."""
        await super().startup(sockets)
        if self.started:
            self._ready()
