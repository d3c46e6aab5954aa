"""relay's counting held against others, and against public suites: figures, and every difference with its reason.

``.venv/bin/python -m tests.counting`` takes about two minutes; ``--texts`` and ``--seed`` choose the texts.
"""

import argparse
import sys
from collections.abc import Iterator

from tests.counting.differences import DIFFERENCES
from tests.counting.fuzz import Tally, fuzz
from tests.counting.suites import Case, cases, left_out


def main() -> int:
    """Print the figures; 1 if anything differs for no known reason."""
    parser = argparse.ArgumentParser(prog="python -m tests.counting", description="relay's counting against others'.")
    parser.add_argument("--texts", type=int, default=100_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    found = list(cases())
    for line in _of_suites(found):
        say(line)
    tally = fuzz(chosen.seed, chosen.texts)
    for line in _of_texts(tally):
        say(line)
    return 1 if tally.unexplained or wrong(found) else 0


def wrong(found: list[Case]) -> list[Case]:
    """Cases that fail and are not left out, or are left out and do not fail."""
    out = left_out()
    return [case for case in found if case.passes == ((case.suite, case.name) in out or (case.suite, "*") in out)]


def _of_suites(found: list[Case]) -> Iterator[str]:
    out = left_out()
    yield "| suite | cases | pass | left out | wrong |"
    yield "|---|--:|--:|--:|--:|"
    for suite in dict.fromkeys(case.suite for case in found):
        own = [case for case in found if case.suite == suite]
        passed, bad = sum(case.passes for case in own), len(wrong(own))
        yield f"| {suite} | {len(own)} | {passed} | {len(own) - passed - bad} | {bad} |"
    yield ""
    for why in dict.fromkeys(out.values()):
        named = ", ".join(f"{suite}: {name}" for (suite, name), reason in out.items() if reason == why)
        yield f"- {why} ({named})"
    yield ""


def _of_texts(tally: Tally) -> Iterator[str]:
    yield f"{tally.texts:,} texts"
    yield ""
    yield "| unit | agree | differ for a reason | differ for none |"
    yield "|---|--:|--:|--:|"
    for unit, classes in tally.classes.items():
        bad = sum(one == unit for one, _ in tally.unexplained)
        yield f"| {unit} | {tally.texts - classes.total() - bad:,} | {classes.total():,} | {bad} |"
    yield ""
    for one in DIFFERENCES:
        counts = ", ".join(f"{unit} {tally.classes[unit][one.name]:,}" for unit in one.units)
        yield f"- {one.name} ({counts}): {one.why}"
    several = ", ".join(f"{unit} {own['several']:,}" for unit, own in tally.classes.items() if own["several"])
    yield f"- several of these in one text ({several or 'none'})"
    yield from (f"{unit}: {text!a}" for unit, text in tally.unexplained[:50])


def say(line: str) -> None:
    """One line on standard output."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
