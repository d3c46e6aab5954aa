"""What it costs to find out which entry of thirty is new, and to read that one, beside reading all thirty.

python -m benchmarks.splitting [--rounds 200]
"""

import argparse
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from statistics import median

from benchmarks.polls.documents import Place, document
from relay.core.document import Fetched, ParsedFeed
from relay.core.entry import fingerprint, identities
from relay.core.sketch import Sketch
from relay.core.source import Source
from relay.intake.parse import parse
from relay.intake.splitting import marking
from relay.intake.splitting.split import split
from relay.pipeline.reading import piecemeal

URL = "http://agence.example/feed"
BEGAN = datetime(2026, 11, 28, 9, tzinfo=UTC)
SOURCE = Source("agence", URL, "Source : Agence")


@dataclass
class Here:
    """A reader that has no cage."""

    def read(self, source: Source, answer: Fetched) -> ParsedFeed:  # noqa: ARG002  # as a reader has it
        """As ``Reader`` does."""
        return parse(answer.body, answer.url, answer.content_type)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=100)
    rounds = parser.parse_args().rounds
    for place in (Place(0, URL), Place(1, URL)):
        before, body = document(place, 40, BEGAN), document(place, 41, BEGAN)
        known = _known(before)
        ways: dict[str, Callable[[], object]] = {
            "cut, and a digest each": partial(_cut, body),
            "read: the one that is new": partial(_read, body, known),
            "read: all of it": partial(parse, body, URL, None),
        }
        found = _measured(ways, rounds)
        print(f"{'Atom' if place.is_atom else 'RSS'}, {len(body) // 1000} KB, CPU ms")
        for name, cost in found.items():
            print(f"    {name:28} {cost * 1000:7.2f}   1/{found['read: all of it'] / cost:.1f}")


def _measured(ways: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Medians, each way in turn."""
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            began = time.process_time()
            way()
            spent[name].append(time.process_time() - began)
    return {name: median(times) for name, times in spent.items()}


def _cut(body: bytes) -> list[bytes]:
    parts = split(body)
    assert parts
    around = marking.context(parts, SOURCE.id, URL)
    return [marking.digest(around, entry) for entry in parts.entries]


def _read(body: bytes, known: piecemeal.Kept) -> ParsedFeed:
    reader = Here()
    return piecemeal.read(reader, SOURCE, Fetched(URL, body), "", known)  # type: ignore[arg-type]  # asked for no more


def _known(body: bytes) -> piecemeal.Kept:
    return piecemeal.kept(
        [
            Sketch(
                entry.mark,
                1,
                bytes.fromhex(fingerprint(entry)),
                tuple((name.kind, bytes.fromhex(name.value)) for name in identities(entry)),
                entry.published,
                entry.updated,
            )
            for entry in _read(body, {}).entries
            if entry.mark
        ]
    )


if __name__ == "__main__":
    main()
