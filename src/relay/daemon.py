"""The daemon: the jobs, the pages, and a clean end. ``relay run`` and ``relay demo`` are both this."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from signal import SIGHUP
from socket import AF_INET, AF_INET6, IPPROTO_TCP, TCP_NODELAY, create_server, socket

from relay import hub
from relay.config.configuration import Service
from relay.front import office
from relay.loops import bring_up, deliveries, news, pushed, subscriptions
from relay.pipeline.leaving import leave_off
from relay.schedule import ending, renewing
from relay.schedule.accounts import account_jobs
from relay.schedule.embedded import Embedded
from relay.schedule.ending import Ending
from relay.schedule.hooks import hook_jobs
from relay.schedule.hub import asked, hub_jobs
from relay.schedule.jobs import Job, examining, jobs
from relay.schedule.renewing import Renewal
from relay.schedule.telling import telling_jobs
from relay.service import Relay
from relay.web.app import create
from relay.web.office import Office
from relay.web.protocol import spoken
from relay.web.server import Server

log = logging.getLogger("relay")

REQUESTS_END = 3
"""Seconds for pages being served when the end comes."""
JOBS_END = 5.0
"""Seconds for polls and deliveries in flight; with ``REQUESTS_END`` within the ten that a container gives."""

Nudge = Callable[[str], None]


def serve(
    relay: Relay,
    ready: Callable[[], None] = lambda: None,
    renewal: Renewal | None = None,
    *,
    always_due: bool = False,
) -> int:
    """Serve until SIGTERM or SIGINT, or until ``renewal`` has another configuration; the exit code.

    ``ready`` is called once the pages can be opened. ``always_due`` asks every source at every tick: only for sources
    of one's own on this machine, as in the demo.
    """
    settings = relay.configuration.service
    listening = listen(settings)
    wanted = tuple(relay.desk.sources) if always_due else None
    behind = threading.Event()

    def nudge(job: str) -> None:
        scheduler.nudge(job)

    scheduler = Embedded(_loops(relay, wanted, behind, nudge), lambda error: relay.ails(error) is not None)
    app = create(_office(relay, behind, nudge, renewal))

    leaving = _leaving(relay, scheduler, app.state.live.end, renewal)
    server = Server(spoken(app, REQUESTS_END, settings.proxies), ready, partial(_told, leaving, renewal))
    ending.orderly(server.handle_exit)
    _catch_up(relay, behind)
    ending.begun()
    if renewal:
        renewal.keep(listening.fileno())
        renewal.heed(lambda: server.handle_exit(SIGHUP, None))
    scheduler.start()
    log.info("relay serves %s", settings.public_url)
    server.run([listening])
    if not scheduler.stop(JOBS_END) or relay.hand.owed:
        leaving.at_once()
    log.info("relay has ended")
    return 0 if server.started else 1


def _loops(relay: Relay, wanted: Sequence[str] | None, behind: threading.Event, nudge: Nudge) -> tuple[Job, ...]:
    """All that is done again and again; ``nudge`` wakes one of them."""
    distribute, look = partial(nudge, "distribute"), partial(nudge, "pictures")
    own = jobs(
        lambda: news(relay, wanted, behind, look),
        lambda: bring_up(relay, behind, distribute),
        lambda: deliveries(relay),
        lambda: pushed(relay, behind, distribute, look),
        lambda: subscriptions(relay),
        lambda: relay.look(lambda: _brought(nudge, behind)),
    )
    own += hub_jobs(partial(hub.verify, relay), partial(hub.distribute, relay), partial(hub.announce, relay))
    own += account_jobs(relay.watch)
    own += examining(relay.examine)
    own += telling_jobs(relay.tell_editors, relay.remind, relay.forget)
    return own + hook_jobs(relay.due_hooks, relay.tell)


def _office(relay: Relay, behind: threading.Event, nudge: Nudge, renewal: Renewal | None) -> Office:
    """What the pages need; what editors and hubs do wakes the loops that it is for."""
    deliver, receive = partial(nudge, "deliver"), partial(nudge, "receive")
    made = office(relay, deliver, receive, lambda: _brought(nudge, behind), lambda: asked(nudge))
    return replace(made, unread=lambda: renewal.unread) if renewal else made


def listen(settings: Service) -> socket:
    """The socket to serve on; an ``OSError`` that names the address where it cannot be had."""
    if (own := _handed_over(settings)) is not None:
        return own
    family = AF_INET6 if ":" in settings.listen_host else AF_INET
    try:
        listening = create_server((settings.listen_host, settings.listen_port), family=family)
    except OSError as error:
        where = f"{settings.listen_host}:{settings.listen_port}"
        raise OSError(error.errno, error.strerror, where) from error
    # asyncio sets it only where a socket names its protocol; without it a body waits 40 ms for the reader's word.
    listening.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
    return listening


def _handed_over(settings: Service) -> socket | None:
    """That of the life before, unless it listens elsewhere."""
    number = renewing.handed_over()
    if number is None:
        return None
    given = socket(fileno=number)
    if given.getsockname()[:2] == (settings.listen_host, settings.listen_port):
        return given
    given.close()
    return None


def _brought(nudge: Nudge, behind: threading.Event) -> None:
    """There is something new to publish: an editor had a source asked, or a picture has come."""
    behind.set()
    nudge("publish")


def _catch_up(relay: Relay, behind: threading.Event) -> None:
    """What an earlier run stored and did not live to publish; where that fails, editors are still served."""
    behind.set()
    try:
        relay.adopt()
        bring_up(relay, behind)
    except Exception as error:
        if relay.ails(error) is None:
            log.exception("the feeds could not be published; it is tried again in a moment")


def _told(leaving: Ending, renewal: Renewal | None, number: int) -> None:
    """A signal came. One that is to end relay counts for more than one that has begun to renew it."""
    if renewal and number != SIGHUP:
        renewal.call_off()
    leaving.told()


def _leaving(relay: Relay, scheduler: Embedded, let_go: Callable[[], None], renewal: Renewal | None) -> Ending:
    """What a signal does; ``let_go`` ends what pages leave open."""

    def hold() -> None:
        relay.hand.is_over = True
        scheduler.hold()
        let_go()

    leave = partial(leave_off, relay.db, relay.hand)
    return Ending(hold, lambda: leave(relay.clock()), renewal.go if renewal else ending.gone)
