"""A failed token holds its account's queue, and no other's; what waited leaves, in its turn, once it can."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from relay.core.account import Pace, Secret
from relay.core.crosspost import State
from relay.core.review.moving import Refusal
from relay.core.review.transitions import Event
from relay.pipeline import review
from relay.pipeline.accounts import connecting, seen
from relay.pipeline.accounts.seen import Seen
from relay.pipeline.remarks import remark
from relay.pipeline.storing.withdrawing import withdraw
from relay.storage import accounts, crossposts
from relay.storage.database import Database
from tests.fakes.wire import Reply
from tests.pipeline.town import CAMILLE, Town, town_at
from tests.pipeline.world import CAMILLE as EDITOR


@pytest.fixture
def town(db: Database, tmp_path: Path) -> Iterator[Town]:
    """Connected, with two posts that are approved; then access is taken back."""
    with town_at(db, tmp_path) as found:
        found.connect()
        found.world.poll()
        found.approve_all()
        found.revoke()
        yield found


def look(town: Town) -> Seen:
    with town.db.read() as tx:
        found = seen.one(tx, town.desk, "toots", town.now())
    assert found
    return found


def states(town: Town) -> list[State]:
    with town.db.read() as tx:
        return [one.state for one in crossposts.by_state(tx, tuple(State))]


def test_nothing_more_is_claimed_once_the_network_knows_the_token_no_more(town: Town) -> None:
    town.deliver()
    town.pass_(minutes=30)
    again = town.deliver()

    assert (sorted(states(town)), again) == (["held", "scheduled"], [])
    assert (look(town).standing, look(town).waiting) == ("held", 2)
    assert "401" in look(town).why


def test_connecting_it_anew_frees_what_waited(town: Town) -> None:
    town.deliver()
    town.connect()
    sent = len(town.deliver())
    town.pass_(minutes=2)

    assert (sent, len(town.deliver())) == (1, 1)
    assert states(town) == [State.SENT, State.SENT]


def test_what_waited_keeps_to_its_account_s_pace(town: Town) -> None:
    account = replace(town.desk.accounts["toots"], pace=Pace(min_gap=timedelta(minutes=20)))
    town.world.desk = replace(town.desk, accounts={"toots": account})
    town.deliver()
    town.connect()
    with town.db.read() as tx:
        moments = sorted(one.not_before for one in crossposts.by_state(tx, (State.SCHEDULED,)) if one.not_before)

    assert moments == [town.now(), town.now() + timedelta(minutes=20)]


def test_resuming_tries_it_again(town: Town) -> None:
    town.deliver()
    assert connecting.resume(town.db, town.desk, "toots", CAMILLE, town.now()) == 2
    town.deliver()

    assert look(town).standing == "held"  # the network still knows it no more


def test_what_is_not_held_is_not_resumed(town: Town) -> None:
    with pytest.raises(Refusal, match="is not held"):
        connecting.resume(town.db, town.desk, "toots", CAMILLE, town.now())


def test_other_secrets_in_the_configuration_free_it(town: Town) -> None:
    town.deliver()
    town.watch()
    assert look(town).standing == "held"

    town.authority.access["another-token-not-a-real-one"] = None
    account = replace(town.desk.accounts["toots"], secrets={"token": Secret("another-token-not-a-real-one")})
    town.world.desk = replace(town.desk, accounts={"toots": account})
    town.watch()
    town.deliver()

    assert (look(town).standing, State.SENT in states(town)) == ("fine", True)


def test_words_that_were_changed_meanwhile_wait_for_their_yes(town: Town) -> None:
    town.deliver()
    held = town.world.in_state(State.HELD)[0]
    review.edit(town.db, town.desk, held.id, (EDITOR, "test"), review.Words(held.revision, "D’autres mots"), town.now())
    town.connect()

    assert town.world.in_state(State.HELD)[0].id == held.id


def test_what_an_editor_holds_stays_held(town: Town) -> None:
    town.deliver()
    other = town.world.in_state(State.SCHEDULED)[0]
    review.move(town.db, town.desk, other.id, (EDITOR, "test"), review.Act(Event.HOLD), town.now())
    town.connect()

    assert [one.id for one in town.world.in_state(State.HELD)] == [other.id]


def test_a_comment_on_what_its_account_holds_keeps_it_from_nothing(town: Town) -> None:
    town.deliver()
    held = town.world.in_state(State.HELD)[0]
    remark(town.db, held.id, (EDITOR, "test"), "On attend le jeton.", town.now())
    town.connect()

    assert town.world.in_state(State.HELD) == []


def test_what_its_source_took_back_meanwhile_does_not_leave(town: Town) -> None:
    town.deliver()
    held = town.world.in_state(State.HELD)[0]
    with town.db.write() as tx:
        withdraw(tx, town.desk, [held.entry_id], town.now())
    town.connect()

    assert [one.id for one in town.world.in_state(State.HELD)] == [held.id]


def test_an_account_without_secrets_is_held_until_it_is_connected(town: Town) -> None:
    connecting.disconnect(town.db, town.desk, "toots", CAMILLE)
    town.deliver()
    assert (look(town).standing, look(town).waiting) == ("connect", 2)

    town.connect()
    town.deliver()
    assert State.SENT in states(town)


def test_the_first_reason_stays(town: Town) -> None:
    town.deliver()
    with town.db.read() as tx:
        before = accounts.holds(tx)
    town.pass_(hours=1)
    town.watch()
    with town.db.read() as tx:
        assert accounts.holds(tx) == before


def test_what_cannot_be_written_of_a_network_s_words_is_left_out(town: Town) -> None:
    """No row takes half of a pair, PostgreSQL's none a NUL: the first refusal holds the account all the same."""
    answer = town.wire.network
    words = Reply(401, b'{"error": "No\\u0000 such \\u001b[1mtoken\\uD800 \\ud83d\\ude00"}')
    town.wire.network = lambda call: words if "/statuses" in call.path else answer(call)
    town.deliver()

    assert (look(town).standing, look(town).why) == ("held", "127.0.0.1 answered 401: No such [1mtoken 😀")
