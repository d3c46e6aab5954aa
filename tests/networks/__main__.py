"""Runs the tests that show something of a network and writes ``docs/networks/table.md``.

``.venv/bin/python -m tests.networks``; with ``--collect-only`` nothing is run and the page is printed.
"""

import sys

from tests.networks.gathering import gather
from tests.networks.page import PAGE, page


def main(arguments: list[str]) -> int:
    """The exit code: 1 where a test has not passed, and then nothing is written."""
    if "--collect-only" in arguments:
        sys.stderr, sys.stdout, said = sys.stdout, sys.stderr, sys.stdout
        said.write(page(gather("--collect-only", "-qq").cells()))
        return 0
    gathered = gather()
    if gathered.failed or gathered.passed != gathered.found.keys():
        return 1
    PAGE.write_text(page(gathered.cells()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
