"""``python -m tests.canaries``: the change of a key is killed many times."""

import argparse
import sys
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.canaries.killing import kill


def main() -> int:
    """Print what was asked and what was reached; 1 if anything is unreadable."""
    parser = argparse.ArgumentParser(prog="python -m tests.canaries", description=main.__doc__)
    parser.add_argument("--sealed", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=13)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        done = kill(Path(folder), asked.sealed, asked.kills, Random(asked.seed))  # noqa: S311  # moments to kill at, no secrets
    sys.stdout.write(
        f"seed {asked.seed}: {done.sealed} sealed, {done.kills} of {asked.kills} kills, {done.unreadable} unreadable\n"
    )
    return int(done.unreadable > 0 or done.kills < asked.kills)


if __name__ == "__main__":
    sys.exit(main())
