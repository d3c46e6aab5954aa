"""Everything that the daemon talks to: servers of networks that keep their own truth, and two sources, one of them slow."""

import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import ThreadingHTTPServer
from random import Random
from urllib.parse import urlsplit

from relay.wiring import clock
from tests.fakes.discord import Discord
from tests.fakes.mastodon import Mastodon
from tests.fakes.mastodon_dialects import GOTOSOCIAL, MASTODON_45, MASTODON_FIXED, PLEROMA
from tests.fakes.wire import Call, Reply, Wire, _Handler, serving

DIALECTS = {
    "keyed": MASTODON_45,
    "keyed2": MASTODON_45,
    "locked": MASTODON_FIXED,
    "stored": PLEROMA,
    "bare": GOTOSOCIAL,
    "bare2": GOTOSOCIAL,
    "bare3": GOTOSOCIAL,
}
SILENT = "silent"
ACCOUNTS = (*DIALECTS, SILENT)
"""Eight, which are posted to side by side; what the last one has cannot be read."""
LISTED = timedelta(seconds=5)
"""How long a post is public before its account's list has it."""
HANG = 12.0
"""Seconds: longer than an end may take."""
_NUMBERED = re.compile(r"Dépêche (\d+)")


@dataclass(slots=True)
class Far:
    """``pace`` is how many seconds a call that publishes takes before it is done, and again before it is answered.

    ``hangs``: the share of them that says nothing for ``HANG`` seconds, before or after.
    """

    chance: Random
    pace: tuple[float, float] = (0.2, 0.8)
    hangs: float = 0
    slow: tuple[float, float] = (1, 12)
    """Seconds that the slow source takes."""
    ahead: timedelta = timedelta(0)
    """By how much its clock is ahead of the machine's."""
    news: int = 1
    servers: dict[str, Mastodon] = field(default_factory=lambda: {name: Mastodon(of) for name, of in DIALECTS.items()})
    discord: Discord = field(default_factory=Discord)
    flying: int = 0
    """Calls that publish, and have no answer yet."""
    polls: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, call: Call) -> Reply:
        """The far side of the ``Wire``."""
        path = urlsplit(call.path).path
        if path.startswith("/rss/"):
            return self._feed(path)
        if call.method == "GET":
            return self._done(call)
        if len(call.body) < int(call.headers.get("content-length", "0")):
            return Reply(400, b"{}")
        with self._lock:
            self.flying += 1
        try:
            self._wait()
            reply = self._done(call)
            self._wait()
        finally:
            with self._lock:
                self.flying -= 1
        return reply

    def calm(self) -> None:
        """Wait until all is done that was asked of them: time that a test makes pass does not go by what is on its way."""
        while self.flying:
            time.sleep(0.02)

    def public(self) -> Counter[tuple[str, int]]:
        """How often each post is public: account and number → copies."""
        texts = [(name, status.text) for name, server in self.servers.items() for status in server.statuses]
        texts += [(SILENT, message.text) for message in self.discord.messages]
        return Counter((name, number(text)) for name, text in texts)

    def _wait(self) -> None:
        time.sleep(HANG if self.chance.random() < self.hangs / 2 else self.chance.uniform(*self.pace))

    def _done(self, call: Call) -> Reply:
        name, _, path = call.path.lstrip("/").partition("/")
        with self._lock:
            if name not in self.servers:
                return self.discord.answer(call) if name == "api" else Reply(404, b"{}")
            server = self.servers[name]
            server.now = clock() + self.ahead
            listed = [status for status in server.statuses if status.created_at <= server.now - LISTED]
            is_list = call.method == "GET" and urlsplit(path).path.endswith("/statuses")
            shown = replace(server, statuses=listed) if is_list else server
            return shown.answer(replace(call, path=f"/{path}"))

    def _feed(self, path: str) -> Reply:
        with self._lock:
            self.polls += 1
            self.news += 1
        if path.endswith("slow"):
            time.sleep(self.chance.uniform(*self.slow))
        items = "".join(
            f"<item><title>{path} {one}</title><guid>urn:{path}:{one}</guid><description>Texte {one}.</description></item>"
            for one in range(max(self.news - 10, 1), self.news)
        )
        head = "<title>L'agence</title><link>https://agence.example/</link><description>Actualités</description>"
        return Reply(
            200, f'<rss version="2.0"><channel>{head}{items}</channel></rss>'.encode(), {"content-type": "text/xml"}
        )


def number(text: str) -> int:
    """The number of a post, as readers see it; -1 for what is none of ours."""
    found = _NUMBERED.search(text)
    return int(found.group(1)) if found else -1


@contextmanager
def listening(far: Far) -> Iterator[Wire]:
    """Their server; who hangs up has been told to end, and that is no news."""
    wire = Wire(far.answer, publishes="/")
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"wire": wire}))
    with serving(server, wire):
        yield wire


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """The other side is gone."""
