"""``relay handles``: who is who on each network, and handles that an editor adds."""

import argparse

from relay.cli.ending import Ending
from relay.cli.output import print_json, print_table
from relay.cli.session import add_at, add_json, service
from relay.config.sections.handles import handle
from relay.config.table import Fault
from relay.config.wording.message import worded
from relay.config.wording.snippet import Excerpt
from relay.core.directory.forms import pasted
from relay.core.directory.handles import Body
from relay.pipeline.directory import Setting, set_handle
from relay.pipeline.today import current
from relay.service import Relay
from relay.storage import people

EXAMPLE = "relay handles add insee mastodon @insee@social.example --as camille"


def configure(parser: argparse.ArgumentParser) -> None:
    """To see them, and to add one."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    listing = verbs.add_parser("list", help="every body that relay knows, with its handles")
    add = verbs.add_parser("add", help="give a body a handle on a network; the feeds follow at once")
    add.add_argument("body", metavar="BODY", help="its identifier, as `relay handles list` shows it")
    add.add_argument("network", metavar="NETWORK")
    add.add_argument("handle", metavar="HANDLE", help="such as @name@server, or the address of the profile")
    add.add_argument("--as", dest="user", required=True, metavar="USER", help="the editor who says so")
    for verb in (listing, add):
        add_json(verb)
        add_at(verb)


def run(arguments: argparse.Namespace) -> int:
    """Do what the verb says, and show what came of it."""
    with service(arguments) as relay:
        if arguments.verb == "list":
            _list(relay, as_json=arguments.json)
        else:
            _add(relay, arguments)
    return 0


def _list(relay: Relay, *, as_json: bool) -> None:
    with relay.db.read() as tx:
        known = current(tx, relay.desk).directory.bodies
    bodies = [known[id] for id in sorted(known)]
    if as_json:
        print_json([_object(body) for body in bodies])
    elif bodies:
        print_table([(body.id, body.name, _told(body)) for body in bodies])
    else:
        print('Nobody: write `directory = ["fr"]` or `[handles.…]` into the configuration.')


def _add(relay: Relay, arguments: argparse.Namespace) -> None:
    with relay.db.read() as tx:
        editor = people.get(tx, arguments.user)
    if editor is None:
        raise Ending(f"there is no editor {arguments.user!r}; `relay user list` shows who there is")
    setting = Setting(arguments.body, arguments.network, _handle(arguments.network, arguments.handle))
    body = set_handle(relay.db, relay.desk, setting, editor, relay.clock())
    relay.publish()
    if arguments.json:
        print_json(_object(body))
    else:
        print(f"{body.name}: {_told(body)}. The next posts use it; those that wait stay as they are.")


def _handle(network: str, text: str) -> str:
    found = handle(network)(pasted(text, network))
    if isinstance(found, Fault):
        said = worded(found.code, found.words, "en", Excerpt())
        raise Ending(f"{said.what}; {said.hint}")
    return found


def _told(body: Body) -> str:
    return ", ".join(f"{network} {handle}" for network, handle in sorted(body.handles.items())) or "no handle"


def _object(body: Body) -> dict[str, object]:
    verified = {
        network: {"how": check.how, "on": check.on.isoformat(), "by": check.by or None}
        for network, check in body.verified.items()
    }
    return {"id": body.id, "name": body.name, "handles": dict(body.handles), "verified": verified}
