"""``relay run`` beside sources that drip, for as long as it takes to see how often others are asked."""

import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.fakes.feed_server import Asked, Told, listening
from tests.real.ports import free_port
from tests.slow.sources import DEADLINE, ERROR, dripping, told

OFTEN = 300.0
"""Seconds between two requests to a feed that says ``ttl`` 5: no feed is asked more often."""


@dataclass(frozen=True, slots=True)
class Found:
    """The gaps between two requests to the same source that is well, in seconds."""

    gaps: tuple[float, ...]
    drips: int
    well: int

    @property
    def error(self) -> float:
        """How much longer the longest gap is than it should be, as a part of that."""
        return max(self.gaps, default=float("inf")) / OFTEN - 1

    @property
    def holds(self) -> bool:
        """Whether none was late."""
        return len(self.gaps) >= self.well and self.error <= ERROR and min(self.gaps) >= OFTEN

    def __str__(self) -> str:
        said = f"{len(self.gaps)} gaps of {self.well} sources that are well, beside {self.drips} that drip"
        if not self.gaps:
            return said
        lengths = f"{min(self.gaps):.0f} to {max(self.gaps):.0f} s, median {median(self.gaps):.0f} s"
        return f"{said}: {lengths}; at most {self.error:.1%} over {OFTEN:g} s (asked: {ERROR:.0%})"


def daemon(drips: int, well: int, seconds: float) -> Found:
    """What the sources see of it, each on an address of loopback of its own."""
    kinds = [*dripping(DEADLINE)]
    names = [f"{kinds[number % len(kinds)]}-{number}" for number in range(drips)]
    names += [f"well-{number}" for number in range(well)]
    with TemporaryDirectory(prefix="relay-slow-") as name, ExitStack() as stack:
        sites = [stack.enter_context(listening(_told, host=_address(place))) for place in range(len(names))]
        file = Path(name) / "relay.toml"
        sources = "".join(_SOURCE.format(name=name, url=site.url) for name, site in zip(names, sites, strict=True))
        file.write_text(_CONFIGURATION.format(port=free_port(), folder=name) + sources, encoding="utf-8")
        _run(file, seconds)
        return Found(tuple(gap for site in sites for gap in _gaps(site.asked)), drips, well)


def _address(place: int) -> str:
    return f"127.0.{1 + place // 250}.{1 + place % 250}"


def _run(file: Path, seconds: float) -> None:
    command = [sys.executable, "-m", "relay", "run", "--config", str(file)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            process.wait(seconds)
            raise SystemExit("relay has ended by itself; relay run --config says why")
        except subprocess.TimeoutExpired:
            process.terminate()


def _told(request: Asked) -> Told:
    """As the site whose name is the path."""
    named = replace(request, headers=((b"host", request.path.strip("/").partition("?")[0].encode()),))
    return told(named, DEADLINE)


def _gaps(asked: list[Asked]) -> list[float]:
    times = [one.at for one in asked if one.path.startswith("/well")]
    return [later - earlier for earlier, later in pairwise(times)]


_SOURCE = """\
[sources.{name}]
url         = "{url}/{name}"
attribution = "Source"

"""
_CONFIGURATION = """\
version = 1
language = "fr"

[service]
listen   = "127.0.0.1:{port}"
database = "{folder}/relay.db"
feeds    = "{folder}/feeds"
allow    = ["127.0.0.0/8"]

"""
