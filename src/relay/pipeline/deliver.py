"""Steps 11 to 13: claim, send, settle. Each is a row before it is an action, so a crash is never a second post."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

import httpx
from sqlalchemy import Connection

from relay.core.ailment import ailment_of
from relay.core.crosspost import Crosspost, State
from relay.pipeline.accounts import connected
from relay.pipeline.delivering import together
from relay.pipeline.delivering.correcting import correct
from relay.pipeline.delivering.inhand import InHand
from relay.pipeline.delivering.sending import send
from relay.pipeline.delivering.shift import Clock, Shift
from relay.pipeline.delivering.spreading import spread_out
from relay.pipeline.desk import Desk
from relay.storage import accounts, crossposts, stops
from relay.storage.database import Database

log = logging.getLogger("relay")

TURN = timedelta(seconds=30)
"""How long one account may hold up a pass; what it does not get done is due at the next."""
READY = (State.SCHEDULED, State.UPDATING, State.WITHDRAWING)


@dataclass(frozen=True, slots=True)
class Delivered:
    """Where an attempt, or a look at an unknown one, left a cross-post."""

    id: int
    account: str
    state: State
    note: str


def deliver(db: Database, http: httpx.Client, desk: Desk, clock: Clock, hand: InHand | None = None) -> list[Delivered]:
    """One pass over what is approved and due: accounts side by side, the posts of one account in order.

    ``hand`` knows what was begun, and can end the pass before its next post.
    """
    with db.read() as tx:
        desk, by_account = connected.current(tx, desk), ready(tx, clock())
    shift = Shift(db, http, desk, clock, hand or InHand())
    with ThreadPoolExecutor(max(len(by_account), 1)) as pool:
        passes = pool.map(lambda own: deliver_account(shift, own), by_account.values())
        return [delivered for one in passes for delivered in one]


def ready(tx: Connection, now: datetime) -> dict[str, list[Crosspost]]:
    """What is to leave at ``now``, by its account; nothing while everything is stopped."""
    if stops.in_force(tx):
        return {}
    held, found = accounts.holds(tx), [one for state in READY for one in crossposts.due(tx, state, now)]
    by_account: dict[str, list[Crosspost]] = {}
    for crosspost in found:
        if crosspost.lease_until is None and crosspost.account not in held:
            by_account.setdefault(crosspost.account, []).append(crosspost)
    return by_account


def deliver_account(shift: Shift, due: Sequence[Crosspost]) -> list[Delivered]:
    """The posts of one account that are due, in their order, for as long as one may hold up a pass."""
    end = shift.clock() + TURN
    batches = together.batches(shift.desk, spread_out(shift, due))
    turn = takewhile(lambda _: not shift.hand.is_over and shift.clock() < end, batches)
    return [delivered for some in turn for delivered in _apart(shift, some)]


def _apart(shift: Shift, due: Sequence[Crosspost]) -> list[Delivered]:
    """An attempt that breaks off stops no other: its row says how far it came, and it is taken up from there."""
    try:
        done = _attempted(shift, due)
    except Exception as error:
        if ailment_of(error) is not None:
            raise
        said = {"crosspost": due[0].id, "account": due[0].account}
        log.exception("the delivery of cross-post %(crosspost)d to %(account)s broke off", said)
        return []
    return [Delivered(one.id, one.account, one.state, one.note) for one in done]


def _attempted(shift: Shift, due: Sequence[Crosspost]) -> Sequence[Crosspost]:
    """All of a digest, or one by itself; where they stand then."""
    id, entries = due[0].account, [one.entry_id for one in due]
    network = shift.desk.accounts[id].network if id in shift.desk.accounts else "none"
    with shift.desk.tracing.span("deliver", entries, account_id=id, network=network) as span:
        span.say(crosspost_id=due[0].id, crossposts=len(due), attempt=due[0].attempt + 1)
        done = _sent(shift, due)
        span.say(state=", ".join(sorted({one.state for one in done})) or "somebody else has it")
    return done


def _sent(shift: Shift, due: Sequence[Crosspost]) -> Sequence[Crosspost]:
    first = due[0]
    if together.leaves_together(shift.desk, first):
        return together.send(shift, due)
    done = send(shift, first) if first.state is State.SCHEDULED else correct(shift, first)
    return (done,) if done else ()
