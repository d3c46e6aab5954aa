"""What is new of a document: made ready one entry after the other, and written together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost
from relay.core.identity.changes import Change
from relay.core.normalise import apart, normalise, slug
from relay.core.post import Post
from relay.pipeline import queue
from relay.pipeline.picturing import wanting
from relay.pipeline.storing import merging, sharing
from relay.pipeline.storing.around import Storing
from relay.storage import adding as rows
from relay.storage import changing, entries
from relay.storage.adding import New
from relay.storage.slugs import Slugs


@dataclass(frozen=True, slots=True)
class Kept:
    """One change that is stored: its entry, and how many cross-posts wait for an editor because of it."""

    change: Change
    entry_id: int
    queued: int = 0
    into: int | None = None
    """The entry of another source that tells the same."""


@dataclass(slots=True)
class Adding:
    """Entries that are ready and not written yet, with their cross-posts; whoever reads or writes has them written."""

    tx: Connection
    of: Storing
    ids: Iterator[int]
    slugs: Slugs
    doubt: str = ""
    """What editors are told of all that is new."""
    changed: int | None = None
    """The number of the last change, as far as that is known."""
    new: list[New] = field(default_factory=list)
    asked: list[Crosspost] = field(default_factory=list)

    def add(self, change: Change) -> Kept:
        """One entry more; where another source told the same, all are written, and it is merged into that one's."""
        whole = self._post(change)
        into = merging.first(self.tx, self.of.source, whole, self.of.around.told)
        post = wanting.unseen(whole, self.of.source)
        new = self._new(change, post)
        self.new.append(new)
        if into is not None:
            return self._merge(new, into)
        asked = queue.asked(self.of.desk, new.id, post, skipped=change.skipped, doubt=self.doubt, now=self.of.now)
        self.asked += asked
        self.of.around.beside.put(new.id, post, new.changed)
        return Kept(change, new.id, len(asked) if change.skipped is None else 0)

    def write(self) -> None:
        """All that is ready, in this order."""
        if self.new:
            rows.put(self.tx, self.new, self.of.now)
            queue.put(self.tx, self.asked, self.of.now)
        self.new, self.asked, self.changed = [], [], None

    def _post(self, change: Change) -> Post:
        source, around, now = self.of.source, self.of.around, self.of.now
        name = self.slugs.take(self.tx, slug(change.entry))
        plain = normalise(change.entry, source, around.home, name, (), now)
        post = apart(plain, around.home, around.beside.moments)
        near = around.beside.near.related(post, around.home.related)
        return self.of.desk.housed(replace(post, related=near) if near else post)

    def _new(self, change: Change, post: Post) -> New:
        of, is_old = self.of, change.is_backlog or self.of.around.is_backlog
        wanted = wanting.want(of.desk, of.source, change.entry, of.now, is_news=not is_old)
        before = changing.head(self.tx) if self.changed is None else self.changed
        self.changed = before + (1 if wanted.held_until is None else 2)  # stored, then held or let go
        return New(next(self.ids), change, post, wanted.held_until, self.changed, wanted.candidates)

    def _merge(self, new: New, into: int) -> Kept:
        self.write()
        first = merging.merge(self.tx, self.of.source, new.id, into, self.of.now)
        return Kept(new.change, new.id, sharing.spread(self.tx, self.of, new.change, first), into)


def begin(tx: Connection, of: Storing, changes: Sequence[Change]) -> Adding:
    """What is to be known of all that is new is asked once."""
    new, slugs = [change for change in changes if change.known_id is None], Slugs()
    slugs.ask(tx, (slug(change.entry) for change in new))
    is_asked = any(change.skipped is None for change in new)
    doubt = queue.may_be_public(tx, of.source.id) if is_asked else ""
    return Adding(tx, of, iter(entries.numbered(tx, len(new))), slugs, doubt)
