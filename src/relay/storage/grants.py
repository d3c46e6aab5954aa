"""What connects accounts, sealed, one row an account; and who renews it, one at a time by compare-and-set."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from relay.storage.sealing import Sealed
from relay.storage.tables.accounts import foretold, grants

_SAME = timedelta(minutes=10)
"""Ends that are no further apart are one."""
_EVERY = select(grants).order_by(grants.c.account)


@dataclass(frozen=True, slots=True)
class Kept:
    """A grant as it is kept. ``version`` grows whenever other secrets take the place of these.

    ``refresh_at`` is when it is renewed next, ``lease_until`` is set while somebody does it: still there when it is
    over, whoever did it has died on the way. ``note`` is what came of the last attempt.
    """

    account: str
    sealed: Sealed
    whose: str
    by: str
    connected_at: datetime
    granted_at: datetime
    expires_at: datetime | None = None
    ends_at: datetime | None = None
    refreshes: bool = False
    refresh_at: datetime | None = None
    version: int = 1
    lease_until: datetime | None = None
    note: str = ""

    @property
    def over_at(self) -> datetime | None:
        """When a person must connect it again, where that is known."""
        return self.ends_at if self.refreshes else self.expires_at


def put(tx: Connection, kept: Kept) -> None:
    """An account was connected: whatever connected it before is forgotten."""
    before = get(tx, kept.account)
    remove(tx, kept.account)
    tx.execute(insert(grants).values(**_values(kept), version=before.version + 1 if before else 1))


def get(tx: Connection, account: str) -> Kept | None:
    """What connects one account."""
    row = tx.execute(select(grants).where(grants.c.account == account)).first()
    return _kept(row) if row else None


def every(tx: Connection) -> list[Kept]:
    """What connects each account that is connected, by its id."""
    return [_kept(row) for row in tx.execute(_EVERY)]


def remove(tx: Connection, account: str) -> bool:
    """Forget it; whether there was anything."""
    return tx.execute(delete(grants).where(grants.c.account == account)).rowcount == 1


def due(tx: Connection, now: datetime) -> list[Kept]:
    """Those to be renewed now, that nobody is renewing."""
    return [kept for kept in every(tx) if kept.refresh_at and kept.refresh_at <= now and not _is_leased(kept, now)]


def claim(tx: Connection, kept: Kept, now: datetime, until: datetime) -> bool:
    """Renew it, alone, until then; whether nobody else does, or has."""
    free = grants.c.lease_until.is_(None) | (grants.c.lease_until <= now)
    own = (grants.c.account == kept.account) & (grants.c.version == kept.version) & free
    return tx.execute(update(grants).where(own).values(lease_until=until)).rowcount == 1


def renew(tx: Connection, old: Kept, new: Kept) -> bool:
    """Other secrets take the place of those that were claimed; whether the claim still held."""
    values = {**_values(new), "version": old.version + 1}
    return tx.execute(update(grants).where(_is(old)).values(values)).rowcount == 1


def reseal(tx: Connection, kept: Kept, sealed: Sealed) -> bool:
    """The same secrets under another key."""
    own = (grants.c.account == kept.account) & (grants.c.version == kept.version)
    return tx.execute(update(grants).where(own).values(key_id=sealed.key_id, sealed=sealed.bytes_)).rowcount == 1


def put_off(tx: Connection, old: Kept, refresh_at: datetime | None, note: str) -> bool:
    """It was not renewed: another attempt then, or none; whether the claim still held."""
    values = {"refresh_at": refresh_at, "lease_until": None, "note": note}
    return tx.execute(update(grants).where(_is(old)).values(values)).rowcount == 1


def foretell(tx: Connection, account: str, ends_at: datetime, days: int, now: datetime) -> bool:
    """Note that the end was foretold so many days before it; whether this is the first time.

    Each renewal counts the seconds to the same end anew, and comes to another second.
    """
    same = foretold.c.ends_at.between(ends_at - _SAME, ends_at + _SAME)
    own = (foretold.c.account == account) & (foretold.c.days == days) & same
    if tx.execute(select(foretold.c.at).where(own)).first():
        return False
    tx.execute(insert(foretold).values(account=account, ends_at=ends_at, days=days, at=now))
    return True


def _is(claimed: Kept) -> Any:
    lease = grants.c.lease_until == claimed.lease_until
    return (grants.c.account == claimed.account) & (grants.c.version == claimed.version) & lease


def _is_leased(kept: Kept, now: datetime) -> bool:
    return kept.lease_until is not None and kept.lease_until > now


def _values(kept: Kept) -> dict[str, object]:
    return {
        "account": kept.account,
        "key_id": kept.sealed.key_id,
        "sealed": kept.sealed.bytes_,
        "whose": kept.whose,
        "connected_by": kept.by,
        "connected_at": kept.connected_at,
        "granted_at": kept.granted_at,
        "expires_at": kept.expires_at,
        "ends_at": kept.ends_at,
        "refreshes": kept.refreshes,
        "refresh_at": kept.refresh_at,
        "lease_until": kept.lease_until,
        "note": kept.note,
    }


def _kept(row: Any) -> Kept:
    return Kept(
        account=row.account,
        sealed=Sealed(row.key_id, row.sealed),
        whose=row.whose,
        by=row.connected_by,
        connected_at=row.connected_at,
        granted_at=row.granted_at,
        expires_at=row.expires_at,
        ends_at=row.ends_at,
        refreshes=row.refreshes,
        refresh_at=row.refresh_at,
        version=row.version,
        lease_until=row.lease_until,
        note=row.note,
    )
