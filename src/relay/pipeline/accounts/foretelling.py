"""The end of an access that only a person can renew is said 14, 7 and 1 days before, once each."""

import logging
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from relay.core import expiry
from relay.pipeline.desk import Desk
from relay.storage import grants
from relay.storage.database import Database

log = logging.getLogger("relay")


@dataclass(frozen=True, slots=True)
class Ending:
    """An account that must be connected anew by ``at``, ``days`` before which, or fewer, it is now."""

    account: str
    at: datetime
    days: int


def endings(tx: Connection, desk: Desk, now: datetime) -> list[Ending]:
    """Every account whose access ends within two weeks, the first to end first."""
    over = ((kept.account, kept.over_at) for kept in grants.every(tx) if kept.account in desk.accounts)
    found = [(id, at, expiry.foretelling(at, now)) for id, at in over if at is not None]
    return sorted((Ending(id, at, days) for id, at, days in found if days is not None), key=lambda one: one.at)


def foretell(db: Database, desk: Desk, now: datetime) -> list[Ending]:
    """Say what has not been said yet."""
    with db.read() as tx:
        if not endings(tx, desk, now):
            return []
    with db.write() as tx:
        ahead = endings(tx, desk, now)
        told = [one for one in ahead if grants.foretell(tx, one.account, one.at, one.days, now)]
    for one in told:
        log.warning(
            "the access of account %(account)s ends on %(when)s UTC: "
            "connect it anew by `relay account connect %(account)s`",
            {"account": one.account, "when": f"{one.at:%Y-%m-%d %H:%M}"},
        )
    return told
