"""A copy of a PostgreSQL database, by PostgreSQL's own program for it."""

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import URL, func, select

from relay.storage.backing import beside, give_name, sync
from relay.storage.database import Database, DatabaseUnusableError

PROGRAM = "pg_dump"
MISSING = "there is no `pg_dump` here, which belongs to PostgreSQL's client"
_PACKED = 4
"""A dump is packed, and has no indexes: it is smaller than the database by this much at least."""


def dump(db: Database, target: Path) -> None:
    """Write the database to ``target`` for ``pg_restore``: whole, or a ``DatabaseUnusableError`` says why not."""
    address, environment = _without_password(db.engine.url)
    with beside(target) as made:
        words = [program(), "--format=custom", "--no-password", f"--file={made}", f"--dbname={address}"]
        ended = subprocess.run(words, env=environment, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603
        if ended.returncode:
            raise DatabaseUnusableError(f"`pg_dump` failed: {' '.join(ended.stderr.split()) or ended.returncode}")
        sync(made)
        give_name(made, target)
    sync(target.parent)


def program() -> str:
    """Where it is."""
    found = shutil.which(PROGRAM)
    if found is None:
        raise DatabaseUnusableError(MISSING)
    return found


def size(db: Database) -> int:
    """About as many bytes as a dump has."""
    with db.read() as tx:
        found: int = tx.execute(select(func.pg_database_size(func.current_database()))).scalar_one()
    return found // _PACKED


def _without_password(url: URL) -> tuple[str, dict[str, str]]:
    """The list of processes shows the words of each to everybody, and its environment to nobody else."""
    query = dict(url.query)
    asked = url.password or query.pop("password", None)
    bare = URL.create("postgresql", url.username, None, url.host, url.port, url.database, query)
    secret = {"PGPASSWORD": str(asked)} if asked else {}
    return bare.render_as_string(hide_password=False), {**os.environ, **secret}
