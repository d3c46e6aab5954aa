"""One candidate at a time: it is asked for, looked at, and what became of it is written down."""

import logging
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from relay.core.ailment import ailment_of
from relay.core.pictures.candidate import Candidate, Standing
from relay.core.pictures.ranking import REPEATED, fault, rank
from relay.core.pictures.rendition import NEEDS, Rendition
from relay.intake.pictures.fetch import Missing, fetch
from relay.intake.pictures.look import look
from relay.intake.pictures.rendition import Unusable, digest
from relay.pipeline.desk import Desk
from relay.pipeline.picturing import showing
from relay.pipeline.picturing.wanting import PAGE, keeps
from relay.pipeline.reading.reader import Reader
from relay.storage import pictures
from relay.storage.database import Database
from relay.storage.pictures import Turn

log = logging.getLogger("relay")

AGAIN = (timedelta(minutes=2), timedelta(minutes=10))
"""After how long a host that failed is asked again, the first time and the second."""
_NOT_KEPT = "Pictures of this source are not kept."


@dataclass(frozen=True, slots=True)
class Studio:
    """What a picture is looked at with; ``decoding`` lets one be unfolded in memory at a time."""

    db: Database
    reader: Reader
    desk: Desk
    decoding: AbstractContextManager[object]


def look_at(studio: Studio, turn: Turn, now: datetime) -> bool:
    """Whether readers see something new of the entry; whatever happens, the candidate's turn is over."""
    claimed = _claim(studio, turn, now)
    if claimed is None:
        return False
    try:
        return _look_at(studio, turn, claimed, now)
    except OperationalError:
        raise
    except Exception as error:
        if ailment_of(error) is not None:
            raise
        log.exception("a picture could not be looked at: %s", turn.url)
        return _refuse(studio, turn, claimed, f"relay could not look at it ({type(error).__name__}).", now)


def _claim(studio: Studio, turn: Turn, now: datetime) -> Candidate | None:
    """Written down before anything is asked: one that brings the process down is tried three times, not for ever."""
    with studio.db.write() as tx:
        found = next((one for one in pictures.of(tx, turn.entry_id) if one.is_due(now)), None)
        if found is None or found.picture.url != turn.url:
            return None
        due = now + AGAIN[min(found.tries, len(AGAIN) - 1)]
        claimed = replace(found, tries=found.tries + 1, due=due)
        return claimed if pictures.replace(tx, turn.entry_id, found, claimed) else None


def _look_at(studio: Studio, turn: Turn, claimed: Candidate, now: datetime) -> bool:
    source = studio.desk.sources.get(turn.source_id)
    if source is None or not keeps(studio.desk, source):
        return _pass(studio, turn, claimed, _NOT_KEPT, now)
    if claimed.tries > len(AGAIN) + 1:
        return _refuse(studio, turn, claimed, "It was tried three times, and each time relay ended over it.", now)
    if claimed.standing is Standing.PAGE:
        return _look_at_page(studio, turn, claimed, now)
    with studio.db.read() as tx:
        why = fault(claimed.picture, pictures.repeated(tx, turn.source_id, REPEATED))
    if why:
        return _pass(studio, turn, claimed, why, now)
    reader = studio.reader.of(source)
    found = fetch(reader.http, reader.robots, turn.url)
    if isinstance(found, Missing):
        return _miss(studio, turn, claimed, found, now)
    return _keep(studio, turn, claimed, found, now)


def _look_at_page(studio: Studio, turn: Turn, claimed: Candidate, now: datetime) -> bool:
    """What it names has its turn next."""
    reader = studio.reader.of(studio.desk.sources[turn.source_id])
    found = look(reader.http, reader.robots, turn.url, reader.parsing.pictures)
    if isinstance(found, Missing):
        return _miss(studio, turn, claimed, found, now)
    with studio.db.write() as tx:
        known = pictures.of(tx, turn.entry_id)
        addresses = {one.picture.url for one in known}
        new = tuple(picture for picture in found.pictures if picture.url not in addresses)
        why = f"It names {len(found.pictures)} of its own, {len(new)} of them new."
        pictures.replace(tx, turn.entry_id, claimed, replace(claimed, standing=Standing.PASSED, why=why, due=None))
        ranked = rank(new, pictures.repeated(tx, turn.source_id, REPEATED), PAGE + 1)
        pictures.add(tx, turn.entry_id, ranked)
        return showing.close(tx, turn.entry_id, now)


def _keep(studio: Studio, turn: Turn, claimed: Candidate, body: bytes, now: datetime) -> bool:
    made = _known(studio, digest(body)) or _made(studio, body)
    if isinstance(made, Unusable):
        return _refuse(studio, turn, claimed, made.why, now)
    link = studio.desk.home(turn.source_id).link or ""
    with studio.db.write() as tx:
        return showing.land(tx, link, turn.entry_id, claimed, made, now)


def _known(studio: Studio, name: str) -> tuple[Rendition, ...]:
    """The renditions of a picture that another entry has too."""
    with studio.db.read() as tx:
        known = tuple(pictures.sizes(tx, (name,)))
    return known if len(known) == len(NEEDS) else ()


def _made(studio: Studio, body: bytes) -> tuple[Rendition, ...] | Unusable:
    with studio.decoding:
        return studio.reader.parsing.renditions(body)


def _miss(studio: Studio, turn: Turn, claimed: Candidate, missing: Missing, now: datetime) -> bool:
    if not missing.is_passing or claimed.tries > len(AGAIN):
        return _refuse(studio, turn, claimed, missing.why, now)
    with studio.db.write() as tx:
        return _end(tx, turn, claimed, replace(claimed, why=missing.why), now)


def _pass(studio: Studio, turn: Turn, claimed: Candidate, why: str, now: datetime) -> bool:
    with studio.db.write() as tx:
        return _end(tx, turn, claimed, replace(claimed, standing=Standing.PASSED, why=why, due=None), now)


def _refuse(studio: Studio, turn: Turn, claimed: Candidate, why: str, now: datetime) -> bool:
    with studio.db.write() as tx:
        return _end(tx, turn, claimed, replace(claimed, standing=Standing.REFUSED, why=why, due=None), now)


def _end(tx: Connection, turn: Turn, claimed: Candidate, ended: Candidate, now: datetime) -> bool:
    return pictures.replace(tx, turn.entry_id, claimed, ended) and showing.close(tx, turn.entry_id, now)
