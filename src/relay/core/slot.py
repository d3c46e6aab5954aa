"""How a weekly moment is written: ``mon-fri 08:45``, or ``08:45`` for every day."""

import re
from datetime import time

from relay.core.route import Slot

_DAYS = {day: number for number, day in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_SLOT = re.compile(r"(?:(?P<days>\S+) +)?(?P<at>\S+)")
_HOUR = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


def slot(written: str) -> Slot | None:
    """The moment that is written, ``None`` where that is none; without days it is of every day."""
    match = _SLOT.fullmatch(written)
    named, at = (days(match["days"]), hour(match["at"])) if match else (None, None)
    return None if named is None or at is None else Slot(named or frozenset(range(7)), at)


def days(written: str | None) -> frozenset[int] | None:
    """The days of ``mon-fri,sun`` (a span may go over the week's end); empty for none named, ``None`` for nonsense."""
    if written is None:
        return frozenset()
    found: set[int] = set()
    for part in written.split(","):
        first, dash, last = part.partition("-")
        last = last if dash else first
        if first not in _DAYS or last not in _DAYS:
            return None
        found |= {(_DAYS[first] + step) % 7 for step in range((_DAYS[last] - _DAYS[first]) % 7 + 1)}
    return frozenset(found)


def hour(written: str) -> time | None:
    """A time of day, ``08:45``."""
    match = _HOUR.fullmatch(written)
    return time(int(match[1]), int(match[2])) if match else None
