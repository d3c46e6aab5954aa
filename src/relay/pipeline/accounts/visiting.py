"""An account is connected by a visit to its network: a person goes there, says yes, and comes back once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import httpx
from sqlalchemy import Connection

from relay.core.account import Account
from relay.core.grant import Grant
from relay.core.review.moving import Refusal
from relay.networks.connecting import Visit
from relay.pipeline.accounts.connected import opened
from relay.pipeline.accounts.connecting import LONGEST, Asker, free_for_connecting, granted, known, ring_of, way_of
from relay.pipeline.desk import Desk
from relay.storage import grants, rows, visits
from relay.storage.database import Database
from relay.storage.sealing import Keyring, Unopened, seal, unseal
from relay.storage.visits import Underway

AWAY = timedelta(minutes=10)
"""How long a person may take at the network."""
_OVER = "This way back has been used, or is over: begin again."


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody leaves to connect an account: to which address they come back, and under which state."""

    account: str
    redirect: str
    state: str


def begin(db: Database, http: httpx.Client, desk: Desk, leaving: Leaving, asker: Asker, now: datetime) -> str:
    """The address at the network that the person visits; what ``finish`` needs again is kept sealed."""
    account, connect = free_for_connecting(desk, leaving.account), way_of(desk, leaving.account)
    if connect is None:
        raise Refusal(f"{account.id} is connected by its secrets, not by a visit to its network.")
    ring = ring_of(desk)
    visit = connect.begin(http, _as_before(db, ring, account), leaving.redirect, leaving.state)
    if not isinstance(visit, Visit):
        raise Refusal(visit.why)
    sealed = seal(ring, account.id, rows.dump(visit).encode())
    begun = Underway(account.id, visits.digest(asker.session), sealed, leaving.redirect, now + AWAY)
    with db.write() as tx:
        visits.begin(tx, leaving.state, begun, now)
    return visit.url


def underway(tx: Connection, state: str, asker: Asker, now: datetime) -> str | None:
    """The account that this session is connecting under ``state``."""
    found = visits.look(tx, state, visits.digest(asker.session), now)
    return found.account if found else None


def finish(
    db: Database, http: httpx.Client, desk: Desk, answered: Mapping[str, str], asker: Asker, now: datetime
) -> Grant:
    """The person is back with what the network answered; ``state`` is used up, whatever comes of it."""
    ring, session, state = ring_of(desk), visits.digest(asker.session), answered.get("state", "")
    with db.write() as tx:
        found = visits.look(tx, state, session, now)
        if found is None or not visits.end(tx, state, session, now):
            raise Refusal(_OVER)
    account, connect = known(desk, found.account), way_of(desk, found.account)
    plain = unseal(ring, found.account, found.sealed)
    if connect is None or isinstance(plain, Unopened):
        raise Refusal(_OVER)
    visit = rows.load(plain.decode(), Visit)
    grant = connect.finish(http, account, visit, found.redirect, _short(answered))
    return granted(db, desk, account, grant, asker, now)


def sweep(db: Database, now: datetime) -> None:
    """Forget those that never came back."""
    with db.read() as tx:
        if not visits.are_over(tx, now):
            return
    with db.write() as tx:
        visits.sweep(tx, now)


def _as_before(db: Database, ring: Keyring, account: Account) -> Account:
    """With what relay already is to that server, so that it need not make itself known there again."""
    with db.read() as tx:
        kept = grants.get(tx, account.id)
    grant = opened(ring, kept, account) if kept else None
    return replace(account, secrets={**grant.client, **account.secrets}) if isinstance(grant, Grant) else account


def _short(answered: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in answered.items() if len(text) <= LONGEST}
