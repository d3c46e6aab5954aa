"""``relay parse``: what the parser reads in a document."""

import argparse
import json
import sys
from pathlib import Path

from relay.cli.reading import parsing
from relay.core.document import ParsedFeed
from relay.intake.parsing import Parsing
from relay.intake.shape import as_json as shaped

EXAMPLE = "relay parse --json feed.xml"


def configure(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="documents to read; - is standard input")
    parser.add_argument("--url", default="", help="the address the documents came from")
    parser.add_argument("--content-type", metavar="TYPE", help="the Content-Type they came with")
    parser.add_argument("--json", action="store_true", help="one JSON object for each document, on a line of its own")


def run(arguments: argparse.Namespace) -> int:
    """Read every document; 1 if nothing could be read in one of them."""
    readable = True
    with parsing() as reading:
        for name in arguments.files:
            document = _read(reading, name, arguments.url, arguments.content_type)
            readable = readable and document.error is None
            print(_line(name, document, as_json=arguments.json))
    return 0 if readable else 1


def _read(parsing: Parsing, name: str, url: str, content_type: str | None) -> ParsedFeed:
    try:
        body = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        return ParsedFeed(error=f"cannot be opened: {error.strerror}")
    return parsing.feed(body, url, content_type)


def _line(name: str, document: ParsedFeed, *, as_json: bool) -> str:
    return json.dumps(shaped(name, document), ensure_ascii=False) if as_json else _text(name, document)


def _text(name: str, document: ParsedFeed) -> str:
    if document.error:
        return f"{name}: {document.error}"
    lines = [f"{name}: {document.format}, {document.title or 'without a title'}, {len(document.entries)} entries"]
    lines += [f"  repaired: {what}" for what in document.repaired]
    for entry in document.entries:
        date = f"{entry.published:%Y-%m-%d %H:%M}" if entry.published else "undated         "
        lines.append(f"  {date}  {entry.title or '(no title)'}\n                    {entry.url or '(no address)'}")
    return "\n".join(lines)
