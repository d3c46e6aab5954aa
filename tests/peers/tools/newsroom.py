"""``newsroom.py CONFIG TIME``: relay's commands one after another; the code of the one that went worst."""

import io
import json
import sys
from contextlib import redirect_stdout

from relay.cli.main import run


def main(config: str, now: str) -> int:
    """What is new is read; camille says yes to what waits; what is due leaves."""
    at = ("--config", config, "--at", now)
    codes = [run(["poll", "--all", *at])]
    with redirect_stdout(io.StringIO()) as listed:
        codes.append(run(["queue", "list", "--state", "waiting", "--json", *at]))
    waiting = [str(one["id"]) for one in json.loads(listed.getvalue())]
    codes += [run(["queue", "approve", id, "--as", "camille", *at]) for id in waiting]
    return max(*codes, run(["deliver", *at]))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
