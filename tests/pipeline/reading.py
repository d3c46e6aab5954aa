"""Documents as a poll reads them, stored on a real database without a server: what is tested is what becomes of them."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from relay.core.crosspost import Crosspost
from relay.core.document import ParsedEntry, ParsedFeed
from relay.core.entry import Entry
from relay.core.feed import OutgoingFeed
from relay.core.question import Question
from relay.core.route import Route
from relay.core.source import Source
from relay.pipeline.desk import Desk
from relay.pipeline.storing.store import Stored, store
from relay.storage import crossposts, entries, questions
from relay.storage.database import Database
from tests.edges import entered
from tests.pipeline import world
from tests.pipeline.world import NOON


def item(name: str, **changes: object) -> ParsedEntry:
    """An entry of an hour ago with a guid, an address, a title and words of its own."""
    one = ParsedEntry(
        id=f"urn:{name}",
        url=f"https://agence.example/{name}",
        title=f"Nouvelle {name}",
        summary=f"Le texte de {name}.",
        published=NOON - timedelta(hours=1),
    )
    return replace(one, **changes)  # type: ignore[arg-type]  # by name


@dataclass
class Reading:
    """A relay that is handed documents; the first of a source is not its first ever, unless the test says so."""

    db: Database
    desk: Desk = field(default_factory=world.desk)

    def read(
        self,
        *parsed: ParsedEntry,
        source: str = "cget",
        hours: float = 0,
        is_first: bool = False,
        complete: bool = False,
    ) -> Stored:
        document = ParsedFeed(entries=parsed, is_complete=complete)
        at = NOON + timedelta(hours=hours)
        with self.db.write() as tx:
            return store(tx, self.desk, self.desk.sources[source], document, at, is_backlog=is_first)

    def entries(self) -> list[Entry]:
        """Every entry, in the order in which they were stored."""
        with self.db.read() as tx:
            found = entries.by_ids(tx, range(1, 100))
        return [found[id] for id in sorted(found)]

    def headlines(self, *sources: str) -> list[str]:
        """What the outgoing feed of these sources says."""
        with self.db.read() as tx:
            return sorted(post.headline for post in entered.posts(tx, sources))

    def crossposts(self, entry_id: int = 1) -> list[Crosspost]:
        with self.db.read() as tx:
            return crossposts.of_entry(tx, entry_id)

    def states(self, entry_id: int = 1) -> dict[str, str]:
        """Where the cross-posts of an entry stand, by account."""
        return {one.account: str(one.state) for one in self.crossposts(entry_id)}

    def questions(self) -> list[Question]:
        with self.db.read() as tx:
            return questions.open_(tx)


def two_sources() -> Desk:
    """The blog with a second source: its route reaches one account more than the first's."""
    one = world.desk()
    other = Source("anct", "https://anct.example/rss", "Source : ANCT")
    link = "https://blog.example/ville/"
    (first,) = one.routes
    return replace(
        one,
        sources={**one.sources, "anct": other},
        feeds=(*one.feeds, OutgoingFeed("ville", "La ville", link, ("anct",))),
        routes=(replace(first, accounts=("masto",)), Route(1, ("anct",), ("masto", "bsky"), text="{title} {link}")),
    )
