"""What the daemon does again and again: each loop does its step, says what came of it, and wakes the next."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial

from relay import hub
from relay.core.crosspost import State
from relay.front import Wake
from relay.pipeline.deliver import Delivered
from relay.pipeline.polling.asking import Polled
from relay.pipeline.resting import of_deliveries, of_pictures, of_polls
from relay.schedule.accounts import account_jobs
from relay.schedule.hooks import hook_jobs
from relay.schedule.hub import hub_jobs
from relay.schedule.jobs import Job, examining, jobs
from relay.schedule.telling import telling_jobs
from relay.service import Relay

Nudge = Callable[[str], None]

log = logging.getLogger("relay")


def every(
    relay: Relay, behind: threading.Event, nudge: Nudge, poll: Callable[[], object], deliver: Callable[[], object]
) -> tuple[Job, ...]:
    """All that is done again and again; ``nudge`` wakes one of them.

    ``poll`` and ``deliver`` do it themselves, or have others do it.
    """
    distribute, look = partial(nudge, "distribute"), partial(nudge, "pictures")
    own = jobs(
        poll,
        lambda: bring_up(relay, behind, distribute),
        deliver,
        lambda: pushed(relay, behind, distribute, look),
        lambda: subscriptions(relay),
        lambda: relay.look(lambda: brought(nudge, behind)),
    )
    own += hub_jobs(partial(hub.verify, relay), partial(hub.distribute, relay), partial(hub.announce, relay))
    own += account_jobs(relay.watch)
    own += examining(relay.examine)
    own += telling_jobs(relay.tell_editors, relay.remind, relay.forget)
    own += hook_jobs(relay.due_hooks, relay.tell)
    return tuple(replace(job, rest=_rests(relay).get(job.name, job.rest)) for job in own)


def _rests(relay: Relay) -> dict[str, Callable[[], timedelta]]:
    """Of those whose work falls due by the clock, to the second."""
    return {
        "poll": lambda: of_polls(relay.db, relay.clock()),
        "deliver": lambda: of_deliveries(relay.db, relay.hand, relay.clock()),
        "pictures": lambda: of_pictures(relay.db, relay.clock()),
    }


def brought(nudge: Nudge, behind: threading.Event) -> None:
    """There is something new to publish: an editor had a source asked, or a picture has come."""
    behind.set()
    nudge("publish")


def news(relay: Relay, wanted: Sequence[str] | None, behind: threading.Event, look: Wake = lambda: None) -> None:
    """The poll loop: sources that are due, or those ``wanted``. Whatever they bring leaves the feeds ``behind``.

    ``look`` is called then: news may have pictures.
    """

    def told(polled: Sequence[Polled]) -> None:
        if any(one.new or one.edited for one in polled):
            behind.set()
            look()
        say_polled(polled)

    with _late_at_worst(behind):
        relay.poll(wanted, told)


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
        what = one.note or f"{one.new} new, {one.edited} edited"
        log.info("%(source)s: pushed; %(what)s", {"source": one.source_id, "what": what})
    if any(one.new or one.edited for one in received):
        behind.set()
        look()
        bring_up(relay, behind, done)


def catch_up(relay: Relay, behind: threading.Event) -> None:
    """What an earlier run stored and did not live to publish; where that fails, editors are still served."""
    behind.set()
    try:
        relay.adopt()
        bring_up(relay, behind)
    except Exception as error:
        if relay.ails(error) is None:
            log.exception("the feeds could not be published; it is tried again in a moment")


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
        said = {"source": one.source_id, "hub": one.hub, "state": one.state, "what": one.note}
        log.info("%(source)s: asked %(hub)s to push: %(state)s %(what)s", said)


def publish(relay: Relay) -> None:
    """Bring the outgoing feeds up to date."""
    for path in relay.publish():
        log.info("published %(file)s", {"file": path})


def deliveries(relay: Relay) -> None:
    """The delivery loop."""
    say_delivered(relay.deliver())


def say_delivered(delivered: Sequence[Delivered]) -> None:
    """What became of each, as the log has it."""
    for one in delivered:
        level = logging.INFO if one.state is State.SENT else logging.WARNING
        said = {"crosspost": one.id, "account": one.account, "state": one.state, "what": one.note}
        log.log(level, "cross-post %(crosspost)d for %(account)s: %(state)s %(what)s", said)


def say_polled(polled: Sequence[Polled]) -> None:
    """What each poll brought, as the log has it."""
    for one in polled:
        state = one.state
        what = f"{state.answer.rstrip('.')}; {one.new} new, {one.edited} edited"
        due = f"{state.due:%Y-%m-%d %H:%M} UTC" if state.due else "never"
        said = {"source": one.source_id, "what": what, "due": due, "why": state.reason}
        log.info("%(source)s: %(what)s; next poll %(due)s (%(why)s)", said)
