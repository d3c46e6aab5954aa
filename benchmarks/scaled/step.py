"""One worker's step without its queue: whatever hosts it is told over its standard input, it visits, some at once.

    python -m benchmarks.scaled.step FILE AT_ONCE

A line is the sources of one host; an answering line says that they were visited, and how many polls that was.
"""

import logging
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import Connection

from benchmarks.scaled.world import read
from relay.rounds import visit
from relay.storage import database
from relay.wiring import build


def main(file: Path, at_once: int) -> None:
    """Until its input ends."""
    logging.disable(logging.WARNING)
    with build(read(file)) as relay, ThreadPoolExecutor(at_once) as pool:

        def go(line: str) -> None:
            found = visit(relay, line.split(), lambda _: None)
            answer(str(len(found)))

        answer("ready")
        list(pool.map(go, sys.stdin))


def answer(line: str) -> None:
    """At once, and in one piece: several threads have one output."""
    os.write(1, f"{line}\n".encode())


def whole(connection: Connection) -> None:
    """As it was before there were subjects: every writer shuts out all others."""
    if connection.get_execution_options().get("relay_writes"):
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (0x72656C6179,))


if __name__ == "__main__":
    if os.environ.get("BENCHMARK_WRITERS") == "whole":
        vars(database)["_begin_postgresql"] = whole
    main(Path(sys.argv[1]), int(sys.argv[2]))
