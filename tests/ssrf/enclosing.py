"""The trials in a network of their own, where the kernel is the judge."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.ssrf.trials import Plan, Row

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Told:
    """What came of the trials, and for each hole the trials that show it."""

    rows: tuple[Row, ...]
    found: dict[str, list[str]]


def why_not() -> str:
    """Why this machine cannot make such a network; empty where it can."""
    missing = [name for name in ("unshare", "ip", "mount") if shutil.which(name) is None]
    if missing:
        return f"not installed: {', '.join(missing)}"
    tried = subprocess.run([*_apart(), "ip", "link", "set", "lo", "up"], capture_output=True, text=True, check=False)
    return tried.stderr.strip() or "namespaces are not allowed" if tried.returncode else ""


def tried(plan: Plan, holes: Plan, *, with_program: bool = False) -> Told:
    """``holes`` is how much of it is tried with each guard that has one; ``with_program``: by relay itself, too."""
    asked = json.dumps({"plan": asdict(plan), "holes": asdict(holes), "program": with_program})
    command = [*_apart(), sys.executable, "-m", "tests.ssrf.enclosed", asked]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    told = json.loads(done.stdout)
    rows = (Row(**{**row, "inside": tuple(row["inside"])}) for row in told["rows"])
    return Told(tuple(rows), told["found"])


def _apart() -> list[str]:
    own = [] if os.geteuid() == 0 else ["--map-root-user"]
    return ["unshare", "--net", "--mount", *own, "--"]
