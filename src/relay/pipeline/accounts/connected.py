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


def current(tx: Connection, desk: Desk) -> Desk:
    """The desk of now, of any desk. Whatever speaks with networks asks at each pass: another may have renewed."""
    kept = [one for one in grants.every(tx) if one.account in desk.accounts]
    if not kept:
        return desk
    ring = keys.opening(desk.keyplace)
    found = {one.account: opened(ring, one) for one in kept}
    granted = {id: grant for id, grant in found.items() if isinstance(grant, Grant)}
    unopened = {id: grant.why for id, grant in found.items() if isinstance(grant, Unopened)}
    configured = desk.configured or desk.accounts
    return replace(desk, accounts=_merged(configured, granted), unopened=unopened, configured=configured)


def opened(ring: Keyring | Unopened, kept: Kept) -> Grant | Unopened:
    """What is sealed in a row."""
    if isinstance(ring, Unopened):
        return ring
    plain = unseal(ring, kept.account, kept.sealed)
    if isinstance(plain, Unopened):
        return plain
    try:
        return rows.load(plain.decode(), Grant)
    except (msgspec.MsgspecError, ValueError):
        return Unopened(
            f"Its sealed secrets cannot be read: connect it anew by `relay account connect {kept.account}`."
        )


def closed(ring: Keyring, account_id: str, grant: Grant) -> Sealed:
    """A grant as it is kept."""
    return seal(ring, account_id, rows.dump(grant).encode())


def with_grant(account: Account, grant: Grant) -> Account:
    """The configuration has the last word on each secret."""
    return replace(account, secrets={**grant.secrets, **account.secrets})


def _merged(accounts: Mapping[str, Account], granted: Mapping[str, Grant]) -> Mapping[str, Account]:
    return {id: with_grant(account, granted[id]) if id in granted else account for id, account in accounts.items()}
