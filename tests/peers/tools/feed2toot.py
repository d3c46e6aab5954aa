"""feed2toot, as its documentation has it run: by cron, with one configuration file."""

import subprocess
from collections.abc import Sequence
from datetime import datetime

from tests.peers.adapter import Place
from tests.peers.tools.lab import installed, program, starts

_CONFIGURATION = """[mastodon]
instance_url={server}
user_credentials={folder}/user
client_credentials={folder}/client

[cache]
cachefile={folder}/cache.db

[lock]
lock_file={folder}/lock
lock_timeout=-1

[rss]
uri={feed}
toot={{title}} {{link}}
"""
"""A run that died leaves its lock for an hour: here, cron comes when it has run out."""


class Feed2toot:
    name = "feed2toot"

    def version(self) -> str | None:
        """It starts with Python 3.11 at most: what it reads its configuration with is gone from later ones."""
        return installed(self.name) if starts(program(self.name), "--version") else None

    def prepare(self, place: Place) -> None:
        """What is old goes into its list of what is known: ``--populate-cache``."""
        (place.folder / "user").write_text(place.token + "\n")
        (place.folder / "client").write_text("client\nsecret\n")
        text = _CONFIGURATION.format(folder=place.folder, server=place.server, feed=place.feed)
        (place.folder / "feed2toot.ini").write_text(text)
        subprocess.run([*_command(place), "--populate-cache"], check=True, capture_output=True)

    def command(self, place: Place, _: datetime) -> Sequence[str]:
        return _command(place)


def _command(place: Place) -> list[str]:
    return [program("feed2toot"), "-c", str(place.folder / "feed2toot.ini")]
