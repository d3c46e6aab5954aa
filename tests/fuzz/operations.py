"""``python -m tests.fuzz.operations [--examples 100 --seed 0]``: schemathesis over the API's own document; its exit code.

It is no part of relay's environment: docs/security/fuzzing.md says how to have it. The document at /api/v1/openapi.json
is what it makes requests of, and what it holds each answer against: status, type, shape, headers.
"""
# ruff: noqa: T201  # it is a command

import argparse
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

from tests.fuzz.house import PROGRAM, House, open_house

INSTALLED = Path(__file__).parents[2] / ".lab" / "schemathesis" / "bin" / "schemathesis"
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


def main() -> int:
    """Read what is asked, have it done, and say where it is missing."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.operations", description=__doc__)
    parser.add_argument("--examples", type=int, default=100, help="requests of each kind for each operation (100)")
    parser.add_argument("--seed", type=int, default=0, help="the same seed sends the same (0)")
    asked = parser.parse_args()
    if not INSTALLED.exists():
        print("There is no schemathesis in .lab: docs/security/fuzzing.md says how to have it.")
        return 2
    with tempfile.TemporaryDirectory() as folder, open_house(Path(folder), asked.seed) as house:
        ended = Event()
        clock = Thread(target=_tick, args=(house, ended), daemon=True)
        clock.start()
        code = _run(house, folder, asked.examples, asked.seed)
        ended.set()
        clock.join()
    return code


def _run(house: House, folder: str, examples: int, seed: int) -> int:
    name, value = house.shown[PROGRAM]
    command = [str(INSTALLED), "run", f"{house.url}/api/v1/openapi.json", "-H", f"{name}: {value}", "-c", CHECKS]
    told = ["-n", str(examples), "--seed", str(seed), "--request-timeout", "5", "--no-color"]
    return subprocess.run([*command, *told], cwd=folder, check=False).returncode


def _tick(house: House, ended: Event) -> None:
    """The house's clock runs fast: a token may ask so often in a minute, and this one asks more."""
    while not ended.wait(0.02):
        house.room.clock.now += timedelta(seconds=30)


if __name__ == "__main__":
    sys.exit(main())
