"""The steps that several workers share out, with what they need."""

from collections.abc import Callable, Sequence

from relay.pipeline import apart
from relay.pipeline.apart import Errand, Rounds
from relay.pipeline.beating import beat
from relay.pipeline.deliver import Delivered
from relay.pipeline.delivering.shift import Shift
from relay.pipeline.polling.asking import Polled
from relay.pipeline.setback import before_polling
from relay.service import Relay


def errands(relay: Relay) -> list[Errand]:
    """The hosts where sources are due, for workers to visit."""
    before_polling(relay.db, relay.desk, relay.clock())
    beat(relay.db, "poll", relay.clock())
    return apart.errands(relay.db, relay.desk, relay.clock())


def visit(relay: Relay, sources: Sequence[str], told: Callable[[Sequence[Polled]], None]) -> list[Polled]:
    """One worker's visit to one host: those of its sources that still are due."""
    return Rounds(relay.db, relay.reader, relay.desk, relay.hand, told).visit(sources, relay.clock())


def accounts_due(relay: Relay) -> list[str]:
    """The accounts that have something to send, once what is unknown was looked into."""
    return apart.accounts_due(relay.db, relay.clock()) if relay.may_deliver() else []


def deliver(relay: Relay, account: str) -> list[Delivered]:
    """One worker's turn at one account."""
    relay.hand.pay()
    return apart.deliver_one(Shift(relay.db, relay.posting, relay.desk, relay.clock, relay.hand), account)
