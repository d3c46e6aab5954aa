"""G3, G4, G6 and G9: names and dates that repeat, change or are missing, and what they never do."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relay.storage.database import Database
from tests.pipeline.reading import Reading, item
from tests.pipeline.world import NOON

DAY = timedelta(days=1)


@pytest.fixture
def reading(db: Database) -> Reading:
    return Reading(db)


def test_g3_one_guid_for_all_identifies_none_poll_after_poll(reading: Reading) -> None:
    shared = [item(name, id="https://agence.example/flux") for name in "abc"]
    assert reading.read(*shared).new == 3
    assert reading.read(*shared, hours=1).new == 0
    assert reading.read(item("d", id="https://agence.example/flux", title="Autre chose"), *shared, hours=2).new == 1


def test_g3_one_guid_and_one_link_for_all_leave_the_link_with_the_date(reading: Reading) -> None:
    home = "https://agence.example/actualites"
    same = [item(str(n), id=home, url=home, published=NOON - n * DAY) for n in (1, 2, 3)]
    assert reading.read(*same).new == 3
    corrected = [replace(same[0], title="Un titre corrigé"), *same[1:]]
    after = reading.read(*corrected, hours=1)
    assert (after.new, after.edited) == (0, 1)


def test_g3_without_dates_too_they_stay_known(reading: Reading) -> None:
    home = "https://agence.example/actualites"
    same = [item(str(n), id=home, url=home, published=None) for n in (1, 2, 3)]
    assert reading.read(*same).new == 3
    assert reading.read(*same, hours=1).new == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("http://agence.example/a", "https://agence.example/a"),
        ("https://www.agence.example/a", "https://agence.example/a"),
        ("https://agence.example/a/", "https://agence.example/a"),
        ("https://agence.example/?p=12", "https://agence.example/?p=4012"),
        ("urn:uuid:1", "urn:uuid:2"),
    ],
)
def test_g4_another_guid_for_the_same_link_is_the_same_entry(reading: Reading, before: str, after: str) -> None:
    reading.read(item("a", id=before), item("b"), item("c"))
    read = reading.read(item("a", id=after), item("b"), item("c"), hours=1)

    assert (read.new, read.edited, read.queued) == (0, 0, 0)


def test_g6_a_guid_used_again_is_a_new_entry(reading: Reading) -> None:
    reading.read(item("budget", id="7", title="Le budget est voté"))
    again = item("places", id="7", title="Des jardins partagés", published=NOON)
    read = reading.read(again, hours=1)

    assert (read.new, read.queued) == (1, 2)
    assert [entry.post.headline for entry in reading.entries()] == ["Le budget est voté", "Des jardins partagés"]


def test_g6_a_guid_used_again_stays_with_both_on_the_following_polls(reading: Reading) -> None:
    old = item("budget", id="7", title="Le budget est voté")
    new = item("places", id="7", title="Des jardins partagés", published=NOON)
    reading.read(old)
    reading.read(new, hours=1)
    reads = [reading.read(new, hours=2), reading.read(old, hours=3), reading.read(new, old, hours=4)]

    assert [(read.new, read.edited, read.known) for read in reads] == [(0, 0, 1), (0, 0, 1), (0, 0, 2)]


def test_g6_a_corrected_title_with_a_new_slug_is_an_edit(reading: Reading) -> None:
    reading.read(item("budjet", id="7", title="Le budjet 2027 est voté"))
    read = reading.read(item("budget", id="7", title="Le budget 2027 est voté", published=NOON), hours=1)

    assert (read.new, read.edited) == (0, 1)


def test_a_new_date_alone_changes_nothing(reading: Reading) -> None:
    reading.read(item("a"))
    before = reading.entries()
    read = reading.read(item("a", published=NOON, updated=NOON), hours=1)

    assert (read.new, read.edited, read.queued) == (0, 0, 0)
    assert reading.entries() == before


def test_an_edit_with_a_new_date_keeps_its_publication(reading: Reading) -> None:
    reading.read(item("a"))
    reading.read(item("a", published=NOON, summary="Autre"), hours=1)
    (entry,) = reading.entries()

    assert (entry.post.published, entry.post.lead) == (NOON - timedelta(hours=1), "Autre")


def test_without_guid_and_link_a_new_date_is_no_news(reading: Reading) -> None:
    bare = item("a", id=None, url=None)
    reading.read(bare)

    assert reading.read(replace(bare, published=NOON), hours=1).new == 0


def test_g9_an_undated_entry_keeps_the_time_at_which_it_was_first_seen(reading: Reading) -> None:
    reading.read(item("a", published=None))
    reading.read(item("a", published=None, summary="Corrigé"), hours=5)
    (entry,) = reading.entries()

    assert (entry.post.published, entry.post.lead) == (NOON, "Corrigé")


def test_g9_a_date_in_the_future_is_now_and_stays_so(reading: Reading) -> None:
    read = reading.read(item("a", published=NOON + 40 * DAY))
    reading.read(item("a", published=NOON + 40 * DAY, summary="Corrigé"), hours=5)
    (entry,) = reading.entries()

    assert read.notes[0] == "1 entry is dated in the future."
    assert (entry.post.published, entry.post.lead) == (NOON, "Corrigé")


def test_an_entry_with_an_old_date_says_so_to_the_editors(reading: Reading) -> None:
    reading.read(item("a"), item("b", published=NOON - 200 * DAY))

    notes = {one.note for one in reading.crossposts(1)}  # the oldest is stored first
    assert notes == {"It is dated 2026-05-08, and new only now."}
    assert {one.note for one in reading.crossposts(2)} == {""}
