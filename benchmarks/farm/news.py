"""Which entries a publisher has at an instant; nothing here is stored, all of it can be asked again."""

from datetime import datetime, timedelta

from benchmarks.farm.chance import chance
from benchmarks.farm.site import HOUR, START, Site

BURST = 8
"""Entries of the day on which a silent publisher wakes up."""


def published(site: Site, number: int) -> datetime:
    """The instant of an entry, to the second."""
    last = _last_regular(site)
    if last is not None and number > last:
        assert site.burst_at is not None
        return START + site.burst_at + (number - last) * HOUR
    late = 0.0 if site.steady else 0.3 * chance(site.told_as, number)
    return (site.first + (number + late) * site.rhythm).replace(microsecond=0)


def newest(site: Site, now: datetime) -> int:
    """The number of the newest entry at this instant."""
    last = _last_regular(site)
    if last is not None and site.burst_at is not None and now >= START + site.burst_at + HOUR:
        return last + min((now - START - site.burst_at) // HOUR, BURST)
    if last is not None:
        return last
    number = (now - site.first) // site.rhythm
    return number if published(site, number) <= now else number - 1


def listed(site: Site, newest_shown: int) -> range:
    """The entries of a document whose newest one is this, from old to new."""
    return range(max(newest_shown - site.shown + 1, 0), newest_shown + 1)


def leaves(site: Site, number: int, end: datetime) -> datetime:
    """The instant at which an entry scrolls out of the document; ``end`` if that is later."""
    follower = number + site.shown
    return min(published(site, follower), end) if follower <= newest(site, end) else end


def name(site: Site, number: int) -> str:
    """What an entry is called, in its title and its address, wherever it is told: ``n0012-345``."""
    return f"n{site.told_as:04}-{number}"


def _last_regular(site: Site) -> int | None:
    return None if site.silent_since is None else (site.silent_since - site.first) // site.rhythm


def lull(site: Site, now: datetime) -> timedelta:
    """How long there was nothing new."""
    return now - published(site, newest(site, now))
