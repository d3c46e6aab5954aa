"""What stands around the posts of a source while its poll is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from relay.core.identity.changes import Change
from relay.core.normalise import Home
from relay.core.source import Source
from relay.pipeline.desk import Desk
from relay.pipeline.storing import merging, neighbourhood
from relay.pipeline.storing.merging import Told
from relay.pipeline.storing.neighbourhood import Neighbourhood, Where


@dataclass(frozen=True, slots=True)
class Around:
    """Where the posts of a source live, and those that stand beside them, as far as they are stored."""

    home: Home
    beside: Neighbourhood
    told: Told | None = None
    """What other sources told about the time of what is new."""
    is_backlog: bool = False
    """Whether all that is new of the source is old: nothing waits for its picture."""


@dataclass(frozen=True, slots=True)
class Storing:
    """One document that is being stored: of which source, beside what, and when."""

    desk: Desk
    source: Source
    around: Around
    now: datetime


def read(tx: Connection, desk: Desk, source: Source, changes: Sequence[Change], now: datetime) -> Around:
    """Read once, and of what was read for another poll only what has changed since."""
    home, group = desk.home(source.id), merging.company(desk, source)
    where = Where(_neighbours(desk, source), home.related.within, frozenset({*group, source.id} if group else ()))
    if all(change.kind == "same" for change in changes):
        return Around(home, Neighbourhood(where))
    beside = neighbourhood.of(tx.engine).at(where)
    beside.refresh(tx, now)
    return Around(home, beside, merging.beside(beside.likest, group, changes, now))


def _neighbours(desk: Desk, source: Source) -> tuple[str, ...]:
    """The sources whose posts stand in the same feed: a post may refer to those."""
    feed = next((feed for feed in desk.feeds if source.id in feed.sources), None)
    return feed.sources if feed else (source.id,)
