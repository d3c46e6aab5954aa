"""The emergency stop: from its commit on nothing leaves, on any worker; afterwards there is no burst."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import httpx
import pytest

from relay.core.account import Pace
from relay.core.crosspost import Crosspost, State
from relay.core.people import Editor, Role
from relay.core.review.moving import Refusal
from relay.core.review.transitions import Event
from relay.core.route import Schedule, Slot
from relay.pipeline import review, stopping
from relay.storage import journal, ledger
from relay.storage.database import Database, open_database
from tests.pipeline.world import CAMILLE, World, desk

WHY = "Un chiffre faux"
PAGE = (CAMILLE, "page")
ADMIN = (Editor("ada", Role.ADMIN), "command line")


def stop(world: World) -> None:
    stopping.stop(world.db, PAGE, WHY, world.now)


def resume(world: World) -> None:
    stopping.resume(world.db, world.desk, ADMIN, world.now)


@pytest.fixture
def approved(world: World) -> World:
    """Four that would leave now."""
    world.poll()
    world.approve_all()
    return world


def test_nothing_leaves_until_it_is_lifted(approved: World) -> None:
    stop(approved)
    for _ in range(3):
        assert approved.deliver() == []
        approved.pass_(hours=1)
    assert (approved.network.shown, len(approved.in_state(State.SCHEDULED))) == ({}, 4)
    resume(approved)
    approved.deliver()
    assert len(approved.network.shown) == 2, "one of each account"


def test_a_worker_that_has_looked_already_claims_nothing(approved: World, database_address: str) -> None:
    """Two processes: the one stops everything while the other is at its first post."""
    other = open_database(database_address)
    approved.network.before = once(lambda: stopping.stop(other, ADMIN, WHY, approved.now))
    approved.desk = replace(approved.desk, accounts={"masto": approved.desk.accounts["masto"]})
    approved.deliver()
    other.close()
    assert len(approved.network.shown) == 1
    assert [one.state for one in on_masto(approved)] == [State.SENT, State.SCHEDULED]


def once(act: Callable[[], object]) -> Callable[[httpx.Request], None]:
    done: list[object] = []

    def before(_: httpx.Request) -> None:
        if not done:
            done.append(None)
            act()

    return before


def on_masto(world: World) -> list[Crosspost]:
    found = [one for state in (State.SENT, State.SCHEDULED) for one in world.in_state(state)]
    return [one for one in found if one.account == "masto"]


def test_nothing_that_is_public_is_taken_back_while_it_is_in_force(approved: World) -> None:
    approved.deliver()
    (sent, *_) = approved.in_state(State.SENT)
    for event in (Event.WITHDRAW, Event.APPROVE_WITHDRAWAL):
        review.move(approved.db, approved.desk, sent.id, PAGE, review.Act(event, "faux"), approved.now)
    asked: list[str] = []
    approved.network.before = lambda request: asked.append(request.method)
    stop(approved)
    approved.pass_(minutes=1)
    approved.deliver()
    assert ([one.id for one in approved.in_state(State.WITHDRAWING)], asked) == ([sent.id], [])
    resume(approved)
    approved.deliver()
    assert "DELETE" in asked


@pytest.mark.parametrize(("gap", "apart"), [(0, 2), (10, 10)])
def test_what_is_late_leaves_one_after_the_other(db: Database, world: World, gap: int, apart: int) -> None:
    world.desk = desk(pace=Pace(min_gap=timedelta(minutes=gap)))
    world.agency.titles = [f"Nouvelle {number}" for number in range(5)]
    world.poll()
    world.approve_all()
    stop(world)
    world.deliver()
    world.pass_(hours=9)
    resume(world)
    left = []
    for _ in range(60):
        left += [world.now for one in world.deliver() if one.account == "masto" and one.state is State.SENT]
        world.pass_(minutes=1)
    assert len(left) == 5
    spans = [later - earlier for earlier, later in pairwise(left)]
    assert min(spans) >= timedelta(minutes=apart)


def test_what_missed_its_slot_leaves_at_the_next_one_after_the_other(world: World) -> None:
    """Noon every day: those of a stopped noon leave at the next, two minutes apart."""
    daily = Schedule("midi", slots=(Slot(frozenset(range(7)), time(12)),))
    world.desk = replace(world.desk, routes=(replace(world.desk.routes[0], schedule=daily),))
    world.poll()
    world.approve_all()
    world.deliver()
    stop(world)
    world.now = datetime(2026, 11, 25, 15, tzinfo=UTC)
    world.deliver()
    resume(world)
    left = []
    for _ in range(24 * 60):
        left += [world.now for one in world.deliver() if one.account == "masto" and one.state is State.SENT]
        world.pass_(minutes=2)
        if len(left) == 2:
            break
    assert left == [datetime(2026, 11, 26, 12, minute, tzinfo=UTC) for minute in (0, 2)]


def test_the_audit_says_who_stopped_and_who_lifted_it(approved: World) -> None:
    stop(approved)
    resume(approved)
    with approved.db.read() as tx:
        *_, begun, lifted = ledger.lines(tx)
    assert [(line["who"], line["means"], line["subject"], line["what"]) for line in (begun, lifted)] == [
        ("camille", "page", "emergency stop", f"stopped: {WHY}"),
        ("ada", "command line", "emergency stop", "lifted"),
    ]


def test_what_is_stopped_is_not_stopped_twice_nor_lifted_twice(approved: World) -> None:
    stop(approved)
    with pytest.raises(Refusal, match="stopped already, by camille"):
        stopping.stop(approved.db, ADMIN, "again", approved.now)
    resume(approved)
    with pytest.raises(Refusal, match="Nothing is stopped"):
        resume(approved)


def test_editors_judge_on_while_it_is_in_force(world: World) -> None:
    world.poll()
    stop(world)
    world.approve_all()
    world.deliver()
    with world.db.read() as tx:
        assert stopping.waiting(tx) == 4
        assert journal.lines(tx, world.in_state(State.SCHEDULED)[0].id)[-1].what == "recall window over"
