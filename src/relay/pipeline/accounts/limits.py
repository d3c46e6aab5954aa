"""What servers say of their own limits is asked once a day, and kept with its date: their people may change it."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

import httpx

from relay.core.outcome import CannotTell
from relay.core.standing import Served
from relay.networks.abilities import AskLimits, Told
from relay.pipeline.accounts.connected import current
from relay.pipeline.desk import Desk
from relay.storage import accounts
from relay.storage.database import Database

log = logging.getLogger("relay")

DAILY, HOURLY = timedelta(days=1), timedelta(hours=1)
"""How often a server is asked, and how often one that has not answered."""


def ask(db: Database, http: httpx.Client, desk: Desk, now: datetime) -> list[str]:
    """Ask the servers that were not asked for a day; the accounts of which something new is known."""
    with db.read() as tx:
        desk = current(tx, desk)
        held, known, asked = accounts.holds(tx), accounts.every_told(tx), accounts.asked(tx)
        shut = {id for id in desk.accounts if accounts.is_shut(tx, id, now)}
    ways = {id: desk.abilities(id).ask_limits for id in desk.accounts if id not in held and not desk.unusable(id)}
    due = {id: way for id, way in ways.items() if way and id not in shut and _is_due(id, known, asked, now)}
    return [id for id, way in due.items() if _asked(db, http, (desk, id, way), known.get(id), now)]


def _is_due(id: str, known: Mapping[str, Served], asked: Mapping[str, datetime], now: datetime) -> bool:
    last = asked.get(id)
    has_answered = id in known and last is not None and known[id].fetched_at >= last
    return last is None or not timedelta(0) <= now - last < (DAILY if has_answered else HOURLY)


def _asked(
    db: Database, http: httpx.Client, whom: tuple[Desk, str, AskLimits], known: Served | None, now: datetime
) -> bool:
    """What was known holds while a server does not answer."""
    desk, id, ask_limits = whom
    with db.write() as tx:
        accounts.set_asked(tx, id, now)
    told = _told(http, desk, id, ask_limits)
    if isinstance(told, CannotTell):
        log.info("account %(account)s: its server did not tell its limits: %(why)s", {"account": id, "why": told.why})
        if told.wait is not None:
            with db.write() as tx:
                accounts.shut(tx, id, now + told.wait)
        return False
    served = Served(told.limits, told.server, now)
    with db.write() as tx:
        accounts.set_told(tx, id, served)
    is_new = known is None or (known.limits, known.server) != (served.limits, served.server)
    if is_new:
        what = told.server or "its server has told its limits"
        said = {"account": id, "network": desk.accounts[id].network, "what": what}
        log.info("account %(account)s (%(network)s): %(what)s", said)
    return is_new


def _told(http: httpx.Client, desk: Desk, id: str, ask_limits: AskLimits) -> Told | CannotTell:
    try:
        return ask_limits(http, desk.accounts[id])
    except Exception as error:
        log.exception("account %(account)s: its server could not be asked for its limits", {"account": id})
        return CannotTell(f"{type(error).__name__}: {error}")
