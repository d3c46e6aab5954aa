"""The networks of relay's tests, which the demo can have beside its own where there is a clone of the repository."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from errno import ENOENT
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import msgspec

CLONE = Path(__file__).parents[3]
"""Where this file is ``src/relay/demo/far_ends.py``."""
_PROGRAM = Path("tests", "fakes", "__main__.py")


@dataclass(frozen=True, slots=True)
class FarEnds:
    """``page`` shows what was posted; ``accounts`` is TOML, and ``environment`` has the secrets that it names."""

    page: str = ""
    ids: tuple[str, ...] = ()
    accounts: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)


NONE = FarEnds()


@contextmanager
def far_ends(clone: Path | None = None) -> Iterator[FarEnds]:
    """Start them in a program of their own, which ends with the context; ``OSError`` where they cannot be had."""
    clone = clone or CLONE
    if not (clone / _PROGRAM).is_file():
        why = "the networks of the tests are not part of an installed relay: run the demo in a clone of its repository"
        raise FileNotFoundError(ENOENT, why, str(clone / _PROGRAM))
    command = [sys.executable, "-m", "tests.fakes", "--json"]
    with (
        TemporaryFile("w+") as said,
        subprocess.Popen(  # noqa: S603  # our own program
            command,
            cwd=clone,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            start_new_session=True,
        ) as running,
    ):
        line = running.stdout.readline() if running.stdout else ""
        yield msgspec.json.decode(line, type=FarEnds) if line else _not_there(said)


def _not_there(said: IO[str]) -> FarEnds:
    said.seek(0)
    last = (said.read().strip().splitlines() or ["it said nothing"])[-1]
    why = f"the networks of the tests did not start; install what the tests need, as the README says ({last})"
    raise OSError(ENOENT, why, "tests.fakes")
