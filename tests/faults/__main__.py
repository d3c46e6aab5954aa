"""``python -m tests.faults [--seeds 50] [--network X] [--fault Y]``: every network under every fault; 1 where it fails."""
# ruff: noqa: T201  # it is a command

import argparse
import logging
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults import page
from tests.faults.kinds import Kind
from tests.faults.ledger import add, read
from tests.faults.networks import ROWS
from tests.faults.plants import PLANTS, Plant
from tests.faults.staging import Case, cases, run
from tests.faults.verdict import Found

TOGETHER = 5
"""Seeds that run side by side."""


def main() -> int:
    """Read what is asked, do it, and say what came of it."""
    asked = _asked()
    for name in ("relay", "mail.log"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    memory = Path("/dev/shm")  # noqa: S108  # nothing here has to outlive a power cut
    began = time.monotonic()
    with TemporaryDirectory(prefix="relay-faults-", dir=memory if memory.is_dir() else None) as folder:
        ledger = asked.ledger or Path(folder) / "ledger"
        _run(asked, ledger, Path(folder))
        made = page.cells(found := list(read(ledger)))
    told = page.table(made, page.reached(found))
    print(told)
    print(f"{time.monotonic() - began:.0f} s; each: sent / a person was asked / copies")
    if asked.write:
        page.write(told)
    return 1 if any(cell.wrong for cell in made.values()) else 0


def _run(asked: argparse.Namespace, ledger: Path, folder: Path) -> None:
    plant = PLANTS.get(asked.plant, Plant())
    with plant.hasty():
        for case, one in _found(asked, plant, folder):
            add(ledger, case, one)
            if one.wrong:
                print(f"{one.case}: {one.wrong}", flush=True)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--seeds", type=int, default=50, help="how many seeds of each (50)")
    parser.add_argument("--seed", type=int, default=0, help="the first of them (0)")
    parser.add_argument("--network", choices=[*ROWS], action="append", help="only this one; may be given again")
    parser.add_argument("--fault", choices=[*Kind], action="append", help="only this one; may be given again")
    parser.add_argument("--plant", choices=[*PLANTS], default="", help="a bug to plant, which must be found")
    parser.add_argument("--ledger", type=Path, help="a file that verdicts are added to; the table is of all in it")
    parser.add_argument("--write", action="store_true", help=f"renew the table of {page.PAGE.name}")
    return parser.parse_args()


def _found(asked: argparse.Namespace, plant: Plant, folder: Path) -> Iterator[tuple[Case, Found]]:
    end = asked.seed + asked.seeds
    for first in range(asked.seed, end, TOGETHER):
        for kind in map(Kind, asked.fault or Kind):
            some = cases(asked.network or [*ROWS], [kind], range(first, min(first + TOGETHER, end)), plant.network)
            here = folder / f"{kind}-{first}"
            here.mkdir()
            by_name = {case.name: case for case in some}
            yield from ((by_name[one.case], one) for one in run(some, here))
        print(f"{min(first + TOGETHER, end) - asked.seed} seeds", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
