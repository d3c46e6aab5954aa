"""What a publish of one feed has to do."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from sqlalchemy import Connection

from relay.core.filtering.selection import selects
from relay.core.pictures.rendition import digest_of
from relay.core.post import Post
from relay.pipeline.publishing import looks
from relay.pipeline.publishing.press import Press
from relay.storage import changing, printed
from relay.storage.printed import Place
from relay.storage.progress import Progress

Month = tuple[int, int]
"""A year and its month, in UTC."""


@dataclass(slots=True)
class Plan:
    """The entries whose pages are to be made, those that have left, and the months they were published in.

    Of each month the first moment that is concerned. ``dropped`` pictures (digests) are shown no more by those who
    showed them. ``reached`` is how far the folder is when all of it is done.
    """

    reached: Progress
    is_whole: bool
    pages: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    months: dict[Month, datetime] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)

    def concerns(self, place: Place, before: Place | None) -> None:
        """Its page, its month, its picture."""
        (self.pages if place.gone_at is None else self.left).append(place.entry_id)
        month = month_of(place.published)
        self.months[month] = min(place.published, self.months.get(month, place.published))
        if before and before.picture and before.picture != place.picture:
            self.dropped.add(before.picture)


def month_of(moment: datetime) -> Month:
    """The month on whose page an entry stands."""
    utc = moment.astimezone(UTC)
    return utc.year, utc.month


def current_looks(tx: Connection, press: Press) -> str:
    """What the documents depend on beside the posts, as of now."""
    return looks.of_feed(press.desk, press.feed, press.directory) + looks.of_origins(tx, press.feed)


def concerned(tx: Connection, press: Press, before: Progress) -> bool:
    """Whether anything that changed since ``before`` is, or was, in the feed."""
    for some in _chunks(changing.since(tx, before.seen, before.at, press.now)):
        if printed.places(tx, press.feed.id, some) or _posts(tx, press, some):
            return True
    return False


def plan(tx: Connection, press: Press, before: Progress, *, whole: bool) -> Plan:
    """Write down what stands in the feed now; what differs from ``before``, or all of it."""
    now_looks = current_looks(tx, press)
    is_whole = whole or looks.for_posts(now_looks) != looks.for_posts(before.looks)
    found = Plan(Progress(changing.head(tx), now_looks, press.now), is_whole)
    changed = changing.since(tx, before.seen, before.at, press.now)
    for some in changing.ids(tx) if is_whole else _chunks(changed):
        _settle(tx, press, some, found)
    printed.close(tx, press.feed.id, press.feed.size)
    found.dropped -= printed.shows(tx, press.feed.id, found.dropped)
    return found


def _settle(tx: Connection, press: Press, ids: Collection[int], found: Plan) -> None:
    known = printed.places(tx, press.feed.id, ids)
    posts = _posts(tx, press, ids)
    here = [Place(id, post.published, _picture(press, post)) for id, post in posts.items()]
    gone = [
        replace(place, picture=None, gone_at=place.gone_at or press.now.replace(microsecond=0))
        for id, place in known.items()
        if id not in posts
    ]
    printed.put(tx, press.feed.id, known, here + gone)
    for place in here + gone:
        found.concerns(place, known.get(place.entry_id))


def _posts(tx: Connection, press: Press, ids: Collection[int]) -> dict[int, Post]:
    shown = changing.shown(tx, ids, press.feed.sources, press.now)
    return {id: post for id, post in shown if selects(press.feed, post)}


def _picture(press: Press, post: Post) -> str | None:
    """The digest of its picture, if that stands in the feed's own folder: one made of another shows the other's."""
    is_here = post.picture and (press.feed.part is None or post.picture.url.startswith(press.feed.link))
    return digest_of(post.picture.url) if post.picture and is_here else None


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    every = list(ids)
    return (every[start : start + changing.AT_ONCE] for start in range(0, len(every), changing.AT_ONCE))
