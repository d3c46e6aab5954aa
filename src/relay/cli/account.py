"""``relay account``: how accounts stand, and how they are connected."""

import argparse
import secrets

from relay.cli import connecting
from relay.cli.ending import Ending
from relay.cli.output import print_json, print_table, utc
from relay.cli.session import add_at, add_json, service
from relay.pipeline.accounts import rotating, seen
from relay.pipeline.accounts.connecting import Asker, disconnect, resume
from relay.pipeline.accounts.seen import Seen
from relay.service import Relay

EXAMPLE = "relay account connect masto"

_ACTIONS = {
    "show": "all that is known of one account; never its secrets",
    "connect": "connect an account: by a visit to its network, or by its secrets",
    "disconnect": "forget what connects an account",
    "resume": "try an account again that is held",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """What can be done with accounts."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="|".join(("list", *_ACTIONS, "rotate-key")))
    every = actions.add_parser("list", help="every account, and how it stands")
    add_at(every)
    add_json(every)
    for name, what in _ACTIONS.items():
        one = actions.add_parser(name, help=what, description=what)
        one.add_argument("name", metavar="NAME")
        if name == "show":
            add_json(one)
        if name == "connect":
            one.add_argument("--paste", action="store_true", help="give its secrets, where a visit would do too")
    what = "seal all that connects accounts under a new key, and forget the keys of before"
    actions.add_parser("rotate-key", help=what, description=what)


def run(arguments: argparse.Namespace) -> int:
    """Do it, and say so."""
    with service(arguments) as relay:
        match arguments.action:
            case "list":
                return _list(relay, as_json=arguments.json)
            case "show":
                return _show(relay, arguments.name, as_json=arguments.json)
            case "connect":
                return connecting.connect(relay, arguments.name, pasting=arguments.paste)
            case "disconnect":
                return _disconnect(relay, arguments.name)
            case "resume":
                return _resume(relay, arguments.name)
            case _:
                return _rotate(relay)


def facts(one: Seen) -> dict[str, object]:
    """An account for people and programs: nothing of it is secret."""
    return {
        "account": one.account.id,
        "network": one.account.network,
        "whose": one.whose,
        "standing": one.standing,
        "by": one.by,
        "until": utc(one.until),
        "waiting": one.waiting,
        "why": one.why,
    }


def _list(relay: Relay, *, as_json: bool) -> int:
    with relay.db.read() as tx:
        found = [facts(one) for one in seen.every(tx, relay.desk, relay.clock())]
    if as_json:
        print_json(found)
    elif found:
        print_table([tuple("" if value is None else value for value in one.values()) for one in found])
    else:
        print("There are no accounts: add an [accounts.…] to the configuration.")
    return 0


def _show(relay: Relay, name: str, *, as_json: bool) -> int:
    with relay.db.read() as tx:
        one = seen.one(tx, relay.desk, name, relay.clock())
    if one is None:
        raise Ending(f"there is no account {name!r}; there are: {', '.join(relay.desk.accounts) or 'none'}")
    whole = {**facts(one), **_more(one)}
    if as_json:
        print_json(whole)
    else:
        print_table([(key, "" if value is None else value) for key, value in whole.items()])
    return 0


def _more(one: Seen) -> dict[str, object]:
    kept, served, allowance = one.kept, one.served, one.allowance
    return {
        "connected_by": kept.by if kept else None,
        "connected_at": utc(kept.connected_at) if kept else None,
        "expires_at": utc(kept.expires_at) if kept else None,
        "renewed_at": utc(kept.refresh_at) if kept else None,
        "renewal": kept.note if kept else "",
        "held_since": utc(one.hold.since) if one.hold else None,
        "left": allowance.left if allowance else None,
        "left_until": utc(allowance.until) if allowance else None,
        "server": served.server if served else "",
        "secrets": ", ".join(one.pasted),
    }


def _disconnect(relay: Relay, name: str) -> int:
    disconnect(relay.db, relay.desk, name, asker())
    print(f"{name} is disconnected: what connected it is forgotten here. Take relay's access back at the network, too.")
    return 0


def _resume(relay: Relay, name: str) -> int:
    leaving = resume(relay.db, relay.desk, name, asker(), relay.clock())
    posts = "1 cross-post leaves" if leaving == 1 else f"{leaving} cross-posts leave, one after the other"
    print(f"{name} is tried again: {posts}.")
    return 0


def _rotate(relay: Relay) -> int:
    done = rotating.rotate(relay.db, relay.desk)
    print(f"Sealed anew under the key {done.key_id}: {', '.join(done.resealed) or 'no account is connected'}.")
    if relay.desk.keyplace.text is not None:
        print("Take the keys of before out of the configured key: only the first is needed now.")
    for name in done.lost:
        print(f"{name} could not be opened: connect it anew by `relay account connect {name}`.")
    return 1 if done.lost else 0


def asker() -> Asker:
    """Whoever sits at this terminal."""
    return Asker(connecting.MEANS, secrets.token_urlsafe(32))
