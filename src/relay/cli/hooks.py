"""``relay hooks``: programs that are told what happens to cross-posts."""

import argparse
from datetime import datetime

from relay.cli.ending import Ending
from relay.cli.output import print_json, print_table, utc
from relay.cli.session import add_at, add_json, moment, service
from relay.core.programs.hook import Hook
from relay.core.programs.notice import trial
from relay.pipeline.events import seen, telling
from relay.pipeline.events.seen import Seen
from relay.service import Relay

EXAMPLE = "relay hooks test intranet"


def configure(parser: argparse.ArgumentParser) -> None:
    """What can be done with hooks."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|test|replay")
    every = actions.add_parser("list", help="every hook, and how it stands")
    add_json(every)
    what = "send a hook a message that tells nothing, and say what it answers"
    actions.add_parser("test", help=what, description=what).add_argument("name")
    what = "tell a hook once more, or at last, all that happened since; under the ids of before"
    replay = actions.add_parser("replay", help=what, description=what)
    replay.add_argument("name")
    replay.add_argument("--since", type=moment, required=True, metavar="TIME", help="such as 2026-11-23T10:00:00Z")
    for one in (every, replay):
        add_at(one)


def run(arguments: argparse.Namespace) -> int:
    """Do it, and say so."""
    with service(arguments) as relay:
        match arguments.action:
            case "list":
                return _list(relay, as_json=arguments.json)
            case "test":
                return _test(relay, _hook(relay, arguments.name))
            case _:
                return _replay(relay, _hook(relay, arguments.name), arguments.since)


def facts(one: Seen) -> dict[str, object]:
    """A hook for people and programs; nothing of it is secret."""
    position = one.position
    return {
        "hook": one.hook.id,
        "standing": one.standing,
        "url": one.hook.url,
        "told_at": utc(position.told_at),
        "failing_since": utc(position.failing_since),
        "next": utc(position.not_before) if position.failing_since else None,
        "why": one.why,
    }


def _list(relay: Relay, *, as_json: bool) -> int:
    with relay.db.read() as tx:
        found = [facts(one) for one in seen.every(tx, relay.configuration.hooks, relay.clock())]
    if as_json:
        print_json(found)
    elif found:
        print_table([tuple("–" if value is None else value for value in one.values()) for one in found])
    else:
        print("There are no hooks: add a [hooks.…] to the configuration.")
    return 0


def _test(relay: Relay, hook: Hook) -> int:
    """A message of a kind of its own: receivers let what they do not know pass."""
    why = telling.reason_of(telling.ask(relay.posting, hook, trial(relay.clock())))
    if why:
        raise Ending(f"{hook.id} did not take it: {why}")
    print(f"{hook.id} took it.")
    return 0


def _replay(relay: Relay, hook: Hook, since: datetime) -> int:
    count = telling.rewind(relay.db, hook, since)
    print(f"{hook.id} is told of {count} {'event' if count == 1 else 'events'} since {utc(since)} by the daemon.")
    return 0


def _hook(relay: Relay, name: str) -> Hook:
    found = next((hook for hook in relay.configuration.hooks if hook.id == name), None)
    if found is None:
        known = ", ".join(hook.id for hook in relay.configuration.hooks)
        raise Ending(f"there is no hook {name!r}; there are: {known or 'none'}")
    return found
