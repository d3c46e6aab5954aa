"""The web part of relay over the same folder, in a process of its own."""

import time
from contextlib import suppress
from pathlib import Path

from tests.edges.newsroom import open_newsroom
from tests.torn import ledger


def serve(folder: Path) -> None:
    """Until the run is over; its address is written beside the ledger, whole."""
    numbers, own = ledger.opened(folder), folder / "site"
    own.mkdir()
    (own / "feeds").symlink_to(folder / "feeds")
    with open_newsroom(own) as room:
        (own / "new").write_text(room.url)
        (own / "new").replace(own / "address")
        while numbers.goes_on():
            time.sleep(0.02)


def address(folder: Path, patience: float = 30) -> str:
    """Where it is, once it is there."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        with suppress(FileNotFoundError):
            return (folder / "site" / "address").read_text()
        time.sleep(0.01)
    raise TimeoutError("the site does not come up")
