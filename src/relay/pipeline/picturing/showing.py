"""What a post shows once something is known of its pictures, in one transaction."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from relay.core.document import Picture
from relay.core.entry import Entry
from relay.core.normalise import revised
from relay.core.pictures.candidate import WAITING, Candidate, Standing
from relay.core.pictures.rendition import Rendition, digest_of, shown
from relay.core.post import Post
from relay.pipeline import queue
from relay.storage import entries, holding, pictures
from relay.storage.journal import Actor

ANOTHER = "Another was fit before it."
_BESIDE = timedelta(minutes=10)
"""No two posts of a feed change at the same moment: so long ago they may have changed just now."""


def land(
    tx: Connection, link: str, entry_id: int, claimed: Candidate, made: Iterable[Rendition], now: datetime
) -> bool:
    """The claimed candidate is fit: it is kept and shown; whether it still was wanted.

    It stands beside the post's own page, or in the feed at ``link`` where it has none.
    """
    page = next(one for one in made if one.need == "page")
    kept = replace(claimed, standing=Standing.KEPT, why="", due=None, digest=page.digest)
    entry = entries.get(tx, entry_id)
    if entry is None or not pictures.replace(tx, entry_id, claimed, kept):
        return False
    pictures.put(tx, tuple(made), now)
    for other in pictures.of(tx, entry_id):
        if other.standing in WAITING:
            pictures.replace(tx, entry_id, other, replace(other, standing=Standing.PASSED, why=ANOTHER, due=None))
    words = claimed.picture.alt or _words(entry.post.picture, page.digest)
    picture = shown(page, _folder(entry.post, link), words, claimed.picture.credit)
    return change(tx, entry, picture, now, is_told=holding.is_out(tx, entry_id, now))


def close(tx: Connection, entry_id: int, now: datetime) -> bool:
    """Something else became of a candidate: whether readers have the entry, or have it otherwise, because of that."""
    found = pictures.of(tx, entry_id)
    if any(one.is_due(now) for one in found):
        return False
    entry = entries.get(tx, entry_id)
    is_settled = not any(one.standing in {*WAITING, Standing.KEPT} for one in found)
    if entry and entry.post.picture and is_settled:
        return change(tx, entry, None, now, is_told=holding.is_out(tx, entry_id, now))
    if not holding.is_held(tx, entry_id, now):
        return False
    holding.release(tx, entry_id)
    return True


def change(
    tx: Connection, entry: Entry, picture: Picture | None, now: datetime, *, is_told: bool, by: Actor | None = None
) -> bool:
    """Show it; whether that is another. Readers are told that the post changed if ``is_told``. ``by``: an editor.

    They are not while it is held, since nobody has it, nor of the pictures of old entries, which is no news.
    """
    new = replace(entry.post, picture=picture)
    if is_told:
        new = revised(entry.post, new, now, taken=holding.moments(tx, now - _BESIDE))
    holding.show(tx, entry.id, new)
    queue.illustrate(tx, entry.id, new, now, by)
    holding.release(tx, entry.id)
    before = entry.post.picture and digest_of(entry.post.picture.url)
    if before and (picture is None or digest_of(picture.url) != before):
        pictures.forget(tx, before)
    return new != entry.post


def _folder(post: Post, link: str) -> str:
    page = f"{post.slug}.html"
    return post.url.removesuffix(page) if post.url.endswith(f"/{page}") else link


def _words(before: Picture | None, digest: str) -> str:
    """What an editor wrote for the same picture."""
    return before.alt if before and digest_of(before.url) == digest else ""
