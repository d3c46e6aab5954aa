"""The same news from several sources, edited, taken back, shown again and parted, in whatever order."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relay.core.crosspost import State
from relay.core.document import ParsedFeed
from relay.pipeline.storing.store import store
from relay.storage import crossposts
from relay.storage.database import Database
from tests.pipeline.asked import say
from tests.pipeline.reading import Reading, item
from tests.pipeline.telling_same import TITLE, WORDS, both, credited, entry, one_feed, third, told
from tests.pipeline.world import NOON


@pytest.fixture
def reading(db: Database) -> Reading:
    return Reading(db, third(one_feed()))


def gone(reading: Reading, source: str, hours: float) -> None:
    """The source takes the communiqué back."""
    reading.read(item(f"{source}-other"), source=source, hours=hours, complete=True)


def back(reading: Reading, source: str, hours: float) -> None:
    reading.read(item(f"{source}-other"), told(by=source), source=source, hours=hours)


def move(reading: Reading, entry_id: int, account: str, state: State) -> None:
    with reading.db.write() as tx:
        old = next(one for one in crossposts.of_entry(tx, entry_id) if one.account == account)
        assert crossposts.replace(tx, old, replace(old, state=state))


def test_a_second_that_moves_to_another_address_is_credited_there(reading: Reading) -> None:
    both(reading)
    reading.read(told(by="anct", url="https://anct.example/gares-2026"), source="anct", hours=2)

    assert credited(reading) == [("ANCT", "https://anct.example/gares-2026")]


def test_a_second_that_moved_and_is_withdrawn_is_credited_no_more(reading: Reading) -> None:
    both(reading)
    reading.read(told(by="anct", url="https://anct.example/gares-2026"), source="anct", hours=2)
    gone(reading, "anct", 3)

    assert credited(reading) == []


def test_a_first_that_is_published_again_waits_for_the_editors_again(reading: Reading) -> None:
    both(reading)
    gone(reading, "cget", 2)
    back(reading, "cget", 3)
    gone(reading, "anct", 4)

    assert reading.headlines("cget") == ["Nouvelle cget-other", TITLE]
    assert reading.states(1) == {"masto": "waiting", "bsky": "waiting"}


def test_a_first_that_comes_back_is_not_offered_where_its_heir_has_left(reading: Reading) -> None:
    both(reading)
    gone(reading, "cget", 2)
    move(reading, 2, "masto", State.SENT)
    gone(reading, "anct", 4)
    back(reading, "cget", 5)

    assert reading.states(1)["masto"] != "waiting"
    assert reading.states(1)["bsky"] == "waiting"


def test_a_first_that_changed_while_it_was_merged_is_offered_in_its_words_of_today(reading: Reading) -> None:
    both(reading)
    gone(reading, "cget", 2)
    reading.read(item("cget-other"), told(title="Un autre titre pour les gares"), hours=3)
    gone(reading, "anct", 4)

    found = reading.crossposts(1)
    assert [one.account for one in found] == ["masto", "bsky"]
    assert all(one.draft.text.startswith("Un autre titre pour les gares") for one in found)


def test_a_first_with_an_editors_words_keeps_them(reading: Reading) -> None:
    both(reading)
    with reading.db.write() as tx:
        old = crossposts.of_entry(tx, 1)[0]
        words = replace(old, draft=replace(old.draft, text="Mes mots"), revision=2, edited_by="camille")
        assert crossposts.replace(tx, old, words)
    gone(reading, "cget", 2)
    back(reading, "cget", 3)
    gone(reading, "anct", 4)

    assert reading.crossposts(1)[0].draft.text == "Mes mots"


def test_a_second_parted_while_it_is_withdrawn_is_offered_once_it_is_back(reading: Reading) -> None:
    both(reading)
    gone(reading, "anct", 2)
    assert say(reading, 1, yes=False) == 0
    assert reading.states(2) == {"masto": "held", "bsky": "held"}
    back(reading, "anct", 3)

    assert reading.states(2) == {"masto": "waiting", "bsky": "waiting"}


def test_a_source_that_told_it_twice_stays_credited_with_the_other(reading: Reading) -> None:
    both(reading)
    again = told("bis", by="anct")
    reading.read(told(by="anct"), again, source="anct", hours=2)
    reading.read(again, source="anct", hours=3, complete=True)

    assert credited(reading) == [("ANCT", "https://anct.example/bis")]


def test_a_no_parts_what_follows_an_heir(reading: Reading) -> None:
    both(reading)
    reading.read(told(by="anru"), source="anru", hours=1)
    gone(reading, "cget", 2)
    of_anru = next(one for one in reading.questions() if one.source_id == "anru")
    say(reading, of_anru.id, yes=False)

    assert credited(reading, 2) == []
    assert entry(reading, 3).merged_into is None
    assert reading.headlines("anru") == [TITLE]


def test_a_no_leaves_a_third_that_shows_the_second_with_the_second(reading: Reading) -> None:
    both(reading)
    reading.read(told(by="anct", id="urn:anru"), source="anru", hours=2)
    say(reading, 1, yes=False)

    assert credited(reading) == []
    assert [label for label, _ in credited(reading, 2)] == ["ANRU"]


def test_two_posts_that_are_credited_within_one_second_change_at_different_moments(reading: Reading) -> None:
    other = {"title": "La halle de Cambremer remporte le prix du patrimoine rural", "content_html": WORDS[90:]}
    reading.read(told(), told("halle", **other))
    at = NOON + timedelta(hours=1, microseconds=250_000)
    news = ParsedFeed(entries=(told(by="anct"), told("halle", by="anct", **other)))
    with reading.db.write() as tx:
        store(tx, reading.desk, reading.desk.sources["anct"], news, at, is_backlog=False)

    assert len({entry(reading, id).post.updated for id in (1, 2)}) == 2
