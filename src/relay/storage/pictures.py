"""The candidates of entries, and the renditions of pictures that relay keeps."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CompoundSelect, Connection, Row, delete, func, insert, select, union_all, update

from relay.core.crosspost import State
from relay.core.document import Picture
from relay.core.pictures.candidate import WAITING, Candidate, Standing
from relay.core.pictures.rendition import Rendition, digest_of
from relay.storage.tables.editorial import entries, pictures, renditions
from relay.storage.tables.review import crossposts
from relay.storage.tables.service import feeds, printed

AT_ONCE = 5000
"""Values in one statement."""
_COMING = tuple(state for state in State if state not in {State.SENT, State.ABANDONED, State.WITHDRAWN})
RECENT = 50
"""The newest entries of a source, in which a picture is looked for that many of them have."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A candidate whose turn it is: of which entry, of which source."""

    entry_id: int
    source_id: str
    url: str


def want(tx: Connection, entry_id: int, found: Iterable[Candidate]) -> None:
    """The candidates of an entry, instead of those it had."""
    tx.execute(delete(pictures).where(pictures.c.entry_id == entry_id))
    add(tx, entry_id, found)


def add(tx: Connection, entry_id: int, found: Iterable[Candidate]) -> None:
    """More candidates of an entry, at places that are free."""
    put_all(tx, [(entry_id, one) for one in found])


def put_all(tx: Connection, found: Sequence[tuple[int, Candidate]]) -> None:
    """The same for several entries."""
    if found:
        tx.execute(_INSERT, [{"entry_id": entry_id, **_values(one)} for entry_id, one in found])


_INSERT = insert(pictures)


def of(tx: Connection, entry_id: int) -> list[Candidate]:
    """The candidates of an entry, in their order."""
    found = select(pictures).where(pictures.c.entry_id == entry_id).order_by(pictures.c.place)
    return [_candidate(row) for row in tx.execute(found)]


def turns(tx: Connection, now: datetime, most: int) -> list[Turn]:
    """The next candidate of every entry that waits for one: those held back first, then the newest."""
    due = (pictures.c.state.in_(WAITING), pictures.c.due.is_(None) | (pictures.c.due <= now))
    columns = (pictures.c.entry_id, entries.c.source_id, pictures.c.url, pictures.c.place)
    held = (entries.c.held_until > now).is_(True)
    order = (held.desc(), entries.c.published.desc(), pictures.c.entry_id.desc(), pictures.c.place)
    found = select(*columns).join(entries, entries.c.id == pictures.c.entry_id).where(*due).order_by(*order)
    first: dict[int, Turn] = {}
    for row in tx.execute(found.limit(most)):
        first.setdefault(row.entry_id, Turn(row.entry_id, row.source_id, row.url))
    return list(first.values())


def replace(tx: Connection, entry_id: int, old: Candidate, new: Candidate) -> bool:
    """``new`` in the place of ``old``, if that still stands as it did: nobody else was quicker, nothing was edited."""
    same = (
        pictures.c.entry_id == entry_id,
        pictures.c.place == old.place,
        pictures.c.url == old.picture.url,
        pictures.c.state == old.standing,
        pictures.c.tries == old.tries,
    )
    return tx.execute(update(pictures).where(*same).values(_values(new))).rowcount == 1


def repeated(tx: Connection, source_id: str, least: int) -> frozenset[str]:
    """The addresses that ``least`` or more of the newest entries of a source have."""
    newest = select(entries.c.id).where(entries.c.source_id == source_id)
    newest = newest.order_by(entries.c.published.desc()).limit(RECENT)
    counted = select(pictures.c.url).where(pictures.c.entry_id.in_(newest), pictures.c.state != Standing.PAGE)
    return frozenset(tx.execute(counted.group_by(pictures.c.url).having(func.count() >= least)).scalars())


def put(tx: Connection, made: Sequence[Rendition], now: datetime) -> None:
    """Keep renditions; those that are kept already stay as they are."""
    known = {(one.digest, one.need) for one in sizes(tx, {one.digest for one in made})}
    for one in made:
        if (one.digest, one.need) not in known:
            columns = ("digest", "need", "type", "width", "height", "body")
            tx.execute(insert(renditions).values(made_at=now, **{name: getattr(one, name) for name in columns}))


def sizes(tx: Connection, digests: Collection[str]) -> list[Rendition]:
    """The renditions of these pictures, without their bytes."""
    plain = (renditions.c.digest, renditions.c.need, renditions.c.type, renditions.c.width, renditions.c.height)
    columns = (*plain, func.length(renditions.c.body).label("length"))
    wanted = sorted(digests)
    some = (wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE))
    found = (row for few in some for row in tx.execute(select(*columns).where(renditions.c.digest.in_(few))))
    return [Rendition(row.digest, row.need, row.type, row.width, row.height, row.length) for row in found]


def body(tx: Connection, one: Rendition) -> bytes | None:
    """The bytes of a rendition, if it is still kept."""
    own = (renditions.c.digest == one.digest, renditions.c.need == one.need)
    found = tx.execute(select(renditions.c.body).where(*own)).scalar()
    return None if found is None else bytes(found)


def at(tx: Connection, url: str) -> bytes | None:
    """The bytes of the picture that a post of ours shows at ``url``."""
    named = sizes(tx, {digest_of(url) or ""})
    found = next((one for one in named if url.endswith(f"/{one.name}")), None)
    return body(tx, found) if found else None


def forget(tx: Connection, digest: str) -> None:
    """Let the renditions of a picture go: no entry has it, no post shows it any more, and none will be sent with it."""
    had = select(pictures.c.entry_id).where(pictures.c.digest == digest)
    shown = select(entries.c.id).where(
        entries.c.id.in_(_may_show(digest)), entries.c.post.contains(digest, autoescape=True)
    )
    own = (crossposts.c.draft.contains(digest, autoescape=True), crossposts.c.state.in_(_COMING))
    awaited = select(crossposts.c.id).where(*own)
    if all(tx.execute(found.limit(1)).first() is None for found in (had, awaited, shown)):
        tx.execute(delete(renditions).where(renditions.c.digest == digest))


def _may_show(digest: str) -> CompoundSelect[tuple[int]]:
    """The few entries to look at, each found by an index; that one has the picture among its own was seen before.

    Those that stand in a feed with it, those that changed since a feed was written, and those that show what they had
    while others are looked at.
    """
    printed_with = (printed.c.feed.in_(select(feeds.c.id)), printed.c.picture == digest)
    written = select(func.coalesce(func.min(feeds.c.seen), 0)).scalar_subquery()
    return union_all(  # not UNION: to leave repeated ones out, newer SQLites read all entries in their order
        select(printed.c.entry_id).where(*printed_with),
        select(entries.c.id).where(entries.c.changed > written),
        select(pictures.c.entry_id).where(pictures.c.state.in_(WAITING)),
    )


def _values(one: Candidate) -> dict[str, object]:
    return {
        "place": one.place,
        "url": one.picture.url,
        "alt": one.picture.alt,
        "credit": one.picture.credit,
        "state": one.standing,
        "why": one.why,
        "tries": one.tries,
        "due": one.due,
        "digest": one.digest,
    }


def _candidate(row: Row[tuple[object, ...]]) -> Candidate:
    picture = Picture(row.url, row.alt, credit=row.credit)
    return Candidate(row.place, picture, Standing(row.state), row.why, row.tries, row.due, row.digest)
