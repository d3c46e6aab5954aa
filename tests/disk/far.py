"""What the daemon talks to: a source whose news grow, and a sandbox network that breaks the disk in the midst of a post."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.fakes.wire import Call, Reply

ITEM = (
    "<item><title>Dépêche {n}</title><link>{url}/{n}</link><guid>{url}/{n}</guid>"
    "<pubDate>Fri, 27 Nov 2026 0{n}:00:00 GMT</pubDate><description>&lt;p&gt;Le texte {n}.&lt;/p&gt;</description></item>"
)
FEED = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>L’agence</title><link>{url}/</link>'
    "<description>Actualités</description>{items}</channel></rss>"
)


def _nothing() -> None:
    """The disk stays as it is."""


@dataclass(slots=True)
class Far:
    """``breaks`` is called once, while a post is public and not yet answered for."""

    url: str = ""
    news: int = 2
    breaks: Callable[[], object] = _nothing
    shown: dict[str, bytes] = field(default_factory=dict)
    posted: Counter[str] = field(default_factory=Counter)

    def answer(self, call: Call) -> Reply:
        """The far side of the ``Wire``."""
        if call.path == "/rss":
            items = "".join(ITEM.format(n=n, url=self.url) for n in range(1, self.news + 1))
            return Reply(200, FEED.format(url=self.url, items=items).encode(), {"Content-Type": "application/rss+xml"})
        if not re.fullmatch(r"/accounts/[^/]+/posts/.+", call.path):
            return Reply(404, b"")
        if call.method == "GET":
            return Reply(200, self.shown[call.path]) if call.path in self.shown else Reply(404, b"{}")
        self.posted[call.path] += 1
        self.shown.setdefault(call.path, call.body)
        breaks, self.breaks = self.breaks, _nothing
        breaks()
        return Reply(201, b'{"url": "%s"}' % (self.url + call.path).encode(), {"Content-Type": "application/json"})
