"""Accounts with their secrets of now: what the configuration gives, then what connecting them has brought."""

from collections.abc import Mapping
from dataclasses import replace

import msgspec
from sqlalchemy import Connection

from relay.core.account import Account
from relay.core.grant import Grant
from relay.pipeline.desk import Desk
from relay.storage import grants, keys, rows
from relay.storage.grants import Kept
from relay.storage.sealing import Keyring, Sealed, Unopened, seal, unseal

_PLACES = ("instance", "server", "service", "site", "endpoint", "me", "handle")
"""The settings that say which server is shown an account's secrets."""


def current(tx: Connection, desk: Desk) -> Desk:
    """The desk of now, of any desk. Whatever speaks with networks asks at each pass: another may have renewed."""
    configured = desk.configured or desk.accounts
    early = keys.opening(desk.keyplace)
    kept = [one for one in grants.every(tx) if one.account in configured]
    if not kept:
        return desk
    late = keys.opening(desk.keyplace)  # the key may be changed between the two
    found = {one.account: _opened(early, late, one, configured[one.account]) for one in kept}
    granted = {id: grant for id, grant in found.items() if isinstance(grant, Grant)}
    unopened = {id: grant.why for id, grant in found.items() if isinstance(grant, Unopened)}
    return replace(desk, accounts=_merged(configured, granted), unopened=unopened, configured=configured)


def opened(ring: Keyring | Unopened, kept: Kept, account: Account) -> Grant | Unopened:
    """What is sealed in a row, for the account that it was granted to: never another server's."""
    if isinstance(ring, Unopened):
        return ring
    plain = unseal(ring, kept.account, kept.sealed)
    if isinstance(plain, Unopened):
        return plain
    try:
        grant = rows.load(plain.decode(), Grant)
    except (msgspec.MsgspecError, ValueError):
        return Unopened(
            f"Its sealed secrets cannot be read: connect it anew by `relay account connect {kept.account}`."
        )

    if grant.at and grant.at != place(account):
        return Unopened(
            f"Its secrets are for {grant.at}, and its settings name {place(account)}: connect it anew by "
            f"`relay account connect {kept.account}`."
        )
    return grant


def place(account: Account) -> str:
    """The network and the servers that an account's secrets are for, as its settings name them."""
    servers = (account.options.get(name, "").removeprefix("https://").rstrip("/") for name in _PLACES)
    return " ".join([account.network, *filter(None, servers)])


def closed(ring: Keyring, account_id: str, grant: Grant) -> Sealed:
    """A grant as it is kept."""
    return seal(ring, account_id, rows.dump(grant).encode())


def with_grant(account: Account, grant: Grant) -> Account:
    """The configuration has the last word on each secret."""
    return replace(account, secrets={**grant.secrets, **account.secrets})


def _opened(early: Keyring | Unopened, late: Keyring | Unopened, kept: Kept, account: Account) -> Grant | Unopened:
    found = opened(early, kept, account)
    return found if isinstance(found, Grant) else opened(late, kept, account)


def _merged(accounts: Mapping[str, Account], granted: Mapping[str, Grant]) -> Mapping[str, Account]:
    return {id: with_grant(account, granted[id]) if id in granted else account for id, account in accounts.items()}
