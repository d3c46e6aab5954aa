"""A cross-post in every state in which it waits for a clock, each for an account of its own."""

from dataclasses import replace
from datetime import time, timedelta

from relay.core.account import Pace
from relay.core.crosspost import Request, State
from relay.core.review.transitions import Event
from relay.core.route import Schedule, Slot
from relay.core.scheduling.planning import due_at
from relay.pipeline import review
from relay.pipeline.delivering.shift import LEASE, Shift
from relay.storage import journal
from tests.clocks.scene import Scene
from tests.clocks.wall import Board
from tests.pipeline.world import CAMILLE

ANNE = replace(CAMILLE, name="anne")
EVERY_DAY = frozenset(range(7))
SLOTS = Schedule("daily", "Europe/Paris", tuple(Slot(EVERY_DAY, time(hour)) for hour in (0, 6, 12, 18)))
WAIT, GAP, CHOSEN = timedelta(minutes=5), timedelta(minutes=20), timedelta(minutes=25)
PACES = {
    name: Pace()
    for name in (
        *("approved", "retry", "slot", "chosen", "answered", "lost", "doubt", "held", "updating", "withdrawing"),
    )
} | {"paced": Pace(min_gap=GAP)}
SCHEDULES = {"slot": SLOTS}


def place(scene: Scene) -> None:
    """All of them, as relay's own steps or a worker that died leave them at this moment."""
    scene.relay.poll()
    _public(scene, "updating", "withdrawing", "paced")
    now = scene.wall.now()
    for name in ("approved", "retry", "slot", "chosen", "answered", "lost", "doubt", "held"):
        scene.approve(name)
    scene.shape("retry", state=State.SCHEDULED, not_before=now + WAIT, attempt=1)
    scene.shape("slot", state=State.SCHEDULED, not_before=due_at(SLOTS, None, now))
    scene.shape("chosen", state=State.SCHEDULED, not_before=now + CHOSEN, wanted_at=now + CHOSEN)
    for name, is_public in (("answered", True), ("lost", False), ("doubt", True)):
        _attempted(scene, name, is_public=is_public)
    scene.shape("doubt", state=State.UNCONFIRMED, lease_until=None, not_before=now + timedelta(minutes=1))
    _act(scene, "held", Event.HOLD)
    _corrected(scene)
    _act(scene, "withdrawing", Event.WITHDRAW)
    _act(scene, "withdrawing", Event.APPROVE_WITHDRAWAL)
    scene.shape("withdrawing", not_before=now + WAIT)
    scene.approve("paced", 1)
    scene.shape("paced", 1, state=State.SCHEDULED, not_before=now)


def resume(scene: Scene) -> None:
    """What an editor holds is let go."""
    _act(scene, "held", Event.RESUME)


def _act(scene: Scene, account: str, event: Event) -> None:
    relay = scene.relay
    act = review.Act(event, "Because.")
    review.move(scene.db, relay.desk, scene.to(account).id, (CAMILLE, "test"), act, scene.wall.now())


def _public(scene: Scene, *accounts: str) -> None:
    for account in accounts:
        scene.approve(account)
        scene.shape(account, state=State.SCHEDULED, not_before=scene.wall.now())
    scene.relay.deliver()


def _corrected(scene: Scene) -> None:
    one = scene.to("updating")
    words = review.Words(one.revision, "Un bilan corrigé")
    review.edit(scene.db, scene.relay.desk, one.id, (ANNE, "test"), words, scene.wall.now())
    scene.approve("updating")
    scene.shape("updating", not_before=scene.wall.now() + WAIT)


def _attempted(scene: Scene, account: str, *, is_public: bool) -> None:
    """A worker has it, has frozen its request, and perhaps sent it; then it died."""
    relay, now = scene.relay, scene.wall.now()
    one = scene.to(account)
    shift = Shift(scene.db, relay.posting, relay.desk, relay.clock)
    network, its = shift.at(one)
    assert one.keys
    request = network.prepare(relay.posting, its, one.draft, one.keys)
    assert isinstance(request, Request)
    taken = scene.shape(account, state=State.SENDING, attempt=1, lease_until=now + LEASE, request=request)
    with scene.db.write() as tx:
        journal.begin_attempt(tx, taken, now)
    if is_public:
        network.publish(relay.posting, its, request)


def copies(board: Board) -> dict[str, int]:
    """How many posts each account has published."""
    return {account: len(board.of(account)) for account in PACES}
