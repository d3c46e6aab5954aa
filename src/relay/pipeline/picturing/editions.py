"""What an edition shows of pictures, and the files that it needs for that."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from relay.core.document import Picture
from relay.core.feed import OutgoingFeed
from relay.core.pictures.rendition import FOLDER, NEEDS, Rendition, digest_of, names_of, shown
from relay.core.post import Post
from relay.intake.pictures.rendition import Unusable, digest, renditions
from relay.pipeline.desk import Desk
from relay.pipeline.picturing.wanting import is_ours
from relay.publish.format import Document
from relay.publish.write import remove, write
from relay.storage import pictures
from relay.storage.database import Database

log = logging.getLogger("relay")


@dataclass(frozen=True, slots=True)
class Pictured:
    """Posts with the pictures that readers may be shown, the small ones of the newest by the address of the whole one.

    ``files`` are the renditions, without their bytes, that must be in the feed's folder.
    """

    posts: tuple[Post, ...]
    thumbnails: dict[str, Picture]
    files: tuple[Rendition, ...]


def pictured(
    tx: Connection, desk: Desk, feed: OutgoingFeed, posts: Sequence[Post], instead: Picture | None
) -> Pictured:
    """What relay has not looked at is left out, and has ``instead`` in its place."""
    seen = tuple(_with(post, desk, instead) for post in posts)
    named = {digest_of(post.picture.url) for post in seen if post.picture} - {None}
    files = pictures.sizes(tx, {name for name in named if name})
    small = {one.digest: one for one in files if one.need == "small"}
    urls = {post.picture.url: post.picture for post in seen if post.picture}
    thumbnails = {url: thumb for url, one in urls.items() if (thumb := _thumbnail(one, small))}
    own = {digest_of(url) for url in urls if url.startswith(feed.link)}
    # A feed that is made of another shows the pictures that stand in the other's folder.
    return Pictured(seen, thumbnails, tuple(one for one in files if feed.part is None or one.digest in own))


def put(db: Database, folder: Path, files: Sequence[Rendition]) -> tuple[str, ...]:
    """Write those that are not in the feed's ``folder`` yet, one at a time; their paths."""
    missing = [one for one in files if not (folder / FOLDER / one.name).exists()]
    return tuple(f"{FOLDER}/{path}" for one in missing for path in _write(db, folder / FOLDER, one))


def clear(folder: Path, needed: Collection[str]) -> tuple[str, ...]:
    """Remove all but those of the pictures (digests) ``needed``; their paths. What is not of our making stays."""
    there = {file.name: digest_of(f"/{FOLDER}/{file.name}") for file in (folder / FOLDER).glob("*")}
    return _remove(folder, [name for name, digest in there.items() if digest and digest not in needed])


def drop(folder: Path, digests: Collection[str]) -> tuple[str, ...]:
    """Remove these pictures, in every size; their paths."""
    names = [name for digest in digests for name in names_of(digest)]
    return _remove(folder, [name for name in names if (folder / FOLDER / name).exists()])


def _remove(folder: Path, names: list[str]) -> tuple[str, ...]:
    gone = sorted(names)
    if gone:
        remove(folder / FOLDER, gone)
    return tuple(f"{FOLDER}/{name}" for name in gone)


def _write(db: Database, folder: Path, one: Rendition) -> tuple[str, ...]:
    with db.read() as tx:
        body = pictures.body(tx, one)
    return () if body is None else write(folder, (Document(one.name, one.type, body),))


def _with(post: Post, desk: Desk, instead: Picture | None) -> Post:
    is_shown = post.picture is not None and is_ours(post.picture, desk.sources.get(post.source_id))
    return post if is_shown or post.picture == instead else replace(post, picture=instead)


def _thumbnail(whole: Picture, small: dict[str, Rendition]) -> Picture | None:
    found = small.get(digest_of(whole.url) or "")
    link = whole.url.rpartition(f"/{FOLDER}/")[0]
    return shown(found, link, whole.alt, whole.credit) if found else None


def fallback(tx: Connection, feed: OutgoingFeed, now: datetime) -> Picture | None:
    """The operator's own picture for a feed, made ready once; it says nothing of a post, and so has no words."""
    if feed.fallback_picture is None:
        return None
    try:
        body = Path(feed.fallback_picture).read_bytes()
    except OSError as error:
        log.warning("feeds, %s: the fallback picture cannot be read: %s", feed.id, error.strerror)
        return None
    made = tuple(pictures.sizes(tx, (digest(body),)))
    found = made if len(made) == len(NEEDS) else renditions(body, is_chosen=True)
    if isinstance(found, Unusable):
        log.warning("feeds, %s: the fallback picture cannot be shown: %s", feed.id, found.why)
        return None
    pictures.put(tx, found, now)
    return next(shown(one, feed.link, "", "") for one in found if one.need == "page")
