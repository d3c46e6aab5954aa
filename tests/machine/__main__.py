"""``python -m tests.machine --steps 20000 [--database ADDRESS]``: a long walk, from another start each time."""
# ruff: noqa: T201  # it is a command

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from relay.storage.database import open_database
from relay.storage.schema import migrate
from tests.machine.life import Life

PER_WALK = 40

parser = argparse.ArgumentParser(prog="python -m tests.machine", description=__doc__)
parser.add_argument("--steps", type=int, default=2000, help="how many steps in all (2000)")
parser.add_argument("--database", help="an EMPTY database, whose rows are all deleted; else a file of its own")
arguments = parser.parse_args()

with TemporaryDirectory() as folder:
    address = arguments.database or str(Path(folder) / "relay.db")
    db = open_database(address)
    migrate(db)
    db.close()

    class Long(Life):
        """The same on this database."""

    Long.address = address
    walks = max(arguments.steps // PER_WALK, 1)
    run_state_machine_as_test(
        Long,
        settings=settings(
            max_examples=walks,
            stateful_step_count=PER_WALK,
            deadline=None,
            derandomize=False,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
print(", ".join(f"{name} {number}" for name, number in sorted(Life.seen_so_far.items())))
