"""What of the service needs somebody: told alike by the pages, ``/health``, ``/metrics`` and the command line."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from relay.core.ailment import SENTENCES as OF_THE_MACHINE
from relay.core.ailment import Ailment


class Alarm(StrEnum):
    """Each state of trouble, the most pressing first."""

    MACHINE = "machine"
    LOOP = "loop"
    WORKERS = "workers"
    STOPPED = "stopped"
    COPY = "copy"
    CONFIGURATION = "configuration"
    OVERDUE = "overdue"
    UNCONFIRMED = "unconfirmed"
    ACCOUNT = "account"
    EXPIRING = "expiring"
    UNTOLD = "untold"
    SCARCE = "scarce"


RED = frozenset({Alarm.MACHINE, Alarm.LOOP})
"""With these the service is not well; with the others it works, and somebody is waited for."""


@dataclass(frozen=True, slots=True)
class Raised:
    """An alarm. ``of`` is the loop, account or place that it is about, ``what`` an ailment; ``since`` where known."""

    alarm: Alarm
    of: str = ""
    since: datetime | None = None
    number: int = 1
    what: Ailment | None = None

    @property
    def is_red(self) -> bool:
        """Whether the service is not well for it."""
        return self.alarm in RED


SENTENCES = {
    Alarm.LOOP: "the {of} loop last ran at {since:%H:%M:%SZ}",
    Alarm.WORKERS: "no worker is there to do what waits: start one by `relay worker`",
    Alarm.STOPPED: "an emergency stop holds everything: `relay resume` lifts it",
    Alarm.COPY: "this database was put back from a copy, and what left after it was not looked for yet",
    Alarm.CONFIGURATION: "the configuration as it stands now is not taken: `relay check` says why",
    Alarm.OVERDUE: "sources that were due an hour ago have not been asked: {number}",
    Alarm.UNCONFIRMED: "cross-posts of which nobody knows whether they are public: {number}",
    Alarm.ACCOUNT: "an account waits for a person",
    Alarm.EXPIRING: "an account must soon be connected anew",
    Alarm.UNTOLD: "messages to editors that have not arrived: {number}",
}
NAMED = {
    Alarm.ACCOUNT: "the account {of} waits for a person: `relay status` says why",
    Alarm.EXPIRING: "the account {of} must be connected anew by {since:%Y-%m-%d}",
}
"""Said only to whoever may see the queue."""


def sentence(raised: Raised) -> str:
    """What it is and what to do, for anybody: nothing of whom it is about, nor where files lie."""
    if raised.what is not None:
        return OF_THE_MACHINE[raised.what].format(place=raised.of)
    if raised.alarm is Alarm.LOOP and raised.since is None:
        return f"the {raised.of} loop has not run yet"
    return SENTENCES[raised.alarm].format(of=raised.of, since=raised.since, number=raised.number)


def full_sentence(raised: Raised) -> str:
    """The same for whoever may see the queue."""
    words = NAMED.get(raised.alarm)
    return words.format(of=raised.of, since=raised.since) if words else sentence(raised)
