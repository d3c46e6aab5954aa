"""What one new entry in thirty, thirty at once, and a thousand cost to store, with few and with many in store.

``python -m benchmarks.storing [--small 1000] [--large 100000] [--rounds 7] [--thousand 1000]``

Fifty sources of one feed, whose posts two accounts are to have. A document is taken as a poll takes it once it is read:
no network, no reader; read whole, or with only what is new of it read, as in most polls. Beside it, as the floor, the
very rows that came of it are written by ``sqlite3`` alone.
"""

import argparse
import hashlib
import random
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from tests.edges.statements import counted

from relay.core.account import Account
from relay.core.directory.handles import Body, Directory
from relay.core.document import Fetched, ParsedEntry, ParsedFeed
from relay.core.entry import identities
from relay.core.feed import OutgoingFeed
from relay.core.identity.sketching import drawn
from relay.core.normalise import Home, normalise
from relay.core.polling.pollstate import Lesson
from relay.core.post import Post
from relay.core.route import Route
from relay.core.sketch import Mark
from relay.core.source import Source
from relay.networks.sandbox import network as sandbox
from relay.pipeline.desk import Desk
from relay.pipeline.polling import taking
from relay.pipeline.polling.heard import Heard
from relay.pipeline.polling.record import Exchange
from relay.storage import driver, rows, sketches, sources
from relay.storage.database import Database, open_database
from relay.storage.schema import migrate

LINK = "https://blog.example/"
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
EVERY = timedelta(hours=3)
"""Between two posts in store: a blog of eight posts a day, young or old."""
SOURCES = tuple(f"source-{number}" for number in range(50))
OF_ITS_OWN = 30
"""Entries of a document."""
SANDBOX = {"server": "https://sandbox.example"}
ACCOUNTS = tuple(Account(name, "sandbox", {**SANDBOX, "imitates": name}) for name in ("mastodon", "bluesky"))
DESK = Desk(
    sources={id: Source(id, f"https://{id}.example/rss", f"Source : {id.title()}") for id in SOURCES},
    feeds=(OutgoingFeed("blog", "Le blog", LINK, SOURCES, formats=("atom", "rss", "json", "html")),),
    accounts={account.id: account for account in ACCOUNTS},
    routes=(Route(0, SOURCES, tuple(account.id for account in ACCOUNTS)),),
    directory=Directory({"anct": Body("anct", "ANCT", {"x": "@ANCTerritoires"})}),
    networks={"sandbox": sandbox},
    public_url="https://blog.example",
)
HOME = Home("blog.example", LINK)
_ENTRY = (
    "INSERT INTO entries (source_id, guid, url, title, fingerprint, first_seen, held_until, slug, published, updated,"
    " changed, post) VALUES (?, ?, ?, ?, 'print', ?, ?, ?, ?, ?, ?, ?)"
)
_NAME = "INSERT INTO identities (source_id, entry_id, kind, value) VALUES (?, ?, ?, ?)"
_GROWS = ("entries", "identities", "pictures", "crossposts", "findable", "audit", "fetches", "sources")


class Pen:
    """Texts that differ: of some thousand made-up words, a few often, most seldom, between those of French."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  # the same texts at each run
        parts = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "lon", "ren", "tal")
        self.words = ["".join(self.chance.choices(parts, k=self.chance.randint(2, 5))) for _ in range(4000)]
        self.small = ("le", "la", "les", "des", "et", "dans", "pour", "avec", "sur", "une", "du", "au")

    def sentence(self, length: int) -> str:
        """So many words."""
        words = [self._word() for _ in range(length)]
        return f"{' '.join(words).capitalize()}."

    def _word(self) -> str:
        if self.chance.random() < 0.4:
            return self.chance.choice(self.small)
        return self.words[int(len(self.words) * self.chance.random() ** 3)]

    def entry(self, name: str, moment: datetime) -> ParsedEntry:
        """An entry of some 3.6 KiB of HTML: the mean of the feeds in the corpora."""
        paragraphs = "".join(
            f"<p>{' '.join(self.sentence(self.chance.randint(8, 24)) for _ in range(5))}</p>" for _ in range(7)
        )
        return ParsedEntry(
            id=f"urn:{name}",
            url=f"https://publisher.example/{name}",
            title=self.sentence(10).rstrip("."),
            content_html=paragraphs,
            published=moment,
            language="fr",
            categories=("politique de la ville",),
            mark=Mark(hashlib.sha256(name.encode()).digest(), len(paragraphs)),
        )


@dataclass
class Store:
    """A database with so many entries in it, and the documents that come to it."""

    db: Database
    pen: Pen
    now: datetime = NOW
    shown: dict[str, tuple[ParsedEntry, ...]] = field(default_factory=dict)
    come: int = 0

    def entries(self, count: int) -> tuple[ParsedEntry, ...]:
        """New ones, a minute apart."""
        self.come += count
        return tuple(
            self.pen.entry(f"news-{self.come - number}", self.now - timedelta(minutes=number))
            for number in range(count)
        )

    def unread(self, source_id: str) -> tuple[ParsedEntry, ...]:
        """Those of its last document, of which nothing is read again."""
        with self.db.read() as tx:
            return tuple(map(drawn, sketches.of(tx, source_id)))

    def take(self, source_id: str, shown: tuple[ParsedEntry, ...]) -> int:
        """As a poll takes a document that shows these; how many were new."""
        with self.db.read() as tx:
            since = sources.state(tx, source_id).polled_at
        document, source = ParsedFeed(title="Un flux", entries=shown), DESK.sources[source_id]
        answer = Fetched(source.url, b"")
        heard = Heard(Exchange(source.url, answer, 0.1), document, Lesson(body=str(self.now)), (), since)
        _, stored = taking.take(self.db, DESK, source, heard, self.now)
        self.shown[source_id] = shown
        self.now += timedelta(minutes=1)
        return stored.new


def filled(folder: Path, size: int) -> Store:
    """Its newest entries are of now; what two posts of one quarter say differs."""
    db, pen = open_database(str(folder / "relay.db")), Pen(size)
    migrate(db)
    texts = [_text(pen, number) for number in range(min(size, 800))]
    with db.write() as tx:
        for number in range(size):
            row, names = _told(*texts[number % len(texts)], number, size)
            tx.exec_driver_sql(_ENTRY, row)
            tx.exec_driver_sql(_NAME, [(row[0], number + 1, *name) for name in names])
    return Store(db, pen)


def _text(pen: Pen, number: int) -> tuple[ParsedEntry, Post]:
    entry = pen.entry(f"billet-{number}", NOW)
    return entry, normalise(entry, DESK.sources[SOURCES[0]], HOME, f"billet-{number}", (), NOW)


def _told(entry: ParsedEntry, post: Post, number: int, size: int) -> tuple[tuple[Any, ...], list[tuple[str, str]]]:
    """The row of an entry, and its names."""
    moment, name, source_id = NOW - EVERY * (size - number), f"billet-{number}", SOURCES[number % len(SOURCES)]
    own = replace(entry, id=f"urn:{name}", url=f"https://publisher.example/{name}", published=moment)
    dated = replace(post, id=f"tag:blog.example,2026:{name}", slug=name, url=f"{LINK}{name}.html", source_id=source_id)
    told = replace(dated, more_url=own.url or "", credit_url=own.url or "", published=moment, updated=moment)
    stamp = f"{moment:%Y-%m-%d %H:%M:%S}.000000"
    said = (stamp, stamp, name, stamp, stamp, number + 1, rows.dump(told))
    names = [(str(one.kind), one.value) for one in identities(own)]
    return (source_id, own.id, own.url, own.title, *said), names


def busy(work: Callable[[], object]) -> float:
    """CPU seconds."""
    start = process_time()
    work()
    return process_time() - start


class Floor:
    """The same rows, written by ``sqlite3`` alone into a copy of the database as it was before.

    By relay's own build of it: two builds in one process take each other's locks away.
    """

    def __init__(self, folder: Path) -> None:
        self.path, self.copy = folder / "relay.db", folder / "floor.db"
        shutil.copy(self.path, self.copy)
        self.before = self._asked("SELECT coalesce(max(rowid), 0) FROM {}")

    def write(self) -> float:
        """CPU seconds for all of them in one transaction."""
        new = self._asked("SELECT * FROM {} WHERE rowid > ?")
        own = driver.chosen().connect(self.copy, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            own.execute(f"PRAGMA {pragma}")
        own.execute("SELECT max(id) FROM entries").fetchone()
        spent = busy(lambda: _put(own, new))
        own.close()
        self.copy.unlink()
        return spent

    def _asked(self, question: str) -> dict[str, list[tuple[Any, ...]]]:
        own, found = driver.chosen().connect(self.path), {}
        for name in _GROWS:
            since = self.before[name][0] if "?" in question else ()
            found[name] = own.execute(question.format(name), since).fetchall()
        own.close()
        return found


def _put(own: Any, new: dict[str, list[tuple[Any, ...]]]) -> None:
    own.execute("BEGIN IMMEDIATE")
    for name, some in new.items():
        if some:
            places = ",".join("?" * len(some[0]))
            own.executemany(f"INSERT INTO {name} VALUES ({places})", some)  # noqa: S608  # names of ours
    own.execute("COMMIT")


@dataclass
class Case:
    """One kind of document: what ours cost and the floor, in CPU seconds, and the statements of one."""

    ours: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    statements: int = 0

    def __str__(self) -> str:
        ours, floor = median(self.ours), median(self.floor)
        ratios = [mine / least for mine, least in zip(self.ours, self.floor, strict=True)]
        said = f"{ours * 1000:8.1f} ms CPU, {self.statements:4} statements; sqlite3 alone {floor * 1000:6.2f} ms"
        return f"{said}; ratio {median(ratios):.1f} ({min(ratios):.1f} to {max(ratios):.1f})"


def taken(store: Store, folder: Path, source_id: str, shown: tuple[ParsedEntry, ...], case: Case) -> None:
    """One document, and its rows once more by ``sqlite3``."""
    with store.db.engine.connect() as connection:  # what waits beside the file belongs to it
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    floor = Floor(folder)
    with counted(store.db) as said:
        case.ours.append(busy(lambda: store.take(source_id, shown)))
    case.statements = len(said)
    case.floor.append(floor.write())


def of_a_store(size: int, rounds: int, many: int) -> dict[str, Case]:
    """Each source shows one entry more than before, then thirty that nobody has seen, then a thousand."""
    with tempfile.TemporaryDirectory(prefix="relay-storing-") as name:
        folder = Path(name)
        store, cases = filled(folder, size), {kind: Case() for kind in ("one", "read", "thirty", "many")}
        for source_id in SOURCES[: rounds + 1]:
            store.take(source_id, store.entries(OF_ITS_OWN - 1))
        for source_id in SOURCES[:rounds]:
            shown = (*store.entries(1), *store.shown[source_id])
            taken(store, folder, source_id, shown, cases["one"])
            taken(store, folder, source_id, (*store.entries(1), *store.unread(source_id)), cases["read"])
            taken(store, folder, SOURCES[-1], store.entries(OF_ITS_OWN), cases["thirty"])
        taken(store, folder, SOURCES[-2], store.entries(many), cases["many"])
        store.db.close()
    return cases


def main() -> None:
    """Both stores, in one run."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("small", 1_000), ("large", 100_000), ("rounds", 7), ("thousand", 1_000)):
        parser.add_argument(f"--{name}", type=int, default=default)
    wanted = parser.parse_args()
    for size in (wanted.small, wanted.large):
        print(f"{size:,} entries in store")
        for kind, case in of_a_store(size, wanted.rounds, wanted.thousand).items():
            names = {"one": "one new in thirty", "read": "only that one read"}
            names |= {"thirty": "thirty new", "many": f"{wanted.thousand:,} new"}
            print(f"  {names[kind]:19}{case}")


if __name__ == "__main__":
    main()
