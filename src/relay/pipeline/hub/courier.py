"""Whoever carries what the hub has to say: the ways to the world, and many hands at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from queue import SimpleQueue

import httpx

from relay.core.hub.subscriber import Outcome, Subscriber

HANDS = 256
"""Documents under way at once: those who hang hold one each until their time is over."""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one delivery; ``until`` is when its claim is over."""

    subscriber: Subscriber
    version: str
    outcome: Outcome
    until: datetime


@dataclass(frozen=True, slots=True)
class Courier:
    """``telling`` posts to callbacks and ``asking`` puts questions to them: both go to no private address.

    ``pinging`` goes to hubs that the operator names. ``done`` holds what came back and is not yet written down: a pass
    does not wait for those who hang.
    """

    telling: httpx.Client
    asking: httpx.Client
    pinging: httpx.Client
    hands: ThreadPoolExecutor
    done: "SimpleQueue[Told]" = field(default_factory=SimpleQueue)


@contextmanager
def courier(telling: httpx.Client, asking: httpx.Client, pinging: httpx.Client) -> Iterator[Courier]:
    """One whose hands are let go at the end: what they still hold is in the tables, and is told again."""
    hands = ThreadPoolExecutor(HANDS, thread_name_prefix="hub")
    try:
        yield Courier(telling, asking, pinging, hands)
    finally:
        hands.shutdown(wait=False, cancel_futures=True)
