"""relay itself: its own commands, from the feed to the network, with an editor who says yes to all that waits."""

import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from tests.peers.adapter import Place

_CONFIGURATION = """version  = 1
language = "fr"

[service]
database = "{folder}/relay.db"
feeds    = "{folder}/feeds"
allow    = ["127.0.0.1"]

[sources.agence]
url         = "{feed}"
attribution = "Source : l'agence"
"""
OUT = """
[feeds.blog]
title = "Le blog"
from  = ["{source}"]
link  = "https://blog.example/"

[approvals.quick]
steps = ["editor"]
undo  = "0s"

[accounts.out]
network  = "mastodon"
instance = "{server}"
token    = {{ file = "{folder}/token" }}

[[routes]]
from     = ["{source}"]
to       = ["out"]
approval = "quick"
text     = "{{title}}\\n\\n{{link}}"
"""
"""From the blog's feed of a ``source`` to an account, as an editor approves it."""
ROOT = Path(__file__).parents[3]


class Relay:
    name = "relay"

    def version(self) -> str | None:
        return version("relay")

    def prepare(self, place: Place) -> None:
        """What is old is announced nowhere: that is how a source begins."""
        (place.folder / "token").write_text(place.token)
        (place.folder / "token").chmod(0o600)
        text = _CONFIGURATION.format(folder=place.folder, feed=place.feed)
        text += OUT.format(source="agence", folder=place.folder, server=place.server)
        (place.folder / "relay.toml").write_text(text)
        command = [
            sys.executable,
            "-m",
            "relay",
            "user",
            "add",
            "camille",
            "--config",
            str(place.folder / "relay.toml"),
        ]
        subprocess.run(command, check=True, capture_output=True)

    def command(self, place: Place, now: datetime) -> Sequence[str]:
        return [
            sys.executable,
            "-P",
            str(ROOT / "tests/peers/tools/newsroom.py"),
            str(place.folder / "relay.toml"),
            now.isoformat(),
        ]
