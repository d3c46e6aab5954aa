"""A newsroom with a schedule of three slots a working day, for tests of the schedule's pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from relay.core.account import Pace
from relay.core.crosspost import Approval, Keys, State
from relay.core.route import Quiet, Schedule, Slot
from tests.edges.newsroom import Newsroom, open_newsroom

NOW = datetime(2026, 12, 21, 9, 10, tzinfo=UTC)
SLOTS = tuple(Slot(frozenset(range(5)), time.fromisoformat(at)) for at in ("08:45", "12:30", "17:45"))
NIGHT, WEEKEND = Quiet(start=time(20), end=time(8)), Quiet(frozenset({5, 6}))
BUREAU = Schedule("bureau", "Europe/Paris", SLOTS, (NIGHT, WEEKEND, Quiet(holidays_of="fr")))
SLOT = datetime(2026, 12, 21, 11, 30, tzinfo=UTC)


@contextmanager
def open_bureau(folder: Path) -> Iterator[Newsroom]:
    """Five entries for two accounts, whose posts are 20 minutes apart."""
    with open_newsroom(folder) as room:
        desk = room.office.desk
        paced = {id: replace(one, pace=Pace(timedelta(minutes=20))) for id, one in desk.accounts.items()}
        object.__setattr__(desk, "accounts", paced)
        object.__setattr__(desk, "routes", (replace(desk.routes[0], schedule=BUREAU),))
        room.clock.now = NOW
        yield room


def scheduled(room: Newsroom, *ids: int, at: datetime = SLOT, **values: object) -> None:
    """Approved by somebody else, and on their way."""
    yes = {"approvals": (Approval("anne", NOW, 1),), "keys": Keys(NOW - timedelta(days=40), 1), "changed_at": NOW}
    room.change(*ids, **{"state": State.SCHEDULED, "not_before": at, "note": "", **yes, **values})
