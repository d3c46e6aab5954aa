"""``python -m tests.fuzz.configurations [--number 10000 --seed 0]``: mutated files through ``relay check``; 1 if one breaks.

What is wrong: an exception, more than two seconds, an exit code that is not 0 or 78, an error that names no place in the
file, a report that cannot be printed, and a configuration that is taken and then does not serve.
"""
# ruff: noqa: T201  # it is a command

import argparse
import io
import re
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterable
from contextlib import redirect_stdout
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic, process_time

from relay import building
from relay.cli import check
from relay.config.configuration import Loaded
from relay.config.load import load
from relay.core.compose import compose, headline
from relay.wiring import NETWORKS, desk, network_keys
from tests.core.things import POST
from tests.edges.newsroom import NOON
from tests.edges.opened import migrated
from tests.fuzz.mutants import Mutant, mutants

PATIENCE = 2.0
"""Seconds of the processor."""
PLACED = re.compile(r".*:[1-9]\d*:[1-9]\d*: (error|warning)\[R\d{3}\]: .")
"""How a message begins: the file, the line and the column (docs/configuration-messages.md)."""
_TOLD = 15


@dataclass
class Report:
    """``taken`` are the mutants that are good configurations still; ``codes`` what was said of the others."""

    tried: int = 0
    taken: int = 0
    served: int = 0
    slowest: float = 0.0
    codes: Counter[str] = field(default_factory=Counter)
    wrong: dict[str, Mutant] = field(default_factory=dict)
    """What is wrong, with the first file of which it was so."""


def run(folder: Path, tried: Iterable[Mutant], every: int = 1) -> Report:
    """Try them; of those that are taken, every so-manieth is served."""
    report, file = Report(), folder / "relay.toml"
    migrated(folder / "relay.db").close()
    for mutant in tried:
        file.write_bytes(mutant.content)
        report.tried += 1
        try:
            fault = _one(file, mutant, report, every)
        except Exception as error:  # noqa: BLE001  # that is what is looked for
            fault = "".join(traceback.format_exception(error)[-3:])
        if fault:
            report.wrong.setdefault(fault, mutant)
    return report


def _one(file: Path, mutant: Mutant, report: Report, every: int) -> str:
    """What is wrong with how relay takes one, empty where all is well."""
    began = process_time()
    found = load(file, mutant.environ, network_keys())
    said = [_printed(check._report(form, found, None)) for form in ("human", "json", "github")]
    seconds = process_time() - began
    report.slowest = max(report.slowest, seconds)
    report.codes.update({message.code for message in found.messages})
    if seconds > PATIENCE:
        return f"no end of it in {PATIENCE:g} s"
    if found.configuration is not None and any(message.severity == "error" for message in found.messages):
        return "taken in spite of an error"
    if found.configuration is not None:
        report.taken += 1
        return _serves(found, file.parent, report) if report.taken % every == 0 else ""
    return _unplaced(found, said[0], mutant.content)


def _printed(text: str) -> str:
    """As a terminal or a pipe takes it: UTF-8, and nothing else."""
    with io.TextIOWrapper(io.BytesIO(), encoding="utf-8") as out, redirect_stdout(out):
        print(text)
        out.flush()
        return text


def _unplaced(found: Loaded, said: str, content: bytes) -> str:
    """A refusal has an error, and every message a place that there is."""
    lines = content.count(b"\n") + content.count(b"\r") + 1
    if not any(message.severity == "error" for message in found.messages):
        return "refused without an error"
    if outside := [message.code for message in found.messages if not 1 <= message.line <= lines]:
        return f"{outside[0]} names a line that there is not"
    placed = [line for line in said.split("\n") if line.startswith(f"{found.file}:")]
    return "" if len(placed) == len(found.messages) and all(map(PLACED.match, placed)) else "a message without a place"


def _serves(found: Loaded, folder: Path, report: Report) -> str:
    """Whether what was taken is whole: a service is made of it, and each route and feed has words for a post."""
    assert found.configuration is not None
    began = process_time()
    service = replace(found.configuration.service, database=str(folder / "relay.db"))
    configuration = replace(found.configuration, service=service)
    with building.building(desk(configuration), configuration, lambda: NOON, None) as relay:
        wishes = relay.desk
        for account in configuration.accounts:
            limits = NETWORKS[account.network].limits(account)
            name = NETWORKS[account.network].directory_name(account)
            for route in configuration.routes:
                compose(POST, "CGET", route.text, limits, name, wishes.directory)
        for feed in configuration.feeds:
            headline(POST, feed.form.title, wishes.directory)
    report.served += 1
    return f"serving takes more than {PATIENCE:g} s" if process_time() - began > PATIENCE else ""


def main() -> int:
    """Read what is asked, do it, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.configurations", description=__doc__)
    parser.add_argument("--number", type=int, default=10_000, help="files (10000)")
    parser.add_argument("--seed", type=int, default=0, help="the same seed makes the same (0)")
    asked = parser.parse_args()
    began = monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = run(Path(folder), mutants(asked.seed, asked.number))
    print(
        f"{report.tried} configurations, seed {asked.seed}, {monotonic() - began:.0f} s; slowest {report.slowest:.2f} s"
    )
    print(f"{report.taken} taken, {report.served} served; {len(report.codes)} kinds of messages about the others")
    print(f"wrong: {len(report.wrong)}")
    for what, mutant in list(report.wrong.items())[:_TOLD]:
        print(f"{what}\n    {dict(mutant.environ)}\n    {mutant.content[:3000]!r}")
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
