"""relay's side of the farm, as an operator would write it: sources, feeds of fifty each, and an account to be told."""

from collections.abc import Sequence
from pathlib import Path

_HEAD = """\
version = 1
language = "fr"
timezone = "Europe/Paris"

[service]
database = "{folder}/relay.db"
feeds = "{folder}/feeds"
contact = "https://www.exemple.fr/contact"
allow = ["127.0.0.0/8"]

[accounts.essai]
network = "sandbox"
server = "https://sandbox.example"
imitates = "mastodon"

[[routes]]
from = [{names}]
to = ["essai"]
"""
_FEED = """
[feeds.blog{n}]
title = "La ville en commun {n}"
link = "https://blog.exemple.fr/feeds/blog{n}/"
from = [{names}]
"""
_SOURCE = """
[sources.s{n}]
url = "{url}"
attribution = "Source : Agence {n}"
"""


TOGETHER = 50
"""Sources in a feed: whoever has a thousand has several feeds. Sources of one feed may tell the same news."""


def written(folder: Path, urls: Sequence[str]) -> Path:
    """The file, in a folder that has nothing else yet."""
    file, numbers = folder / "relay.toml", range(len(urls))
    head = _HEAD.format(folder=folder, names=_names(numbers))
    feeds = (_FEED.format(n=n, names=_names(numbers[n : n + TOGETHER])) for n in numbers[::TOGETHER])
    own = (_SOURCE.format(n=n, url=url) for n, url in enumerate(urls))
    file.write_text("".join([head, *feeds, *own]), encoding="utf-8")
    return file


def _names(numbers: Sequence[int]) -> str:
    return ", ".join(f'"s{n}"' for n in numbers)
