"""The workers of the scaled-out service as commands tell of them."""

import os
from contextlib import closing

from sqlalchemy import Connection

from relay.cli.ending import Ending
from relay.cli.output import utc
from relay.config.configuration import Service
from relay.schedule.distributed.lead import TTL
from relay.storage import workers
from relay.storage.database import open_database

LATELY = 2 * TTL
"""A worker that was heard of within this time is well: it says a word every few seconds."""


def well(settings: Service) -> None:
    """An ``Ending`` unless a worker of this machine, or of this container, was heard of lately."""
    host = os.uname().nodename
    with closing(open_database(settings.database)) as db, db.read() as tx:
        own = [one for one in workers.every(tx) if one.worker.host == host]
    if not own:
        raise Ending(f"no worker of this machine ({host}) is known: is `relay worker` running?")
    last = max(own, key=lambda one: one.seen_at)
    if last.silent > LATELY:
        raise Ending(f"the worker of this machine ({host}) was last heard of at {utc(last.seen_at)}")


def listed(tx: Connection) -> list[dict[str, object]]:
    """Each worker that is known; none where one process does all."""
    return [
        {
            "worker": one.worker.id,
            "version": one.worker.version,
            "since": utc(one.started_at),
            "seen": utc(one.seen_at),
            "is_well": one.silent <= LATELY,
            "doing": one.worker.doing,
        }
        for one in workers.every(tx)
    ]
