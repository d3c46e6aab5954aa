"""What the daemon does again and again: each loop does its step, says what came of it, and wakes the next."""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from relay.core.crosspost import State
from relay.front import Wake
from relay.pipeline.polling.asking import Polled
from relay.service import Relay

log = logging.getLogger("relay")


def news(relay: Relay, wanted: Sequence[str] | None, behind: threading.Event, look: Wake = lambda: None) -> None:
    """The poll loop: sources that are due, or those ``wanted``. Whatever they bring leaves the feeds ``behind``.

    ``look`` is called then: news may have pictures.
    """

    def told(polled: Sequence[Polled]) -> None:
        if any(one.new or one.edited for one in polled):
            behind.set()
            look()
        _log(polled)

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


def publish(relay: Relay) -> None:
    """Bring the outgoing feeds up to date."""
    for path in relay.publish():
        log.info("published %s", path)


def deliveries(relay: Relay) -> None:
    """The delivery loop."""
    for one in relay.deliver():
        level = logging.INFO if one.state is State.SENT else logging.WARNING
        log.log(level, "cross-post %d for %s: %s %s", one.id, one.account, one.state, one.note)


def _log(polled: Sequence[Polled]) -> None:
    for one in polled:
        state = one.state
        what = f"{state.answer.rstrip('.')}; {one.new} new, {one.edited} edited"
        due = f"{state.due:%Y-%m-%d %H:%M} UTC" if state.due else "never"
        log.info("%s: %s; next poll %s (%s)", one.source_id, what, due, state.reason)
