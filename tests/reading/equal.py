"""``python -m tests.reading.equal``: each document of the corpora, read directly and by feedparser; 1 if they differ.

``--minutes 5 --seed 0`` goes on with documents that are changed at random. ``direct`` counts those of which relay is
sure; the others are read by feedparser alone.
"""
# ruff: noqa: T201  # it is a command

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from random import Random
from time import monotonic
from unittest import mock

from relay.core.document import ParsedFeed
from relay.intake.parse import parse
from relay.intake.reading.direct import walk
from tests.corpora.corpus import CORPORA
from tests.fuzz.seeds import document
from tests.reading import changes

URL = "https://exemple.fr/flux/index.xml"
KINDS = frozenset({".xml", ".rss", ".atom", ".rdf", ".html", ".txt", ""})
LARGEST = 2_000_000
_FALLEN = "This document cannot be read ("
"""What relay says where a library raised something."""


@dataclass
class Count:
    """``direct`` are read by both ways; over those that have ``fallen`` feedparser itself falls."""

    feeds: int = 0
    direct: int = 0
    fallen: int = 0
    different: list[str] = field(default_factory=list)


def compared(body: bytes, name: str, count: Count) -> None:
    """Read one document by both ways."""
    taken: list[bool] = []

    def noting(*given: object) -> object:
        found = walk.found(*given)  # type: ignore[arg-type]  # what it is called with
        taken.append(found is not None)
        return found

    with mock.patch("relay.intake.xmlfeed.direct", mock.Mock(found=noting)):
        one = parse(body, URL, None)
    if not any(taken):
        count.feeds += bool(one.entries)
        return
    other = by_feedparser(body)
    count.feeds += bool(other.entries)
    count.direct += bool(other.entries)
    if (other.error or "").startswith(_FALLEN):
        count.fallen += 1
    elif one != other:
        count.different.append(f"{name}: {difference(one, other)}")


def by_feedparser(body: bytes) -> ParsedFeed:
    with mock.patch("relay.intake.xmlfeed.direct", mock.Mock(found=lambda *_: None)):
        return parse(body, URL, None)


def difference(one: ParsedFeed, other: ParsedFeed) -> str:
    """The first field in which they differ."""
    for place, (mine, theirs) in enumerate(zip(one.entries, other.entries, strict=False)):
        for of in fields(mine):
            if getattr(mine, of.name) != getattr(theirs, of.name):
                return f"entry {place} {of.name}: {getattr(mine, of.name)!r} != {getattr(theirs, of.name)!r}"[:600]
    return next(
        f"{of.name}: {getattr(one, of.name)!r} != {getattr(other, of.name)!r}"[:600]
        for of in fields(one)
        if getattr(one, of.name) != getattr(other, of.name)
    )


def documents() -> Iterator[tuple[str, Path]]:
    """Each file of each corpus that may be XML."""
    for corpus in sorted(CORPORA.iterdir()):
        for file in sorted(corpus.rglob("*")) if corpus.is_dir() else ():
            if file.suffix.lower() in KINDS and file.is_file() and file.stat().st_size < LARGEST:
                yield corpus.name, file


def changed(seed: int, lasts: Callable[[int], bool]) -> Count:
    """Documents that are changed at random, as long as it ``lasts``."""
    count, chance, number = Count(), Random(f"{seed} equal"), 0  # noqa: S311  # no secret
    while lasts(number):
        number += 1
        body = changes.changed(chance) if number % 4 else document(chance)
        compared(body, f"change {number}", count)
    return count


def main(argv: Sequence[str]) -> int:
    """Say what is the same, and what is not."""
    parser = argparse.ArgumentParser(prog="python -m tests.reading.equal", description=__doc__)
    parser.add_argument("--minutes", type=float, default=0, help="how long with changes (not at all)")
    parser.add_argument("--seed", type=int, default=0, help="what chance begins with (0)")
    asked = parser.parse_args(argv)
    counts: dict[str, Count] = {}
    for corpus, file in documents():
        compared(file.read_bytes(), str(file.relative_to(CORPORA)), counts.setdefault(corpus, Count()))
    end = monotonic() + asked.minutes * 60
    if asked.minutes:
        counts["changed at random"] = changed(asked.seed, lambda _: monotonic() < end)
    print("| corpus | feeds | direct | different |\n|---|---|---|---|")
    for corpus, count in counts.items():
        if count.feeds:
            print(f"| {corpus} | {count.feeds} | {count.direct} | {len(count.different)} |")
    wrong = [line for count in counts.values() for line in count.different]
    print(*wrong[:40], sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
