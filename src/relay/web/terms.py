"""On what terms a cross-post leaves: whose limits count and since when, and whether its account can be used at all."""

from dataclasses import dataclass

from sqlalchemy import Connection

from relay.core.standing import Served
from relay.pipeline.accounts import connected
from relay.pipeline.desk import Desk
from relay.storage import accounts


@dataclass(frozen=True, slots=True)
class Terms:
    """``threads`` and ``warns`` as the account's abilities; ``served`` is what its server said of its limits.

    ``asks``: servers of its network have limits of their own, and relay asks for them.
    ``held`` is why nothing of the account leaves, empty when all does.
    """

    threads: bool = False
    warns: bool = False
    asks: bool = False
    served: Served | None = None
    held: str = ""


def terms(tx: Connection, desk: Desk, account_id: str) -> Terms:
    """Those of now; of an account that left the configuration there are none."""
    if account_id not in desk.accounts:
        return Terms()
    able, hold = desk.abilities(account_id), accounts.holds(tx).get(account_id)
    why = connected.current(tx, desk).unusable(account_id) or (hold.why if hold else "")
    return Terms(able.threads, able.warns, able.ask_limits is not None, accounts.told(tx, account_id), why)
