"""The kinds of publishers there are, and how many of each: shares are in slots of ``SLOTS``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from benchmarks.farm.chance import chance
from benchmarks.farm.site import DAY, HOUR, START, Site, Spell
from relay.core.polling.pollstate import Hints

FAST, BUSY, DAILY, WEEKLY = timedelta(minutes=20), 2 * HOUR, DAY, 7 * DAY


@dataclass(frozen=True, slots=True)
class Kind:
    """So many of them, with such news; ``more`` is what differs from a plain :class:`Site`."""

    name: str
    share: int
    rhythm: timedelta
    more: Mapping[str, Any] = field(default_factory=dict)


def _spells(reply: str, begins: float = 0, lasts: float = 24 * 3650, every: float | None = None) -> dict[str, Any]:
    """One spell; all in hours."""
    again = timedelta(hours=every) if every else None
    return {"spells": (Spell(reply, timedelta(hours=begins), timedelta(hours=lasts), again),)}


WELL = (
    Kind("both validators, news every 2 h", 8, BUSY),
    Kind("both validators, daily news", 20, DAILY),
    Kind("both validators, weekly news", 25, WEEKLY),
    Kind("ETag only", 10, DAILY, {"modified": False, "atom": True}),
    Kind("weak ETag, news every 2 h", 5, BUSY, {"etag": "weak"}),
    Kind("Last-Modified only", 12, DAILY, {"etag": "none"}),
    Kind("silent for months", 16, DAILY, {"silent_since": START - 90 * DAY}),
    Kind("silent for years", 4, DAILY, {"silent_since": START - 700 * DAY}),
    Kind("no validators", 8, DAILY, {"etag": "none", "modified": False, "steady": True}),
    Kind("new ETag on the same bytes", 4, DAILY, {"etag": "restless", "modified": False}),
    Kind("noise in every answer", 4, DAILY, {"etag": "restless", "modified": False, "noise": True}),
    Kind("ETag without quotes", 1, DAILY, {"etag": "bare"}),
    Kind("ETag with a strange byte", 1, DAILY, {"etag": "bytes", "modified": False}),
    Kind("bare & and &nbsp;", 2, DAILY, {"ill": True}),
    Kind("news that scroll out in 2 h", 3, FAST, {"shown": 6}),
    Kind("one entry at a time, daily", 3, DAILY, {"shown": 1}),
    Kind("silent, then a burst", 2, DAILY, {"silent_since": START - 40 * DAY, "burst_at": timedelta(hours=20)}),
    Kind("the news of another", 4, DAILY, {"together": 2, "atom": True}),
    Kind("all guids change", 3, DAILY, {"renamed_at": timedelta(hours=30)}),
)
HINTED = (
    Kind("max-age of 2 h", 5, BUSY, {"cache": "max-age=7200"}),
    Kind("max-age of 12 h", 4, DAILY, {"cache": "public, max-age=43200"}),
    Kind("Expires, by a clock 5 h ahead", 3, BUSY, {"expires": 6 * HOUR, "skew": 5 * HOUR}),
    Kind("no-cache", 2, DAILY, {"cache": "no-cache"}),
    Kind("ttl of 3 h", 3, BUSY, {"hints": Hints(ttl=3 * HOUR)}),
    Kind("ttl of 30 min", 1, FAST, {"hints": Hints(ttl=HOUR / 2), "shown": 6}),
    Kind("skipHours at night", 3, BUSY, {"hints": Hints(skip_hours=frozenset({22, 23, 0, 1, 2, 3, 4, 5}))}),
    Kind("sy: twice a day", 3, DAILY, {"hints": Hints(period=12 * HOUR)}),
)
MOVING = (
    Kind("301 for ever", 3, DAILY, {"hops": (301,)}),
    Kind("302 for ever", 2, DAILY, {"hops": (302,)}),
    Kind("302, then 301", 1, DAILY, {"hops": (302, 301)}),
    Kind("301, then 302", 1, DAILY, {"hops": (301, 302)}),
    Kind("redirects in a circle", 1, DAILY, {"hops": (302, 302), "loop": True}),
)
UNWELL = (
    Kind("slow", 2, WEEKLY, _spells("slow")),
    Kind("hanging", 1, DAILY, _spells("hang")),
    Kind("dripping", 1, DAILY, _spells("drip")),
    Kind("429 with Retry-After", 2, BUSY, _spells("429", 12, 3, 12)),
    Kind("429 with a date, by a clock 3 h behind", 1, BUSY, {"skew": -3 * HOUR, **_spells("429 date", 12, 3, 24)}),
    Kind("429 without a word", 2, BUSY, _spells("429 bare", 24, 12)),
    Kind("six feeds on a host, the first says 429", 6, BUSY, {"together": 6}),
    Kind("503 for a day", 1, DAILY, _spells("503", 20, 24)),
    Kind("503 with Retry-After", 1, DAILY, _spells("503 asked", 20, 8)),
    Kind("500 every third hour", 2, DAILY, _spells("500", 1, 1, 3)),
    Kind("404 for 40 h", 2, DAILY, _spells("404", 12, 40)),
    Kind("410", 1, DAILY, _spells("410", 20)),
    Kind("410 for 5 h", 1, DAILY, _spells("410", 20, 5)),
    Kind("403", 1, DAILY, _spells("403")),
    Kind("bot check for a day", 1, DAILY, _spells("wall", 20, 24)),
    Kind("11 MiB", 1, DAILY, _spells("huge")),
    Kind("gzip bomb", 1, DAILY, _spells("bomb")),
    Kind("broken XML", 1, DAILY, _spells("garbage")),
    Kind("HTML in place of a feed for a day", 1, DAILY, _spells("html", 20, 24)),
    Kind("cut short for a day", 2, DAILY, _spells("cut", 20, 24)),
    Kind("hangs up for a day", 1, DAILY, _spells("reset", 20, 24)),
)
KINDS = (*WELL, *HINTED, *MOVING, *UNWELL)
SLOTS = tuple(kind for kind in KINDS for _ in range(kind.share))


def sites(count: int, seed: int) -> tuple[Site, ...]:
    """So many publishers; each kind has its share of every ``len(SLOTS)`` of them."""
    return tuple(_site(number, SLOTS[number % len(SLOTS)], seed) for number in range(count))


def one_of_each(seed: int) -> tuple[Site, ...]:
    """The first of each kind, and whoever it cannot do without: neighbours, the other of a pair."""
    needed = [place for place, kind in enumerate(SLOTS) if _place(place, kind) < kind.more.get("together", 1)]
    return tuple(_site(number, SLOTS[number], seed) for number in needed)


def _site(number: int, kind: Kind, seed: int) -> Site:
    more, place = dict(kind.more), _place(number, kind)
    together = more.pop("together", 1)
    if together > 2:
        return _shared(number, kind, seed)
    told_as = number - place % together
    age = more.get("shown", 10) + 1 + chance(seed, told_as)
    first = more.get("silent_since", START) - age * kind.rhythm
    return Site(number, kind.name, f"s{number:04}.test", "/feed", kind.rhythm, first, told_as, **more)


def _shared(number: int, kind: Kind, seed: int) -> Site:
    """Neighbours have one host, and the first of them is told off in the name of all."""
    place = _place(number, kind)
    spells = (Spell("429", timedelta(hours=20), timedelta(hours=6), DAY),) if place == 0 else ()
    first = START - (11 + chance(seed, number)) * kind.rhythm
    host = f"shared{number - place:04}.test"
    return Site(number, kind.name, host, f"/feed/{place}", kind.rhythm, first, number, spells=spells)


def _place(number: int, kind: Kind) -> int:
    """Which one of its kind it is, among neighbours."""
    return number % len(SLOTS) - SLOTS.index(kind)
