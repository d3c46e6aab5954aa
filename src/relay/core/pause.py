"""Being told off: who is left alone, and how long."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address

FIRST = timedelta(minutes=10)
LONGEST_UNASKED = timedelta(hours=6)
LONGEST = timedelta(days=30)
"""Of what a server may ask for; that it is a week or two is not unheard of."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Until when, after how many refusals in a row, and what was said."""

    until: datetime
    refusals: int
    why: str


def pause(before: Pause | None, retry_after: timedelta | None, why: str, now: datetime) -> Pause:
    """The pause after a refusal: what was asked for, else ten minutes, doubling to six hours; it never shortens one."""
    refusals = before.refusals + 1 if before else 1
    unasked = min(FIRST * 2 ** min(refusals - 1, 10), LONGEST_UNASKED)
    until = now + (min(retry_after, LONGEST) if retry_after else unasked)
    return Pause(max(until, before.until) if before else until, refusals, why)


def name(host: str, source_id: str, own_hosts: Collection[str]) -> str:
    """What is left alone: the host (with its port), or on a machine of one's own just the source.

    There, many services may stand behind one address.
    """
    return f"source {source_id}" if _is_own(host, own_hosts) else host


def names(host: str, source_id: str, own_hosts: Collection[str]) -> list[str]:
    """Every pause that concerns a request to ``host``: its own, and those of the domains above it."""
    plain = host.partition(":")[0].split(".")
    above = [f"*.{'.'.join(plain[place:])}" for place in range(1, len(plain) - 1)]
    return [name(host, source_id, own_hosts), *above]


def _is_own(host: str, own_hosts: Collection[str]) -> bool:
    plain = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
    plain = plain.strip("[]").lower()
    if plain in own_hosts or plain == "localhost" or plain.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not ip_address(plain).is_global
    except ValueError:
        return False
