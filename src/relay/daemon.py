"""The daemon: the jobs, the pages, and a clean end. ``relay run`` and ``relay demo`` are both this."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from signal import SIGHUP
from socket import (
    AF_INET,
    AF_INET6,
    IPPROTO_TCP,
    SOCK_STREAM,
    TCP_NODELAY,
    AddressFamily,
    create_server,
    getaddrinfo,
    socket,
)

from relay.config.configuration import Service
from relay.front import office
from relay.loops import Nudge, brought, catch_up, deliveries, every, news
from relay.pipeline.leaving import leave_off
from relay.schedule import ending, renewing
from relay.schedule.distributed import bell
from relay.schedule.embedded import Embedded
from relay.schedule.ending import Ending
from relay.schedule.hub import asked
from relay.schedule.jobs import Job, examining, no_rest
from relay.schedule.renewing import Renewal
from relay.service import Relay
from relay.web.app import create
from relay.web.office import Office
from relay.web.server import Server, spoken

log = logging.getLogger("relay")

REQUESTS_END = 3
"""Seconds for pages being served when the end comes."""
JOBS_END = 5.0
"""Seconds for polls and deliveries in flight; with ``REQUESTS_END`` within the ten that a container gives."""


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
    behind, has_workers = threading.Event(), settings.work == "workers"

    def nudge(job: str) -> None:
        if has_workers:
            bell.ring(relay.db, job)
        else:
            scheduler.nudge(job)

    loops = _loops(relay, wanted, behind, nudge)
    scheduler = Embedded(loops, lambda error: relay.ails(error) is not None, relay.db.version)
    app = create(_office(relay, behind, nudge, renewal))
    leaving = _leaving(relay, scheduler, app.state.live.end, renewal)
    how = spoken(app, REQUESTS_END, settings.proxies, hatch=app.state.hatch)
    server = Server(how, ready, partial(renewing.told, leaving, renewal))
    ending.orderly(server.handle_exit)
    if not has_workers:
        catch_up(relay, behind)
    _begun(server, listening, renewal)
    scheduler.start()
    log.info("relay serves %s", settings.public_url)
    server.run([listening])
    if not scheduler.stop(JOBS_END) or relay.hand.owed:
        leaving.at_once()
    log.info("relay has ended")
    return 0 if server.started else 1


def _begun(server: Server, listening: socket, renewal: Renewal | None) -> None:
    """From now on signals end it, or have it begin anew, in good order."""
    ending.begun()
    if renewal:
        renewal.keep(listening.fileno())
        renewal.heed(lambda: server.handle_exit(SIGHUP, None))


def _loops(relay: Relay, wanted: Sequence[str] | None, behind: threading.Event, nudge: Nudge) -> tuple[Job, ...]:
    """What this process does again and again; where there are workers they do it, and this one only serves."""
    if relay.configuration.service.work == "workers":
        return examining(relay.examine)
    look = partial(nudge, "pictures")
    loops = every(relay, behind, nudge, lambda: news(relay, wanted, behind, look), lambda: deliveries(relay))
    return loops if wanted is None else tuple(replace(one, rest=no_rest) for one in loops)


def _office(relay: Relay, behind: threading.Event, nudge: Nudge, renewal: Renewal | None) -> Office:
    """What the pages need; what editors and hubs do wakes the loops that it is for."""
    deliver, receive = partial(nudge, "deliver"), partial(nudge, "receive")
    made = office(relay, deliver, receive, lambda: brought(nudge, behind), lambda: asked(nudge))
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
    if given.getsockname()[:2] in _places(settings, given.family):
        return given
    given.close()
    return None


def _places(settings: Service, family: int) -> set[tuple[object, ...]]:
    """Where a name such as ``localhost`` is; the addresses of ``listen`` as a socket of this family says them."""
    try:
        found = getaddrinfo(settings.listen_host, settings.listen_port, AddressFamily(family), SOCK_STREAM)
    except OSError:
        return set()
    return {one[4][:2] for one in found}


def _leaving(relay: Relay, scheduler: Embedded, let_go: Callable[[], None], renewal: Renewal | None) -> Ending:
    """What a signal does; ``let_go`` ends what pages leave open."""

    def hold() -> None:
        relay.hand.is_over = True
        scheduler.hold()
        let_go()

    leave = partial(leave_off, relay.db, relay.hand)
    return Ending(hold, lambda: leave(relay.clock()), renewal.go if renewal else ending.gone)
