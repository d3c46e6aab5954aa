"""``relay audit``: who did what, in a chain that shows what was changed in it since."""

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from relay.cli.ending import Ending
from relay.cli.member import add_as, member
from relay.cli.output import print_json
from relay.cli.session import add_at, add_json, moment, service
from relay.core.review import chain
from relay.core.review.chain import Verified
from relay.pipeline import auditing
from relay.pipeline.auditing import Span
from relay.storage import ledger

EXAMPLE = "relay audit export --as didier > audit.jsonl && relay audit verify audit.jsonl"


def configure(parser: argparse.ArgumentParser) -> None:
    """What can be done with the audit."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="export|verify|words")
    export = verbs.add_parser("export", help="every line, oldest first, one JSON object a line")
    add_as(export)
    export.add_argument("--since", type=moment, metavar="TIME", help="from the first line at or after this instant")
    export.add_argument("--until", type=moment, metavar="TIME", help="to the last line before this instant")
    form = export.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="JSON lines, which can be verified (the usual)")
    form.add_argument("--csv", action="store_true", help="a table for a spreadsheet")
    add_at(export)
    verify = verbs.add_parser("verify", help="whether all lines are as they were written; exit code 1 if not")
    verify.add_argument("file", nargs="?", help="an export in JSON lines, - is standard input; else the database")
    verify.add_argument("--head", default="", metavar="HASH", help="the digest of a line that was noted before")
    add_json(verify)
    words = verbs.add_parser("words", help="the words that were approved, by their digest")
    words.add_argument("digest", metavar="DIGEST")


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    match arguments.verb:
        case "export":
            return _export(arguments)
        case "verify":
            return _said(*_verified(arguments), as_json=arguments.json)
        case _:
            return _words(arguments)


def _export(arguments: argparse.Namespace) -> int:
    with service(arguments) as relay:
        actor, span = (member(relay, arguments.user), "command line"), Span(arguments.since, arguments.until)
        with auditing.export(relay.db, actor, span, relay.clock()) as lines:
            _table(lines) if arguments.csv else sys.stdout.writelines(f"{chain.canonical(line)}\n" for line in lines)
    return 0


def _table(lines: Iterator[dict[str, object]]) -> None:
    writer = csv.DictWriter(sys.stdout, (*auditing.COLUMNS, "before", "hash"))
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in line.items()} for line in lines)


def _cell(value: object) -> object:
    """A spreadsheet takes a text that begins like a formula for one."""
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value


def _verified(arguments: argparse.Namespace) -> tuple[Verified, tuple[str, ...]]:
    if arguments.file == "-":
        return chain.verify(_read(sys.stdin), arguments.head), ()
    if arguments.file:
        return _verified_file(Path(arguments.file), arguments.head), ()
    with service(arguments) as relay:
        return auditing.verify(relay.db, arguments.head)


def _verified_file(path: Path, head: str) -> Verified:
    try:
        with path.open(encoding="utf-8") as file:
            return chain.verify(_read(file), head)
    except OSError as error:
        raise Ending(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Ending(f"{path} is no text in UTF-8: verify what `relay audit export` wrote") from error


def _read(file: Iterator[str]) -> Iterator[dict[str, object]]:
    for number, text in enumerate(file, start=1):
        try:
            line = json.loads(text, object_pairs_hook=_once)
        except ValueError:
            line = None
        if not isinstance(line, dict) or not {"line", "before", "hash"} <= line.keys():
            raise Ending(f"line {number} of the file is no line of an export: verify what `relay audit export` wrote")
        yield line


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Of two values under one name, every reader would believe another."""
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a name stands twice")
    return dict(pairs)


def _said(found: Verified, strays: tuple[str, ...], *, as_json: bool) -> int:
    wrong = [*filter(None, [found.wrong]), *strays]
    if as_json:
        print_json({"lines": found.lines, "head": found.head, "wrong": wrong})
    else:
        print(f"{found.lines} lines follow from one another; the last has the digest {found.head}")
        print("".join(f"{sentence}\n" for sentence in wrong), file=sys.stderr, end="")
    return 1 if wrong else 0


def _words(arguments: argparse.Namespace) -> int:
    with service(arguments) as relay, relay.db.read() as tx:
        found = ledger.wording(tx, arguments.digest)
    if found is None:
        raise Ending("no words were approved under this digest; it stands as `words` in a line of `relay audit export`")
    print(found)
    return 0
