"""What is done for accounts without anybody's asking: renewed in time, foretold, tried again with other secrets."""

import httpx

from relay.pipeline.accounts import limits
from relay.pipeline.accounts.foretelling import foretell
from relay.pipeline.accounts.renewing import Clock, renew_due
from relay.pipeline.accounts.standing import recheck
from relay.pipeline.accounts.visiting import sweep
from relay.pipeline.desk import Desk
from relay.storage.database import Database


def watch(db: Database, http: httpx.Client, desk: Desk, clock: Clock) -> None:
    """One look at every account."""
    sweep(db, clock())
    recheck(db, desk, clock())
    renew_due(db, http, desk, clock)
    foretell(db, desk, clock())
    limits.ask(db, http, desk, clock())
