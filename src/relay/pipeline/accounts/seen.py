"""How every account stands, as pages and commands show it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from relay.core import expiry
from relay.core.account import Account
from relay.core.outcome import Allowance
from relay.core.standing import Hold, Served
from relay.pipeline.accounts import standing
from relay.pipeline.accounts.connected import current
from relay.pipeline.accounts.connecting import pasted, way_of
from relay.pipeline.desk import Desk
from relay.storage import accounts, grants
from relay.storage.grants import Kept

Standing = Literal["fine", "connect", "held"]
"""It can be used; a person must connect it; it is held, and a person may try it again."""
By = Literal["visit", "configuration", "nothing"]
"""What connects it: a grant that is kept sealed, its configuration, or nothing that it needs."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An account now. ``why`` it cannot be used; ``waiting`` cross-posts leave once it can.

    ``until`` is when a person must connect it anew, ``days`` how near that is (14, 7, 1), where it is near.
    ``visits``: a browser connects it; ``pasted`` are the secrets that can be given instead. ``free``: it may be
    connected here, for the configuration does not have the last word.
    """

    account: Account
    standing: Standing
    by: By
    whose: str
    waiting: int = 0
    why: str = ""
    hold: Hold | None = None
    kept: Kept | None = None
    until: datetime | None = None
    days: int | None = None
    allowance: Allowance | None = None
    served: Served | None = None
    visits: bool = False
    free: bool = True
    pasted: Mapping[str, str] = field(default_factory=dict)


def every(tx: Connection, desk: Desk, now: datetime) -> list[Seen]:
    """All accounts, in the order of the configuration."""
    merged, holds = current(tx, desk), accounts.holds(tx)
    kept = {one.account: one for one in grants.every(tx)}
    return [_seen(tx, (desk, merged), id, holds.get(id), kept.get(id), now) for id in desk.accounts]


def one(tx: Connection, desk: Desk, account_id: str, now: datetime) -> Seen | None:
    """One account."""
    return next((seen for seen in every(tx, desk, now) if seen.account.id == account_id), None)


def _seen(
    tx: Connection, desks: tuple[Desk, Desk], id: str, hold: Hold | None, kept: Kept | None, now: datetime
) -> Seen:
    desk, merged = desks
    account, unusable = desk.accounts[id], merged.unusable(id)
    allowance, until = accounts.allowance(tx, id), kept.over_at if kept else None
    needed = desk.networks[account.network].SETTINGS.secret
    return Seen(
        account=account,
        standing="connect" if unusable else "held" if hold else "fine",
        by="visit" if kept else "configuration" if account.secrets else "nothing",
        whose=(kept.whose if kept else "") or _named(account),
        waiting=standing.waiting(tx, id) if unusable or hold else 0,
        why=unusable or (hold.why if hold else ""),
        hold=hold,
        kept=kept,
        until=until,
        days=expiry.foretelling(until, now) if until else None,
        allowance=allowance if allowance and allowance.until > now else None,
        served=accounts.told(tx, id),
        visits=way_of(desk, id) is not None,
        free=bool(desk.missing(id)) or not needed,
        pasted=pasted(desk, account),
    )


_NAMES = ("handle", "page", "user", "account", "channel", "room", "to", "site", "me", "endpoint", "instance", "server")
"""The settings by which a person knows an account, the best first."""


def _named(account: Account) -> str:
    return next((account.options[name] for name in _NAMES if account.options.get(name)), account.id)
