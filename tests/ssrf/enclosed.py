"""``python -m tests.ssrf.enclosed PLAN``, in namespaces of its own: the trials on ``ground``, told in JSON."""
# ruff: noqa: T201  # it is a command

import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.ssrf.ground import Ground, raised
from tests.ssrf.program import polled
from tests.ssrf.trials import Plan, found, run


def main(written: str) -> int:
    """Raise the ground, try everything that the plan says, tell what came of it."""
    asked = json.loads(written)
    unhurried = patch("relay.intake.wire.follow.wait_fixed", lambda _seconds: lambda _state: 0)
    with tempfile.TemporaryDirectory() as folder, unhurried:
        ground = raised(Path(folder))
        told = _told(ground, Plan(**asked["plan"]), Plan(**asked["holes"]))
        if asked["program"]:
            told["rows"].append(asdict(polled(ground, Path(folder))))
        print(json.dumps(told))
    return 0


def _told(ground: Ground, plan: Plan, holes: Plan) -> dict[str, Any]:
    rows = [asdict(row) for row in run(ground, plan)]
    return {"rows": rows, "found": found(ground, holes)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
