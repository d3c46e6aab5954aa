"""How often a way in may be tried: whoever errs waits, twice as long each time, and nobody waits for a stranger."""

import ipaddress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

FREE = 5
"""So many errors cost nothing."""
MANY = 10
"""After so many there is one try in ``LONG``."""
LONG = timedelta(minutes=15)
LONGEST = timedelta(hours=1)
"""Nobody waits longer, and after so long without an error all is forgotten."""
LETTERS = 10
"""Sign-in letters that one client network may ask for in an hour."""
BETWEEN = timedelta(minutes=1)
"""One letter an address in this time."""
LETTERS_A_DAY = 40
"""Letters that go to one address in a day, whoever asks: those that came work, so nobody is locked out by it."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Tries:
    """What was tried under a name: how often since ``since``, the last time at ``last``."""

    count: int
    since: datetime
    last: datetime


def wait(tries: Tries | None, now: datetime) -> timedelta:
    """How long to wait before the next try: nothing for the first errors, then 2, 4 … seconds, 15, 30 … minutes."""
    if tries is None or tries.count < FREE or tries.last > now:
        return timedelta(0)
    return max(tries.last + _pause(tries.count) - now, timedelta(0))


def is_spent(tries: Tries | None, now: datetime) -> bool:
    """Whether there have been so many errors that no try counts now, whatever it says."""
    return tries is not None and tries.count >= MANY and wait(tries, now) > timedelta(0)


def _pause(count: int) -> timedelta:
    if count < MANY:
        return timedelta(seconds=2 ** (count - FREE + 1))
    return min(LONG * int(2 ** min(count - MANY, 8)), LONGEST)


def failed(tries: Tries | None, now: datetime) -> Tries:
    """The same with one error more; errors of long ago do not count."""
    return counted(tries, LONGEST, now) if tries is None or now - tries.last > LONGEST else _more(tries, now)


def counted(tries: Tries | None, within: timedelta, now: datetime) -> Tries:
    """One more within a time that begins with the first."""
    return Tries(1, now, now) if tries is None or now - tries.since >= within else _more(tries, now)


def may_write(to_address: Tries | None, now: datetime) -> bool:
    """Whether a letter goes to this address: one a minute, and not more than a few dozen a day."""
    if to_address is None or now - to_address.since >= DAY:
        return True
    return to_address.count < LETTERS_A_DAY and now - to_address.last >= BETWEEN


def may_ask(of_network: Tries | None, now: datetime) -> bool:
    """Whether somebody of this network may ask for one more letter in this hour."""
    return of_network is None or now - of_network.since >= LONGEST or of_network.count < LETTERS


def network(client: str) -> str:
    """The network that a client belongs to: an IPv4 address, or the /56 that a house has of IPv6 (RFC 6177).

    Empty where it has none: what is no address may be as long as whoever wrote it liked.
    """
    try:
        address = ipaddress.ip_address(client.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(ipaddress.ip_network(f"{address}/{32 if address.version == 4 else 56}", strict=False))


def _more(tries: Tries, now: datetime) -> Tries:
    return replace(tries, count=tries.count + 1, last=now)
