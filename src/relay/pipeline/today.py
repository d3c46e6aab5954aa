"""The desk of now, as far as words depend on it: who is who, how long a text may be, and whether it is a thread."""

from dataclasses import replace

from sqlalchemy import Connection

from relay.core.directory.overlay import over
from relay.pipeline.accounts import connected
from relay.pipeline.desk import Desk
from relay.storage import accounts, bodies, seldom


def current(tx: Connection, desk: Desk) -> Desk:
    """What editors named lies over the directory of the configuration, what servers say of themselves over defaults.

    What connects an account counts too: a bot may answer itself where a webhook cannot. Whatever makes or measures
    words asks for it in its own transaction, by one small query, and one more for each of the three that there is.
    """
    there = seldom.overlays(tx)
    desk = connected.current(tx, desk) if there.are_granted else desk
    named = bodies.every(tx) if there.are_named else {}
    told = accounts.every_told(tx) if there.are_told else {}
    directory = over(desk.directory, (one.body for one in named.values())) if named else desk.directory
    limits = {id: one.limits for id, one in told.items() if id in desk.accounts and desk.abilities(id).ask_limits}
    return replace(desk, directory=directory, told=limits) if named or limits else desk
