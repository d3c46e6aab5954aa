"""Sealed accounts, and a process that changes their key over and over until it is killed."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from relay.core.directory.handles import Directory
from relay.pipeline.accounts.rotating import rotate
from relay.pipeline.desk import Desk
from relay.storage import grants, keys
from relay.storage.database import Database
from relay.storage.grants import Kept
from relay.storage.keys import Keyplace
from relay.storage.sealing import Keyring, Unopened, seal, unseal
from tests.edges.opened import opened

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


def desk_at(folder: Path) -> Desk:
    """A desk with nothing on it but the place of relay's own key, in this folder."""
    place = Keyplace(file=folder / "relay.key")
    return Desk({}, (), {}, (), Directory({}), {}, "https://blog.example", keyplace=place)


def token(number: int) -> bytes:
    """That of one account: 24 characters that stand nowhere else."""
    return f"canary-of-account-{number:06}".encode()


def fill(db: Database, place: Keyplace, count: int) -> None:
    """So many accounts are connected."""
    ring = keys.sealing(place)
    assert isinstance(ring, Keyring)
    with db.write() as tx:
        for number in range(count):
            name = f"account-{number:06}"
            grants.put(tx, Kept(name, seal(ring, name, token(number)), "@blog", "camille", NOON, NOON))


def unreadable(db: Database, place: Keyplace) -> int:
    """How many no longer open as what they were."""
    ring = keys.opening(place)
    with db.read() as tx:
        kept = grants.every(tx)
    if isinstance(ring, Unopened):
        return len(kept)
    return sum(unseal(ring, one.account, one.sealed) != token(number) for number, one in enumerate(kept))


def main() -> None:
    """``FOLDER [forgetful]``: a line is written as each change begins. The planted one forgets the old key first."""
    folder = Path(sys.argv[1])
    if sys.argv[2:] == ["forgetful"]:
        keys.put_first = forgetful
    with opened(folder) as db:
        while True:
            sys.stdout.write("begins\n")
            sys.stdout.flush()
            rotate(db, desk_at(folder))


def forgetful(file: Path, key: str) -> None:
    """The new key alone, before anything is sealed under it."""
    file.write_text(f"{key}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
