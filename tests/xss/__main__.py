"""``python -m tests.xss [--seed 0 --rooms 400 --opened 2000]``: payloads in every field and output; 1 where one runs."""
# ruff: noqa: T201  # it is a command

import argparse
import sys
import tempfile
from pathlib import Path
from time import monotonic

from playwright.sync_api import sync_playwright

from tests.edges.browsers import CHROMIUM
from tests.xss.feed import FIELDS
from tests.xss.running import Plan, Report, run

_TOLD = 20


def main() -> int:
    """Read what is asked, do it, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.xss", description=__doc__)
    parser.add_argument("--seed", type=int, default=0, help="which payloads, where not all are wanted (0)")
    parser.add_argument("--rooms", type=int, default=400, help="payloads in the editors' rooms (400: all)")
    parser.add_argument("--errors", type=int, default=400, help="payloads in addresses (400: all)")
    parser.add_argument("--opened", type=int, default=2000, help="pages opened in the browser (2000)")
    parser.add_argument("--previews", type=int, default=400, help="payloads in every network's preview (400: all)")
    asked = parser.parse_args()
    plan = Plan(asked.seed, asked.rooms, asked.opened, asked.errors, asked.previews)
    began = monotonic()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        report = run(plan, browser, Path(folder), _stage)
        browser.close()
    print(_told(report, plan, monotonic() - began))
    return 1 if report.wrong else 0


def _stage(name: str, report: Report) -> None:
    wrong = len(report.wrong)
    print(f"{name}: {report.outputs} read, {report.seen.pages} opened, wrong {wrong}", file=sys.stderr, flush=True)


def _told(report: Report, plan: Plan, seconds: float) -> str:
    seen = report.seen
    return "\n".join(
        [
            f"{report.payloads} payloads in {len(FIELDS)} fields, together and each alone: {report.entries} entries",
            f"{report.previews} previews, of every network, in which each word is a payload",
            f"{report.outputs} outputs read, {seen.pages} pages opened: unsafe {len(report.unsafe)}",
            f"scripts run {len(seen.ran)}, violations {len(seen.violations)}, canaries asked {len(seen.canaries)}",
            f"seed {plan.seed}, {seconds:.0f} s",
            *report.wrong[:_TOLD],
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
