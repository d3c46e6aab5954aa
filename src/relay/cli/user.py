"""``relay user``: members, their roles, and what they sign in by."""

import argparse
import getpass
import sys
from dataclasses import replace

from relay.cli.ending import Ending
from relay.cli.output import print_json, print_table, utc
from relay.cli.session import add_json, service
from relay.core.people import MEMBERS, Editor, Role
from relay.core.signing.members import Member
from relay.pipeline import members
from relay.service import Relay
from relay.storage import people, sessions
from relay.storage.journal import Actor

EXAMPLE = "relay user add camille --role editor --email camille@blog.example && relay user link camille"
EVERY = "all"
"""What is written for every account."""


def configure(parser: argparse.ArgumentParser) -> None:
    """What can be done with members."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="add|list|change|…")
    add = actions.add_parser("add", help="add a member")
    add.add_argument("name")
    _add_wishes(add, role="editor", email="", accounts=EVERY)
    add_json(actions.add_parser("list", help="every member, with role, accounts and ways in"))
    change = actions.add_parser("change", help="another role, other accounts, another e-mail address")
    change.add_argument("name")
    _add_wishes(change, role=None, email=None, accounts=None)
    actions.add_parser("disable", help="end a member's access at once").add_argument("name")
    actions.add_parser("enable", help="give a member access again").add_argument("name")
    actions.add_parser("link", help="print a single-use sign-in address, good for 15 minutes").add_argument("name")
    _add_password(actions.add_parser("password", help="set a member's password, where there are any"))
    shown = actions.add_parser("sessions", help="where a member is signed in")
    shown.add_argument("name")
    add_json(shown)
    end = actions.add_parser("end", help="end a member's sessions, or one of them")
    end.add_argument("name")
    end.add_argument("session", nargs="?", default="", help="the one to end, as `relay user sessions` names it")


def run(arguments: argparse.Namespace) -> int:
    """Do it, and say so."""
    with service(arguments) as relay:
        sentence = _do(relay, arguments)
        if sentence:
            print(sentence)
    return 0


def _do(relay: Relay, arguments: argparse.Namespace) -> str:  # noqa: PLR0911  # one word, one sentence
    desk = members.Office(relay.db, relay.desk.accounts, Actor("terminal", "command line"), relay.clock())
    name: str = getattr(arguments, "name", "")
    match arguments.action:
        case "list":
            return _list(relay, as_json=arguments.json)
        case "sessions":
            return _sessions(relay, name, as_json=arguments.json)
        case "add" if not name.strip():
            raise Ending("an editor has a name: `relay user add camille`")
        case "add":
            new = members.add(desk, _wished(Editor(name, Role.EDITOR), arguments))
            return f"{new.name} has the role {new.role} now. `relay user link {new.name}` prints a sign-in address."
        case "change":
            with relay.db.read() as tx:
                old = members.known(tx, name)
            return f"{name}: {members.described(members.change(desk, _wished(old, arguments)))}."
        case "disable":
            members.disable(desk, name)
            return f"{name} is signed out everywhere and cannot sign in any more."
        case "enable":
            members.enable(desk, name)
            return f"{name} can sign in again. `relay user link {name}` prints a sign-in address."
        case "password":
            return _password(relay, desk, arguments)
        case "end":
            ended = members.end(desk, name, arguments.session)
            return f"{name}: {ended} session{'' if ended == 1 else 's'} ended."
        case _:
            return relay.sign_in_address(name)


def _add_wishes(parser: argparse.ArgumentParser, role: str | None, email: str | None, accounts: str | None) -> None:
    parser.add_argument("--role", choices=[str(one) for one in MEMBERS], default=role, help="what they may do")
    parser.add_argument("--email", metavar="ADDRESS", default=email, help='where a sign-in link is sent; "" for none')
    what = f'the accounts that the role counts for, such as "masto,bsky"; "{EVERY}" for all'
    parser.add_argument("--accounts", metavar="LIST", default=accounts, help=what)


def _add_password(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name")
    parser.add_argument("source", nargs="?", choices=["-"], help="read it from stdin instead of asking for it")
    parser.add_argument("--remove", action="store_true", help="take the password away")


def _wished(editor: Editor, arguments: argparse.Namespace) -> Editor:
    """The member with what the command line says; what it does not say stays."""
    listed = (one.strip() for one in (arguments.accounts or "").split(","))
    scope = () if arguments.accounts == EVERY else tuple(filter(None, listed))
    return replace(
        editor,
        role=Role(arguments.role) if arguments.role else editor.role,
        email=editor.email if arguments.email is None else arguments.email,
        accounts=editor.accounts if arguments.accounts is None else scope,
    )


def _list(relay: Relay, *, as_json: bool) -> str:
    with relay.db.read() as tx:
        everybody = people.members(tx, relay.clock())
    if as_json:
        print_json([_plain(one) for one in everybody])
        return ""
    print_table([_row(one) for one in everybody])
    return "" if everybody else "Nobody yet: `relay user add NAME --role editor`."


def _row(one: Member) -> tuple[str, ...]:
    who = one.editor
    scope = ",".join(who.accounts) or EVERY
    state = "disabled" if who.disabled else f"seen {utc(one.seen_at)}" if one.seen_at else ""
    return (who.name, str(who.role), scope, who.email or "–", ", ".join(_ways(one)), state)


def _plain(one: Member) -> dict[str, object]:
    who = one.editor
    known = {"name": who.name, "role": who.role, "disabled": who.disabled, "accounts": who.accounts, "email": who.email}
    return {**known, "ways": _ways(one), "seen_at": one.seen_at, "sessions": one.sessions}


def _ways(one: Member) -> list[str]:
    ways = {
        "link": True,
        "passkey": one.passkeys > 0,
        "password": one.has_password,
        "provider": one.is_bound,
    }
    return [way for way, is_there in ways.items() if is_there]


def _sessions(relay: Relay, name: str, *, as_json: bool) -> str:
    with relay.db.read() as tx:
        members.known(tx, name)
        found = sessions.of(tx, name, relay.clock())
    if as_json:
        print_json(found)
        return ""
    print_table([(one.id, one.browser or "unknown browser", one.way, utc(one.seen_at) or "") for one in found])
    return "" if found else f"{name} is not signed in anywhere."


def _password(relay: Relay, desk: members.Office, arguments: argparse.Namespace) -> str:
    if arguments.remove:
        members.set_password(desk, arguments.name, "")
        return f"{arguments.name} has no password any more."
    if not relay.configuration.sign_in.passwords:
        raise Ending("there are no passwords here: write `passwords = true` under [sign_in] in the configuration")
    members.set_password(desk, arguments.name, _asked(arguments.source == "-") or "\0")
    return f"{arguments.name} has a password now, and is signed out everywhere."


def _asked(from_stdin: bool) -> str:  # noqa: FBT001  # the one thing it is told
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    try:
        first, again = getpass.getpass("Password: "), getpass.getpass("Again: ")
    except EOFError:
        raise Ending("nothing was typed: run it in a terminal, or give the password on stdin with -") from None
    if first != again:
        raise Ending("the two are not the same: nothing has changed")
    return first
