"""rss2toot, as its documentation has it run; what its first run asks for is put where it would keep it."""

import subprocess
from collections.abc import Sequence
from datetime import datetime

from tests.peers.adapter import Place
from tests.peers.tools.lab import installed, program

_KEEP = """import shelve, sys
kept = shelve.open("rss2toot")
kept["client"], kept["access_token"] = ("client", "secret"), sys.argv[1]
kept.close()"""
_RUN = "import sys, rss2toot; rss2toot.toot(sys.argv[1], sys.argv[2])"


class Rss2toot:
    name = "rss2toot"

    def version(self) -> str | None:
        return installed(self.name)

    def prepare(self, place: Place) -> None:
        """What is old cannot be skipped."""
        subprocess.run([_python(), "-c", _KEEP, place.token], cwd=place.folder, check=True)

    def command(self, place: Place, _: datetime) -> Sequence[str]:
        return [_python(), "-c", _RUN, place.feed, place.server]


def _python() -> str:
    return program("rss2toot", "python")
