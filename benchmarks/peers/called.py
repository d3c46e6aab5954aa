"""rss2email and newsboat: commands that are called for each round, as cron calls them."""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.environment import python
from benchmarks.polls.sides import Called

_MAIL = """\
[DEFAULT]
to = lecteur@exemple.fr
email-protocol = maildir
maildir-path = {folder}
"""
_FEED = """
[feed.s{n}]
url = {url}
"""


def rss2email(urls: Sequence[str], folder: Path) -> Called:
    """``r2e run``, whose letters are put into a Maildir."""
    file = folder / "rss2email.cfg"
    feeds = "".join(_FEED.format(n=n, url=url) for n, url in enumerate(urls))
    file.write_text(_MAIL.format(folder=folder) + feeds, encoding="utf-8")
    program = str(python().with_name("r2e"))
    command = (program, "-c", str(file), "-d", str(folder / "rss2email.json"))
    return Called("rss2email", (*command, "run"), (program, "--version"))


def newsboat(urls: Sequence[str], folder: Path) -> Called | None:
    """``newsboat -x reload``; ``None`` where it is not installed, which is said."""
    program = shutil.which("newsboat")
    if program is None:
        print("newsboat is left out, for it is not installed: apt-get install newsboat", file=sys.stderr)
        return None
    (folder / "urls").write_text("\n".join(urls) + "\n", encoding="ascii")
    (folder / "config").touch()
    places = ("-u", str(folder / "urls"), "-c", str(folder / "cache.db"), "-C", str(folder / "config"))
    environment = {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    return Called("newsboat", (program, "-q", *places, "-x", "reload"), (program, "--version"), environment)
