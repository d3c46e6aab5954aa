"""What several relays said, as one outcome: a post is sent when enough of them have it."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from relay.core.outcome import (
    AuthLost,
    CannotTell,
    Finding,
    Gone,
    NotThere,
    Outcome,
    Refused,
    Removal,
    Retry,
    Sent,
    Unsure,
)
from relay.networks.nostr.talking import Handed

T = TypeVar("T")
Failed = Retry | Refused | AuthLost | Unsure


def each(relays: Sequence[str], what: Callable[[str], T]) -> list[T]:
    """The same with all of them at once: the slowest one's time is everybody's."""
    with ThreadPoolExecutor(max_workers=len(relays)) as pool:
        return list(pool.map(what, relays))


def of_handing(told: Sequence[Handed], sent: Sent, wanted: int) -> Outcome:
    """One outcome of handing it to each. Where all others have refused it, those that have it are enough."""
    have = sum(isinstance(one, Sent) for one in told)
    worst = _worst(told)
    if worst is None or have >= wanted:
        return sent
    if not have:
        return worst
    return Unsure(f"{have} of {wanted} relays have it: {worst.why}") if isinstance(worst, Unsure | Retry) else sent


def of_looking(told: Sequence[Finding], sent: Sent, wanted: int) -> Finding:
    """``NotThere`` too where some have it, but too few: sending it again does no harm and may be enough."""
    if sum(isinstance(one, Sent) for one in told) >= wanted:
        return sent
    return next((one for one in told if isinstance(one, CannotTell)), NotThere())


def of_taking_back(told: Sequence[Handed]) -> Removal:
    """Gone when it is so everywhere."""
    return _worst(told) or Gone()


def _worst(told: Iterable[Handed]) -> Failed | None:
    """What is most open first: a doubt, then what may come right by itself, then what a person must see to."""
    failed = [one for one in told if not isinstance(one, Sent)]
    order = (Unsure, Retry, Refused, AuthLost)
    return min(failed, key=lambda one: order.index(type(one)), default=None)
