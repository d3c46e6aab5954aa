"""The same news from a second source: its entry is kept whole, and merged into the first, which credits both."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from relay.core.crosspost import State
from relay.core.entry import Entry, Identity, KnownEntry
from relay.core.identity.changes import Change
from relay.core.identity.likest import Likest
from relay.core.identity.sameness import LOOKED_AT, NEAR, same
from relay.core.post import Post
from relay.core.question import Kind
from relay.core.source import Source
from relay.pipeline import queue
from relay.pipeline.desk import Desk
from relay.pipeline.storing import crediting
from relay.storage import crossposts, entries, merged, questions

HAD = frozenset(
    {
        *(State.SENDING, State.UNCONFIRMED, State.ABANDONED, State.SKIPPED, State.SENT, State.WITHDRAWN),
        *(State.EDIT_PROPOSED, State.UPDATING, State.DELETE_PROPOSED, State.WITHDRAWING),
    }
)
"""An account where the first stands so has had the news, or was not to have it."""
MERGED = "The same news as another source's: merged, and the editors are asked whether it is."


def aloof(desk: Desk) -> tuple[str, ...]:
    """The sources whose entries are never anybody else's too."""
    return tuple(source.id for source in desk.sources.values() if not source.merge)


def company(desk: Desk, source: Source) -> frozenset[str]:
    """The other sources whose posts readers find beside those of this one, unless one of the two stays apart."""
    if not source.merge:
        return frozenset()
    beside = {id for feed in desk.feeds if source.id in feed.sources for id in feed.sources}
    return frozenset(beside - {source.id, *aloof(desk)})


def known(tx: Connection, desk: Desk, source: Source, names: Collection[Identity]) -> list[KnownEntry]:
    """What is known by these names; without other sources' entries where this one, or that one, stays apart."""
    found = entries.known(tx, source.id, names, aloof(desk))
    return found if source.merge else [one for one in found if one.is_here]


@dataclass(slots=True)
class Told:
    """What ``others`` told between two moments: as an index knows it, and as it is read where that does not know all.

    ``allowed`` are the entries that are looked at, the newest; ``None`` until somebody has to know.
    """

    likest: Likest
    others: frozenset[str]
    since: datetime
    until: datetime
    allowed: list[int] | None = None

    def alike(self, tx: Connection, post: Post) -> list[Entry]:
        """Those that may be the same news as ``post``, the likest first."""
        if not self.likest.knows(self.others, self.since, merged.MOST):
            return [*entries.by_ids(tx, self._allowed(tx)).values()]
        ids = self.likest.alike(post, self.others)
        if ids and len(self.likest.marked) > merged.MOST:
            ids = [id for id in ids if id in self._allowed(tx)]
        ids = [id for id in ids[:LOOKED_AT] if self.likest.may_tell(id, post)]
        found = entries.by_ids(tx, ids) if ids else {}
        return [found[id] for id in ids]

    def _allowed(self, tx: Connection) -> list[int]:
        if self.allowed is None:
            self.allowed = merged.told(tx, self.others, self.since, self.until)
        return self.allowed


def beside(likest: Likest, group: frozenset[str], changes: Sequence[Change], now: datetime) -> Told | None:
    """What the sources that share a feed with this one told about the time of what is new."""
    new = [change.entry for change in changes if change.kind == "new"]
    if not group or not new:
        return None
    dates = [now, *(entry.published for entry in new if entry.published)]
    return Told(likest, group, min(dates) - NEAR, max(dates) + NEAR)


def first(tx: Connection, source: Source, post: Post, told: Told | None) -> int | None:
    """The entry that tells what ``post`` tells, unless an editor has said of it that this source tells another."""
    alike = told.alike(tx, post) if told else []
    found = same(post, [entry.post for entry in alike]) if alike else None
    if found is None:
        return None
    id = next(entry.id for entry in alike if entry.post.id == found.id)
    return None if id in questions.denied(tx, source.id, Kind.SAME) else id


def merge(tx: Connection, source: Source, second: int, into: int, now: datetime) -> Entry | None:
    """Publish and announce ``second`` no more by itself; the entry that credits its source too, as it is now."""
    merged.put(tx, second, into)
    entry = entries.get(tx, second)
    return crediting.give(tx, into, crediting.of(source, entry.post, entry.post.credit_url), now) if entry else None


def ask(tx: Connection, source: Source, pairs: Sequence[tuple[int, int, bool]], now: datetime) -> tuple[str, ...]:
    """One question a pair, of the first and the second entry; one for all that nobody was to announce anyway."""
    found = entries.by_ids(tx, (second for _, second, _ in pairs))
    for one, second, is_backlog in pairs:
        subject = "" if is_backlog else found[second].post.credit_url
        questions.ask(tx, source.id, Kind.SAME, subject, (one, second), now)
    return (MERGED,) if pairs else ()


def step_in(tx: Connection, desk: Desk, gone: int, now: datetime) -> tuple[Entry, frozenset[str]] | None:
    """The source of the entry ``gone`` has taken it back: of those merged into it the oldest stands in its place.

    That one, and the accounts that had its news already; ``None`` where there is none.
    """
    old, heirs = entries.get(tx, gone), merged.into(tx, gone)
    heir = entries.get(tx, heirs[0]) if heirs else None
    if old is None or heir is None:
        return None
    merged.put_all(tx, gone, heir.id)
    merged.put(tx, gone, heir.id)
    merged.put(tx, heir.id, None)
    own = crediting.labels(desk, (heir.source_id,), heir.post)
    also = tuple(one for one in old.post.also if one.url != heir.post.credit_url and one.label not in own)
    shown = crediting.put(tx, heir, also, now)
    had = frozenset(one.account for one in crossposts.of_entry(tx, gone) if one.state in HAD or one.parts)
    queue.share(tx, desk, shown, skipped=None, had=had, now=now)
    return shown, had


def part(tx: Connection, desk: Desk, second: int, now: datetime, *, is_backlog: bool) -> int:
    """They are two pieces of news: how many cross-posts of the second wait for an editor.

    Who shows the second, and not the first, is credited with the second from now on.
    """
    entry = entries.get(tx, second)
    if entry is None or entry.merged_into is None:
        return 0
    first = entry.merged_into
    merged.put(tx, second, None)
    shown_by = entries.sources(tx, (first, second))
    leaving = crediting.labels(desk, {*shown_by[second]} - {*shown_by[first]}, entry.post)
    moved = crediting.remove(tx, first, leaving, now)
    own = crediting.labels(desk, (entry.source_id,), entry.post)
    if also := tuple(one for one in moved if one.label not in own):
        entry = crediting.put(tx, entry, also, now)
    queued = queue.share(tx, desk, entry, skipped="" if is_backlog else None, now=now)
    if not entries.is_withdrawn(tx, second):
        return queued
    queue.withdraw(tx, desk, second, now)
    return 0
