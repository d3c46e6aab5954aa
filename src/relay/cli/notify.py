"""``relay notify``: who is told of what outside the page, how that goes, and a test of it."""

import argparse

from relay.cli.ending import Ending
from relay.cli.output import print_json, print_table, utc
from relay.cli.session import add_json, service
from relay.core.telling.listener import Listener
from relay.core.telling.message import Message
from relay.pipeline.telling import trying
from relay.service import Relay
from relay.storage import messages

EXAMPLE = "relay notify test redaction"


def configure(parser: argparse.ArgumentParser) -> None:
    """What can be done."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|test")
    add_json(actions.add_parser("list", help="every [notify.…], and what it was last told"))
    what = "send a test message to everybody whom a [notify.…] names, and say what came of it"
    actions.add_parser("test", help=what, description=what).add_argument("name", metavar="NAME")


def run(arguments: argparse.Namespace) -> int:
    """Do it, and say so."""
    with service(arguments) as relay:
        if arguments.action == "list":
            return _list(relay, as_json=arguments.json)
        return _test(relay, arguments.name)


def _list(relay: Relay, *, as_json: bool) -> int:
    with relay.db.read() as tx:
        found = [_facts(one, messages.newest(tx, one.id, 1)) for one in relay.wishes.listeners]
    if as_json:
        print_json(found)
    elif found:
        print_table([tuple("" if value is None else value for value in one.values()) for one in found])
    else:
        print("nobody is told anything outside the page: write [notify.…] in the configuration")
    return 0


def _facts(one: Listener, newest: list[Message]) -> dict[str, object]:
    last = newest[0] if newest else None
    return {
        "name": one.id,
        "readers": ", ".join((*one.mails, *one.rooms)),
        "when": ", ".join(sorted(one.kinds)),
        "last": utc(last.made_at) if last else None,
        "standing": last.stage if last else None,
        "why": last.note if last else None,
    }


def _test(relay: Relay, name: str) -> int:
    """1 where one of them was not reached."""
    listener = relay.wishes.listener(name)
    if listener is None:
        known = ", ".join(one.id for one in relay.wishes.listeners) or "none"
        raise Ending(f"there is no [notify.{name}]; there are: {known}")
    tried = trying.try_out(relay.db, relay.posting, relay.desk, relay.wishes, listener)
    for one in tried:
        print(f"{one.reader}: {'sent' if one.is_sent else one.why}")
    if not tried:
        raise Ending(f"[notify.{name}] names nobody who can be told: give it `email` or `accounts`")
    return 0 if all(one.is_sent for one in tried) else 1
