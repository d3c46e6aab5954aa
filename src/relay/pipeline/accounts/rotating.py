"""Another key for the accounts' secrets: everything is sealed anew, then the keys of before are forgotten."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from relay.core.review.moving import Refusal
from relay.pipeline.desk import Desk
from relay.storage import grants, keys, shared
from relay.storage.database import Database
from relay.storage.grants import Kept
from relay.storage.keys import Keyplace
from relay.storage.sealing import Keyring, Unopened, new_key, seal, unseal


@dataclass(frozen=True, slots=True)
class Rotated:
    """The accounts that were sealed anew under ``key_id``; the others are to be connected anew."""

    key_id: str
    resealed: tuple[str, ...]
    lost: tuple[str, ...]


def rotate(db: Database, desk: Desk) -> Rotated:
    """A new key in relay's own file; of a configured one, whoever runs relay has put the new one before the old.

    All under one write: whoever connects or renews meanwhile waits, and finds the new key.
    """
    place = desk.keyplace
    ring = keys.sealing(place)
    if isinstance(ring, Unopened):
        raise Refusal(ring.why)
    with db.write() as tx:
        new = _new_ring(place, ring)
        done = _resealed(tx, new)
        shared.reseal(tx, new)
    if place.text is None and place.file is not None and not done.lost:
        with db.write():  # of two who change it at once, neither forgets the other's
            _forget(place.file, done.key_id)
    return done


def _forget(file: Path, key_id: str) -> None:
    """The keys of before, where the first is still the one of this change: another may have been begun, and killed."""
    now = keys.opening(Keyplace(file=file))
    if isinstance(now, Keyring) and now.current.id == key_id:
        keys.keep_first(file)


def _new_ring(place: Keyplace, ring: Keyring) -> Keyring:
    if place.text is not None:
        return ring
    if place.file is not None:
        keys.put_first(place.file, new_key())
    new = keys.opening(place)
    if isinstance(new, Unopened):
        raise Refusal(new.why)
    return new


def _resealed(tx: Connection, ring: Keyring) -> Rotated:
    kept = grants.every(tx)
    done = tuple(one.account for one in kept if _reseal(tx, ring, one))
    return Rotated(ring.current.id, done, tuple(one.account for one in kept if one.account not in done))


def _reseal(tx: Connection, ring: Keyring, kept: Kept) -> bool:
    plain = unseal(ring, kept.account, kept.sealed)
    return not isinstance(plain, Unopened) and grants.reseal(tx, kept, seal(ring, kept.account, plain))
