"""Relay goes on from what a power cut has left, with the network as it was: does anything leave a second time?"""

from contextlib import closing
from pathlib import Path

import httpx

from relay.core.crosspost import State
from relay.storage.database import open_database
from tests.pipeline.world import NOON, FarEnd, World, desk
from tests.power.record import Left
from tests.power.workload import FILE

_OPEN = (State.APPROVED, State.SCHEDULED, State.SENDING, State.UNCONFIRMED)
_ROUNDS = 12


def resume(folder: Path, left: list[Left]) -> tuple[int, int]:
    """How many requests came for a post that was public already, and how many posts have come to no end."""
    again: list[str] = []
    shown = {one.path: one.body for one in left if one.does}

    def before(request: httpx.Request) -> None:
        again.extend([request.url.path] if request.url.path in shown else [])

    with closing(open_database(str(folder / FILE))) as db:
        world = World(db, folder / "feeds", desk(), network=FarEnd(shown, before))
        world.now = NOON.replace(year=NOON.year + 1)
        for _ in range(_ROUNDS):
            world.deliver()
            world.pass_(minutes=4)
        return len(again), sum(len(world.in_state(state)) for state in _OPEN)
