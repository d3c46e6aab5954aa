"""An account whose secret is not known any more is held: nothing of it is claimed until it is connected or resumed."""

import logging
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection

from relay.core.account import Account
from relay.core.crosspost import Crosspost, State
from relay.core.review import release
from relay.core.standing import Hold
from relay.pipeline.accounts.connected import current
from relay.pipeline.desk import Desk
from relay.storage import accounts, crossposts, journal, keys, stops
from relay.storage.database import Database
from relay.storage.journal import Actor
from relay.storage.sealing import Unopened, is_other, mark

log = logging.getLogger("relay")

RELAY = Actor("relay", "accounts")
DELIVERY = "delivery"
"""By which means what is held was held, where an account's secret was the reason."""
GAP = timedelta(minutes=2)
"""Between two posts that waited for their account; more where its pace wants more."""


def hold(tx: Connection, desk: Desk, account_id: str, why: str, now: datetime) -> bool:
    """Nothing more of this account is claimed; whether that is new."""
    seen = current(tx, desk).accounts.get(account_id)
    is_new = accounts.hold(tx, account_id, Hold(why, now, _mark(desk, seen)))
    if is_new:
        log.warning("account %(account)s is held: %(why)s", {"account": account_id, "why": why})
    return is_new


def held(tx: Connection, account_id: str) -> Hold | None:
    """Why nothing of this account is sent."""
    return accounts.holds(tx).get(account_id)


def is_barred(tx: Connection, account_id: str) -> bool:
    """Whether nothing of this account may be claimed: it is held, or an emergency stop holds every one."""
    return stops.in_force(tx) is not None or held(tx, account_id) is not None


def free(tx: Connection, desk: Desk, account_id: str, now: datetime) -> int:
    """It may be used again: what was held for its sake leaves, one after the other; how many leave."""
    accounts.free(tx, account_id)
    waiting = [(old, release.released(old, now)) for old in _held(tx, account_id)]
    waiting += [(old, old) for old in crossposts.due(tx, State.SCHEDULED, now) if old.account == account_id]
    ready = sorted(((old, new) for old, new in waiting if new), key=lambda pair: _order(pair[0]))
    moments = (now + number * gap(desk, account_id) for number in range(len(ready)))
    leaving = zip(ready, moments, strict=True)
    return sum(_leave(tx, old, release.spaced(new, moment), now) for (old, new), moment in leaving)


def gap(desk: Desk, account_id: str) -> timedelta:
    """What is between two posts that are late. None, where posts leave together in any case."""
    account = desk.accounts.get(account_id)
    if account and desk.abilities(account_id).digest:
        return timedelta(0)
    return max(account.pace.min_gap, GAP) if account else GAP


def recheck(db: Database, desk: Desk, now: datetime) -> tuple[str, ...]:
    """Free the accounts that have other secrets than those they were held with; which they are."""
    with db.read() as tx:
        if not _changed(tx, desk):
            return ()
    with db.write() as tx:
        changed = _changed(tx, desk)
        for id in changed:
            free(tx, desk, id, now)
            log.warning("account %(account)s has other secrets now: it is tried again", {"account": id})
    return changed


def waiting(tx: Connection, account_id: str) -> int:
    """How many cross-posts would leave if the account could be used."""
    scheduled = crossposts.by_state(tx, (State.APPROVED, State.SCHEDULED))
    return sum(one.account == account_id for one in scheduled) + len(_held(tx, account_id))


def _changed(tx: Connection, desk: Desk) -> tuple[str, ...]:
    """The held accounts that have other settings or secrets than then, and can be used."""
    holds = accounts.holds(tx)
    ring = keys.opening(desk.keyplace) if holds else None
    if ring is None or isinstance(ring, Unopened):
        return ()
    seen = current(tx, desk)
    usable = [id for id in holds if id in seen.accounts and not seen.unusable(id)]
    return tuple(id for id in usable if is_other(ring, holds[id].mark, _plain(seen.accounts[id])))


def _mark(desk: Desk, account: Account | None) -> str:
    """Empty where there is no key to make it with: then only a person frees the account."""
    ring = keys.sealing(desk.keyplace)
    return "" if isinstance(ring, Unopened) else mark(ring, _plain(account))


def _plain(account: Account | None) -> bytes:
    """Its settings and secrets."""
    if account is None:
        return b""
    secrets = sorted((name, secret.value) for name, secret in account.secrets.items())
    return msgspec.json.encode((secrets, sorted(account.options.items())))


def _held(tx: Connection, account_id: str) -> list[Crosspost]:
    """What delivery has held, and nobody has moved since."""
    own = (one for one in crossposts.by_state(tx, (State.HELD,)) if one.account == account_id)
    return [one for one in own if _by_delivery(tx, one)]


def _by_delivery(tx: Connection, crosspost: Crosspost) -> bool:
    """What is only said of it, as a comment is, moves nothing."""
    moves = [line for line in journal.lines(tx, crosspost.id) if line.from_state != line.to_state]
    return bool(moves) and (moves[-1].means, moves[-1].to_state) == (DELIVERY, State.HELD)


def _order(crosspost: Crosspost) -> tuple[bool, datetime | None, int]:
    return crosspost.not_before is None, crosspost.not_before, crosspost.id


def _leave(tx: Connection, old: Crosspost, new: Crosspost, now: datetime) -> int:
    if not crossposts.replace(tx, old, new):
        return 0
    if new.state is not old.state:
        journal.write(tx, RELAY, old, new, "its account can be used again", now)
    return 1
