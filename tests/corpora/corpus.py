"""The corpora beside the project, their runners, and what relay judges differently from them."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
CORPORA = PROJECT.parent / "shared" / "corpora"
DIFFERENCES: dict[str, Any] = tomllib.loads((HERE / "differences.toml").read_text("utf-8"))

Row = dict[str, Any]


def run(tmp: Path, runner: str, target: str, *options: str) -> list[Row]:
    """A row for each case that ``runner`` put to ``target``: its ``id``, whether it is ``ok``, and ``why`` it is not."""
    out = tmp / "rows.json"
    printed(runner, target, "--json", str(out), *options)
    rows: list[Row] = json.loads(out.read_text("utf-8"))
    return rows


def printed(runner: str, target: str, *options: str) -> str:
    """What ``runner`` prints of ``target``; without the corpora the test is skipped, and says so."""
    if not CORPORA.is_dir():
        pytest.skip(f"no corpora here: {CORPORA} is missing")
    command = [sys.executable, str(CORPORA / "runners" / runner), target, *options]
    return subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True).stdout


def judged_differently(corpus: str) -> dict[str, str]:
    """The cases of ``corpus`` in which relay does otherwise, each with the reason."""
    return {case: one["why"] for one in DIFFERENCES["difference"] for case in one.get(corpus, ())}


def unexplained(corpus: str, rows: list[Row]) -> list[str]:
    """What fails without a reason, and what has a reason and does not fail: the list is neither short nor stale.

    Only of the cases that were at hand when it was written: of others the share that passes is what counts.
    """
    listed = judged_differently(corpus)
    failed = {row["id"]: row["why"] for row in rows if not row["ok"]}
    stale = [f"{row['id']} passes, and is listed" for row in rows if row["ok"] and row["id"] in listed]
    is_known = len(rows) <= DIFFERENCES["cases"][corpus]
    return stale + [f"{case}: {why}" for case, why in failed.items() if case not in listed and is_known]
