"""The daemon: the jobs, the pages, and a clean end. ``relay run`` and ``relay demo`` are both this."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from socket import AF_INET, AF_INET6, IPPROTO_TCP, TCP_NODELAY, create_server, socket

from relay.config.configuration import Service
from relay.core.crosspost import State
from relay.front import Wake, office
from relay.pipeline.leaving import leave_off
from relay.pipeline.polling.asking import Polled
from relay.schedule import ending
from relay.schedule.accounts import account_jobs
from relay.schedule.embedded import Embedded
from relay.schedule.ending import Ending
from relay.schedule.hooks import hook_jobs
from relay.schedule.hub import asked, hub_jobs
from relay.schedule.jobs import Job, examining, jobs
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


def serve(relay: Relay, ready: Callable[[], None] = lambda: None, *, always_due: bool = False) -> int:
    """Serve until SIGTERM or SIGINT; the exit code.

    ``ready`` is called once the pages can be opened. ``always_due`` asks every source at every tick: only for sources
    of one's own on this machine, as in the demo.
    """
    settings = relay.configuration.service
    listening = _listen(settings)
    wanted = tuple(relay.desk.sources) if always_due else None
    behind = threading.Event()

    def nudge(job: str) -> None:
        scheduler.nudge(job)

    scheduler = Embedded(_loops(relay, wanted, behind, nudge), lambda error: relay.ails(error) is not None)
    app = create(_office(relay, behind, nudge))

    leaving = _leaving(relay, scheduler, app.state.live.end)
    server = Server(spoken(app, REQUESTS_END, settings.proxies), ready, leaving.told)
    ending.orderly(server.handle_exit)
    _catch_up(relay, behind)
    ending.begun()
    scheduler.start()
    log.info("relay serves %s", settings.public_url)
    server.run([listening])
    if not scheduler.stop(JOBS_END):
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
    own += hub_jobs(relay.verify, relay.distribute, relay.announce)
    own += account_jobs(relay.watch)
    own += examining(relay.examine)
    own += telling_jobs(relay.tell_editors, relay.remind, relay.forget)
    return own + hook_jobs(relay.due_hooks, relay.tell)


def _office(relay: Relay, behind: threading.Event, nudge: Nudge) -> Office:
    """What the pages need; what editors and hubs do wakes the loops that it is for."""
    deliver, receive = partial(nudge, "deliver"), partial(nudge, "receive")
    return office(relay, deliver, receive, lambda: _brought(nudge, behind), lambda: asked(nudge))


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

    with _late_at_worst(behind):
        polled = relay.poll(wanted, told)
    _log(polled)


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
    with _late_at_worst(behind):
        received = relay.receive()
    for one in received:
        log.info("%s: pushed; %s", one.source_id, one.note or f"{one.new} new, {one.edited} edited")
    if any(one.new or one.edited for one in received):
        behind.set()
        look()
        bring_up(relay, behind, done)


@contextmanager
def _late_at_worst(behind: threading.Event) -> Iterator[None]:
    """What breaks off may have stored something before: whether the feeds lack it is looked up then."""
    try:
        yield
    except Exception:
        behind.set()
        raise


def subscriptions(relay: Relay) -> None:
    """The loop that asks hubs to push."""
    for one in relay.subscribe():
        log.info("%s: asked %s to push: %s %s", one.source_id, one.hub, one.state, one.note)


def _brought(nudge: Nudge, behind: threading.Event) -> None:
    """There is something new to publish: an editor had a source asked, or a picture has come."""
    behind.set()
    nudge("publish")


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
    except Exception as error:
        if relay.ails(error) is None:
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


def _leaving(relay: Relay, scheduler: Embedded, let_go: Callable[[], None]) -> Ending:
    """What a signal does; ``let_go`` ends what pages leave open."""

    def hold() -> None:
        relay.hand.is_over = True
        scheduler.hold()
        let_go()

    return Ending(hold, lambda: leave_off(relay.db, relay.hand, relay.clock()))
