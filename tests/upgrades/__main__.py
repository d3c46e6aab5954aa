"""``python -m tests.upgrades [--rows 100000 --kills 200]``: from each schema to this one; 1 where something is lost."""
# ruff: noqa: T201  # it is a command

import argparse
import sys
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from relay.storage.database import open_database
from relay.storage.migrations import HEAD
from relay.storage.upgrading import upgrade
from tests.torture.servers import OURS, database
from tests.upgrades.kept import kept, lost
from tests.upgrades.killed import PLANTS, Plan, killed, spread
from tests.upgrades.made import NOON, REVISIONS, make
from tests.upgrades.working import works

SECONDS = 30
"""How long it may take to bring one up."""


def main() -> int:
    """Read what is asked, do it, and say what came of it."""
    asked = _parser().parse_args()
    wrong: list[str] = []
    with TemporaryDirectory(prefix="relay-upgrades-", dir=asked.folder) as folder:
        for revision in asked.only or REVISIONS[:-1]:
            wrong += _from(revision, asked.rows, Path(folder), asked.database)
        if asked.kills:
            wrong += _deaths(asked, Path(folder))
    print("\n".join(wrong[:40]) if wrong else "nothing was lost")
    return 1 if wrong else 0


def _from(revision: str, rows: int, folder: Path, where: str) -> list[str]:
    address = str(folder / f"{revision}.db") if where == "sqlite" else where
    with database(address) as found, closing(open_database(found)) as db:
        make(db, revision, rows)
        before = kept(db, revision)
        began = time.monotonic()
        done = upgrade(db, NOON, folder)
        seconds = time.monotonic() - began
        wrong = lost(db, before)
        wrong += works(db, folder / f"feeds-{revision}") if rows <= 1000 else []
    size = done.copy.stat().st_size / 1e6 if done.copy else 0
    for path in folder.glob(f"{revision}.db*"):
        path.unlink()
    total = sum(number for _, number, _ in before.tables.values())
    print(f"{revision} to {done.now}: {total} rows, a copy of {size:.1f} MB, {seconds:.1f} s", flush=True)
    late = [f"it took {seconds:.1f} s"] if seconds > SECONDS else []
    return [f"from {revision}: {one}" for one in wrong + late]


def _deaths(asked: argparse.Namespace, folder: Path) -> list[str]:
    plan = Plan(asked.kill_at, asked.kill_rows, asked.seed, asked.plant)
    found = killed(folder, plan, partial(spread, asked.kills // 2), asked.kills - asked.kills // 2)
    print(
        f"{found.kills} deaths on the way from {asked.kill_at} to {HEAD}, which has {found.moments} moments: "
        f"{found.old} left the old schema, {found.new} the new one, {len(found.wrong)} things were wrong"
    )
    return list(found.wrong)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.upgrades", description=__doc__)
    parser.add_argument("--rows", type=int, default=1000, help="rows in the large tables, others have fewer (1000)")
    parser.add_argument("--only", nargs="*", choices=REVISIONS, metavar="SCHEMA", help="from these schemas only")
    where = f"sqlite, or an empty database, postgresql://…; or {OURS}: one is started for each"
    parser.add_argument("--database", default="sqlite", metavar="URL", help=where)
    parser.add_argument("--kills", type=int, default=0, help="how many processes die on the way (0)")
    parser.add_argument("--kill-at", default="0008", choices=REVISIONS, help="from which schema (0008)")
    parser.add_argument("--kill-rows", type=int, default=100, help="rows in each table of theirs (100)")
    parser.add_argument("--seed", type=int, default=0, help="which moments are chosen (0)")
    parser.add_argument("--plant", choices=PLANTS, default="", help="a bug to plant, which must be found")
    parser.add_argument("--folder", type=Path, help="where the files are (the system's)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
