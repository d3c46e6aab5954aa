"""``relay status``: sources, accounts, queue and feeds at a glance."""

import argparse

from relay.cli.output import print_json, print_table, utc
from relay.cli.session import add_json, service
from relay.core.pollstate import PollState
from relay.pipeline.desk import Desk
from relay.pipeline.subscribe import standing
from relay.storage import crossposts, sources
from relay.storage import service as heartbeat
from relay.wiring import Relay

EXAMPLE = "relay status"


def configure(parser: argparse.ArgumentParser) -> None:
    """The options."""
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Show it."""
    with service(arguments) as relay:
        status = _status(relay)
    if arguments.json:
        print_json(status)
    else:
        _print(status)
    return 0


def _status(relay: Relay) -> dict[str, list[dict[str, object]]]:
    with relay.db.read() as tx:
        states = sources.states(tx)
        counts = crossposts.count_by_state(tx)
        beats = heartbeat.beats(tx)
        now = relay.clock()
        known = {id: state for id, state in states.items() if id in relay.desk.sources}
        pushes = {id: standing(tx, relay.desk, id, state, now) for id, state in known.items()}
    folder = relay.configuration.service.feeds
    return {
        "sources": [_source(id, states.get(id, PollState()), pushes.get(id, "")) for id in relay.desk.sources],
        "accounts": [_account(relay.desk, id) for id in relay.desk.accounts],
        "queue": [{"state": state, "crossposts": number} for state, number in sorted(counts.items())],
        "feeds": [
            {"feed": feed.id, "folder": folder / feed.id, "published": (folder / feed.id).is_dir(), "at": feed.link}
            for feed in relay.desk.feeds
        ],
        "loops": [{"loop": loop, "last": utc(at)} for loop, at in sorted(beats.items())],
    }


def _source(id: str, state: PollState, push: str) -> dict[str, object]:
    return {
        "source": id,
        "answer": state.answer,
        "polled_at": utc(state.polled_at),
        "next_poll": utc(state.due) or "now",
        "reason": state.reason,
        "failures": state.failures,
        "push": push,
    }


def _account(desk: Desk, id: str) -> dict[str, object]:
    account = desk.accounts[id]
    needed = desk.networks[account.network].SETTINGS.secret
    missing = [name for name in needed if name not in account.secrets]
    token = f"missing: {', '.join(missing)}" if missing else "present" if needed else "none needed"
    return {"account": id, "network": account.network, "token": token}


def _print(status: dict[str, list[dict[str, object]]]) -> None:
    for title, lines in status.items():
        print(f"{title.upper()}")
        if lines:
            print_table([("  " + str(first), *rest) for first, *rest in (tuple(line.values()) for line in lines)])
        else:
            print("  none")
