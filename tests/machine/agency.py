"""A source that changes its mind: entries come, are edited under their name, taken back, and shown again."""

from dataclasses import dataclass, field
from datetime import timedelta

import httpx

from tests.pipeline.world import NOON

HEAD = (
    '<rss version="2.0" xmlns:fh="http://purl.org/syndication/history/1.0"><channel><title>Agence</title>'
    "<link>https://agence.example/</link><description>Actualités</description><fh:complete/>"
)


@dataclass
class Agency:
    """Its whole feed, which says that it is complete: what it lacks was taken back."""

    titles: dict[int, str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)

    def client(self) -> httpx.Client:
        """By which it is asked."""
        return httpx.Client(transport=httpx.MockTransport(self.answer))

    def answer(self, _: httpx.Request) -> httpx.Response:
        items = "".join(self._item(number) for number in sorted(self.titles.keys() - self.hidden))
        body = f"{HEAD}{items}</channel></rss>".encode()
        return httpx.Response(200, headers={"Content-Type": "application/rss+xml"}, content=body)

    def _item(self, number: int) -> str:
        when, place = NOON - timedelta(hours=number), f"https://agence.example/{number}"
        return (
            f"<item><title>{self.titles[number]}</title><guid>{place}</guid><link>{place}</link>"
            f"<pubDate>{when:%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
            f"<description>&lt;p&gt;Le chapô de {self.titles[number]}.&lt;/p&gt;</description></item>"
        )
