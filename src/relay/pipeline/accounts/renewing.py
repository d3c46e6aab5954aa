"""Access tokens that end are renewed in time, by one process at a time: the answer is stored before it is used."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar, assert_never

import httpx
from sqlalchemy import Connection

from relay.core import expiry
from relay.core.account import Account
from relay.core.grant import Grant
from relay.core.outcome import AuthLost, Refused, Retry
from relay.networks.connecting import Failed, Refresh
from relay.pipeline.accounts import standing
from relay.pipeline.accounts.connected import closed, current, opened, with_grant
from relay.pipeline.desk import Desk
from relay.storage import grants, keys
from relay.storage.database import Database
from relay.storage.grants import Kept
from relay.storage.sealing import Keyring, Unopened

log = logging.getLogger("relay")

Clock = Callable[[], datetime]
Said = TypeVar("Said")
"""What a network says of posting, of editing, or of deleting."""

LEASE = timedelta(minutes=2)
"""Longer than any call to a network may take: whoever is silent for so long has died on the way."""
RECENT = timedelta(minutes=5)
"""A token that is refused so soon after it was renewed is not renewed again: it would go round and round."""
_LOST = "Relay stopped while its access was being renewed, and the answer was lost. "


@dataclass(frozen=True, slots=True)
class Renewed:
    """The account has other secrets."""


def renew_due(db: Database, http: httpx.Client, desk: Desk, clock: Clock) -> list[str]:
    """Renew what ends soon; the accounts that were."""
    with db.read() as tx:
        due = [kept for kept in grants.due(tx, clock()) if kept.account in desk.accounts]
    return [kept.account for kept in due if isinstance(_renew(db, http, desk, kept, clock), Renewed)]


def renewed(db: Database, http: httpx.Client, desk: Desk, used: Account, clock: Clock) -> Renewed | Retry | None:
    """The network refuses the secrets of ``used``: whether there are others now; ``None`` where there can be none."""
    with db.read() as tx:
        kept = grants.get(tx, used.id)
        now_has = current(tx, desk).accounts.get(used.id)
    if now_has is not None and now_has.secrets != used.secrets:
        return Renewed()
    if kept is None or not kept.refreshes or timedelta(0) <= clock() - kept.granted_at < RECENT:
        return None
    answer = _renew(db, http, desk, kept, clock)
    return answer if isinstance(answer, Renewed | Retry) else None


def after(db: Database, http: httpx.Client, desk: Desk, used: Account, outcome: Said, clock: Clock) -> Said | Retry:
    """What a network said, but for a secret that could be renewed: then the same is asked again in a moment."""
    if not isinstance(outcome, AuthLost):
        return outcome
    match renewed(db, http, desk, used, clock):
        case Renewed():
            return Retry("Its access was renewed: it is sent again.", timedelta(0))
        case Retry() as later:
            return later
        case None:
            return outcome


def _renew(db: Database, http: httpx.Client, desk: Desk, due: Kept, clock: Clock) -> Renewed | Failed:
    """One attempt, if nobody else makes it."""
    now = clock()
    claimed = replace(due, lease_until=now + LEASE)
    with db.write() as tx:
        if not grants.claim(tx, due, now, now + LEASE):
            return Retry("Its access is being renewed at this moment.", timedelta(seconds=10))
        grant = _read(tx, desk, due)
        if isinstance(grant, Unopened):
            return _failed(tx, desk, claimed, AuthLost(grant.why), now)
    answer = _asked(http, desk, claimed.account, grant)
    if due.lease_until is not None and isinstance(answer, AuthLost | Refused):
        answer = AuthLost(_LOST + answer.why)
    with db.write() as tx:
        if isinstance(answer, Grant):
            return _stored(tx, desk, claimed, _whole(grant, answer), clock())
        return _failed(tx, desk, claimed, answer, clock())


def _read(tx: Connection, desk: Desk, due: Kept) -> Grant | Unopened:
    """What is renewed, read anew: whoever changes the key seals everything anew in one turn to write."""
    kept = grants.get(tx, due.account) or due
    return opened(keys.opening(desk.keyplace), kept, desk.accounts[due.account])


def _asked(http: httpx.Client, desk: Desk, account_id: str, grant: Grant) -> Grant | Failed:
    account = desk.accounts[account_id]
    refresh = _refresh(desk, account)
    if refresh is None:
        return Refused("Its network does not renew an access any more: connect it anew.")
    try:
        return refresh(http, with_grant(account, grant), grant)
    except Exception as error:
        log.exception("the access of account %(account)s could not be renewed", {"account": account_id})
        return Retry(f"Its access could not be renewed ({type(error).__name__}).", timedelta(minutes=5))


def _refresh(desk: Desk, account: Account) -> Refresh | None:
    connect = desk.networks[account.network].abilities(account).connect
    return connect.refresh if connect else None


def _whole(old: Grant, new: Grant) -> Grant:
    """A renewed access; what the answer left out stays as it was (RFC 6749 §6)."""
    return replace(
        new,
        refresh=new.refresh or old.refresh,
        client=new.client or old.client,
        ends_at=new.ends_at or old.ends_at,
        whose=new.whose or old.whose,
        at=old.at,
    )


def row(ring: Keyring, account_id: str, grant: Grant, by: str, now: datetime) -> Kept:
    """The row of a grant that was given now."""
    refreshes = grant.refresh is not None
    at = expiry.attempt(now, grant.expires_at) if refreshes and grant.expires_at else None
    return Kept(
        account=account_id,
        sealed=closed(ring, account_id, grant),
        whose=grant.whose,
        by=by,
        connected_at=now,
        granted_at=now,
        expires_at=grant.expires_at,
        ends_at=grant.ends_at,
        refreshes=refreshes,
        refresh_at=at,
    )


def _stored(tx: Connection, desk: Desk, claimed: Kept, grant: Grant, now: datetime) -> Renewed | Failed:
    """Sealed under the key of now: while the network was asked, another may have taken its place."""
    ring = keys.opening(desk.keyplace)
    if isinstance(ring, Unopened):
        return _failed(tx, desk, claimed, AuthLost(ring.why), now)
    new = replace(row(ring, claimed.account, grant, claimed.by, now), connected_at=claimed.connected_at)
    if not grants.renew(tx, claimed, new):
        return Retry("It was connected anew while its access was being renewed.", timedelta(0))
    if standing.held(tx, claimed.account):
        standing.free(tx, desk, claimed.account, now)
    log.info("the access of account %(account)s was renewed", {"account": claimed.account})
    return Renewed()


def _failed(tx: Connection, desk: Desk, claimed: Kept, failed: Failed, now: datetime) -> Failed:
    """Later, where the network says so; else a person must connect it."""
    match failed:
        case Retry(why, wait):
            again: datetime | None = now + max(wait, timedelta(minutes=1))
        case AuthLost(why) | Refused(why):
            again = None
        case _:
            assert_never(failed)
    if grants.put_off(tx, claimed, again, why) and again is None:
        standing.hold(tx, desk, claimed.account, why, now)
    return failed
