"""``python -m tests.disk``: each write in turn fails, as each kind of disk fails; then the daemon on disks that do.

``--every N`` takes one write of N, ``--seed`` says at which it begins, ``--plant`` is a bug that must be found.
"""
# ruff: noqa: T201 — a command prints

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from shutil import rmtree

from tests.disk.disk import CannotMount
from tests.disk.life import Verdict, live, template
from tests.disk.scenes import SCENES
from tests.disk.seam import KINDS, Seam

PLANTS = ("stops-at-first", "forgets-answers")
A_WHILE = 40


def main() -> int:
    """1 where something does not hold."""
    wanted = _wanted()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="relay-disk-", dir=_quick()) as name:
        bad = _lives(Path(name), wanted)
    print(f"lives: {time.monotonic() - began:.0f} s")
    if not wanted.plant and not wanted.no_daemon:
        bad += sum(not _scene(one) for one in SCENES)
    print("it holds" if not bad else f"{bad} do not hold")
    return 1 if bad else 0


def _wanted() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.disk", description=__doc__)
    parser.add_argument("--every", type=int, default=1, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plant", choices=PLANTS)
    parser.add_argument("--no-daemon", action="store_true", help="only the lives in one process")
    return parser.parse_args()


def _lives(folder: Path, wanted: argparse.Namespace) -> int:
    made, calm = template(folder), Seam()
    assert not live(folder / "calm", calm, made).wrong
    print(f"{calm.seen} writes at {len(calm.sites)} sites; seed {wanted.seed}")
    bad = 0
    for name, seams in _plans(calm.seen, wanted):
        some = [_one(folder, seam, made, wanted.plant) for seam in seams]
        wrong = [one for one in some if one.wrong]
        slowest = max((one.seconds for one in some if not one.seam.after), default=0)
        print(f"{name}: {len(some)} lives, {len(wrong)} wrong, recovered in {slowest:.0f} s at most")
        for one in wrong[:5]:
            print(f"  from write {one.seam.first}: {'; '.join(one.wrong)} {one.unnamed[:1]}")
        bad += len(wrong)
    return bad


def _plans(writes: int, wanted: argparse.Namespace) -> Iterator[tuple[str, list[Seam]]]:
    """What befalls which writes."""
    begin = 1 + Random(wanted.seed).randrange(wanted.every)  # noqa: S311  # nobody is to be kept from guessing it
    numbers = range(begin, writes + 1, wanted.every)
    for kind in KINDS:
        yield f"{kind}, once", [Seam(n, 1, kind) for n in numbers]
        yield f"{kind}, for {A_WHILE} writes", [Seam(n, A_WHILE, kind) for n in numbers]
    yield "done, and reported as failed", [Seam(n, 1, "faulty", after=True) for n in numbers]


def _one(folder: Path, seam: Seam, made: Path, plant: str | None) -> Verdict:
    own = folder / "life"
    try:
        return live(own, seam, made, stops=plant == PLANTS[0], forgets=plant == PLANTS[1])
    finally:
        rmtree(own, ignore_errors=True)


def _scene(name: str) -> bool:
    with tempfile.TemporaryDirectory(prefix="relay-disk-") as folder:
        try:
            seen = SCENES[name](Path(folder))
        except CannotMount as error:
            print(f"daemon, {name}: not tried: {error}")
            return True
        except AssertionError as error:
            print(f"daemon, {name}: {error}")
            return False
    print(
        f"daemon, {name}: health said it after {seen.known:.0f} s, all was well {seen.recovered:.0f} s after the repair"
    )
    return True


def _quick() -> str | None:
    """Memory, where there is some: what is tried is the order of writes, not the disk."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108


if __name__ == "__main__":
    sys.exit(main())
