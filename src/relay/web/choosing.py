"""The pictures that a cross-post can be sent with, as an editor sees them side by side."""

from dataclasses import dataclass

from sqlalchemy import Connection

from relay.core.crosspost import Crosspost
from relay.core.pictures.candidate import Candidate, Standing
from relay.core.pictures.ranking import declared
from relay.core.pictures.rendition import Rendition, digest_of
from relay.storage import pictures
from relay.web.near import PICTURES

MOST = 12
"""Side by side: more are no choice."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate: where an editor sees it, its size in pixels as far as it is known, and ``why`` it was not taken."""

    place: int
    src: str
    alt: str
    width: int | None
    height: int | None
    why: str
    is_chosen: bool
    can_be_had: bool


def choices(tx: Connection, crosspost: Crosspost) -> tuple[Choice, ...]:
    """What its entry has, the best first, but for what is a page and no picture."""
    found = [one for one in pictures.of(tx, crosspost.entry_id) if one.standing is not Standing.PAGE][:MOST]
    known = {one.digest: one for one in pictures.sizes(tx, {one.digest for one in found if one.digest})}
    image = crosspost.draft.image
    sent = digest_of(image.url) if image else None
    return tuple(_choice(one, known.get(one.digest or ""), sent, crosspost.id) for one in found)


def _choice(one: Candidate, kept: Rendition | None, sent: str | None, id: int) -> Choice:
    width, height = (kept.width, kept.height) if kept else declared(one.picture)
    return Choice(
        place=one.place,
        src=f"{PICTURES}/{kept.name}" if kept else f"/review/{id}{PICTURES}/{one.place}",
        alt=one.picture.alt,
        width=width,
        height=height,
        why=one.why,
        is_chosen=kept is not None and kept.digest == sent,
        can_be_had=kept is not None or one.standing is not Standing.REFUSED,
    )
