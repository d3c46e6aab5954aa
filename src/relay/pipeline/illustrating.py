"""An editor chooses the picture of one cross-post among those of its entry, or none, or says it needs no words."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost, Draft, Image
from relay.core.entry import Entry
from relay.core.people import Editor
from relay.core.pictures.candidate import Candidate, Standing
from relay.core.pictures.illustration import image
from relay.core.pictures.rendition import Rendition, digest_of, shown
from relay.core.review.moving import Refusal
from relay.intake.pictures.fetch import Missing, fetch
from relay.intake.pictures.rendition import Unusable
from relay.pipeline import review
from relay.pipeline.desk import Desk
from relay.pipeline.reading.reader import Reader
from relay.pipeline.review import Redraft
from relay.storage import crossposts, entries, pictures
from relay.storage.database import Database

LONGEST = 300
"""Characters of the reason for which a picture needs no words."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a picture is had with: where it is kept, whose it is, and who asks for it."""

    db: Database
    desk: Desk
    reader: Reader


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the candidates by its ``place``, or none at all; on top of ``revision``."""

    revision: int
    place: int | None


def choose(room: Room, id: int, actor: tuple[Editor, str], choice: Choice, now: datetime) -> Crosspost:
    """Another picture, or none: a new revision. One that relay has not looked at is asked for here and now."""
    chosen = None if choice.place is None else _had(room, id, choice.place, now)
    what = "picture chosen" if chosen else "picture taken away"

    def change(draft: Draft) -> Draft:
        return replace(draft, image=chosen, is_pictured=True)

    return review.redraft(room.db, room.desk, id, actor, Redraft(choice.revision, change, what), now)


def glance(room: Room, id: int, place: int) -> Rendition:
    """A candidate as it would be sent, small: as relay keeps it, or asked for here and now, and not kept.

    ``Refusal`` where it cannot be had.
    """
    with room.db.read() as tx:
        entry, candidate, known = _candidate(tx, id, place)
        kept = next((one for one in known if one.need == "small"), known[0] if known else None)
        body = pictures.body(tx, kept) if kept else None
    if kept and body:
        return replace(kept, body=body)
    return next(one for one in _fetched(room, entry, candidate) if one.need == "small")


def waive(room: Room, id: int, actor: tuple[Editor, str], said: tuple[int, str], now: datetime) -> Crosspost:
    """Say of one revision why its picture needs no alternative text: it adorns, or says what the words say."""
    revision, why = said
    reason = " ".join(why.split())
    if not reason or len(reason) > LONGEST:
        raise Refusal(f"Say in 1 to {LONGEST} characters why this picture needs no description.")

    def change(draft: Draft) -> Draft:
        if draft.image is None:
            raise Refusal("There is no picture to describe.")
        return replace(draft, image=replace(draft.image, waived=reason))

    what = f"picture needs no description: {reason}"
    return review.redraft(room.db, room.desk, id, actor, Redraft(revision, change, what), now)


def _had(room: Room, id: int, place: int, now: datetime) -> Image:
    """Nothing is held while the picture is asked for."""
    with room.db.read() as tx:
        entry, candidate, known = _candidate(tx, id, place)
    made = known or _fetched(room, entry, candidate)
    with room.db.write() as tx:
        pictures.put(tx, made, now)
    return _image(room.desk, entry, candidate, made)


def _candidate(tx: Connection, id: int, place: int) -> tuple[Entry, Candidate, list[Rendition]]:
    """One of those of a cross-post's entry, and what relay keeps of it."""
    crosspost = crossposts.get(tx, id)
    entry = entries.get(tx, crosspost.entry_id) if crosspost else None
    found = [one for one in pictures.of(tx, entry.id) if one.place == place] if entry else []
    if entry is None or not found or found[0].standing is Standing.PAGE:
        raise Refusal("There is no such picture any more: look at them again.")
    return entry, found[0], pictures.sizes(tx, {found[0].digest}) if found[0].digest else []


def _fetched(room: Room, entry: Entry, candidate: Candidate) -> tuple[Rendition, ...]:
    source = room.desk.sources.get(entry.source_id)
    if source is None:
        raise Refusal(f"The source {entry.source_id} is no longer in the configuration.")
    reader = room.reader.of(source)
    body = fetch(reader.http, reader.robots, candidate.picture.url)
    made = body if isinstance(body, Missing) else reader.parsing.chosen(body)
    if isinstance(made, Missing | Unusable):
        raise Refusal(f"This picture cannot be had. {made.why}")
    return made


def _image(desk: Desk, entry: Entry, candidate: Candidate, made: list[Rendition] | tuple[Rendition, ...]) -> Image:
    page = next(one for one in made if one.need == "page")
    link = desk.home(entry.source_id).link or desk.public_url
    shows, own = shown(page, link, candidate.picture.alt, candidate.picture.credit), entry.post.picture
    is_own = own is not None and digest_of(own.url) == page.digest
    found = image(own if is_own else shows)
    if found is None:
        raise Refusal("There is no such picture any more: look at them again.")
    return found
