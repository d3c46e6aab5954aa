"""Which pictures are wanted of an entry, in the transaction that stores it: fetching comes later, and apart."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from relay.core.document import ParsedEntry, Picture
from relay.core.entry import Entry
from relay.core.pictures.candidate import Candidate, Standing
from relay.core.pictures.ranking import candidates, rank
from relay.core.pictures.rendition import digest_of
from relay.core.post import Post
from relay.core.source import Source
from relay.pipeline.desk import Desk
from relay.storage import entries, holding, pictures
from relay.storage.database import Database

HOLD = timedelta(seconds=20)
"""How long an entry waits for its picture before it is published without."""
AT_ONCE = 500
"""Posts that are adopted in one transaction."""
PAGE = 100
"""The place of an entry's page among its candidates; those that the page names come after it."""


def keeps(desk: Desk, source: Source | None) -> bool:
    """Whether relay keeps pictures of this source: somebody publishes its posts, and wants them with pictures."""
    is_wanted = source is not None and source.pictures in {"page", "feed"}
    return is_wanted and source is not None and desk.home(source.id).link is not None


def unseen(post: Post, source: Source) -> Post:
    """The post as readers have it until its picture has been looked at."""
    return post if source.pictures == "link" else replace(post, picture=None)


def is_ours(picture: Picture, source: Source | None) -> bool:
    """Whether readers may be shown it: relay has looked at it, or the operator wants it where it is."""
    return digest_of(picture.url) is not None or (source is not None and source.pictures == "link")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The candidates of a new entry, and what it is held until, as ``storage.holding`` has it."""

    candidates: tuple[Candidate, ...] = ()
    held_until: datetime | None = None


def want(desk: Desk, source: Source, entry: ParsedEntry, now: datetime, *, is_news: bool) -> Wanted:
    """News are held for a moment where there are any, or are out at once; of old entries no page is asked."""
    if not keeps(desk, source):
        return Wanted()
    found = _asked(source, entry, is_news=is_news)
    is_held = any(one.standing is Standing.WANTED for one in found)
    return Wanted(found, (now + HOLD if is_held else now) if is_news else None)


def edited(tx: Connection, desk: Desk, source: Source, old: Entry, new: Post, entry: ParsedEntry) -> Post:
    """The ``new`` post with the picture that readers have: other candidates are looked at first."""
    if not keeps(desk, source):
        return unseen(new, source)
    found, known = candidates(entry), pictures.of(tx, old.id)
    before = {one.picture.url for one in known if one.place < PAGE}
    if before == {picture.url for picture in found}:
        return replace(new, picture=_as_said(old.post.picture, found, known))
    pictures.want(tx, old.id, _asked(source, entry, is_news=True))
    holding.release(tx, old.id)
    return replace(new, picture=old.post.picture if found else None)


def adopt(db: Database, desk: Desk) -> int:
    """Posts from before relay looked at pictures, or from when it linked to them: how many it looks at from now on."""
    with db.read() as tx:
        linked = holding.linked(tx)
    return sum(_adopt(db, desk, linked[start : start + AT_ONCE]) for start in range(0, len(linked), AT_ONCE))


def _adopt(db: Database, desk: Desk, ids: list[int]) -> int:
    """Some at once: of a hundred thousand, nobody who writes meanwhile waits for the last."""
    adopted = 0
    with db.write() as tx:
        for entry in entries.by_ids(tx, ids).values():
            picture, is_kept = entry.post.picture, keeps(desk, desk.sources.get(entry.source_id))
            if picture and is_kept and not pictures.of(tx, entry.id):
                pictures.add(tx, entry.id, rank((picture,)))
                adopted += 1
    return adopted


def _asked(source: Source, entry: ParsedEntry, *, is_news: bool) -> tuple[Candidate, ...]:
    found = rank(candidates(entry))
    if source.pictures != "page" or not entry.url or not is_news:
        return found
    return (*found, Candidate(PAGE, Picture(entry.url), Standing.PAGE))


def _as_said(shown: Picture | None, found: tuple[Picture, ...], known: list[Candidate]) -> Picture | None:
    """The same picture with the words that its source has for it now; an editor's stay while the source has none."""
    kept = next((one.picture for one in known if one.standing is Standing.KEPT), None)
    now = next((picture for picture in found if kept and picture.url == kept.url), None)
    if shown is None or kept is None or now is None or now.alt in {"", kept.alt}:
        return shown
    return replace(shown, alt=now.alt)
