"""Networks that are slow, silent or vague: nobody else waits for them, and what they have is found."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from relay.core.account import Account
from relay.core.crosspost import State
from relay.core.outcome import CannotTell
from relay.networks.sandbox import network as sandbox
from relay.pipeline.delivering.shift import LEASE
from relay.storage import crossposts, journal
from tests.pipeline.world import World


@pytest.fixture
def approved(world: World) -> World:
    world.poll()
    world.approve_all()
    return world


def test_an_account_whose_network_is_slow_gives_way_to_the_others(approved: World) -> None:
    def slow(request: httpx.Request) -> None:
        if "masto" in request.url.path:
            approved.pass_(seconds=60)

    approved.network.before = slow
    approved.deliver()

    assert len([path for path in approved.network.shown if "masto" in path]) == 1


def lose(request: httpx.Request) -> None:
    raise httpx.ReadTimeout("no answer", request=request)


def test_a_network_that_cannot_tell_is_not_asked_of_each_unknown_in_turn(
    approved: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def find(_: httpx.Client, account: Account, *others: object) -> CannotTell:
        asked.append(account.id)
        return CannotTell("no answer")

    approved.network.after = lose
    approved.deliver()
    monkeypatch.setattr(sandbox, "find", find)
    approved.pass_(minutes=2)
    approved.deliver()

    assert sorted(asked) == ["bsky", "masto"]


def test_all_that_an_account_can_tell_is_found_in_one_pass(approved: World) -> None:
    approved.network.after = lose
    approved.deliver()
    approved.pass_(minutes=2)
    approved.deliver()

    assert len(approved.in_state(State.SENT)) == 4


def test_the_lease_begins_anew_when_the_request_leaves(approved: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def prepare(*everything: Any) -> Any:
        approved.pass_(seconds=90)
        return real(*everything)

    def look(_: httpx.Request) -> None:
        leases.extend(one.lease_until - approved.now for one in approved.in_state(State.SENDING) if one.lease_until)

    leases: list[timedelta] = []
    real: Callable[..., Any] = sandbox.prepare
    monkeypatch.setattr(sandbox, "prepare", prepare)
    approved.network.before = look
    approved.desk = replace(approved.desk, routes=(replace(approved.desk.routes[0], accounts=("masto",)),))
    with approved.db.write() as tx:
        for one in crossposts.by_state(tx, (State.APPROVED,))[1:]:
            crossposts.replace(tx, one, replace(one, state=State.HELD))
    approved.deliver()

    assert leases == [LEASE]


def test_it_reads_back_far_enough_for_a_clock_that_is_ten_minutes_wrong(
    approved: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find(*everything: Any) -> CannotTell:
        since.append(everything[-1])
        return CannotTell("no answer")

    since: list[datetime] = []
    sent_at = approved.now
    approved.network.after = lose
    approved.deliver()
    monkeypatch.setattr(sandbox, "find", find)
    approved.pass_(hours=2)
    approved.deliver()

    assert max(since) < sent_at - timedelta(minutes=10)


def test_it_reads_back_no_further_than_the_last_yes(world: World) -> None:
    world.poll()
    world.approve_all()
    world.deliver()
    sent = world.in_state(State.SENT)[0]
    later = world.now + timedelta(days=30)
    again = replace(sent, attempt=9, keys=replace(sent.keys, created_at=later) if sent.keys else None)
    with world.db.write() as tx:
        first = journal.attempt_started(tx, sent)
        assert first is not None
        assert journal.attempt_started(tx, again) == first  # keys of a clock that was ahead: too far back does no harm
        journal.begin_attempt(tx, again, later)
        assert journal.attempt_started(tx, again) == later
