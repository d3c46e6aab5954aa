"""relay, as the polling contract sees it."""

from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from relay.config.configuration import Configuration, Service
from relay.core.account import Account
from relay.core.crosspost import State
from relay.core.feed import OutgoingFeed
from relay.core.route import Route
from relay.core.source import Source
from relay.intake.finding.seek import seek
from relay.intake.wire.curl.over_curl import polling
from relay.intake.wire.guard import Guard
from relay.intake.wire.pace import Turns
from relay.intake.wire.transport import reading_client
from relay.pipeline.pushing.push import receive
from relay.pipeline.reading.reader import Reader
from relay.service import Relay
from relay.storage import crossposts, entries, fetches, pushes, questions, sources
from relay.wiring import build
from tests.edges import entered
from tests.edges.opened import migrated
from tests.polling import reader as contract
from tests.polling.documents import START
from tests.polling.reader import Stored, Word

OPEN = ("127.0.0.1/32",)
"""A network: whoever is reached in it is a stranger, unless its address says that it is not."""
CONTACT = "https://www.exemple.fr/contact"
PATIENCE = 30.0
MANY = 1000
"""More entries than any test has."""


def reader(folder: Path, *, gap: float, per_second: float) -> contract.Reader:
    """relay on a database of its own."""
    migrated(folder / "relay.db").close()
    return RelayReader(folder, gap, per_second)


@dataclass(slots=True)
class RelayReader:
    """One source for each address that was added, a sandbox account that is told of all, an outgoing feed."""

    folder: Path
    gap: float
    per_second: float
    name: str = "relay"
    now: datetime = START
    patience: float | None = None
    sources: list[Source] = field(default_factory=list)
    _open: Relay | None = None
    _stack: ExitStack = field(default_factory=ExitStack)

    def add(self, url: str, **options: Any) -> None:
        self.restart()
        self.sources.append(Source(f"s{len(self.sources)}", url, "Source : l’agence", **options))

    def tick(self, now: datetime) -> None:
        self.now = now
        self._relay().poll()

    def refresh(self, url: str, now: datetime) -> None:
        self.now = now
        self._relay().poll([self._source(url).id])

    def pushed(self, url: str, body: bytes, now: datetime) -> None:
        self.now = now
        relay = self._relay()
        with relay.db.write() as tx:
            pushes.add(tx, self._source(url).id, "application/rss+xml", body, now)
        receive(relay.db, relay.reader, relay.desk, now)

    def find(self, url: str, now: datetime) -> list[str]:
        self.now = now
        return [found.url for found in seek(self._relay().reader.http, url).feeds]

    def restart(self) -> None:
        self._stack.close()
        self._open = None

    close = restart

    def hurry(self, seconds: float) -> float:
        self.restart()
        self.patience = seconds
        return PATIENCE

    def entries(self, url: str) -> list[Stored]:
        own = self._source(url).id
        with self._relay().db.read() as tx:
            shown = [post.slug for post in entered.posts(tx, [own])]
            stored = {entry.post.slug: entry for entry in entries.by_ids(tx, range(1, MANY)).values()}
        return [
            Stored(
                entry.id,
                entry.guid,
                entry.post.headline,
                entry.url,
                entry.post.published,
                f"{entry.post.lead} {entry.post.body_html}",
            )
            for entry in (stored[slug] for slug in shown)
        ]

    def told(self, url: str) -> Word:
        source = self._source(url)
        with self._relay().db.read() as tx:
            state = sources.state(tx, source.id)
            asked = [f"{question.kind}: {question.subject}" for question in questions.open_(tx, source.id)]
            notes = [note for fetch in fetches.of(tx, source.id)[:1] for note in fetch.notes]
        lines = [state.answer, state.reason, f"next: {state.due}", f"asked at {state.place.url}", *state.place.aliases]
        return Word("\n".join([*lines, *notes, *asked]), is_error=state.failures > 0 or state.is_gone)

    def queued(self) -> int:
        with self._relay().db.read() as tx:
            return len(crossposts.by_state(tx, [State.WAITING]))

    def published(self) -> bytes:
        relay = self._relay()
        relay.publish()
        return b"".join(path.read_bytes() for path in sorted(self.folder.glob("feeds/**/*")) if path.is_file())

    def _source(self, url: str) -> Source:
        return next(source for source in self.sources if source.url == url)

    def _relay(self) -> Relay:
        if self._open is None:
            turns = Turns(gap=self.gap, per_second=self.per_second)
            relay = self._stack.enter_context(build(self._configuration(), clock=lambda: self.now, turns=turns))
            if self.patience:
                client = self._stack.enter_context(reading_client(Guard(OPEN), CONTACT, deadline=self.patience))
                polls = self._stack.enter_context(polling(Guard(OPEN), CONTACT, self.patience, turns))
                relay = replace(relay, reader=Reader.over(client, polls=polls))
            self._open = relay
        return self._open

    def _configuration(self) -> Configuration:
        ids = tuple(source.id for source in self.sources)
        return Configuration(
            version=1,
            zone="UTC",
            language="fr",
            service=Service(
                database=str(self.folder / "relay.db"), feeds=self.folder / "feeds", contact=CONTACT, allow=OPEN
            ),
            sources=tuple(self.sources),
            feeds=(
                OutgoingFeed("blog", "Le blog", "https://blog.test/", ids, formats=("atom", "rss", "json", "html")),
            ),
            accounts=(Account("masto", "sandbox", {"server": "https://sandbox.test", "imitates": "mastodon"}),),
            routes=(Route(0, ids, ("masto",)),),
        )
