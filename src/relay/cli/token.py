"""``relay token``: programs that use the API, and what each may."""

import argparse
import secrets
from datetime import datetime, timedelta

from relay.cli.output import print_json, print_table, utc
from relay.cli.session import add_at, add_json, service
from relay.config.table import Fault
from relay.config.values import duration
from relay.core.programs.token import RANDOM, Program, Scope
from relay.pipeline.programs import tokens
from relay.service import Relay
from relay.storage import tokens as rows
from relay.storage.journal import Actor

EXAMPLE = "relay token add intranet --scopes read,edit --expires 90d"
MEANS = "command line"
OPERATOR = Actor("operator", MEANS)


def configure(parser: argparse.ArgumentParser) -> None:
    """What can be done with tokens."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="add|list|end")
    add = actions.add_parser("add", help="make a token and print it, once", description="make a token and print it")
    add.add_argument("name", help="what the history calls the program")
    add.add_argument(
        "--scopes", default="read", help=f"of {', '.join(Scope)}, with commas between; read if none are given"
    )
    add.add_argument("--accounts", default="", metavar="A,B", help="the accounts it is for; all if none are given")
    add.add_argument("--expires", type=_span, metavar="90d", help="after so long it opens nothing any more")
    every = actions.add_parser("list", help="every token, what it opens and when it was last used; never the token")
    end = actions.add_parser("end", help="let a token open nothing any more, at once")
    end.add_argument("name")
    for one in (add, every):
        add_json(one)
        add_at(one)
    add_at(end)


def run(arguments: argparse.Namespace) -> int:
    """Do it, and say so."""
    with service(arguments) as relay:
        match arguments.action:
            case "add":
                _add(relay, arguments)
            case "list":
                _list(relay, as_json=arguments.json)
            case _:
                tokens.end(relay.db, arguments.name, OPERATOR, relay.clock())
                print(f"The token {arguments.name} opens nothing any more.")
    return 0


def facts(one: Program, now: datetime) -> dict[str, object]:
    """A program for people and programs; never its token."""
    return {
        "name": one.name,
        "standing": one.standing(now),
        "scopes": sorted(one.scopes),
        "accounts": list(one.accounts),
        "expires_at": utc(one.expires_at),
        "used_at": utc(one.used_at),
        "created_at": utc(one.created_at),
        "by": one.by,
    }


def _add(relay: Relay, arguments: argparse.Namespace) -> None:
    now = relay.clock()
    until = now + arguments.expires if arguments.expires else None
    wish = tokens.Wish(arguments.name, arguments.scopes.split(","), _names(arguments.accounts), until)
    token = tokens.add(relay.db, relay.desk, wish, OPERATOR, (secrets.token_bytes(RANDOM), now))
    if arguments.json:
        print_json({"name": arguments.name, "token": token, "expires_at": utc(until)})
        return
    print(token)
    print(f"This is shown once: keep it where {arguments.name} finds it. `relay token end {arguments.name}` ends it.")


def _list(relay: Relay, *, as_json: bool) -> None:
    with relay.db.read() as tx:
        found = [facts(one, relay.clock()) for one in rows.every(tx)]
    if as_json:
        print_json(found)
    elif found:
        print_table([_line(one) for one in found])
    else:
        print("There are no tokens: `relay token add NAME --scopes read` makes one.")


def _line(one: dict[str, object]) -> tuple[object, ...]:
    return tuple(
        ", ".join(value) if isinstance(value, list) else "–" if value is None else value for value in one.values()
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))


def _span(text: str) -> timedelta:
    found = duration(text)
    if isinstance(found, Fault) or not found:
        raise argparse.ArgumentTypeError(f"{text!r} is no span of time; write it as 90d or 12h")
    return found
