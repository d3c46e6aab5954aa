"""``relay status``: sources, accounts, queue and feeds at a glance."""

import argparse
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import Connection

from relay.cli import working
from relay.cli.alarms import alarms, unread
from relay.cli.ending import Ending
from relay.cli.facts import Known, as_json, next_poll, told
from relay.cli.hooks import facts as hook_facts
from relay.cli.output import print_json, print_table, utc
from relay.cli.session import add_at, add_json, service
from relay.core.ailment import sentence
from relay.core.crosspost import State
from relay.core.feed import OutgoingFeed
from relay.core.telling.message import Message
from relay.pipeline import stopping
from relay.pipeline.accounts import seen as standing_of
from relay.pipeline.accounts.seen import Seen as Standing
from relay.pipeline.care import seen
from relay.pipeline.care.seen import Seen
from relay.pipeline.events import seen as hooks
from relay.pipeline.hub.standing import standing
from relay.service import Relay
from relay.storage import copies, crossposts, driver, fetches, messages, stops, subscribers
from relay.storage import service as heartbeat
from relay.storage.copies import Copy
from relay.storage.stops import Stop
from relay.storage.subscribers import Readership

EXAMPLE = "relay status"
WEEK = timedelta(days=7)


def configure(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument("--source", metavar="ID", help="all that is known of this source, with its last fetches")
    add_at(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Show it."""
    with service(arguments) as relay:
        if arguments.source:
            return _one(relay, arguments)
        status = _status(relay)
    if arguments.json:
        print_json(status)
    else:
        _print(status)
    return 0


def _one(relay: Relay, arguments: argparse.Namespace) -> int:
    id, known = arguments.source, relay.desk.sources
    if id not in known:
        raise Ending(f"there is no source {id!r}; there are: {', '.join(known)}")
    with relay.db.read() as tx:
        of = Known(seen.one(tx, relay.desk, id, relay.clock()), tuple(fetches.of(tx, id)), relay.reader.name(id))
    if arguments.json:
        print_json(as_json(of))
    else:
        print("\n".join(told(of)))
    return 0


def _status(relay: Relay) -> dict[str, list[dict[str, object]]]:
    refused = unread(relay)
    relay.examine()
    with relay.db.read() as tx:
        pressing = alarms(tx, relay, refused)
        found = seen.every(tx, relay.desk, relay.clock())
        counts = crossposts.count_by_state(tx)
        stop, waiting = stops.in_force(tx), stopping.waiting(tx)
        beats, copy = heartbeat.beats(tx), copies.last(tx)
        accounts = [_account(one) for one in standing_of.every(tx, relay.desk, relay.clock())]
        known = working.listed(tx)
        told_of = [hook_facts(one) for one in hooks.every(tx, relay.configuration.hooks, relay.clock())]
        untold = [_untold(one) for one in messages.troubled(tx, relay.clock() - WEEK)]
        feeds = [_feed(tx, relay, feed, subscribers.readership(tx)) for feed in relay.desk.feeds]
    return {
        **({"alarms": pressing} if pressing else {}),
        **_stopped(stop, waiting),
        **_restored(copy, counts),
        **_unsound(),
        **_machine(relay),
        "sources": [_source(one) for one in found],
        "accounts": accounts,
        "queue": [{"state": state, "crossposts": number} for state, number in sorted(counts.items())],
        "feeds": feeds,
        **({"hooks": told_of} if told_of else {}),
        **({"untold": untold} if untold else {}),
        **({"workers": known} if known else {}),
        "loops": [{"loop": loop, "last": utc(at)} for loop, at in sorted(beats.items())],
    }


def _stopped(stop: Stop | None, waiting: int) -> dict[str, list[dict[str, object]]]:
    """Said only while it is so."""
    if stop is None:
        return {}
    return {"stopped": [{"by": stop.who, "since": utc(stop.at), "why": stop.why, "waiting": waiting}]}


def _restored(copy: Copy | None, counts: Mapping[State, int]) -> dict[str, list[dict[str, object]]]:
    """Which copy this database is; nothing leaves until it was looked over."""
    if copy is None:
        return {}
    unknown = counts.get(State.UNCONFIRMED, 0)
    return {"restored": [{"copy_of": utc(copy.made_at), "looked_over": utc(copy.seen_at), "unconfirmed": unknown}]}


def _unsound() -> dict[str, list[dict[str, object]]]:
    said = driver.warning()
    return {"warnings": [{"warning": said}]} if said else {}


def _machine(relay: Relay) -> dict[str, list[dict[str, object]]]:
    """What cannot be written at this moment, tried by this command itself; said only where there is any."""
    found = relay.ailments.found()
    told: list[dict[str, object]] = [{"place": one.place, "what": one.what, "do": sentence(one)} for one in found]
    return {"machine": told} if told else {}


def _source(one: Seen) -> dict[str, object]:
    state = one.state
    return {
        "source": one.source.id,
        "answer": state.answer,
        "polled_at": utc(state.polled_at),
        "next_poll": next_poll(one),
        "reason": state.reason,
        "failures": state.failures,
        "push": one.push,
        "trouble": one.trouble or "",
        "questions": len(one.questions),
    }


def _feed(tx: Connection, relay: Relay, feed: OutgoingFeed, known: Mapping[str, Readership]) -> dict[str, object]:
    """``told_at`` is when something last arrived at a subscriber; ``silent`` ones are tried again."""
    folder, readers = relay.configuration.service.feeds / feed.id, known.get(feed.id, Readership())
    return {
        "feed": feed.id,
        "folder": folder,
        "published": folder.is_dir(),
        "at": feed.link,
        "subscribers": readers.subscribers,
        "silent": readers.failing,
        "told_at": utc(readers.last),
        "hubs": standing(tx, relay.desk, feed),
    }


def _untold(one: Message) -> dict[str, object]:
    """A message to editors that has not arrived, or may not have; it is no post's, and holds none up."""
    return {
        "notify": one.reader.listener,
        "reader": one.reader.name,
        "standing": one.stage,
        "next": utc(one.not_before),
        "why": one.note,
    }


def _account(one: Standing) -> dict[str, object]:
    """``ends_in`` is said from two weeks before a person must connect it anew."""
    return {
        "account": one.account.id,
        "network": one.account.network,
        "standing": one.standing,
        "waiting": one.waiting,
        "ends_in": f"less than {one.days} d" if one.days else "",
        "why": one.why,
    }


def _print(status: dict[str, list[dict[str, object]]]) -> None:
    for title, lines in status.items():
        print(f"{title.upper()}")
        if lines:
            print_table([("  " + first, *rest) for first, *rest in (list(map(_cell, line.values())) for line in lines)])
        else:
            print("  none")


def _cell(value: object) -> str:
    """As a person reads it: yes or no, and a dash for what is not there yet."""
    if value is None:
        return "–"
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)
