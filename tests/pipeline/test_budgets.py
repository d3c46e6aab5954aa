"""What a network allows an account is obeyed before it has to refuse: its terms, and what its answers say is left."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relay.core.account import Pace
from relay.core.crosspost import State
from relay.core.outcome import Allowance, Retry
from relay.core.route import ApprovalRule, Route
from relay.networks.abilities import Budget
from relay.storage import accounts
from tests.pipeline.pinboard import Pinboard, on
from tests.pipeline.world import World

HOUR = timedelta(hours=1)


@pytest.fixture
def board() -> Pinboard:
    return Pinboard()


@pytest.fixture
def three(world: World, board: Pinboard) -> World:
    """Three posts, approved for one account."""
    world.agency.titles = ["Un", "Deux", "Trois"]
    route = Route(0, ("cget",), ("pins",), approval=ApprovalRule())
    world.desk = replace(world.desk, accounts=on(board), networks={"pinboard": board}, routes=(route,))
    world.poll()
    world.approve_all()
    return world


def test_no_more_leave_than_the_network_s_terms_allow(three: World, board: Pinboard) -> None:
    board.budgets = (Budget(2, 3 * HOUR),)
    three.deliver()
    assert len(board.shown) == 2

    three.pass_(hours=2, minutes=59)
    three.deliver()
    assert len(board.shown) == 2

    three.pass_(minutes=2)
    three.deliver()
    assert len(board.shown) == 3
    assert board.calls == ["publish"] * 3


def test_the_strictest_of_terms_and_configuration_holds(three: World, board: Pinboard) -> None:
    board.budgets = (Budget(2, 3 * HOUR),)
    account = replace(three.desk.accounts["pins"], pace=Pace(per_day=1))
    three.desk = replace(three.desk, accounts={"pins": account})
    three.deliver()
    three.pass_(hours=23)
    three.deliver()
    assert len(board.shown) == 1


def test_what_was_put_off_does_not_count(three: World, board: Pinboard) -> None:
    board.budgets = (Budget(3, 3 * HOUR),)
    board.says = Retry("429")
    three.deliver()
    board.says = None
    three.pass_(minutes=5)
    three.deliver()
    assert len(board.shown) == 3


def test_nothing_is_asked_while_the_answers_say_that_nothing_is_left(three: World, board: Pinboard) -> None:
    board.allowance = Allowance(0, three.now + HOUR)
    three.deliver()
    assert board.calls == ["publish"]
    waiting = three.in_state(State.SCHEDULED)
    assert {one.not_before for one in waiting} == {three.now + HOUR}
    assert waiting[0].note == "The network allows this account no more until then."

    board.allowance = Allowance(100, three.now + 2 * HOUR)
    three.pass_(hours=1, minutes=1)
    three.deliver()
    assert len(board.shown) == 3


@pytest.mark.parametrize("until", [timedelta(minutes=-1), timedelta(days=2)])
def test_an_end_that_is_past_or_cannot_be_holds_nothing_up(three: World, board: Pinboard, until: timedelta) -> None:
    board.allowance = Allowance(0, three.now + until)
    three.deliver()
    assert len(board.shown) == 3


def test_what_is_left_is_kept_with_the_account(three: World, board: Pinboard) -> None:
    board.allowance = Allowance(41, three.now + HOUR)
    three.deliver()
    with three.db.read() as tx:
        assert accounts.allowance(tx, "pins") == Allowance(41, three.now + HOUR)
