"""An account is connected, disconnected, tried again. What is granted is sealed before it is used."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from relay.core.account import Account, Secret
from relay.core.grant import Grant
from relay.core.outcome import AuthLost, Refused, Retry
from relay.core.review.moving import Refusal
from relay.networks.connecting import Connecting
from relay.pipeline.accounts import standing
from relay.pipeline.accounts.connected import place
from relay.pipeline.accounts.renewing import row
from relay.pipeline.desk import Desk
from relay.storage import accounts, grants, keys, visits
from relay.storage.database import Database
from relay.storage.sealing import Keyring, Unopened

log = logging.getLogger("relay")

LONGEST = 8_000
"""Characters of a secret or an answer: more than any network's."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who connects an account, and ``session``, which alone may end what it began; whatever is unguessable will do."""

    name: str
    session: str


def paste(db: Database, desk: Desk, account_id: str, secrets: Mapping[str, str], asker: Asker, now: datetime) -> Grant:
    """Secrets that a person has copied from the network."""
    account = free_for_connecting(desk, account_id)
    wanted, given = pasted(desk, account), {name: text.strip() for name, text in secrets.items() if text.strip()}
    if not wanted:
        raise Refusal(f"{account_id} needs no secrets: there is nothing to connect.")
    required = desk.networks[account.network].SETTINGS.secret
    missing = [name for name in required if name not in given and name not in account.secrets]
    if missing or not given:
        raise Refusal(f"{account_id} needs {', '.join(missing or wanted)}.")
    if unknown := [name for name in given if name not in wanted]:
        raise Refusal(f"{account_id} has no {', '.join(unknown)}: it takes {', '.join(wanted)}.")
    if any(len(text) > LONGEST for text in given.values()):
        raise Refusal(f"A secret has at most {LONGEST} characters.")
    grant = Grant({name: Secret(text) for name, text in given.items()})
    return granted(db, desk, account, grant, asker, now)


def disconnect(db: Database, desk: Desk, account_id: str, asker: Asker) -> None:
    """Forget what connects it, be it in the configuration still or not; what that says stays."""
    with db.write() as tx:
        if not grants.remove(tx, account_id):
            known(desk, account_id)
            raise Refusal(f"{account_id} is not connected here: its secrets, if any, are in the configuration.")
        visits.cancel(tx, account_id)
    log.info("%(editor)s disconnected account %(account)s", {"editor": asker.name, "account": account_id})


def resume(db: Database, desk: Desk, account_id: str, asker: Asker, now: datetime) -> int:
    """Try a held account again; how many cross-posts leave."""
    known(desk, account_id)
    with db.write() as tx:
        if standing.held(tx, account_id) is None:
            raise Refusal(f"{account_id} is not held.")
        leaving = standing.free(tx, desk, account_id, now)
    log.info("%(editor)s resumed account %(account)s", {"editor": asker.name, "account": account_id})
    return leaving


def way_of(desk: Desk, account_id: str) -> Connecting | None:
    """How this account is connected by a visit to its network."""
    account = known(desk, account_id)
    return desk.networks[account.network].abilities(account).connect


def pasted(desk: Desk, account: Account) -> dict[str, str]:
    """The secrets that can be pasted, each with what it is: those that the configuration does not give."""
    settings = desk.networks[account.network].SETTINGS
    return {
        name: what
        for name, what in {**settings.secret, **settings.optional_secret}.items()
        if name not in account.secrets
    }


def granted(
    db: Database, desk: Desk, account: Account, grant: Grant | Retry | Refused | AuthLost, asker: Asker, now: datetime
) -> Grant:
    """Sealed before it is used; what waited for it leaves."""
    if not isinstance(grant, Grant):
        raise Refusal(grant.why)
    bound = replace(grant, at=place(account))
    with db.write() as tx:  # in its turn: whoever changes the key has one of their own
        grants.put(tx, row(ring_of(desk), account.id, bound, asker.name, now))
        accounts.set_allowance(tx, account.id, None)
        standing.free(tx, desk, account.id, now)
    log.info("%(editor)s connected account %(account)s", {"editor": asker.name, "account": account.id})
    return grant


def known(desk: Desk, account_id: str) -> Account:
    """As it is configured, without what connects it."""
    if account_id not in desk.accounts:
        raise Refusal(f"There is no account {account_id!r}; there are: {', '.join(desk.accounts) or 'none'}.")
    return desk.accounts[account_id]


def free_for_connecting(desk: Desk, account_id: str) -> Account:
    """A secret of the configuration would have the last word over one that is connected here."""
    account = known(desk, account_id)
    needed = desk.networks[account.network].SETTINGS.secret
    if needed and not desk.missing(account_id):
        raise Refusal(
            f"The secrets of {account_id} are in the configuration: to connect it here, take out "
            f"{', '.join(needed)} there."
        )
    return account


def ring_of(desk: Desk) -> Keyring:
    """The keys, one made where there is none; a refusal where that cannot be."""
    ring = keys.sealing(desk.keyplace)
    if isinstance(ring, Unopened):
        raise Refusal(ring.why)
    return ring
