"""One pass of telling: what has happened becomes rows, rows become messages, messages leave."""

from collections.abc import Callable
from datetime import datetime

import httpx

from relay.core.telling.message import Message
from relay.pipeline.desk import Desk
from relay.pipeline.telling.gathering import gather
from relay.pipeline.telling.noting import note
from relay.pipeline.telling.sending import send
from relay.pipeline.telling.wishes import Wishes
from relay.storage import messages
from relay.storage.database import Database


def tell(db: Database, http: httpx.Client, desk: Desk, wishes: Wishes, clock: Callable[[], datetime]) -> list[Message]:
    """Where the messages stand that were due. Nothing here holds up a delivery, whatever becomes of it."""
    note(db, wishes, clock())
    gather(db, wishes, clock())
    return send(db, http, desk, wishes, clock)


def sweep(db: Database, now: datetime) -> None:
    """Forget what was told long ago."""
    with db.write() as tx:
        messages.sweep(tx, now)
