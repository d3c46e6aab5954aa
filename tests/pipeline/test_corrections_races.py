"""Corrections and withdrawals against slow workers, other processes, and what is not known for certain."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import httpx
import pytest

from relay.core.account import Account, Pace, Secret
from relay.core.crosspost import Image, Request, State
from relay.core.grant import Grant
from relay.core.outcome import Allowance, Retry
from relay.core.review import workflow
from relay.core.review.moving import Refusal
from relay.core.review.transitions import Event
from relay.core.route import ApprovalRule, Route
from relay.networks.abilities import Abilities
from relay.pipeline import queue
from relay.pipeline.accounts.renewing import row
from relay.pipeline.delivering.shift import LEASE
from relay.pipeline.tidy import tidy
from relay.storage import accounts, crossposts, entries, grants, journal, keys
from relay.storage.keys import Keyplace
from relay.storage.sealing import Keyring, new_key
from tests.pipeline.pinboard import Pinboard, nothing
from tests.pipeline.pinned import (
    THREAD,
    act,
    approve_and_deliver,
    board,
    lose,
    pinned,
    propose,
    recover,
    sent,
    sent_feed,
    the,
)
from tests.pipeline.world import World

__all__ = ["board", "pinned", "sent"]

HOUR = timedelta(hours=1)


@pytest.fixture
def thread(pinned: World) -> World:
    """A thread of three posts, public."""
    propose(pinned, THREAD)
    pinned.approve_all()
    pinned.deliver()
    return pinned


def sleeper(world: World, call: int, board: Pinboard, do: Callable[[], object] = lambda: None) -> Callable[[str], None]:
    """At this call the worker is slow: its lease is over, and another process looks, and somebody does something."""

    def sleep(_: str) -> None:
        if len(board.calls) != call:
            return
        world.now += LEASE + timedelta(minutes=1)
        with httpx.Client() as http:
            tidy(world.db, http, world.desk, world.now)
        do()

    return sleep


def test_who_looks_for_dead_workers_does_not_take_one_that_is_alive(pinned: World) -> None:
    """Another process read the row before the request was frozen, and writes after it."""
    pinned.approve_all()
    pinned.deliver()
    row = the(pinned)
    claimed = replace(row, state=State.SENDING, parts=(), request=None, lease_until=pinned.now)
    frozen = replace(workflow.freeze(claimed, Request("key", "{}")), lease_until=pinned.now + LEASE)
    with pinned.db.write() as tx:
        assert crossposts.replace(tx, row, claimed)
        assert crossposts.replace(tx, claimed, frozen)
        assert not crossposts.replace(tx, claimed, replace(claimed, state=State.UNCONFIRMED, lease_until=None))


def test_a_worker_whose_withdrawal_is_taken_back_meanwhile_deletes_no_more(thread: World, board: Pinboard) -> None:
    act(thread, Event.WITHDRAW)
    act(thread, Event.APPROVE_WITHDRAWAL)
    board.before = sleeper(thread, len(board.calls) + 1, board, lambda: act(thread, Event.KEEP))
    thread.deliver()
    assert (the(thread).state, board.texts()) == (State.SENT, ["Un.", "Deux."])


def test_a_worker_whose_change_is_dismissed_meanwhile_changes_no_more(thread: World, board: Pinboard) -> None:
    propose(thread, "Uno.\n---\nDue.\n---\nTre.")
    board.before = sleeper(thread, len(board.calls) + 1, board, lambda: act(thread, Event.DISMISS))
    approve_and_deliver(thread)
    assert (the(thread).state, board.texts()) == (State.SENT, ["Uno.", "Deux.", "Trois."])


def test_many_slow_calls_are_not_taken_for_a_dead_worker(thread: World, board: Pinboard) -> None:
    def slowly(_: str) -> None:
        thread.now += LEASE * 0.8
        with httpx.Client() as http:
            tidy(thread.db, http, thread.desk, thread.now)

    propose(thread, "Uno.\n---\nDue.\n---\nTre.")
    board.before = slowly
    approve_and_deliver(thread)
    assert (the(thread).state, board.texts()) == (State.SENT, ["Uno.", "Due.", "Tre."])
    act(thread, Event.WITHDRAW)
    act(thread, Event.APPROVE_WITHDRAWAL)
    thread.deliver()
    assert (the(thread).state, board.texts()) == (State.WITHDRAWN, [])


def test_after_a_doubt_the_first_words_are_put_there_again(sent: World, board: Pinboard) -> None:
    first = board.texts()[0]
    propose(sent, "Un bilan corrigé")
    board.after = lose
    approve_and_deliver(sent)
    board.after = nothing
    assert board.texts() == ["Un bilan corrigé"]
    propose(sent, first)
    approve_and_deliver(sent)
    assert (the(sent).state, board.texts()) == (State.SENT, [first])


def test_a_doubt_outlives_an_attempt_that_was_put_off(sent: World, board: Pinboard) -> None:
    first = board.texts()[0]
    propose(sent, "Un bilan corrigé")
    board.after = lose
    approve_and_deliver(sent)
    board.after = nothing
    propose(sent, first)

    board.says = Retry("429")
    approve_and_deliver(sent)
    board.says = None
    recover(sent, board)
    assert (the(sent).state, board.texts()) == (State.SENT, [first])


def test_a_post_whose_words_stay_is_not_prepared_again(thread: World, board: Pinboard) -> None:
    """Its picture would be uploaded again, and it may not even be kept any more."""
    one = the(thread)
    account = replace(thread.desk.accounts["pins"], options={"attach": "picture"})
    thread.desk = replace(thread.desk, accounts={"pins": account})
    shown = replace(one.draft, image=Image("https://blog.example/pictures/gone.jpg", "image/jpeg", 9, 9))
    with thread.db.write() as tx:
        crossposts.replace(tx, one, replace(one, draft=shown))
    propose(thread, "Un.\n---\nZwei.\n---\nTrois.")
    approve_and_deliver(thread)
    assert (the(thread).state, board.texts()) == (State.SENT, ["Un.", "Zwei.", "Trois."])


def test_what_a_person_found_in_place_of_relay_is_not_taken_back_by_halves(pinned: World, board: Pinboard) -> None:
    propose(pinned, "Un.\n---\nDeux.")
    pinned.approve_all()
    board.after = lambda call: lose(call) if len(board.calls) == 2 else None
    pinned.deliver()
    assert the(pinned).state is State.UNCONFIRMED
    act(pinned, Event.CONFIRM)
    act(pinned, Event.WITHDRAW)
    with pytest.raises(Refusal, match="by hand"):
        act(pinned, Event.APPROVE_WITHDRAWAL)


def test_a_thread_that_a_person_found_is_not_called_whole_while_posts_are_missing(
    pinned: World, board: Pinboard
) -> None:
    propose(pinned, THREAD)
    pinned.approve_all()
    board.after = lambda call: lose(call) if len(board.calls) == 2 else None
    pinned.deliver()
    with pytest.raises(Refusal, match="later posts"):
        act(pinned, Event.CONFIRM)
    assert act(pinned, Event.GIVE_UP).state is State.ABANDONED


def test_a_half_withdrawn_thread_is_taken_back_to_its_end(thread: World, board: Pinboard) -> None:
    act(thread, Event.WITHDRAW)
    act(thread, Event.APPROVE_WITHDRAWAL)
    calls = len(board.calls)
    board.after = lambda call: lose(call) if len(board.calls) == calls + 2 else None
    thread.deliver()
    assert the(thread).state is State.DELETE_PROPOSED
    board.after = nothing
    act(thread, Event.APPROVE_WITHDRAWAL)
    thread.deliver()
    assert (the(thread).state, board.shown) == (State.WITHDRAWN, {})


def test_a_correction_is_judged_by_the_route_of_today(sent: World) -> None:
    """The configuration numbered its routes anew since it was sent."""
    lax = Route(0, ("other",), ("pins",), approval=ApprovalRule(self_approval=True))
    strict = Route(1, ("cget",), ("pins",), approval=ApprovalRule(steps=("editor", "director")))
    sent.desk = replace(sent.desk, routes=(lax, strict))
    with sent.db.write() as tx:
        queue.reroute(tx, sent.desk)
    propose(sent, "Un bilan corrigé")
    assert sent.approve(the(sent)).state is State.EDIT_PROPOSED


def test_a_source_s_change_is_judged_by_the_route_of_today(sent: World) -> None:
    lax = Route(0, ("other",), ("pins",), approval=ApprovalRule())
    strict = Route(1, ("cget",), ("pins",), approval=ApprovalRule(steps=("editor", "director")))
    sent.desk = replace(sent.desk, routes=(lax, strict))
    sent.agency.feed = lambda: sent_feed(sent)  # type: ignore[method-assign]  # the agency edits its entry
    sent.agency.etag = '"v2"'
    sent.poll()
    assert the(sent).state is State.EDIT_PROPOSED
    assert sent.approve(the(sent)).state is State.EDIT_PROPOSED


def test_attempts_of_a_clock_that_was_ahead_hold_nothing_up(pinned: World, board: Pinboard) -> None:
    account = replace(pinned.desk.accounts["pins"], pace=Pace(min_gap=timedelta(minutes=10)))
    pinned.desk = replace(pinned.desk, accounts={"pins": account})
    pinned.approve_all()
    row = the(pinned)
    with pinned.db.write() as tx:
        journal.begin_attempt(tx, replace(row, attempt=99), pinned.now + timedelta(days=365))
    pinned.deliver()
    assert the(pinned).state is State.SENT


def test_a_withdrawal_does_not_wait_for_leave_to_post(sent: World, board: Pinboard) -> None:
    with sent.db.write() as tx:
        accounts.set_allowance(tx, "pins", Allowance(0, sent.now + 5 * HOUR))
    act(sent, Event.WITHDRAW)
    act(sent, Event.APPROVE_WITHDRAWAL)
    sent.deliver()
    assert (the(sent).state, board.shown) == (State.WITHDRAWN, {})


def edit_at_source(world: World) -> None:
    world.agency.feed = lambda: sent_feed(world)  # type: ignore[method-assign]  # the agency edits its entry
    world.agency.etag = '"v2"'
    world.poll()


def withdraw_at_source(world: World) -> None:
    with world.db.write() as tx:
        entries.withdraw(tx, the(world).entry_id, world.now)
        queue.withdraw(tx, world.desk, the(world).entry_id, world.now)


def at(board: Pinboard, call: int, do: Callable[[], object]) -> Callable[[str], None]:
    def befall(_: str) -> None:
        if len(board.calls) == call:
            do()

    return befall


@pytest.mark.parametrize("answer", [nothing, lose])
def test_what_the_source_edits_while_it_is_leaving_is_proposed_afterwards(
    pinned: World, board: Pinboard, answer: Callable[[str], None]
) -> None:
    pinned.approve_all()
    board.before, board.after = at(board, 1, lambda: edit_at_source(pinned)), answer
    pinned.deliver()
    recover(pinned, board)
    assert (the(pinned).state, len(board.shown)) == (State.EDIT_PROPOSED, 1)
    assert "Un second bilan" in the(pinned).draft.text
    act(pinned, Event.DISMISS)
    assert the(pinned).state is State.SENT


@pytest.mark.parametrize("answer", [nothing, lose])
def test_what_the_source_withdraws_while_it_is_leaving_is_proposed_afterwards(
    pinned: World, board: Pinboard, answer: Callable[[str], None]
) -> None:
    pinned.approve_all()
    board.before, board.after = at(board, 1, lambda: withdraw_at_source(pinned)), answer
    pinned.deliver()
    recover(pinned, board)
    assert the(pinned).state is State.DELETE_PROPOSED


def test_what_the_source_withdraws_while_a_change_is_leaving_is_proposed_afterwards(
    sent: World, board: Pinboard
) -> None:
    propose(sent, "Un bilan corrigé")
    board.before = at(board, 2, lambda: withdraw_at_source(sent))
    approve_and_deliver(sent)
    assert (the(sent).state, board.texts()) == (State.DELETE_PROPOSED, ["Un bilan corrigé"])


def test_what_the_source_edits_while_a_thread_is_half_sent_is_said_once_it_is_finished(
    pinned: World, board: Pinboard
) -> None:
    propose(pinned, THREAD)
    pinned.approve_all()
    board.before = at(board, 2, lambda: edit_at_source(pinned))
    pinned.deliver()
    assert (the(pinned).state, board.texts()) == (State.SENT, ["Un.", "Deux.", "Trois."])
    assert "source has changed this entry since" in the(pinned).note


def test_what_the_source_edits_while_it_is_to_be_withdrawn_is_proposed_if_it_stays(sent: World) -> None:
    act(sent, Event.WITHDRAW)
    edit_at_source(sent)
    assert the(sent).state is State.DELETE_PROPOSED
    assert act(sent, Event.KEEP).state is State.EDIT_PROPOSED
    assert "Un second bilan" in the(sent).draft.text


@dataclass
class Bots(Pinboard):
    """A board whose bots can answer and change what they posted, where its webhooks post and no more."""

    def abilities(self, account: Account) -> Abilities:
        return super().abilities(account) if "token" in account.secrets else Abilities()


def test_what_connects_an_account_counts_where_its_words_are_judged(pinned: World) -> None:
    """Its token was pasted on the page: the configuration does not know it."""
    pinned.desk = replace(pinned.desk, networks={"pinboard": Bots()}, keyplace=Keyplace(Secret(new_key())))
    long = f"{'é' * 150}\n---\n{'é' * 150}"
    with pytest.raises(Refusal, match="too long"):
        pinned.approve(propose(pinned, long))

    ring = keys.opening(pinned.desk.keyplace)
    assert isinstance(ring, Keyring)
    with pinned.db.write() as tx:
        grants.put(tx, row(ring, "pins", Grant({"token": Secret("xoxb")}), "camille", pinned.now))
    pinned.approve(the(pinned))
    pinned.pass_(minutes=2)
    pinned.deliver()
    assert (the(pinned).state, len(the(pinned).parts)) == (State.SENT, 2)
    assert propose(pinned, long.replace("é", "e")).state is State.EDIT_PROPOSED


def test_the_time_for_a_change_counts_from_when_it_was_sent(pinned: World, board: Pinboard) -> None:
    board.edit_within, board.says = HOUR, Retry("503")
    pinned.approve_all()
    pinned.deliver()
    pinned.pass_(hours=2)
    board.says = None
    pinned.deliver()
    assert propose(pinned, "Un bilan corrigé").state is State.EDIT_PROPOSED
    pinned.pass_(hours=1)
    with pytest.raises(Refusal, match="only for an hour"):
        propose(pinned, "Trop tard")
