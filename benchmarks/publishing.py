"""One new post: what it costs to publish it with few and with many in store, and what the feeds cost feedgen alone.

``python -m benchmarks.publishing [--small 1000] [--large 100000] [--rounds 7] [--entries 500]``
"""

import argparse
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from feedgen.feed import FeedGenerator

from relay.building import FORMATS
from relay.core.directory.handles import Body, Directory
from relay.core.feed import OutgoingFeed
from relay.core.post import Post, Related
from relay.core.source import Source
from relay.pipeline import publish as step
from relay.pipeline.desk import Desk
from relay.pipeline.publishing import looks, printing
from relay.pipeline.publishing.planning import plan
from relay.pipeline.publishing.press import Press
from relay.publish import atom, compression
from relay.publish.cleaning import clean
from relay.publish.format import Edition
from relay.publish.item import items
from relay.publish.places import PLACES, archived
from relay.publish.syndication import assemble
from relay.storage import printed, progress, rows
from relay.storage.database import Database, open_database
from relay.storage.progress import Progress
from relay.storage.schema import migrate

LINK = "https://blog.example/"
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
EVERY = timedelta(hours=3)
"""Between two posts: a blog of eight posts a day, young or old."""
FEED = OutgoingFeed("blog", "Le blog", LINK, ("anct",), formats=("atom", "rss", "json", "html"))
DESK = Desk(
    sources={"anct": Source("anct", "https://anct.example/rss", "Source : ANCT")},
    feeds=(FEED,),
    accounts={},
    routes=(),
    directory=Directory({"anct": Body("anct", "ANCT", {"x": "@ANCTerritoires"})}),
    networks={},
    public_url="https://blog.example",
)
_ENTRY = (
    "INSERT INTO entries (source_id, fingerprint, first_seen, slug, published, updated, changed, post)"
    " VALUES ('anct', 'print', ?, ?, ?, ?, ?, ?)"
)


def post(number: int, newest: int) -> Post:
    """One post; the one with the number ``newest`` is of now."""
    moment = NOW - EVERY * (newest - number)
    words = f"Une action sur {number} concerne les quartiers, dit la préfecture ; « chacun s’y retrouve ». "
    return Post(
        id=f"tag:blog.example,2026:billet-{number}",
        slug=f"billet-{number}",
        url=f"{LINK}billet-{number}.html",
        source_id="anct",
        headline=f"Billet {number} : les quartiers s’animent",
        handles=("anct",),
        hashtags=("ville",),
        credit="Source\u00a0: ANCT",
        credit_url=f"https://anct.example/{number}",
        lead=words,
        picture=None,
        body_html="".join(f"<p>{words * 4}</p>" for _ in range(5)),
        more_url=f"https://anct.example/{number}",
        related=(Related("Un billet plus ancien", f"{LINK}plus-ancien.html"),),
        language="fr",
        categories=("politique de la ville",),
        author=None,
        published=moment,
        updated=moment,
    )


class Blog:
    """A blog of so many posts that is up to date, its pages standing in as empty files."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder, self.size = folder / "feeds", size
        self.db: Database = open_database(str(folder / "relay.db"))
        migrate(self.db)
        self._fill(range(size), size - 1)
        (self.folder / "blog").mkdir(parents=True)
        for number in range(size):
            for suffix in ("", *compression.SUFFIXES.values()):
                (self.folder / "blog" / f"billet-{number}.html{suffix}").touch()
        self._up_to_date()

    def _fill(self, numbers: range, newest: int) -> None:
        def stamp(moment: datetime) -> str:
            return f"{moment:%Y-%m-%d %H:%M:%S}.000000"

        made = (post(number, newest) for number in numbers)
        told = [
            (stamp(one.published), one.slug, stamp(one.published), stamp(one.updated), number + 1, rows.dump(one))
            for number, one in zip(numbers, made, strict=True)
        ]
        with self.db.write() as tx:
            tx.exec_driver_sql(_ENTRY, told)

    def _up_to_date(self) -> None:
        press = Press(self.db, DESK, FEED, FORMATS, self.folder / "blog", NOW, looks.of_directory(DESK.directory))
        with self.db.write() as tx:
            printing.tag(tx, press)
            progress.begin(tx, "blog", NOW)
            found = plan(tx, press, Progress(), whole=True)
            archives = range(1, printed.archives(tx, "blog") + 1)
        for place in (archived(PLACES[name], number) for name in ("atom", "rss") for number in archives):
            (press.folder / place.path).parent.mkdir(parents=True, exist_ok=True)
            (press.folder / place.path).touch()
        found.pages, found.months = [], {}
        list(step.carry_out(press, found, sweeps=False))
        with self.db.write() as tx:
            progress.end(tx, "blog", found.reached)

    def publish(self) -> tuple[float, float, list[str]]:
        """One post more, and the next publish: wall and CPU seconds, the files."""
        number = self.size
        self._fill(range(number, number + 1), number - 1)
        self.size += 1
        wall, busy = perf_counter(), process_time()
        written = step.publish(self.db, DESK, FORMATS, self.folder, NOW)
        return perf_counter() - wall, process_time() - busy, written

    def weight(self, written: list[str]) -> int:
        """The bytes of files and their twins."""
        total = 0
        for path in written:
            for suffix in ("", *compression.SUFFIXES.values()):
                with suppress(FileNotFoundError):
                    total += (self.folder / (path + suffix)).stat().st_size
        return total


def plainly(posts: list[Post]) -> bytes:
    """The same Atom feed by feedgen alone, with nothing of ours about it."""
    generator = FeedGenerator()
    generator.id(LINK)
    generator.title("Le blog")
    generator.link(href=LINK, rel="alternate")
    for one in posts:
        entry = generator.add_entry(order="append")
        entry.id(one.id)
        entry.title(one.headline)
        entry.link(href=one.url)
        entry.published(one.published)
        entry.updated(one.updated)
        entry.content(one.body_html, type="html")
        entry.summary(one.lead)
    written: bytes = generator.atom_str(pretty=True)
    return written


def made_whole(edition: Edition) -> bytes:
    """The document that relay publishes, every entry made by feedgen; of an edition with ``looks`` by it alone."""
    written: bytes = assemble(edition, PLACES["atom"]).atom_str(pretty=True)
    return written


def busy(work: Callable[[], object]) -> float:
    """CPU seconds."""
    start = process_time()
    work()
    return process_time() - start


def compare_stores(small: int, large: int, rounds: int) -> None:
    """Turn by turn."""
    with tempfile.TemporaryDirectory(prefix="relay-publishing-") as folder:
        blogs = [Blog(Path(folder) / str(size), size) for size in (small, large)]
        times: list[list[tuple[float, float]]] = [[], []]
        for blog in blogs:
            blog.publish()  # what is made once and kept is made here
        for _ in range(rounds):
            for blog, taken in zip(blogs, times, strict=True):
                wall, cpu, written = blog.publish()
                taken.append((wall, cpu))
        shares = [[median(one[which] for one in taken) for which in (0, 1)] for taken in times]
        for size, (wall, cpu) in zip((small, large), shares, strict=True):
            print(f"{size:>7} in store: {wall * 1000:7.1f} ms wall, {cpu * 1000:7.1f} ms CPU")
        print(f"ratio: wall {shares[1][0] / shares[0][0]:.2f}, CPU {shares[1][1] / shares[0][1]:.2f} (goal: 2)")
        print(f"{len(written)} files, {blogs[1].weight(written):,} bytes with twins: {', '.join(written)}")
        for blog in blogs:
            blog.db.close()


def compare_with_feedgen(entries: int, rounds: int) -> None:
    """A feed of so many entries, rewritten for one new one."""
    feed = replace(FEED, size=entries)
    directory = DESK.directory
    times: dict[str, list[float]] = {name: [] for name in ("ours", "whole", "ready", "plain", "twins")}
    posts = [post(number, entries + rounds) for number in reversed(range(entries))]
    for turn in range(-1, rounds):
        posts = [post(entries + turn + 1, entries + rounds), *posts[:-1]]
        edition = Edition(feed, "tag:blog", posts[0].updated, tuple(posts), {}, directory, looks="one")
        whole = clean(replace(edition, looks=""), entries)
        taken = {"ours": busy(partial(atom.render, edition)), "plain": busy(partial(plainly, posts))}
        taken["whole"] = busy(partial(made_whole, whole))
        with_items = replace(whole, looks="with items")
        items(with_items)
        taken["ready"] = busy(partial(made_whole, with_items))
        taken["twins"] = busy(partial(compression.compressed, atom.render(edition)[0].body))
        for name, seconds in taken.items() if turn >= 0 else ():
            times[name].append(seconds)
    own, theirs, ready, plain, twins = (median(spent) * 1000 for spent in times.values())
    print(f"{entries} entries, one new: {own:.1f} ms CPU; feedgen makes the same document in {theirs:.1f} ms")
    print(f"ratio 1/{theirs / own:.0f} (goal: 1/50)")
    print(f"of which feedgen itself, where title and text of each entry are ready: {ready:.1f} ms, 1/{ready / own:.0f}")
    print(f"a bare feed of feedgen's, without what the blog's entries need: {plain:.1f} ms")
    print(f"the three twins: {twins:.1f} ms more")


def main() -> None:
    """Both comparisons, in one run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=1_000)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--entries", type=int, default=500)
    wanted = parser.parse_args()
    compare_with_feedgen(wanted.entries, wanted.rounds)
    compare_stores(wanted.small, wanted.large, wanted.rounds)


if __name__ == "__main__":
    main()
