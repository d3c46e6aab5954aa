"""What a document says that storage does not know yet."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from relay.core.document import ParsedEntry
from relay.core.entry import Identity, KnownEntry, fingerprint
from relay.core.filtering.filters import wanted
from relay.core.identity.recognition import recognise, trustworthy
from relay.core.question import Kind
from relay.core.source import Backlog, Source

FLOOD = 10
"""More new entries than this in one fetch, and most of the document: the source has moved, it is not news."""
DELUGE = 3 * FLOOD
"""More than this are a flood, however long the document."""
REVISIONS = 24
"""An entry that has changed this often is not an entry that is being corrected: it is no longer followed."""
FUTURE = timedelta(days=1)
"""A date further ahead than this is a mistake, not a clock that is a little fast."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry to store: ``new``, ``edited``, or ``same`` (then only its names are remembered).

    ``shared`` is another source's entry that this one shows for the first time; ``frozen`` has changed too often.
    """

    kind: Literal["new", "edited", "same", "shared", "frozen"]
    entry: ParsedEntry
    identities: frozenset[Identity]
    fingerprint: str
    known_id: int | None = None
    is_backlog: bool = False
    """Recorded and published, but nobody is asked to announce it."""
    asks: Kind | None = None
    """The question that its document raises."""
    is_renamed: bool = False
    """Known, under another guid."""
    is_back: bool = False
    """Its source had withdrawn it."""
    posted: str = ""
    """Where another tool has posted it before relay came: why nobody announces it, in a sentence."""

    @property
    def skipped(self) -> str | None:
        """Why its cross-posts wait for nobody; empty where there is no more to say, ``None`` where they do wait."""
        return self.posted if self.is_backlog else None


def decide(
    parsed: Sequence[ParsedEntry], known: Sequence[KnownEntry], source: Source, *, is_first: bool
) -> tuple[Change, ...]:
    """The changes a document brings, oldest first; entries that the source's rules leave out are not among them."""
    entries = wanted(trustworthy(parsed), source)
    changes = _once([_change(one.entry, one.names, one.owner) for one in recognise(entries, known)])
    fresh = [change for change in changes if change.kind in {"new", "shared"}]
    asks = None if is_first else _question(changes, fresh)
    offered = _offered(fresh, source.backlog) if is_first else set() if asks else {id(change) for change in fresh}
    backlog = {id(change) for change in fresh} - offered
    changes.reverse()  # documents begin with their newest: so it stays where nothing is dated
    ordered = sorted(changes, key=_age)
    return tuple(_offered_as(change, asks, is_backlog=id(change) in backlog) for change in ordered)


def _offered_as(change: Change, asks: Kind | None, *, is_backlog: bool) -> Change:
    return replace(change, is_backlog=is_backlog, asks=asks) if is_backlog or asks else change


def remarks(changes: Sequence[Change], now: datetime) -> tuple[str, ...]:
    """What a person should know of a document, in sentences."""
    frozen = [
        f"“{change.entry.title or change.entry.url}” changes at every fetch: it is no longer followed."
        for change in changes
        if change.kind == "frozen"
    ]
    ahead = sum(change.entry.published > now + FUTURE for change in changes if change.entry.published)
    future = ["1 entry is dated in the future." if ahead == 1 else f"{ahead} entries are dated in the future."]
    return (*frozen, *(future if ahead else ()))


def _change(entry: ParsedEntry, names: frozenset[Identity], match: KnownEntry | None) -> Change:
    if entry.sketch and match:  # as it was: storage has said so
        return Change("same", entry, names, match.fingerprint, match.id)
    seen = fingerprint(entry)
    if match is None:
        return Change("new", entry, names, seen)
    renamed = _renamed(names, match)
    held = Counter(name.kind for name in match.identities)
    names = frozenset(name for name in names if held[name.kind] <= REVISIONS)
    kind = _kind(seen, match)
    return Change(kind, entry, names, seen, match.id, is_renamed=renamed, is_back=match.is_withdrawn)


def _kind(seen: str, match: KnownEntry) -> Literal["edited", "same", "shared", "frozen"]:
    if not match.is_here:
        return "shared"
    if not match.is_own or match.fingerprint == seen:
        return "same"
    return "frozen" if match.revisions >= REVISIONS else "edited"


def _renamed(names: frozenset[Identity], match: KnownEntry) -> bool:
    """Whether the guid is another than the one or two known; where it is new at every fetch, that says nothing."""
    before, now = _guids(match.identities), _guids(names)
    return match.is_here and 0 < len(before) < 3 and bool(now) and not now <= before


def _guids(names: frozenset[Identity]) -> frozenset[Identity]:
    return frozenset(name for name in names if name.kind == "guid")


def _question(changes: Sequence[Change], fresh: Sequence[Change]) -> Kind | None:
    """Whether so much is new, or newly named, that a person is asked what it is."""
    renamed = sum(change.is_renamed for change in changes)
    identified = sum(bool(change.entry.id) for change in changes)
    recognised = sum(change.known_id is not None for change in changes)
    is_migration = renamed * 2 >= identified or renamed == recognised > 1
    if renamed and is_migration and (fresh or renamed > 1):
        return Kind.RENAMED
    is_most = len(fresh) * 2 > len(changes)
    return Kind.FLOOD if len(fresh) > DELUGE or (len(fresh) > FLOOD and is_most) else None


def _once(changes: Sequence[Change]) -> list[Change]:
    """Each entry once, though a document may list it twice; better under the name by which it is known."""
    kept: list[Change] = []
    names: set[Identity] = set()
    for change in sorted(changes, key=lambda change: change.known_id is None):
        if not change.identities & names:
            kept.append(change)
        names |= change.identities
    return kept


def _offered(fresh: Sequence[Change], backlog: Backlog) -> set[int]:
    """Which entries of a first poll editors are asked about."""
    if backlog.kind == "latest":
        return {id(change) for change in sorted(fresh, key=_age, reverse=True)[: backlog.count]}
    if backlog.kind == "since" and backlog.moment:
        return {id(change) for change in fresh if _age(change) >= backlog.moment}
    return set()


def _age(change: Change) -> datetime:
    return change.entry.published or change.entry.updated or datetime.min.replace(tzinfo=UTC)
