"""Bugs to plant in every process: what a service of many processes gets wrong. The harness must find each."""

from collections.abc import Callable, Mapping
from datetime import datetime

from procrastinate import App
from sqlalchemy import Connection, update

from relay import building
from relay.core.crosspost import Crosspost, State
from relay.schedule.distributed import shift as distributed
from relay.storage import crossposts, journal
from relay.storage.tables.review import crossposts as table
from tests.scale.plan import EACH_FOR_ITSELF


def requeue() -> None:
    """Whatever is being sent when a worker looks is sent again, as if its worker were dead."""
    kept = crossposts.due

    def due(tx: Connection, state: State, now: datetime, limit: int | None = None) -> list[Crosspost]:
        if state is State.SCHEDULED:
            anew = {"state": State.SCHEDULED, "lease_until": None}
            tx.execute(update(table).where(table.c.state == State.SENDING).values(anew))
            tx.commit()
        return kept(tx, state, now, limit)

    crossposts.__dict__["due"] = due


def not_fenced() -> None:
    """Whoever writes last is right, and attempts have no numbers."""
    crossposts.__dict__["replace"] = _unfenced
    journal.__dict__["begin_attempt"] = lambda *_: None


def _unfenced(tx: Connection, old: Crosspost, new: Crosspost) -> bool:
    return tx.execute(update(table).where(table.c.id == old.id).values(crossposts._values(new))).rowcount == 1


def each_for_itself() -> None:
    """The configuration says so: every worker is a whole relay, and its pace is in its memory only."""


def memory_pace() -> None:
    """Each process knows only of its own requests to a host."""
    building.__dict__["Together"] = lambda _, turns: turns


def no_takeover() -> None:
    """Nobody takes up what a dead worker had."""

    async def forget_none(_: App) -> int:
        return 0

    distributed.__dict__["forget_stalled"] = forget_none


PLANTS: Mapping[str, Callable[[], None]] = {
    "requeue": requeue,
    "not-fenced": not_fenced,
    "memory-pace": memory_pace,
    "no-takeover": no_takeover,
    EACH_FOR_ITSELF: each_for_itself,
}
