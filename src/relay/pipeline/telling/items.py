"""What one bulletin tells, as it is now: news by entry, each with its cross-posts, and the rest in lines of its own."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost, State
from relay.core.entry import Entry
from relay.core.scheduling.calendar import next_moment
from relay.core.telling.listener import Kind
from relay.core.telling.notice import Notice
from relay.pipeline.accounts import standing
from relay.pipeline.desk import Desk
from relay.storage import crossposts, entries, journal, notices

MOST = 20
"""Entries that one message tells in words; of the others it says how many they are."""


@dataclass(frozen=True, slots=True)
class Item:
    """A cross-post, and why it is told: ``state`` is where it stood.

    ``leaves`` is when it would, if it were approved now. ``judged`` is who judged it since, and when, ``None`` as long
    as it stands as it was told.
    """

    kind: Kind
    state: State
    crosspost: Crosspost
    network: str
    text: str
    leaves: datetime | None
    is_reminder: bool
    judged: journal.Line | None
    stuck: int = 0
    """How many cross-posts wait for the same account, where it is held; this one is among them."""

    @property
    def is_open(self) -> bool:
        """Whether it still stands as it was told."""
        return self.judged is None


@dataclass(frozen=True, slots=True)
class News:
    """One entry: whose it is, and what is told of it."""

    title: str
    source: str
    address: str
    language: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Bulletin:
    """All of it. ``more`` entries are only counted; ``others`` are about no cross-post."""

    news: tuple[News, ...]
    others: tuple[Notice, ...]
    more: int
    line: int

    @property
    def items(self) -> tuple[Item, ...]:
        """Every cross-post that is told in words."""
        return tuple(item for one in self.news for item in one.items)

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is worth a message any more."""
        return not self.others and not self.more and not any(item.is_open for item in self.items)


def bulletin(tx: Connection, desk: Desk, number: int, now: datetime) -> Bulletin:
    """What a bulletin tells now."""
    by_entry: dict[int, list[int]] = {}
    for id, entry_id in notices.places(tx, number):
        by_entry.setdefault(entry_id, []).append(id)
    shown = dict(islice(by_entry.items(), MOST))
    items = _items(tx, desk, number, [id for ids in shown.values() for id in ids], now)
    stored, shown_by = entries.by_ids(tx, shown), entries.sources(tx, tuple(shown))
    return Bulletin(
        news=tuple(
            _news(desk, stored.get(id), shown_by.get(id, ()), [items[one] for one in dict.fromkeys(own)])
            for id, own in shown.items()
        ),
        others=tuple(notices.others(tx, number)),
        more=len(by_entry) - len(shown),
        line=notices.last_line(tx),
    )


def _items(tx: Connection, desk: Desk, number: int, ids: Sequence[int], now: datetime) -> dict[int, Item]:
    told = notices.of_crossposts(tx, number, ids)
    return {one.id: _item(tx, desk, told[one.id], one, now) for one in crossposts.by_ids(tx, tuple(told))}


def _news(desk: Desk, entry: Entry | None, sources: Collection[str], items: Sequence[Item]) -> News:
    names = ", ".join(desk.sources[id].name if id in desk.sources else id for id in sources)
    if entry is None:
        return News("", names, "", "", tuple(items))
    return News(entry.post.headline, names, entry.post.more_url, entry.post.language, tuple(items))


def _item(tx: Connection, desk: Desk, notice: Notice, crosspost: Crosspost, now: datetime) -> Item:
    account = desk.accounts.get(crosspost.account)
    network = desk.networks[account.network] if account else None
    text = network.SETTINGS.shows(account, crosspost.draft).text if network and account else crosspost.draft.text
    return Item(
        kind=notice.kind,
        state=notice.state or crosspost.state,
        crosspost=crosspost,
        network=network.directory_name(account) if network and account else "",
        text=text,
        leaves=_leaves(desk, crosspost, now),
        is_reminder=notice.again,
        judged=None if crosspost.state is notice.state else _judged(tx, crosspost),
        stuck=_stuck(tx, crosspost),
    )


def _leaves(desk: Desk, crosspost: Crosspost, now: datetime) -> datetime | None:
    """When it would leave if it were approved now; ``None`` for what is not to leave."""
    if crosspost.state is not State.WAITING:
        return None
    earliest = now + desk.route(crosspost).approval.undo
    if crosspost.wanted_at and crosspost.wanted_at > earliest:
        return crosspost.wanted_at
    return next_moment(desk.schedule(crosspost), earliest)


def _stuck(tx: Connection, crosspost: Crosspost) -> int:
    is_held = crosspost.state is State.HELD and standing.held(tx, crosspost.account) is not None
    return standing.waiting(tx, crosspost.account) if is_held else 0


def _judged(tx: Connection, crosspost: Crosspost) -> journal.Line | None:
    """Whose word it was that moved it on: a person's, where there is one, for what relay does after it is no news."""
    moved = [line for line in journal.lines(tx, crosspost.id) if line.from_state != line.to_state]
    by_people = [line for line in moved if line.who != "relay"]
    return next(reversed(by_people or moved), None)
