"""The loops of relay's own hub, and what each leaves in the log."""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

from relay.core.hub.request import host
from relay.core.hub.subscriber import Arrived, Declined, Failed, Over, Unanswered
from relay.pipeline.hub.announcing import Pinged
from relay.pipeline.hub.courier import Told
from relay.pipeline.hub.verifying import Verified
from relay.schedule.jobs import Job, a_rest

log = logging.getLogger("relay")

EVERY = timedelta(seconds=1)


def hub_jobs(
    verify: Callable[[], Sequence[Verified]],
    distribute: Callable[[], Sequence[Told]],
    announce: Callable[[], Sequence[Pinged]],
) -> tuple[Job, ...]:
    """Three, so that a callback that hangs while it is asked holds up nobody's news."""
    return (
        Job("verify", EVERY, lambda: _log_verified(verify()), a_rest),
        Job("distribute", EVERY, lambda: _log_told(distribute()), a_rest),
        Job("announce", EVERY, lambda: _log_pinged(announce()), a_rest),
    )


def asked(nudge: Callable[[str], None]) -> None:
    """Somebody wants something of the hub: the loops that may have to do with it look now."""
    for job in ("verify", "distribute"):
        nudge(job)


def _log_verified(found: Sequence[Verified]) -> None:
    for one in found:
        errand, what = one.errand, one.verdict
        why = what.why if isinstance(what, Declined | Unanswered) else "it said yes."
        log.info("hub: asked %s to %s %s: %s", host(errand.callback), errand.mode, errand.address, why)


def _log_told(found: Sequence[Told]) -> None:
    """A line for all that arrived and a line for all that did not: there may be thousands."""
    if arrived := sum(isinstance(one.outcome, Arrived) for one in found):
        log.info("hub: %d deliveries arrived", arrived)
    if failed := [one.outcome.why for one in found if isinstance(one.outcome, Failed)]:
        log.warning("hub: %d deliveries failed and are tried again; the first: %s", len(failed), failed[0])
    for one in found:
        if isinstance(one.outcome, Over):
            log.info("hub: %s does not want %s any more", host(one.subscriber.callback), one.subscriber.address)


def _log_pinged(found: Sequence[Pinged]) -> None:
    for one in found:
        if isinstance(one.outcome, Arrived):
            log.info("hub: told %s of %s", one.ping.hub, one.ping.address)
        elif isinstance(one.outcome, Failed):
            log.warning("hub: could not tell %s of %s: %s", one.ping.hub, one.ping.address, one.outcome.why)
