"""What another tool has posted is published and announced by nobody, by whatever name it comes again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from relay.core.crosspost import State
from relay.core.document import ParsedEntry
from relay.core.identity.changes import FLOOD
from relay.core.identity.posted import Posted, is_before, marks, title_value, words
from relay.core.source import Backlog
from relay.storage import posted as stored
from relay.storage.database import Database
from relay.storage.tables.review import crossposts
from tests.pipeline.asked import say
from tests.pipeline.reading import Reading, item, two_sources
from tests.pipeline.world import NOON

ALL = Backlog("latest", 1000)
SKIPPED = {"masto": "skipped", "bsky": "skipped"}
WAITING = {"masto": "waiting", "bsky": "waiting"}
MARCH = datetime(2026, 3, 1, 8, tzinfo=UTC)
HOW = "posted by feed2toot"


@pytest.fixture
def reading(db: Database) -> Reading:
    """A source whose whole first document is offered to the editors."""
    one = Reading(db)
    cget = replace(one.desk.sources["cget"], backlog=ALL)
    one.desk = replace(one.desk, sources={**one.desk.sources, "cget": cget})
    return one


def remember(db: Database, *posted: Posted, source: str = "cget") -> int:
    with db.write() as tx:
        return sum(stored.keep(tx, source, marks(one)) for one in posted)


def test_without_a_memory_the_whole_backlog_is_offered(reading: Reading) -> None:
    assert reading.read(item("a"), item("b"), is_first=True).queued == 4


@pytest.mark.parametrize(
    "known",
    [
        Posted(HOW, guid="urn:a"),
        Posted(HOW, url="https://agence.example/a"),
        Posted(HOW, url="http://www.agence.example/a/?utm_source=x"),
        Posted(HOW, guid="https://agence.example/a"),
        Posted(HOW, title="NOUVELLE  a"),
    ],
    ids=["guid", "address", "another form of the address", "the address as guid", "title"],
)
def test_each_of_its_names_is_enough(db: Database, reading: Reading, known: Posted) -> None:
    remember(db, known)
    read = reading.read(item("a"), item("b"), is_first=True)

    assert read.queued == 2
    assert reading.headlines("cget") == ["Nouvelle a", "Nouvelle b"]
    assert {entry.post.headline: reading.states(entry.id) for entry in reading.entries()} == {
        "Nouvelle a": SKIPPED,
        "Nouvelle b": WAITING,
    }
    assert read.notes[-1] == "1 entry was posted by another tool already: recorded, and not announced."


def test_it_says_by_whom_where_and_when(db: Database, reading: Reading) -> None:
    remember(db, Posted(HOW, guid="urn:a", at=MARCH, where="mastodon.social"))
    reading.read(item("a"), is_first=True)

    assert {one.note for one in reading.crossposts(1)} == {"Already posted by feed2toot (mastodon.social), 2026-03-01."}


def test_all_up_to_a_moment_was_posted(db: Database, reading: Reading) -> None:
    remember(db, Posted("posted by feediverse", until=NOON - timedelta(hours=2)))
    old, undated = item("old", published=NOON - timedelta(days=3)), item("undated", published=None)
    reading.read(old, undated, item("new"), is_first=True)

    assert sorted(str(reading.states(entry.id)) for entry in reading.entries()) == sorted(
        map(str, [SKIPPED, SKIPPED, WAITING])
    )


def test_later_its_addresses_count_still_and_titles_do_not(db: Database, reading: Reading) -> None:
    remember(db, Posted(HOW, title="Nouvelle b"), Posted(HOW, guid="urn:c"), Posted(HOW, until=NOON))
    reading.read(item("a"), is_first=True)
    later = reading.read(item("a"), item("b"), item("c"), hours=1)

    assert later.new == 2
    assert later.queued == 2
    assert [reading.states(id) for id in (2, 3)] in ([WAITING, SKIPPED], [SKIPPED, WAITING])


def test_a_guid_of_one_source_says_nothing_of_another(db: Database, reading: Reading) -> None:
    remember(db, Posted(HOW, guid="urn:a", title="Nouvelle a"), source="anct")

    assert reading.read(item("a"), is_first=True).queued == 2


def test_a_yes_to_a_flood_does_not_bring_back_what_was_posted(db: Database, reading: Reading) -> None:
    remember(db, Posted(HOW, guid="urn:n0"))
    reading.read(item("a"), is_first=True)
    reading.read(*(item(f"n{number}") for number in range(FLOOD + 1)), hours=1)
    (question,) = reading.questions()

    assert len(question.entries) == FLOOD
    assert say(reading, question.id, yes=True) == 2 * FLOOD


def test_an_address_that_several_entries_have_holds_no_later_one_back(db: Database, reading: Reading) -> None:
    page = "https://agence.example/actualites"
    titles = ("Gymnase inauguré", "Budget adopté", "Travaux terminés", "Concours ouvert")
    old, new, *both = (
        item(title, url=page, title=title, published=NOON + timedelta(hours=hour)) for hour, title in enumerate(titles)
    )
    remember(db, Posted(HOW, url=page))

    assert [reading.read(old, is_first=True).queued, reading.read(new, hours=2).queued] == [0, 2]
    assert reading.read(*both, hours=4).queued == 4


def test_a_second_source_that_shows_it_does_not_announce_it_either(db: Database) -> None:
    reading = Reading(db, two_sources())
    remember(db, Posted(HOW, url="https://agence.example/a"), source=stored.ANYWHERE)
    reading.read(item("a"), source="cget", hours=0)
    reading.read(item("a", id="urn:other"), source="anct", hours=1)

    assert reading.states(1) == SKIPPED


def test_what_is_remembered_twice_stays_as_it_was(db: Database, reading: Reading) -> None:
    assert remember(db, Posted(HOW, guid="urn:a", title="A", at=MARCH)) == 2
    assert remember(db, Posted("posted by another", guid="urn:a", title="A", at=NOON)) == 0
    reading.read(item("a"), is_first=True)

    assert "feed2toot" in reading.crossposts(1)[0].note


def test_what_waits_already_is_found(db: Database, reading: Reading) -> None:
    reading.read(item("a"), item("b"), is_first=True)
    values = frozenset(mark.value for mark in marks(Posted(HOW, url="https://agence.example/b")))
    with db.read() as tx:
        waiting = stored.waiting(tx, stored.ANYWHERE, values)
        known = {one.id for entry in reading.entries() if entry.guid == "urn:b" for one in reading.crossposts(entry.id)}

    assert len(waiting) == 2
    assert {*waiting} == known


def test_a_guid_of_one_source_finds_nothing_that_waits_of_another(db: Database, reading: Reading) -> None:
    reading.read(item("a"), is_first=True)
    values = frozenset(mark.value for mark in marks(Posted(HOW, guid="urn:a")))
    with db.read() as tx:
        assert stored.waiting(tx, "anct", values) == []
        assert len(stored.waiting(tx, "cget", values)) == 2


def test_the_address_of_a_whole_site_names_nothing() -> None:
    assert marks(Posted(HOW, url="https://agence.example/", guid="  ")) == frozenset()


def test_words_without_time_and_place() -> None:
    (mark,) = marks(Posted(HOW, title="A"))

    assert words(mark) == "Already posted by feed2toot."


@pytest.mark.parametrize("state", State)
def test_what_is_ahead_of_it_is_found_whatever_its_state(db: Database, reading: Reading, state: State) -> None:
    """And nothing that has left, or never will: there is nothing to be rejected of it."""
    reading.read(item("a"), is_first=True)
    values = frozenset(mark.value for mark in marks(Posted(HOW, guid="urn:a")))
    ahead = {"waiting", "changes", "approved", "scheduled", "held", "failed"}
    with db.write() as tx:
        tx.execute(update(crossposts).values(state=state))
        assert len(stored.waiting(tx, "cget", values)) == (2 if state in ahead else 0)


def test_up_to_a_moment_counts_when_it_was_published_and_the_moment_is_of_it() -> None:
    """What was only touched since is posted already."""
    entry = ParsedEntry(id="a", url=None, title=None, published=NOON, updated=NOON + timedelta(hours=1))

    assert is_before(entry, NOON)
    assert not is_before(entry, NOON - timedelta(seconds=1))


def test_a_title_is_the_same_however_its_accents_are_written() -> None:
    assert title_value("Été à Sète") == title_value("E\u0301te\u0301  a\u0300 SE\u0300TE")
