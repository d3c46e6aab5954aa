"""Two sources of one feed, and a communiqué that both bring under addresses of their own."""

from dataclasses import replace

from relay.core.document import ParsedEntry
from relay.core.entry import Entry
from relay.core.feed import OutgoingFeed
from relay.core.source import Source
from relay.pipeline.desk import Desk
from relay.storage import entries
from tests.pipeline.reading import Reading, item, two_sources

TITLE = "Un nouveau fonds pour les petites gares rurales"
WORDS = (
    "<p>L’État et les régions créent un fonds de 40 millions d’euros pour rouvrir les petites gares rurales fermées "
    "depuis vingt ans. Les premiers dossiers sont attendus avant la fin du mois de janvier.</p>"
    "<p>Chaque gare retenue devra accueillir au moins un service public, un commerce ou un atelier d’artisan. Les "
    "communes garderont la propriété des murs, et la SNCF celle des voies et des quais.</p>"
)
ANCT = ("ANCT", "https://anct.example/gares")
"""The credit of the second source."""


def told(name: str = "gares", *, by: str = "cget", **changes: object) -> ParsedEntry:
    """The communiqué as ``by`` has it: with a guid and an address of its own."""
    own = item(f"{by}-{name}", url=f"https://{by}.example/{name}", title=TITLE, summary=None, content_html=WORDS)
    return replace(own, **changes)  # type: ignore[arg-type]  # by name


def one_feed() -> Desk:
    """Both in the blog's feed; only the routes of the second reach ``bsky``; it has a feed of its own too."""
    desk = two_sources()
    blog, own = desk.feeds
    return replace(desk, feeds=(replace(blog, sources=("cget", "anct")), own))


def third(desk: Desk) -> Desk:
    """With one source more in the blog's feed, which goes nowhere else."""
    blog, *others = desk.feeds
    source = Source("anru", "https://anru.example/rss", "Source : ANRU")
    feeds: tuple[OutgoingFeed, ...] = (replace(blog, sources=(*blog.sources, "anru")), *others)
    return replace(desk, sources={**desk.sources, "anru": source}, feeds=feeds)


def both(reading: Reading) -> None:
    """The second source brings it an hour after the first."""
    reading.read(told())
    reading.read(told(by="anct"), source="anct", hours=1)


def credited(reading: Reading, entry_id: int = 1) -> list[tuple[str, str]]:
    """Whom the post of an entry names beside its own source."""
    return [(one.label, one.url) for one in entry(reading, entry_id).post.also]


def entry(reading: Reading, entry_id: int) -> Entry:
    with reading.db.read() as tx:
        found = entries.get(tx, entry_id)
    assert found is not None
    return found
