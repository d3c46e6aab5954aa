"""What stands around the posts of a source while its poll is stored."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from relay.core.entry import Entry
from relay.core.identity.changes import Change
from relay.core.normalise import Home
from relay.core.post import Post
from relay.core.source import Source
from relay.pipeline.desk import Desk
from relay.pipeline.storing import merging
from relay.storage import entries


@dataclass(frozen=True, slots=True)
class Around:
    """Where the posts of a source live, and those since ``since`` that stand beside them, as far as they are stored."""

    home: Home
    since: datetime
    recent: list[Post]
    told: list[Entry] = field(default_factory=list)
    """What other sources told about the time of what is new."""
    is_backlog: bool = False
    """Whether all that is new of the source is old: nothing waits for its picture."""

    def beside(self, post: Post) -> list[Post]:
        """All but the post itself."""
        return [other for other in self.recent if other.id != post.id]

    def put(self, post: Post) -> None:
        """Stored: the next ones stand beside it, as it is now."""
        if post.published >= self.since:
            self.recent[:] = [post, *self.beside(post)]


def read(tx: Connection, desk: Desk, source: Source, changes: Sequence[Change], now: datetime) -> Around:
    """Read once: a first poll of a thousand entries must not hold the writers' turn for long."""
    home = desk.home(source.id)
    if all(change.kind == "same" for change in changes):
        return Around(home, now, [])
    since = now - home.related.within
    recent = entries.recent(tx, _neighbours(desk, source), now, home.related.within)
    return Around(home, since, recent, merging.beside(tx, desk, source, changes, now))


def _neighbours(desk: Desk, source: Source) -> tuple[str, ...]:
    """The sources whose posts stand in the same feed: a post may refer to those."""
    feed = next((feed for feed in desk.feeds if source.id in feed.sources), None)
    return feed.sources if feed else (source.id,)
