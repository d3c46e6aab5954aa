"""The documents of a plan, in the order in which they may be written: nothing names what is not there yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import takewhile
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import Connection

from relay.core.document import Picture
from relay.core.pictures.rendition import Rendition, digest_of
from relay.core.post import Post
from relay.pipeline.picturing.editions import fallback, pictured
from relay.pipeline.publishing import looks
from relay.pipeline.publishing.calendar import Calendar
from relay.pipeline.publishing.planning import Plan
from relay.pipeline.publishing.press import Press
from relay.pipeline.today import current
from relay.publish.format import Document, Edition, Format, Gone, History, Leaf
from relay.publish.places import PLACES, Place, archived
from relay.storage import printed, service, sources

AT_ONCE = 200
"""Posts whose pages are in memory at a time."""
EDITED = timedelta(days=30)
"""An older post stands in subscription documents for so long after it was edited, by the feed's own latest change."""
GONE = timedelta(days=90)
"""They say for so long that a post has left (RFC 6721)."""


_ARCHIVED = frozenset({"atom", "rss"})
"""RFC 5005 speaks of these."""


@dataclass(frozen=True, slots=True)
class Sheaf:
    """Documents to be written together, and the pictures that must be there before."""

    documents: tuple[Document, ...]
    files: tuple[Rendition, ...] = ()


@dataclass(frozen=True, slots=True)
class _Printer:
    """One feed as it is printed: what all its editions have in common, and the picture of posts without one."""

    press: Press
    common: Edition
    instead: Picture | None

    def with_posts(
        self, tx: Connection, posts: Sequence[Post]
    ) -> tuple[dict[str, Post], Edition, tuple[Rendition, ...]]:
        """Posts as readers may be shown them, by their ``id``; an edition that has their thumbnails; their files."""
        press = self.press
        found = pictured(tx, press.desk, press.feed, posts, self.instead)
        return {one.id: one for one in found.posts}, replace(self.common, thumbnails=found.thumbnails), found.files


def printing(press: Press, plan: Plan) -> Iterator[Sheaf]:
    """The sheaves of a plan; none where nothing stands in the feed, or ever stood there."""
    with press.db.write() as tx:
        if not printed.is_any(tx, press.feed.id):
            return
        printer = _printer(tx, press, looks.for_posts(plan.reached.looks))
    if "html" in press.feed.formats:
        yield from _pages(printer, plan)
        yield from _leaves(printer, plan)
    for name in press.feed.formats:
        if name in _ARCHIVED:
            yield from _archives(printer, PLACES[name], press.formats[name], plan)
    with press.db.read() as tx:
        sheaf = _front(tx, printer)
    yield sheaf


def pictures_needed(press: Press) -> set[str]:
    """The digests of all pictures that the feed's posts show, and of the one in their place."""
    with press.db.write() as tx:
        instead = fallback(tx, press.feed, press.now)
        shown = printed.pictures(tx, press.feed.id)
    return shown | ({digest_of(instead.url) or ""} if instead else set())


def documents(edition: Edition, formats: dict[str, Format]) -> list[Document]:
    """The documents of every format that the feed has; pages first, so that no feed names one that is not there yet."""
    names = sorted(edition.feed.formats, key=lambda name: name != "html")
    return [document for name in names for document in formats[name].render(edition)]


def _printer(tx: Connection, press: Press, looks: str) -> _Printer:
    common = Edition(
        feed=press.feed,
        id=tag(tx, press),
        updated=press.now,
        posts=(),
        origins={},
        directory=current(tx, press.desk).directory,
        looks=looks,
    )
    return _Printer(press, common, fallback(tx, press.feed, press.now))


def tag(tx: Connection, press: Press) -> str:
    """The feed's permanent name, dated by its first publication."""
    feed = press.feed
    return service.feed_tag(tx, feed.id, f"tag:{urlsplit(feed.link).hostname},{press.now:%Y-%m-%d}:{feed.id}")


def _pages(printer: _Printer, plan: Plan) -> Iterator[Sheaf]:
    for some in _batches(plan.pages):
        with printer.press.db.read() as tx:
            posts, edition, files = printer.with_posts(tx, printed.posts(tx, printer.press.feed.id, some))
        yield _html(printer, replace(edition, pages=tuple(posts.values())), files)
    for some in _batches(plan.left):
        with printer.press.db.read() as tx:
            left = printed.left(tx, printer.press.feed.id, some)
        yield _html(printer, replace(printer.common, pages=(), left=tuple(left)))


def _leaves(printer: _Printer, plan: Plan) -> Iterator[Sheaf]:
    feed = printer.press.feed
    with printer.press.db.read() as tx:
        leaves = Calendar(tx, feed.id, feed.size).leaves(plan.months)
    for leaf in leaves:
        with printer.press.db.read() as tx:
            posts, edition, files = printer.with_posts(tx, printed.posts(tx, feed.id, leaf.ids))
        page = Leaf(leaf.path, leaf.month, tuple(posts.values()), leaf.earlier, leaf.later)
        yield _html(printer, replace(edition, pages=(), leaves=(page,)), files)


def _html(printer: _Printer, edition: Edition, files: tuple[Rendition, ...] = ()) -> Sheaf:
    return Sheaf(printer.press.formats["html"].render(replace(edition, has_front=False)), files)


def _archives(printer: _Printer, place: Place, format_: Format, plan: Plan) -> Iterator[Sheaf]:
    """The archive documents that are not there yet, those of earlier posts first. One that is there never changes."""
    press = printer.press
    with press.db.read() as tx:
        last = printed.archives(tx, press.feed.id)
    numbers = range(last, 0, -1)
    is_missing = partial(_is_missing, press.folder, place)
    missing = [*(filter if plan.is_whole else takewhile)(is_missing, numbers)]
    for number in reversed(missing):
        with press.db.read() as tx:
            posts, edition, files = printer.with_posts(tx, printed.archive(tx, press.feed.id, number))
            known = sources.origins(tx, {post.source_id for post in posts.values()})
        past = History(number, number - 1 or None, number + 1 if number < last else None)
        updated = max((post.updated for post in posts.values()), default=press.now)
        made = replace(edition, posts=tuple(posts.values()), history=past, updated=updated, origins=known)
        yield Sheaf(format_.render(made), files)


def _is_missing(folder: Path, place: Place, number: int) -> bool:
    return not (folder / archived(place, number).path).exists()


def _front(tx: Connection, printer: _Printer) -> Sheaf:
    """The main documents: the newest posts, those edited lately, and what has left lately."""
    press, feed = printer.press, printer.press.feed
    newest = printed.newest(tx, feed.id, feed.size)
    last_left = printed.latest(tx, feed.id)
    clock = max([post.updated for _, post in newest] + ([last_left] if last_left else []), default=press.now)
    edited = printed.edited(tx, feed.id, clock - EDITED, [id for id, _ in newest], feed.size)
    posts, edition, files = printer.with_posts(tx, [*(post for _, post in newest), *edited])
    gone = tuple(Gone(post, at) for post, at in printed.gone(tx, feed.id, clock - GONE))
    made = replace(
        edition,
        updated=max([clock, *(post.updated for post in edited)]),
        posts=tuple(posts[post.id] for _, post in newest),
        edited=tuple(posts[post.id] for post in edited),
        pages=(),
        gone=gone,
        history=_history(tx, printer, newest),
        origins=sources.origins(tx, {post.source_id for post in posts.values()}),
        months=_months(tx, printer, [post for _, post in newest]),
    )
    return Sheaf(tuple(documents(made, dict(press.formats))), files)


def _history(tx: Connection, printer: _Printer, newest: Sequence[object]) -> History:
    """Where the subscription document leads on to; it is complete as long as there is nothing before it."""
    feed = printer.press.feed
    last = printed.archives(tx, feed.id)
    return History(earlier=last or None, is_complete=not last and bool(newest))


def _months(tx: Connection, printer: _Printer, newest: Sequence[Post]) -> tuple[datetime, ...]:
    """None where all posts stand on the front page."""
    feed = printer.press.feed
    if "html" not in feed.formats or not newest or printed.before(tx, feed.id, newest[-1].published) is None:
        return ()
    return tuple(Calendar(tx, feed.id, feed.size).months())


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
