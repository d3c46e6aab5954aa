"""What became of the publishers' entries: nothing lost, nothing twice, nothing announced twice or passed over."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, text

from benchmarks.audit.polls import Poll
from benchmarks.audit.tally import Check
from benchmarks.farm.news import leaves, listed, name, newest, published
from benchmarks.farm.site import DAY, HOUR, START, Site
from relay.storage import questions

STILL_THERE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Store:
    """How often each entry is stored and queued, and which ones an editor is asked about, by their names."""

    stored: Counter[str]
    queued: Counter[str]
    asked: frozenset[str]


def store(tx: Connection) -> Store:
    """What the database holds, asked of its tables."""
    names = {row.id: str(row.url).rpartition("/")[2] for row in tx.execute(text("SELECT id, url FROM entries"))}
    waiting = tx.execute(text("SELECT entry_id FROM crossposts WHERE state = 'waiting'")).scalars()
    asked = (id for question in questions.open_(tx) for id in question.entries)
    return Store(
        Counter(names.values()),
        Counter(names[id] for id in waiting),
        frozenset(names[id] for id in asked),
    )


def kept(found: Store, own: Mapping[int, Sequence[Poll]], sites: Sequence[Site], end: datetime) -> Iterator[Check]:
    """Every entry that was served or could have been seen."""
    yield from (
        Check("once", times == 1, f"{called} is stored {times} times") for called, times in found.stored.items()
    )
    yield from (
        Check("queued once", times == 1, f"{called} is queued {times} times") for called, times in found.queued.items()
    )
    for site in sites:
        yield from _served(found, site, own[site.number])
        yield from _in_time(found, site, own[site.number], end)


def _served(found: Store, site: Site, own: Sequence[Poll]) -> Iterator[Check]:
    read = [poll.last.answer.newest for poll in own if poll.is_read and poll.last.answer.newest is not None]
    for number in sorted({number for shown in read for number in listed(site, shown)}):
        called = name(site, number)
        yield Check("served", called in found.stored, f"{site.kind}: {called}")
        if number > read[0] and site.told_as == site.number:
            yield Check("told", called in found.queued or called in found.asked, f"{site.kind}: {called}")


def _in_time(found: Store, site: Site, own: Sequence[Poll], end: datetime) -> Iterator[Check]:
    span = longest_absence(site)
    failed = [poll.at for poll in own if not poll.is_well]
    for number in range(newest(site, START) + 1, newest(site, end) + 1):
        came, left = published(site, number), leaves(site, number, end)
        # What is still there at the end is not lost yet, unless it has been there for long.
        least = span if span is None or left < end else max(span, STILL_THERE)
        if least is None or left - came < least or any(came <= at <= left for at in failed if not site.spells):
            continue
        called = name(site, number)
        yield Check("in time", called in found.stored, f"{site.kind}: {called}, shown from {came} to {left}")


def longest_absence(site: Site) -> timedelta | None:
    """How long a polite reader may have to stay away; ``None`` where the server is out of order for long."""
    told_off = all(spell.reply.startswith("429") or spell.reply == "slow" for spell in site.spells)
    if not told_off or site.loop:
        return None
    hints = (HOUR, site.hints.ttl, site.hints.period, site.expires, _max_age(site))
    asked = max(hint for hint in hints if hint)
    whole = site.etag == "none" and not site.modified
    least = max(asked, DAY if site.silent_since or whole else HOUR)
    pause = 8 * HOUR if site.spells or "shared" in site.host else 0 * HOUR
    return least * 1.05 + HOUR / 2 + timedelta(hours=len(site.hints.skip_hours)) + pause


def _max_age(site: Site) -> timedelta | None:
    seconds = (site.cache or "").partition("max-age=")[2]
    return timedelta(seconds=int(seconds)) if seconds else None
