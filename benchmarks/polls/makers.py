"""How each side is made: relay, the bare client, and the peers."""

import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks.peers import called, environment, reader_side
from benchmarks.polls.configuration import written
from benchmarks.polls.farm import Farm, urls
from benchmarks.polls.goals import BREATH, FLOOR, READER
from benchmarks.polls.running import Making
from benchmarks.polls.sides import Side, Standing


def relay(farm: Farm, folder: Path) -> Side:
    """What is measured: relay as it is."""
    words = _module("ours", written(folder, urls(farm)))
    trusted = ("--authorities", *_authorities(farm)) if farm.authorities else ()
    return Standing("relay", (*words, *trusted), log=folder / "log")


def floor(farm: Farm, folder: Path) -> Side:
    """The multi interface of pycurl, and nothing else."""
    words = _module("floor", _listed(farm, folder))
    return Standing(FLOOR, (*words, *_authorities(farm)), log=folder / "log")


def reader(farm: Farm, folder: Path) -> Side:
    """lemon24/reader with ten workers."""
    program, places = (str(environment.python()), reader_side.__file__), (_listed(farm, folder), folder / "reader.db")
    words = (*program, *map(str, places), str(BREATH), *_authorities(farm))
    return Standing(READER, words, log=folder / "log")


def rss2email(farm: Farm, folder: Path) -> Side:
    """A process a round."""
    return called.rss2email(urls(farm), folder)


def newsboat(farm: Farm, folder: Path) -> Side | None:
    """A process a round."""
    return called.newsboat(urls(farm), folder)


MAKERS: Mapping[str, Making] = {
    "relay": relay, "floor": floor, "reader": reader, "rss2email": rss2email, "newsboat": newsboat
}  # fmt: skip


def _module(name: str, file: Path) -> tuple[str, ...]:
    return (sys.executable, "-m", f"benchmarks.polls.{name}", str(file))


def _authorities(farm: Farm) -> tuple[str, ...]:
    return (str(farm.authorities),) if farm.authorities else ()


def _listed(farm: Farm, folder: Path) -> Path:
    file = folder / "sources.txt"
    file.write_text("\n".join(urls(farm)) + "\n", encoding="ascii")
    return file
