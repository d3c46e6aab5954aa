"""What sites let robots read (RFC 9309): asked before a page is fetched that is no feed and that nobody clicked on."""

from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from urllib.parse import urlsplit

import httpx
from protego import Protego

from relay.intake.reading.decoding import decode
from relay.intake.wire.exchange import Reply
from relay.intake.wire.failure import why
from relay.intake.wire.follow import get
from relay.intake.wire.over_httpx import OverHttpx

TOKEN = "relay"  # noqa: S105  # the product token of our User-Agent (§2.2.1), not a secret
LARGEST = 512_000
"""Bytes that are read; a file may be longer, and then its rest does not count (§2.5 wants 500 KiB at least)."""
MOST, HEAVIEST = 10_000, 4 * 1024 * 1024
"""Sites whose rules are remembered, and the bytes of all these files, which take some 35 times as much in memory: a
feed may name pictures at as many hosts as it likes. The site that was asked first leaves first."""
DAY = 24 * 3600.0
HOUR = 3600.0
"""How long rules are believed (§2.4), and how long a site that could not be asked is left alone, in seconds."""

_ALL, _NOTHING = Protego.parse(""), Protego.parse("User-agent: *\nDisallow: /")


@dataclass(frozen=True, slots=True)
class _Rules:
    read: Protego
    until: float
    trouble: str = ""
    size: int = 0


@dataclass(slots=True)
class Robots:
    """The rules of the sites asked so far, in memory; threads may share it. ``http`` is the guarded client."""

    http: httpx.Client
    _known: dict[str, _Rules] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def refusal(self, url: str) -> str | None:
        """Why ``url`` must not be fetched, in a sentence; ``None`` where it may be."""
        rules = self._rules(url)
        if rules.read.can_fetch(url, TOKEN):
            return None
        host = urlsplit(url).netloc
        return rules.trouble or f"{host} asks robots not to read this page (robots.txt)."

    def _rules(self, url: str) -> _Rules:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            known = self._known.get(site)
        if known is None or known.until < monotonic():
            known = _asked(self.http, f"{site}/robots.txt")
            self._keep(site, known)
        return known

    def _keep(self, site: str, rules: _Rules) -> None:
        with self._lock:
            self._known.pop(site, None)
            self._known[site] = rules
            size = sum(one.size for one in self._known.values())
            while len(self._known) > MOST or (size > HEAVIEST and len(self._known) > 1):
                size -= self._known.pop(next(iter(self._known))).size


def _asked(http: httpx.Client, url: str) -> _Rules:
    """Of 2xx what it says, of 4xx nothing forbidden, of anything else everything (§2.3.1)."""
    try:
        reply = get(OverHttpx(http), url, [(b"accept", b"text/plain, */*;q=0.1")]).reply
    except httpx.TooManyRedirects:
        return _Rules(_ALL, monotonic() + DAY)
    except (httpx.RequestError, httpx.InvalidURL, UnicodeError) as error:
        return _Rules(_NOTHING, monotonic() + HOUR, f"Its robots.txt cannot be read. {why(error)}")
    return _told(reply)


def _told(reply: Reply) -> _Rules:
    """429 is counted among the troubles of the server: whoever is asked less should not be asked for more."""
    status = reply.status
    if 200 <= status < 300:
        return _Rules(_read(reply.body), monotonic() + DAY, size=min(len(reply.body), LARGEST))
    if 400 <= status < 500 and status != 429:
        return _Rules(_ALL, monotonic() + DAY)
    return _Rules(
        _NOTHING, monotonic() + HOUR, f"{reply.url.shown} answered {status} for its robots.txt: it may forbid all."
    )


def _read(body: bytes) -> Protego:
    """Its rules; a line that is cut in two by the limit is left out."""
    whole = body if len(body) <= LARGEST else body[:LARGEST].rpartition(b"\n")[0]
    return Protego.parse(decode(whole, None).text)
