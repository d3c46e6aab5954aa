"""Being told off: who is left alone, and how long."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

FIRST = timedelta(minutes=10)
LONGEST_UNASKED = timedelta(hours=6)
LONGEST = timedelta(days=30)
"""Of what a server may ask for; that it is a week or two is not unheard of."""
_USUAL = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Pause:
    """Until when, after how many refusals in a row, and what was said."""

    until: datetime
    refusals: int
    why: str


def pause(before: Pause | None, retry_after: timedelta | None, why: str, now: datetime) -> Pause:
    """The pause after a refusal: what was asked for, ten minutes at least; else ten minutes, doubling to six hours.

    It never shortens one that is running.
    """
    refusals = before.refusals + 1 if before else 1
    unasked = min(FIRST * 2 ** min(refusals - 1, 10), LONGEST_UNASKED)
    until = now + (max(min(retry_after, LONGEST), FIRST) if retry_after else unasked)
    return Pause(max(until, before.until) if before else until, refusals, why)


@lru_cache(4096)
def host_of(url: str) -> str:
    """The host of an address as pauses know it: lower case, ASCII, its port only where it is not the usual one.

    A poll asks for that of the same address many times.
    """
    try:
        parts = urlsplit(url)
        plain, port = (parts.hostname or "").rstrip("."), parts.port
        plain = plain if plain.isascii() else plain.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return ""
    plain = f"[{plain}]" if ":" in plain else plain
    return plain if port in {None, _USUAL.get(parts.scheme)} else f"{plain}:{port}"


def name(host: str, source_id: str, own_hosts: Collection[str]) -> str:
    """What is left alone: the host (with its port), or just the source.

    That is so on a machine of one's own, where many services may stand behind one address, and where no ``host`` is
    given: one that a feed has led to does not become unreachable for others because that feed says so.
    """
    return f"source {source_id}" if not host or _is_own(host, own_hosts) else host


def names(host: str, source_id: str, own_hosts: Collection[str]) -> list[str]:
    """Every pause that concerns a request to ``host``: its own, the source's, and those of the domains above."""
    plain = host.partition(":")[0].split(".")
    above = [f"*.{'.'.join(plain[place:])}" for place in range(1, len(plain) - 1)]
    own = [f"source {source_id}"] if source_id else []
    return list(dict.fromkeys([name(host, source_id, own_hosts), *own, *above]))


def longest(
    running: Mapping[str, Pause], urls: Iterable[str], source_id: str, own_hosts: Collection[str]
) -> Pause | None:
    """Of the ``running`` pauses the longest that concerns a request to one of these addresses."""
    if not running:
        return None
    concerned = {one for url in urls if url for one in names(host_of(url), source_id, own_hosts)}
    return max((running[one] for one in concerned if one in running), key=lambda one: one.until, default=None)


def _is_own(host: str, own_hosts: Collection[str]) -> bool:
    plain = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
    plain = plain.strip("[]").lower()
    if plain in own_hosts or plain == "localhost" or plain.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not ip_address(plain).is_global
    except ValueError:
        return False
