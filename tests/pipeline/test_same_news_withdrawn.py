"""Of two sources that told the same, one takes it back: the other's stands in its place, or its credit goes."""

from dataclasses import replace

import pytest

from relay.core.crosspost import Part, Request, State
from relay.core.outcome import Sent
from relay.storage import crossposts
from relay.storage.database import Database
from tests.pipeline.asked import say
from tests.pipeline.reading import Reading, item
from tests.pipeline.telling_same import TITLE, credited, entry, one_feed, third, told


@pytest.fixture
def reading(db: Database) -> Reading:
    found = Reading(db, third(one_feed()))
    found.read(told())
    found.read(told(), item("b"))
    found.read(told(by="anct"), source="anct", hours=1)
    return found


def test_the_second_takes_the_place_of_the_first(reading: Reading) -> None:
    reading.read(item("b"), hours=2, complete=True)

    assert reading.headlines("cget", "anct") == ["Nouvelle b", TITLE]
    assert (entry(reading, 3).merged_into, entry(reading, 3).post.also) == (None, ())
    assert reading.states(3) == {"masto": "waiting", "bsky": "waiting"}
    assert reading.states(1) == {"masto": "held", "bsky": "held"}


def test_an_account_that_had_the_first_does_not_get_it_again(reading: Reading) -> None:
    with reading.db.write() as tx:
        old = crossposts.of_entry(tx, 1)[0]
        crossposts.replace(tx, old, replace(old, state=State.SENT))
    reading.read(item("b"), hours=2, complete=True)

    assert reading.states(3) == {"masto": "skipped", "bsky": "waiting"}


def test_an_account_that_had_the_beginning_of_the_first_does_not_get_it_again(reading: Reading) -> None:
    with reading.db.write() as tx:
        old = crossposts.of_entry(tx, 1)[0]
        crossposts.replace(tx, old, replace(old, parts=(Part(Request("key", "{}"), Sent("1")),)))
    reading.read(item("b"), hours=2, complete=True)

    assert reading.states(1)["masto"] == "held"
    assert reading.states(3) == {"masto": "skipped", "bsky": "waiting"}


def test_the_others_follow_it(reading: Reading) -> None:
    reading.read(told(by="anru"), source="anru", hours=1)
    reading.read(item("b"), hours=2, complete=True)

    assert [entry(reading, id).merged_into for id in (1, 3, 4)] == [3, None, 3]
    assert credited(reading, 3) == [("ANRU", "https://anru.example/gares")]


def test_the_first_shown_again_joins_the_one_that_took_its_place(reading: Reading) -> None:
    reading.read(item("b"), hours=2, complete=True)
    reading.read(told(), item("b"), hours=3)

    assert reading.headlines("cget", "anct") == ["Nouvelle b", TITLE]
    assert credited(reading, 3) == [("CGET", "https://cget.example/gares")]


def test_a_second_that_is_withdrawn_loses_its_credit_and_gets_it_back(reading: Reading) -> None:
    reading.read(item("c"), source="anct", hours=2, complete=True)
    assert (credited(reading), reading.headlines("cget", "anct")) == ([], ["Nouvelle b", "Nouvelle c", TITLE])
    reading.read(item("c"), told(by="anct"), source="anct", hours=3)

    assert credited(reading) == [("ANCT", "https://anct.example/gares")]


def test_a_second_that_comes_back_when_the_first_is_gone_takes_its_place(reading: Reading) -> None:
    reading.read(item("c"), source="anct", hours=2, complete=True)
    reading.read(item("b"), hours=3, complete=True)
    assert reading.headlines("cget", "anct") == ["Nouvelle b", "Nouvelle c"]
    reading.read(item("c"), told(by="anct"), source="anct", hours=4)

    assert reading.headlines("cget", "anct") == ["Nouvelle b", "Nouvelle c", TITLE]
    assert reading.states(3) == {"masto": "waiting", "bsky": "waiting"}


def test_a_no_after_the_second_is_withdrawn_publishes_nothing(reading: Reading) -> None:
    reading.read(item("c"), source="anct", hours=2, complete=True)

    assert say(reading, 1, yes=False) == 0
    assert reading.headlines("cget", "anct") == ["Nouvelle b", "Nouvelle c", TITLE]
