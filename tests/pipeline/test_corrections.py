"""What is public is corrected and taken back by the queue; threads are finished, whatever crashes."""

from dataclasses import replace

import pytest

from relay.core.crosspost import Image, State
from relay.core.outcome import AuthLost, Refused, Retry
from relay.core.review.moving import Refusal
from relay.core.review.transitions import Event
from relay.networks.showing import Shows, as_article, with_first_link
from relay.pipeline import review
from relay.storage import crossposts, journal
from relay.storage.database import Database
from tests.pipeline.pinboard import Pinboard, nothing
from tests.pipeline.pinned import (
    ACTOR,
    CLAIRE,
    THREAD,
    act,
    approve_and_deliver,
    board,
    crash,
    lose,
    pinned,
    propose,
    recover,
    sent,
    sent_feed,
    the,
)
from tests.pipeline.world import Crash, World

__all__ = ["board", "pinned", "sent"]


@pytest.fixture
def thread(pinned: World) -> World:
    """A thread of three posts, approved."""
    one = the(pinned)
    review.edit(pinned.db, pinned.desk, one.id, CLAIRE, review.Words(one.revision, THREAD), pinned.now)
    pinned.approve_all()
    return pinned


def what(db: Database, id: int) -> list[str]:
    with db.read() as tx:
        return [line.what for line in journal.lines(tx, id)]


def test_proposed_words_take_the_place_of_the_public_ones_once_they_are_approved(sent: World, board: Pinboard) -> None:
    before = board.texts()
    propose(sent, "Un bilan corrigé")
    sent.deliver()
    assert board.texts() == before

    approve_and_deliver(sent)
    assert board.texts() == ["Un bilan corrigé"]
    assert (the(sent).state, the(sent).live, board.calls) == (State.SENT, None, ["publish", "edit"])


def test_whoever_proposes_words_does_not_approve_them(sent: World) -> None:
    one = the(sent)
    review.edit(sent.db, sent.desk, one.id, ACTOR, review.Words(one.revision, "Autre"), sent.now)
    with pytest.raises(Refusal, match="somebody else"):
        sent.approve(the(sent))


def test_a_source_that_changes_its_entry_proposes_the_change(sent: World, board: Pinboard) -> None:
    before = board.texts()
    sent.agency.feed = lambda: sent_feed(sent)  # type: ignore[method-assign]  # the agency edits its entry
    sent.agency.etag = '"v2"'
    sent.poll()
    one = the(sent)
    assert (one.state, board.texts()) == (State.EDIT_PROPOSED, before)
    assert "Un second bilan" in one.draft.text
    approve_and_deliver(sent)
    assert "Un second bilan" in board.texts()[0]


def test_where_nothing_can_be_changed_the_source_s_change_is_noted(sent: World, board: Pinboard) -> None:
    board.edits = False
    sent.agency.feed = lambda: sent_feed(sent)  # type: ignore[method-assign]  # the agency edits its entry
    sent.agency.etag = '"v2"'
    sent.poll()
    assert (the(sent).state, the(sent).note) == (
        State.SENT,
        "The source has changed this entry since. A post for pins cannot be changed once it is public.",
    )
    with pytest.raises(Refusal, match="cannot be changed"):
        propose(sent, "Autre")


def test_a_change_that_comes_too_late_is_refused_before_anybody_judges_it(sent: World, board: Pinboard) -> None:
    board.edit_within = sent.now - sent.now.replace(hour=sent.now.hour - 1)
    sent.pass_(hours=2)
    with pytest.raises(Refusal, match="only for an hour"):
        propose(sent, "Autre")


def test_a_lost_answer_to_a_change_is_put_before_the_editors_again(sent: World, board: Pinboard) -> None:
    propose(sent, "Un bilan corrigé")
    board.after = lose
    approve_and_deliver(sent)
    assert (the(sent).state, the(sent).approvals) == (State.EDIT_PROPOSED, ())
    board.after = nothing
    approve_and_deliver(sent)
    assert (the(sent).state, board.texts()) == (State.SENT, ["Un bilan corrigé"])


def test_a_change_that_dies_with_its_worker_is_put_before_the_editors_again(sent: World, board: Pinboard) -> None:
    propose(sent, "Un bilan corrigé")
    board.before = crash
    with pytest.raises(Crash):
        approve_and_deliver(sent)
    recover(sent, board)
    assert (the(sent).state, len(board.shown)) == (State.EDIT_PROPOSED, 1)


def test_a_change_is_asked_for_later_where_the_network_says_so(sent: World, board: Pinboard) -> None:
    propose(sent, "Un bilan corrigé")
    board.says = Retry("429")
    approve_and_deliver(sent)
    assert the(sent).state is State.UPDATING
    board.says = None
    recover(sent, board)
    assert (the(sent).state, board.texts()) == (State.SENT, ["Un bilan corrigé"])


def test_what_the_network_refuses_to_change_stays_and_says_why(sent: World, board: Pinboard) -> None:
    before = the(sent).draft
    propose(sent, "Un bilan corrigé")
    board.says = Refused("422: too late")
    approve_and_deliver(sent)
    assert (the(sent).state, the(sent).draft, the(sent).note) == (State.SENT, before, "422: too late")


@pytest.mark.parametrize(("shows", "options"), [(with_first_link, {"attach": "picture"}), (as_article, {})])
def test_a_change_that_would_lose_the_picture_is_not_made(
    sent: World, board: Pinboard, shows: Shows, options: dict[str, str]
) -> None:
    """A page of a site shows it whatever the account wants of it."""
    board.SETTINGS = replace(board.SETTINGS, shows=shows)
    account = replace(sent.desk.accounts["pins"], options=options)
    sent.desk = replace(sent.desk, accounts={"pins": account})
    one, before = the(sent), board.texts()
    shown = replace(one.draft, image=Image("https://blog.example/pictures/gone.jpg", "image/jpeg", 9, 9))
    with sent.db.write() as tx:
        crossposts.replace(tx, one, replace(one, draft=shown))
    propose(sent, "Un bilan corrigé")
    approve_and_deliver(sent)
    assert (the(sent).state, board.texts()) == (State.SENT, before)
    assert "would be lost" in the(sent).note


def test_a_withdrawal_is_proposed_approved_and_done(sent: World, board: Pinboard) -> None:
    act(sent, Event.WITHDRAW)
    sent.deliver()
    assert len(board.shown) == 1
    act(sent, Event.APPROVE_WITHDRAWAL)
    sent.deliver()
    assert (the(sent).state, board.shown) == (State.WITHDRAWN, {})


def test_what_cannot_be_taken_back_is_deleted_by_hand(sent: World, board: Pinboard) -> None:
    board.deletes = False
    act(sent, Event.WITHDRAW)
    with pytest.raises(Refusal, match="by hand"):
        act(sent, Event.APPROVE_WITHDRAWAL)
    assert act(sent, Event.REMOVED_BY_HAND).state is State.WITHDRAWN


def test_a_lost_answer_to_a_withdrawal_is_asked_again(sent: World, board: Pinboard) -> None:
    act(sent, Event.WITHDRAW)
    act(sent, Event.APPROVE_WITHDRAWAL)
    board.after = lose
    sent.deliver()
    assert the(sent).state is State.DELETE_PROPOSED
    board.after = nothing
    act(sent, Event.APPROVE_WITHDRAWAL)
    sent.deliver()
    assert (the(sent).state, board.shown) == (State.WITHDRAWN, {})


def test_without_its_account_a_correction_waits(sent: World, board: Pinboard) -> None:
    propose(sent, "Un bilan corrigé")
    board.says = AuthLost("401")
    approve_and_deliver(sent)
    assert (the(sent).state, the(sent).note) == (State.EDIT_PROPOSED, "401")


def test_a_thread_leaves_in_order_each_post_the_answer_to_the_one_before(thread: World, board: Pinboard) -> None:
    thread.deliver()
    names = list(board.shown)
    assert list(board.shown.values()) == [("Un.", ""), ("Deux.", names[0]), ("Trois.", names[1])]
    assert (the(thread).state, len(the(thread).parts)) == (State.SENT, 3)


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("call", [1, 2, 3])
def test_a_thread_that_breaks_off_is_finished_and_never_begun_again(
    thread: World, board: Pinboard, moment: str, call: int
) -> None:
    def once(_: str) -> None:
        if len(board.calls) == call:
            raise Crash

    setattr(board, moment, once)
    with pytest.raises(Crash):
        thread.deliver()
    recover(thread, board)

    assert board.texts() == ["Un.", "Deux.", "Trois."]
    assert the(thread).state is State.SENT


def test_the_rest_of_a_thread_waits_for_the_network_and_not_for_the_pace(thread: World, board: Pinboard) -> None:
    def once(_: str) -> None:
        board.says = Retry("429") if len(board.calls) == 2 else None

    board.before = once
    thread.deliver()
    assert (the(thread).state, board.texts()) == (State.SCHEDULED, ["Un."])
    recover(thread, board)
    assert board.texts() == ["Un.", "Deux.", "Trois."]


def test_only_the_posts_of_a_thread_that_changed_are_edited(thread: World, board: Pinboard) -> None:
    thread.deliver()
    propose(thread, "Un.\n---\nZwei.\n---\nTrois.")
    approve_and_deliver(thread)
    assert (board.texts(), board.calls.count("edit")) == (["Un.", "Zwei.", "Trois."], 1)


def test_a_public_thread_keeps_its_number_of_posts(thread: World) -> None:
    thread.deliver()
    with pytest.raises(Refusal, match="keeps its number of posts: 3, and not 2"):
        propose(thread, "Un.\n---\nDeux.")


def test_a_thread_is_taken_back_from_its_end(thread: World, board: Pinboard) -> None:
    thread.deliver()
    act(thread, Event.WITHDRAW)
    act(thread, Event.APPROVE_WITHDRAWAL)
    seen: list[list[str]] = []
    board.before = lambda _: seen.append(board.texts())
    thread.deliver()
    assert seen == [["Un.", "Deux.", "Trois."], ["Un.", "Deux."], ["Un."]]
    assert the(thread).state is State.WITHDRAWN


def test_each_post_of_a_thread_is_counted_for_itself(pinned: World) -> None:
    propose(pinned, "é" * 150 + "\n---\n" + "é" * 200)
    pinned.approve(the(pinned))
    long = propose(pinned, "é" * 150 + "\n---\n" + "é" * 201)
    with pytest.raises(Refusal, match="201 of 200"):
        pinned.approve(long)


def test_every_step_of_a_correction_is_in_the_history(sent: World) -> None:
    propose(sent, "Un bilan corrigé")
    approve_and_deliver(sent)
    act(sent, Event.WITHDRAW, "une erreur")
    act(sent, Event.APPROVE_WITHDRAWAL)
    sent.deliver()
    assert what(sent.db, the(sent).id)[-6:] == [
        *("edited", "approved", "sent", "withdraw: une erreur", "approve withdrawal", "withdrawn"),
    ]


def test_what_is_not_public_is_not_to_be_deleted_by_hand(sent: World, board: Pinboard) -> None:
    board.deletes = False
    with pytest.raises(Refusal, match="that is sent cannot be moved"):
        act(sent, Event.APPROVE_WITHDRAWAL)


@pytest.mark.parametrize("text", ["---", "---\n---", " --- \n\n---\n"])
def test_lines_that_part_posts_are_no_words(sent: World, text: str) -> None:
    with pytest.raises(Refusal, match="needs words"):
        propose(sent, text)
