"""The daemon as it is, but for a hole in what reads: ``python -m tests.bombs.service PLANT relay's own words``.

Where ``uncaged`` is planted, the hole is in the daemon itself.
"""

import sys
from dataclasses import replace

from relay import building
from relay.__main__ import main
from relay.intake.caged import cell
from relay.intake.parsing import DIRECT
from tests.cage import hole

PLANTS = ("uncaged",)


def planted(plant: str) -> None:
    """Put the hole where it is to be."""
    if plant == "uncaged":
        building.__dict__["_caged"] = lambda _: replace(DIRECT, feed=hole.read)
    else:
        cell.cell.__defaults__ = (hole.PROGRAM,)


if __name__ == "__main__":
    planted(sys.argv[1])
    sys.argv[1:] = sys.argv[2:]
    main()
