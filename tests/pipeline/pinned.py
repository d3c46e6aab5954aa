"""A relay with one entry for one account on the pinboard, and what people and time do to it."""

from dataclasses import replace

import httpx
import pytest

from relay.core.crosspost import Crosspost, State
from relay.core.people import Editor, Role
from relay.core.review.transitions import Event
from relay.core.route import ApprovalRule, Route
from relay.pipeline import review
from relay.storage import crossposts
from tests.pipeline.pinboard import Pinboard, nothing, on
from tests.pipeline.world import CAMILLE, Crash, World

CLAIRE = (Editor("claire", Role.WRITER), "test")
ACTOR = (CAMILLE, "test")
THREAD = "Un.\n---\nDeux.\n---\nTrois."


@pytest.fixture
def board() -> Pinboard:
    return Pinboard()


@pytest.fixture
def pinned(world: World, board: Pinboard) -> World:
    """One entry, waiting for one account on the pinboard."""
    world.agency.titles = ["Un premier bilan"]
    route = Route(0, ("cget",), ("pins",), approval=ApprovalRule())
    world.desk = replace(world.desk, accounts=on(board), networks={"pinboard": board}, routes=(route,))
    world.poll()
    return world


@pytest.fixture
def sent(pinned: World) -> World:
    pinned.approve_all()
    pinned.deliver()
    return pinned


def the(world: World) -> Crosspost:
    with world.db.read() as tx:
        (one,) = crossposts.by_state(tx, tuple(State))
    return one


def act(world: World, event: Event, reason: str = "") -> Crosspost:
    return review.move(world.db, world.desk, the(world).id, ACTOR, review.Act(event, reason), world.now)


def propose(world: World, text: str) -> Crosspost:
    one = the(world)
    return review.edit(world.db, world.desk, one.id, CLAIRE, review.Words(one.revision, text), world.now)


def approve_and_deliver(world: World) -> None:
    world.approve(the(world))
    world.pass_(minutes=2)
    world.deliver()


def crash(call: str) -> None:
    raise Crash(call)


def lose(call: str) -> None:
    raise httpx.ReadTimeout(call)


def recover(world: World, board: Pinboard) -> None:
    board.before = board.after = nothing
    board.says = None
    for _ in range(5):
        world.pass_(minutes=3)
        world.deliver()


def sent_feed(world: World) -> bytes:
    """The same entry, by its guid, under another title."""
    item = world.agency.item(1, "Un premier bilan")
    changed = item.replace("<title>Un premier bilan", "<title>Un second bilan")
    head = "<title>Agence</title><link>https://agence.example/</link><description>Actualités</description>"
    return f'<rss version="2.0"><channel>{head}{changed}</channel></rss>'.encode()
