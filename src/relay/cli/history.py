"""``--history`` of ``relay add`` and ``relay poll``: a source's archives, read once."""

import argparse
from dataclasses import replace

from relay.cli.output import print_json
from relay.cli.progress import progress
from relay.intake.history import MOST
from relay.pipeline.polling.history import ReadBack, Way, read_back
from relay.service import Relay


def add_history(parser: argparse.ArgumentParser) -> None:
    """``--history``, with or without a number of documents."""
    what = f"read its archives too, N documents at most ({MOST}): they are published, and not announced"
    parser.add_argument("--history", type=int, nargs="?", const=MOST, metavar="N", help=what)


def read_history(relay: Relay, source_id: str, way: Way) -> ReadBack:
    """Follow the archives of a source."""
    source = relay.desk.sources[source_id]
    with progress("Reading archives") as tell:
        reader = relay.reader.of(source)
        following = replace(way, told=tell, read=reader.parsing.feed)
        return read_back(relay.db, reader.http, relay.desk, source, following, relay.clock())


def say_history(done: ReadBack, *, as_json: bool) -> None:
    """What came of it."""
    if as_json:
        print_json(done)
        return
    documents = "1 older document" if done.documents == 1 else f"{done.documents} older documents"
    print(f"{documents} read: {done.stored.new} new, none of it to review.{f' {done.note}' if done.note else ''}")
