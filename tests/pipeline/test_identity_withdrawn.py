"""G8: what is no longer in a feed stays, unless the feed says that it is complete."""

import pytest

from relay.core.crosspost import Keys, State
from relay.core.people import Editor, Role
from relay.core.review.transitions import Event
from relay.intake.parse import parse
from relay.pipeline import review
from relay.pipeline.storing.store import store
from relay.storage import journal
from relay.storage.database import Database
from tests.pipeline.reading import Reading, item, two_sources
from tests.pipeline.world import NOON


@pytest.fixture
def reading(db: Database) -> Reading:
    return Reading(db)


def test_what_is_missing_from_a_feed_stays(reading: Reading) -> None:
    reading.read(item("a"), item("b"))
    read = reading.read(item("b"), hours=1)

    assert reading.headlines("cget") == ["Nouvelle a", "Nouvelle b"]
    assert read.notes == ()


def test_what_is_missing_from_a_complete_feed_is_withdrawn(reading: Reading) -> None:
    reading.read(item("a"), item("b"))
    read = reading.read(item("b"), hours=1, complete=True)

    assert reading.headlines("cget") == ["Nouvelle b"]
    assert read.notes == ("1 entry was withdrawn.",)
    assert {(one.state, one.note) for one in reading.crossposts(2)} == {
        (State.HELD, "The source has withdrawn this entry.")
    }
    assert reading.states(1) == {"masto": "waiting", "bsky": "waiting"}


def test_a_complete_feed_that_has_all_withdraws_nothing(reading: Reading) -> None:
    reading.read(item("a"))
    read = reading.read(item("a", summary="Corrigé"), item("c"), hours=1, complete=True)

    assert (read.new, read.edited, read.notes) == (1, 1, ())
    assert reading.headlines("cget") == ["Nouvelle a", "Nouvelle c"]


def test_it_is_said_once(reading: Reading) -> None:
    reading.read(item("a"), item("b"))
    reading.read(item("b"), hours=1, complete=True)

    assert reading.read(item("b"), hours=2, complete=True).notes == ()


def test_what_the_source_shows_again_is_back_and_waits_for_a_fresh_yes(reading: Reading) -> None:
    reading.read(item("a"), item("b"))
    reading.read(item("b"), hours=1, complete=True)
    read = reading.read(item("a"), item("b"), hours=2)

    assert read.new == 0
    assert reading.headlines("cget") == ["Nouvelle a", "Nouvelle b"]
    assert reading.states(2) == {"masto": "waiting", "bsky": "waiting"}


def test_what_an_editor_holds_stays_held_when_the_source_shows_it_again(reading: Reading) -> None:
    reading.read(item("a"), item("b"))
    held = reading.crossposts(2)[0]
    actor = (Editor("camille", Role.EDITOR), "test")
    review.move(reading.db, reading.desk, held.id, actor, review.Act(Event.HOLD, "Pas avant lundi"), NOON)
    reading.read(item("b"), hours=1, complete=True)
    reading.read(item("a"), item("b"), hours=2)

    assert reading.states(2) == {"masto": "held", "bsky": "waiting"}


def test_what_is_on_hold_when_its_source_takes_it_back_needs_a_fresh_yes(reading: Reading) -> None:
    reading.read(item("a"), item("b"))
    one, actor = reading.crossposts(2)[0], (Editor("camille", Role.EDITOR), "test")
    review.approve(reading.db, reading.desk, one.id, actor, one.revision, Keys(NOON, 1))
    review.move(reading.db, reading.desk, one.id, actor, review.Act(Event.HOLD, "Pas avant lundi"), NOON)
    reading.read(item("b"), hours=1, complete=True)
    with reading.db.read() as tx:
        said = journal.lines(tx, one.id)[-1].what
    resumed = review.move(reading.db, reading.desk, one.id, actor, review.Act(Event.RESUME), NOON)

    assert (resumed.state, said) == (State.WAITING, "The source has withdrawn this entry.")


def test_what_another_source_still_shows_stays(db: Database) -> None:
    reading = Reading(db, two_sources())
    reading.read(item("a"), item("b"))
    reading.read(item("a", id="anct-1"), source="anct")
    reading.read(item("b"), hours=1, complete=True)

    assert reading.headlines("cget") == ["Nouvelle a", "Nouvelle b"]


HEAD = '<rss version="2.0" xmlns:fh="http://purl.org/syndication/history/1.0"><channel><title>A</title><fh:complete/>'
NEWS = "".join(
    f"<item><title>Nouvelle {name}</title><guid>urn:{name}</guid><description>Le texte de {name}.</description></item>"
    for name in "abc"
)


@pytest.mark.parametrize(
    "damage",
    [
        ("Le texte de b", "Le texte <![CDATA[ de b"),
        ("<item><title>Nouvelle c", "</channel><item><title>Nouvelle c"),
        ("Le texte de a", "Le texte <b>de a"),
    ],
)
def test_a_complete_feed_that_is_damaged_withdraws_nothing(reading: Reading, damage: tuple[str, str]) -> None:
    """What was read of it may end anywhere."""
    whole = f"{HEAD}{NEWS}</channel></rss>"
    documents = [parse(text.encode(), "https://agence.example/rss", None) for text in (whole, whole.replace(*damage))]
    for document in documents:
        with reading.db.write() as tx:
            read = store(tx, reading.desk, reading.desk.sources["cget"], document, NOON, is_backlog=False)

    assert [document.is_complete for document in documents] == [True, True]
    assert read.notes == ()
    assert len(reading.headlines("cget")) == 3
