"""``relay count``: the length of a text as a network counts it."""

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

from relay.cli.ending import Ending
from relay.cli.output import print_json
from relay.core.account import Account, Limits
from relay.core.language.length import measure
from relay.core.language.text import spans
from relay.wiring import NETWORKS

EXAMPLE = 'relay count --network mastodon "Une nouvelle du CGET https://www.cget.gouv.fr/ #SMCL"'


def configure(parser: argparse.ArgumentParser) -> None:
    """The options."""
    known = [name for name in NETWORKS if name != "sandbox"]
    parser.add_argument("--network", required=True, choices=known, help="the network that counts")
    parser.add_argument("--limits", type=Path, metavar="FILE", help="a Mastodon instance's own /api/v2/instance answer")
    parser.add_argument("text", metavar="TEXT", help="the text; - is standard input")


def run(arguments: argparse.Namespace) -> int:
    """Count; the answer is JSON in every case. Offsets are in code points, half-open."""
    text = sys.stdin.read().removesuffix("\n") if arguments.text == "-" else arguments.text
    limits = NETWORKS[arguments.network].limits(Account("count", arguments.network))
    if arguments.limits:
        limits = _told(limits, arguments.limits)
    counts = measure(text, limits)
    found: dict[str, list[dict[str, object]]] = {"links": [], "mentions": [], "hashtags": []}
    for span in spans(text):
        found[f"{span.kind}s"].append({"text": span.text, "start": span.start, "end": span.end})
    numbers = [{"unit": count.unit, "used": count.used, "max": count.max} for count in counts]
    print_json({"counts": numbers, "fits": all(count.fits for count in counts), **found})
    return 0


def _told(limits: Limits, file: Path) -> Limits:
    """The limits as the server tells them."""
    try:
        statuses = json.loads(file.read_text())["configuration"]["statuses"]
        most, link = int(statuses["max_characters"]), statuses.get("characters_reserved_per_url", limits.link_cost)
    except OSError as error:
        raise Ending(f"{file}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        what = "it must hold configuration.statuses.max_characters, as /api/v2/instance does"
        raise Ending(f"{file}: these are not a server's limits; {what}") from error
    return replace(limits, text=(("graphemes", most),), link_cost=link)
