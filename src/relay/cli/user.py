"""``relay user``: editors, their roles, and their sign-in addresses."""

import argparse

from relay.cli.ending import Ending
from relay.cli.output import print_json, print_table
from relay.cli.session import add_json, service
from relay.core.people import MEMBERS, Role
from relay.service import Relay
from relay.storage import people

EXAMPLE = "relay user add camille --role editor && relay user link camille"


def configure(parser: argparse.ArgumentParser) -> None:
    """What can be done with editors."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="add|list|disable|link")
    add = actions.add_parser("add", help="add an editor")
    add.add_argument("name")
    add.add_argument("--role", choices=[str(role) for role in MEMBERS], default="editor")
    add_json(actions.add_parser("list", help="every editor and role"))
    actions.add_parser("disable", help="end an editor's access at once").add_argument("name")
    actions.add_parser("link", help="print a single-use sign-in address, good for 15 minutes").add_argument("name")


def run(arguments: argparse.Namespace) -> int:
    """Do it, and say so."""
    with service(arguments) as relay:
        match arguments.action:
            case "add":
                _add(relay, arguments.name, Role(arguments.role))
            case "list":
                _list(relay, as_json=arguments.json)
            case "disable":
                _disable(relay, arguments.name)
            case _:
                print(relay.sign_in_address(arguments.name))
    return 0


def _add(relay: Relay, name: str, role: Role) -> None:
    if not name.strip():
        raise Ending("an editor has a name: `relay user add camille`")
    with relay.db.write() as tx:
        if not people.add(tx, name, role, relay.clock()):
            raise Ending(f"there already is an editor {name!r}")
    print(f"{name} has the role {role} now. `relay user link {name}` prints a sign-in address.")


def _list(relay: Relay, *, as_json: bool) -> None:
    with relay.db.read() as tx:
        everybody = people.everybody(tx)
    if as_json:
        print_json(everybody)
    elif everybody:
        print_table([(one.name, one.role, "disabled" if one.disabled else "") for one in everybody])
    else:
        print("Nobody yet: `relay user add NAME --role editor`.")


def _disable(relay: Relay, name: str) -> None:
    with relay.db.write() as tx:
        if not people.disable(tx, name):
            raise Ending(f"there is no editor {name!r}")
    print(f"{name} is signed out everywhere and cannot sign in any more.")
