"""What is known of an attempt is written down before the process ends, and is no doubt at the next start."""

from errno import ENOSPC

import httpx
import pytest

from relay.core.crosspost import Crosspost, Request, State
from relay.core.outcome import Sent
from relay.core.review import settling
from relay.core.review.workflow import freeze
from relay.pipeline.delivering.claiming import claim
from relay.pipeline.delivering.inhand import InHand
from relay.pipeline.delivering.shift import Shift
from relay.pipeline.leaving import leave_off
from relay.pipeline.tidy import tidy
from relay.storage import crossposts
from tests.pipeline.world import World


def scheduled(world: World) -> list[Crosspost]:
    """Approved posts whose hour has come."""
    world.poll()
    world.approve_all()
    with httpx.Client(transport=httpx.MockTransport(world.network.answer)) as http:
        tidy(world.db, http, world.desk, world.now)
    return world.in_state(State.SCHEDULED)


def test_what_is_owed_is_paid_before_the_process_leaves(world: World) -> None:
    due, hand = scheduled(world)[0], InHand()
    with httpx.Client(transport=httpx.MockTransport(world.network.answer)) as http:
        shift = Shift(world.db, http, world.desk, lambda: world.now, hand)
        claimed = claim(shift, due)
        assert claimed is not None
        frozen = shift.kept(claimed, freeze(claimed, Request("1", "{}")))
        assert frozen is not None
        new = settling.settle(frozen, Sent("1", "https://sandbox.example/1"), world.now)
        disk = [OSError(ENOSPC, "No space left on device")]

        def store() -> Crosspost | None:
            if disk:
                raise disk.pop()
            return shift.settle(frozen, new, Sent("1", "https://sandbox.example/1"))

        with pytest.raises(OSError, match="No space"):
            shift.surely((frozen,), store)
        assert leave_off(world.db, hand, world.now) == 0
    with world.db.read() as tx:
        left = crossposts.get(tx, due.id)
    assert left is not None
    assert left.state is State.SENT
    assert not hand.owed
