"""``python -m tests.cage``: each kind of bad entry alone among good ones, through one cycle; 1 where one does harm."""
# ruff: noqa: T201  # it is a command

import argparse
import sys
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from relay.intake.caged.cage import Cage
from relay.intake.caged.reading import caged
from tests.cage.poison import KINDS
from tests.cage.poisoned import Outcome, poisoned


def main() -> int:
    """Do it, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.cage", description=__doc__)
    parser.add_argument("--good", type=int, default=99, metavar="N", help="entries beside the bad one (99)")
    parser.add_argument("--kinds", type=int, default=len(KINDS), metavar="N", help=f"the first N of {len(KINDS)} kinds")
    asked, begun, wrong = parser.parse_args(), time.monotonic(), 0
    names = list(KINDS)[: asked.kinds]
    with closing(Cage()) as cage, TemporaryDirectory(prefix="relay-poison-") as folder:
        for name in names:
            found = poisoned(Path(folder) / str(names.index(name)), [KINDS[name]], asked.good, caged(cage))
            is_wrong = found.answer != "200" or found.good != asked.good or not _is_accounted_for(found, asked.good)
            wrong += is_wrong
            print(
                f"{'WRONG' if is_wrong else 'ok   '} {name:36} {len(found.stored):4} stored  {'; '.join(found.notes)}"
            )
    print(f"{len(names)} kinds, 1 in {asked.good + 1}, {time.monotonic() - begun:.0f} s: {wrong} wrong")
    return 1 if wrong else 0


def _is_accounted_for(found: Outcome, good: int) -> bool:
    """It is published, or it is said that it was left out."""
    return len(found.shown) == good + 1 or any("left out" in note for note in found.notes)


if __name__ == "__main__":
    sys.exit(main())
