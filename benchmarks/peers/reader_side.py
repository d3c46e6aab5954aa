"""lemon24/reader, in the interpreter of the peers: for each line of its input one update of all feeds, by ten workers.

    python reader_side.py FILE DATABASE BREATH [AUTHORITIES]

``FILE`` has an address a line. Nothing of reader is changed: its own settings, its database on the disk.
Every feed is updated, whether its hour has come or not; the first ``BREATH`` before it is ready, and the others alone
in the first round.
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

WORKERS = 10


def main(file: Path, database: str, breath: int) -> None:
    """Until its input ends."""
    from reader import make_reader  # noqa: PLC0415  # not in relay's environment

    reader = make_reader(database)
    urls = file.read_text(encoding="ascii").split()
    for url in urls[:breath]:
        reader.add_feed(url)
    _round(reader, is_new=None)
    for url in urls[breath:]:
        reader.add_feed(url)
    _say({"ready": True})
    is_new: bool | None = True
    for _ in sys.stdin:
        _say(_round(reader, is_new=is_new))
        is_new = None


def _round(reader: Any, *, is_new: bool | None) -> dict[str, Any]:
    found: Counter[str] = Counter()
    why = []
    for one in reader.update_feeds_iter(scheduled=False, new=is_new, workers=WORKERS):
        if isinstance(one.value, Exception):
            why.append(f"{one.url}: {one.value}")
            continue
        found["new"] += one.value.new if one.value else 0
        found["edited"] += one.value.modified if one.value else 0
        found["unchanged"] += one.value is None
        found["polls"] += 1
    return {**found, "failed": len(why), "why": why[:3]}


def _say(what: dict[str, Any]) -> None:
    os.write(1, (json.dumps(what) + "\n").encode())


def _believe(authorities: str) -> None:
    """These instead of the world's; reader takes no word of the environment for it."""
    import certifi  # noqa: PLC0415  # that of the peers

    vars(certifi)["where"] = lambda: authorities


if __name__ == "__main__":
    if len(sys.argv) > 4:
        _believe(sys.argv[4])
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
