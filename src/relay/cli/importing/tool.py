"""``relay import KIND FILE…`` for whatever tool it is: read, plan, show; and with ``--write`` remember and write."""

import argparse
import difflib
import os
import sys
from dataclasses import replace
from pathlib import Path

from relay.cli.configured import configuration
from relay.cli.ending import Ending
from relay.cli.importing import files, memory, skeleton
from relay.cli.importing.plan import plan
from relay.cli.importing.result import Result
from relay.cli.importing.saying import say, say_json
from relay.cli.session import service
from relay.cli.writing import drafted, write
from relay.config.load import locate
from relay.config.messages import report
from relay.intake.importing.imported import Left
from relay.intake.importing.tools import TOOLS
from relay.storage import journal
from relay.storage.journal import Actor
from relay.wiring import network_keys

HEAD = "# ── From {}: connect these accounts, take the signs of comment away, `relay check`."
"""Over what stands in the file as comment."""
OPERATOR = Actor("relay", "command line")


def run(arguments: argparse.Namespace) -> int:
    """One import; without ``--write`` nothing is changed."""
    label, _, read = TOOLS[arguments.form]
    settings, file = configuration(arguments), locate(arguments.config, os.environ)
    imported = read(files.read(arguments.files))
    if isinstance(imported, Left):
        raise Ending(str(imported))
    planned = plan(imported, settings, label)
    remark = skeleton.remark(imported, planned, settings, network_keys())
    remark = f"{HEAD.format(label)}\n{remark}" if remark else ""
    before = _text(file)
    after = drafted(before, planned.new, remark)
    result = Result(label, imported, planned, _difference(before, after, file), is_written=arguments.write)
    if arguments.write:
        result = _written(arguments, result, file, remark)
    (say_json if arguments.json else say)(result, file)
    return 0


def _written(arguments: argparse.Namespace, result: Result, file: Path, remark: str) -> Result:
    """The memory first: whoever finds the sources must find it too. A second import adds nothing."""
    posted = result.imported.posted
    with service(arguments) as relay, relay.db.write() as tx:
        remembered = memory.keep(tx, posted, result.plan)
        waiting = memory.waiting(tx, posted, result.plan)
        if remembered:
            what = f"{remembered} names of what {result.tool} has posted are remembered"
            journal.note(tx, OPERATOR, f"import {arguments.form}", what, relay.clock())
    if result.difference:
        loaded = write(file, result.plan.new, remark)
        if loaded.messages:
            print(report(loaded), file=sys.stderr)
    return replace(result, remembered=remembered, waiting=waiting)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise Ending(f"{file}: {error.strerror}") from error


def _difference(before: str, after: str, file: Path) -> str:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), str(file), str(file), lineterm="", n=1)
    return "\n".join(lines)
