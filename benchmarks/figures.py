"""The table that is printed at the end."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.audit.kept import Store
from benchmarks.audit.polls import Poll
from benchmarks.audit.tally import RULES, Tally
from benchmarks.farm.exchange import Exchange
from benchmarks.farm.site import Site

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Run:
    """What there is to tell of a run; seconds are of the real clock."""

    sites: Sequence[Site]
    days: float
    exchanges: Sequence[Exchange]
    polls: Mapping[int, Sequence[Poll]]
    found: Store
    wall: float
    cpu: float


def figures(run: Run) -> Iterator[str]:
    """Line by line, in Markdown."""
    yield "| figure | |"
    yield "|---|--:|"
    for name, value in _totals(run):
        yield f"| {name} | {value} |"
    yield ""
    yield "| publishers | how many | requests a day, median | p95 | answered 304 |"
    yield "|---|--:|--:|--:|--:|"
    yield from _by_kind(run)


def rules(tally: Tally) -> Iterator[str]:
    """Line by line, in Markdown: every rule, how often it was looked at, how often it was broken."""
    yield "| rule | | looks | broken |"
    yield "|---|---|--:|--:|"
    for rule, words in RULES.items():
        yield f"| {rule} | {words} | {tally.looks[rule]:,} | {tally.breaches[rule]:,} |"


def _totals(run: Run) -> Iterator[tuple[str, str]]:
    daily = _daily(run, run.sites)
    every = [poll for own in run.polls.values() for poll in own]
    could = [poll for own in run.polls.values() for poll in _nothing_new(own)]
    saved = sum(_saved(own) for own in run.polls.values())
    yield "requests", f"{len(run.exchanges):,}"
    yield "requests a source a day: mean", f"{len(run.exchanges) / len(run.sites) / run.days:.1f}"
    yield "requests a source a day: median, p95", f"{median(daily):.1f}, {_p95(daily):.1f}"
    yield "answered 304, of all polls", _share(poll.is_same for poll in every)
    yield (
        "answered 304, of those that could be: nothing new, and a server that knows conditions",
        _share(poll.is_same for poll in could),
    )
    yield "documents fetched", f"{sum(one.size for one in run.exchanges if one.is_whole) / MIB:,.0f} MiB"
    yield "documents not fetched, thanks to 304", f"{saved / MIB:,.0f} MiB"
    yield "entries stored", f"{len(run.found.stored):,}"
    yield "of them queued for an editor", f"{len(run.found.queued):,}"
    yield "of them in a question to an editor", f"{len(run.found.asked):,}"
    yield "real time", f"{run.wall:,.0f} s"
    yield "CPU of relay", f"{run.cpu:,.0f} s, {1000 * run.cpu / max(len(run.exchanges), 1):.1f} ms a request"


def _by_kind(run: Run) -> Iterator[str]:
    kinds: dict[str, list[Site]] = defaultdict(list)
    for site in run.sites:
        kinds[site.kind].append(site)
    for kind, own in kinds.items():
        daily = _daily(run, own)
        same = _share(poll.is_same for site in own for poll in run.polls[site.number])
        yield f"| {kind} | {len(own)} | {median(daily):.1f} | {_p95(daily):.1f} | {same} |"


def _daily(run: Run, sites: Iterable[Site]) -> list[float]:
    return sorted(sum(len(poll.steps) for poll in run.polls[site.number]) / run.days for site in sites)


def _p95(values: Sequence[float]) -> float:
    return values[min(int(len(values) * 0.95), len(values) - 1)]


def _share(hits: Iterable[bool]) -> str:
    all_ = list(hits)
    return f"{100 * sum(all_) / len(all_):.1f} %" if all_ else "–"


def _nothing_new(own: Sequence[Poll]) -> Iterator[Poll]:
    """The polls at which a server that knows conditions had nothing new."""
    document = ""
    for poll in own:
        honest = poll.site.etag != "restless" and (poll.site.etag != "none" or poll.site.modified)
        if honest and (poll.is_same or (poll.is_read and poll.last.answer.bytes_of == document)):
            yield poll
        document = poll.last.answer.bytes_of if poll.is_read else document


def _saved(own: Sequence[Poll]) -> int:
    size, saved = 0, 0
    for poll in own:
        size = poll.last.size if poll.is_read else size
        saved += size if poll.is_same else 0
    return saved
