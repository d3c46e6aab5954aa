"""What a server says of its own limits counts, wherever words are made or measured."""

from dataclasses import dataclass, field, replace

import httpx
import pytest

from relay.core.account import Account, Limits
from relay.core.crosspost import State
from relay.core.outcome import CannotTell
from relay.core.review.moving import Refusal
from relay.core.route import ApprovalRule, Route
from relay.networks.abilities import Abilities, Told
from relay.pipeline import review
from relay.pipeline.accounts.limits import ask
from relay.pipeline.today import current
from relay.storage import accounts
from tests.pipeline.pinboard import Pinboard, on
from tests.pipeline.world import CAMILLE, World

SHORT = Told(Limits(text=(("code points", 100),)), "Pinboard 4.5")


@dataclass
class Telling(Pinboard):
    """A board whose server says how long texts may be."""

    answer: Told | CannotTell = SHORT
    asked: list[str] = field(default_factory=list)

    def abilities(self, account: Account) -> Abilities:
        return replace(super().abilities(account), ask_limits=self.tell)

    def tell(self, http: httpx.Client, account: Account) -> Told | CannotTell:
        del http
        self.asked.append(account.id)
        return self.answer


@pytest.fixture
def board() -> Telling:
    return Telling()


@pytest.fixture
def asking(world: World, board: Telling) -> World:
    route = Route(0, ("cget",), ("pins",), approval=ApprovalRule())
    world.desk = replace(world.desk, accounts=on(board), networks={"pinboard": board}, routes=(route,))
    return world


def look(world: World) -> list[str]:
    with httpx.Client() as http:
        return ask(world.db, http, world.desk, world.now)


def test_what_the_server_says_is_kept_with_its_date_and_asked_again_the_next_day(asking: World, board: Telling) -> None:
    assert look(asking) == ["pins"]
    with asking.db.read() as tx:
        served = accounts.told(tx, "pins")
    assert served is not None
    assert (served.limits, served.server, served.fetched_at) == (SHORT.limits, "Pinboard 4.5", asking.now)

    asking.pass_(hours=23)
    assert (look(asking), board.asked) == ([], ["pins"])
    asking.pass_(hours=2)
    assert (look(asking), board.asked) == ([], ["pins", "pins"])


def test_words_are_made_to_fit_what_the_server_says(asking: World) -> None:
    look(asking)
    asking.agency.titles = ["Un bilan " + "très long " * 20]
    asking.poll()
    (one,) = asking.in_state(State.WAITING)
    assert len(one.draft.text) <= 100


def test_a_yes_is_refused_to_words_that_the_server_would_not_take(asking: World) -> None:
    asking.poll()
    one = asking.in_state(State.WAITING)[0]
    long = review.edit(asking.db, asking.desk, one.id, (CAMILLE, "test"), review.Words(1, "é" * 101), asking.now)
    look(asking)
    with pytest.raises(Refusal, match="101 of 100 code points"):
        asking.approve(long)


def test_what_was_known_holds_while_the_server_does_not_answer(asking: World, board: Telling) -> None:
    look(asking)
    board.answer = CannotTell("503")
    asking.pass_(hours=25)
    look(asking)
    with asking.db.read() as tx:
        assert current(tx, asking.desk).limits("pins").text == SHORT.limits.text

    asking.pass_(minutes=59)
    look(asking)
    assert len(board.asked) == 2
    asking.pass_(minutes=2)
    look(asking)
    assert len(board.asked) == 3


def test_a_server_that_breaks_the_look_breaks_nothing_else(asking: World, board: Telling) -> None:
    def fall(http: httpx.Client, account: Account) -> Told:
        raise ZeroDivisionError(http, account)

    board.tell = fall  # type: ignore[method-assign]  # the server goes wrong
    assert look(asking) == []


def test_an_account_that_moved_to_another_network_has_the_limits_of_that_one(asking: World, board: Telling) -> None:
    look(asking)
    asking.desk = replace(asking.desk, networks={"pinboard": Pinboard()})
    with asking.db.read() as tx:
        assert dict(current(tx, asking.desk).limits("pins").text) == {"graphemes": 200}
    assert board.asked == ["pins"]


def test_of_a_network_that_tells_nothing_nothing_is_written(asking: World) -> None:
    asking.desk = replace(asking.desk, networks={"pinboard": Pinboard()})
    look(asking)
    with asking.db.read() as tx:
        assert accounts.asked(tx) == {}
