"""``python -m tests.fuzz.forgeries [--number 10000 --seed 0]``: mutated signatures and tokens; 1 if one is believed."""
# ruff: noqa: T201  # it is a command

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import monotonic

from tests.edges.newsroom import open_newsroom
from tests.fuzz import garbage
from tests.fuzz.lock import Lock
from tests.fuzz.locks import locks

METHODS = (
    "sha1",
    "sha224",
    "sha256",
    "sha384",
    "sha512",
    "md5",
    "SHA256",
    "sha3_256",
    "none",
    "v1",
    "v1a",
    "",
    "HMAC-SHA256",
)
JWT_HEADS = ("eyJhbGciOiJub25lIn0", "eyJhbGciOiJIUzI1NiIsImtpZCI6Im9uZSJ9", "eyJhbGciOiJSUzI1NiJ9", "e30")
"""``{"alg":"none"}``, HS256 under the provider's key, RS256 under none, and an empty one."""


@dataclass
class Report:
    """``tried`` by the name of a lock; ``opened`` is what must not have."""

    tried: Counter[str] = field(default_factory=Counter)
    spelled: int = 0
    """Other spellings of the same bytes."""
    opened: list[tuple[str, str]] = field(default_factory=list)


def run(these: Iterable[Lock], seed: int, number: int) -> Report:
    """Try so many, as many of each lock."""
    report, known = Report(), tuple(these)
    for lock in known:
        assert lock.opens(lock.good), f"{lock.name} does not open by what is right"
        chance = Random(f"{seed} {lock.name}")  # noqa: S311  # no secret
        for _ in range(-(-number // len(known))):
            _one(lock, forged(chance, lock.good), report)
        assert lock.opens(lock.good), f"{lock.name} does not open any more"
    return report


def _one(lock: Lock, text: str, report: Report) -> None:
    if text == lock.good or lock.same(text):
        report.spelled += 1
        return
    report.tried[lock.name] += 1
    try:
        is_open = lock.opens(text)
    except Exception as error:  # noqa: BLE001  # what breaks is no refusal either
        report.opened.append((lock.name, f"{text!r}: {type(error).__name__}: {error}"))
        return
    if is_open:
        report.opened.append((lock.name, repr(text)))


def forged(chance: Random, good: str) -> str:
    """What somebody makes who has seen others, or this one on its way."""
    return chance.choice(WAYS)(chance, good)


def _letter(chance: Random, good: str) -> str:
    place = chance.randrange(len(good))
    return good[:place] + chance.choice("0123456789abcdefABCDEF-_+/=. é²") + good[place + 1 :]


def _cut(chance: Random, good: str) -> str:
    return good[: chance.randrange(len(good))]


def _written(chance: Random, good: str) -> str:
    ways = (good.upper(), good.title(), good.swapcase(), good[::-1], f"{good}{good}", f"{good}, {good}")
    return chance.choice(ways)


def _around(chance: Random, good: str) -> str:
    sign = chance.choice((" ", "\t", "\n", "\0", "=", "é", "\u200b", ",", ";"))
    return chance.choice((f"{sign}{good}", f"{good}{sign}"))


def _method(chance: Random, good: str) -> str:
    return f"{chance.choice(METHODS)}={good.partition('=')[2]}"


def _part(chance: Random, good: str) -> str:
    parts = good.split(".")
    parts[chance.randrange(len(parts))] = chance.choice((*JWT_HEADS, "", garbage.text(chance)))
    return ".".join(parts)


def _other(chance: Random, good: str) -> str:  # it has nothing of it
    return garbage.text(chance)


def _bytes(chance: Random, good: str) -> str:
    return garbage.mutated(chance, good.encode()).decode("utf-8", "replace")


def _swapped(chance: Random, good: str) -> str:
    """Two stretches in each other's place."""
    first, second = sorted((chance.randrange(len(good)), chance.randrange(len(good))))
    return good[second:] + good[first:second] + good[:first]


WAYS = (_letter, _cut, _written, _around, _method, _part, _other, _bytes, _swapped)


def main() -> int:
    """Read what is asked, do it, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.forgeries", description=__doc__)
    parser.add_argument("--number", type=int, default=10_000, help="forgeries (10000)")
    parser.add_argument("--seed", type=int, default=0, help="the same seed makes the same (0)")
    asked = parser.parse_args()
    began = monotonic()
    with tempfile.TemporaryDirectory() as folder, open_newsroom(Path(folder), public_url="http://localhost") as room:
        report = run(locks(room), asked.seed, asked.number)
    print(
        f"{report.tried.total()} forgeries of {len(report.tried)} kinds, seed {asked.seed}, {monotonic() - began:.0f} s"
    )
    print(f"believed: {len(report.opened)}; {report.spelled} were only another spelling of what is right")
    for name, text in report.opened[:15]:
        print(f"{name}: {text[:600]}")
    return 1 if report.opened else 0


if __name__ == "__main__":
    sys.exit(main())
