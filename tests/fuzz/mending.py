"""``python -m tests.fuzz.mending [--number 5000 --seed 0]``: mutated files through ``relay check --fix``; 1 if one suffers.

A file suffers where more is wrong with it than before, where mending it once more changes it again, where a line is
changed that nothing was said of, and where something is raised.
"""
# ruff: noqa: T201  # it is a command

import argparse
import re
import sys
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random

from relay.config.load import examine
from relay.config.mending import mend
from relay.config.sections.accounts import Means
from relay.config.toml.syntax import Flaw
from relay.wiring import network_keys
from tests.fuzz.mutants import Mutant, mutants


@dataclass
class Report:
    """``wrong`` has the first text of each way to suffer."""

    tried: int = 0
    mended: int = 0
    good: int = 0
    wrong: dict[str, str] = field(default_factory=dict)


def run(tried: Iterable[Mutant], seed: int = 0) -> Report:
    """Mend each that is text, after a slip of the hand more."""
    report, chance = Report(), Random(f"{seed} slips")  # noqa: S311  # no secret
    for mutant in tried:
        try:
            text = mutant.content.decode()
        except UnicodeDecodeError:
            continue
        if "\0" in text or not text.strip():
            continue
        text = slipped(chance, text)
        report.tried += 1
        if fault := _one(text, Means(network_keys(), mutant.environ), report):
            report.wrong.setdefault(fault, text)
    return report


def slipped(chance: Random, text: str) -> str:
    """A duration without its quotation marks or in other words, another language's yes, two letters of a key swapped."""
    pattern, change = chance.choice(SLIPS)
    found = list(pattern.finditer(text))
    if not found:
        return text
    match = chance.choice(found)
    return text[: match.start(1)] + change(match[1]) + text[match.end(1) :]


SLIPS: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (re.compile(r'= *("\d+[smhd]")'), lambda value: value.strip('"')),
    (re.compile(r'= *("\d+m")'), lambda value: f'"{value[1:-2]} minutes"'),
    (re.compile(r"= *(true|false)\b"), lambda value: {"true": "oui", "false": "Non"}[value]),
    (re.compile(r"^(\w{4,}) *=", re.MULTILINE), lambda key: f"{key[0]}{key[2]}{key[1]}{key[3:]}"),
    (re.compile(r"^\[(\w{4,})\b", re.MULTILINE), lambda key: key[:-1]),
)


def _one(text: str, means: Means, report: Report) -> str:
    try:
        found = mend(text, means)
        again = mend(found.text, means)
    except Exception:  # noqa: BLE001  # whatever it is, it is told
        return traceback.format_exc()
    report.mended += bool(found.steps)
    before, after = _rank(text, means), _rank(found.text, means)
    report.good += before != (0, 0) and after == (0, 0)
    if after > before:
        return f"more is wrong than before: {before} {after}"
    if again.text != found.text:
        return "mended twice it is another"
    old, new = text.split("\n"), found.text.split("\n")
    touched = {one.line - 1 for one in found.steps}
    changed = {at for at, line in enumerate(old) if line != new[at]} if len(old) == len(new) else {-1}
    return "" if changed <= touched else "a line was changed that nothing was said of"


def _rank(text: str, means: Means) -> tuple[int, int]:
    """What cannot be read is the worst; then the number of errors."""
    found = examine(text.replace("\r\n", "\n"), means)
    return (1, 0) if isinstance(found, Flaw) else (0, found.errors)


def main() -> int:
    """Try, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    report = run(mutants(asked.seed, asked.number, largest=False), asked.seed)
    print(f"asked {asked.number}, tried {report.tried}, mended {report.mended}, of which {report.good} are good now")
    for fault, text in report.wrong.items():
        print(f"--- {fault}\n{text}")
    return int(bool(report.wrong))


if __name__ == "__main__":
    sys.exit(main())
