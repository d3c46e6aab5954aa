"""The same news from two sources: one post with two credits, and an editor is asked whether it is the same."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relay.storage import entries
from relay.storage.database import Database
from tests.edges import entered
from tests.pipeline.reading import Reading, item
from tests.pipeline.telling_same import ANCT, TITLE, WORDS, both, credited, entry, one_feed, third, told
from tests.pipeline.world import NOON


@pytest.fixture
def reading(db: Database) -> Reading:
    return Reading(db, one_feed())


def test_it_is_one_post_with_two_credits(reading: Reading) -> None:
    both(reading)

    assert reading.headlines("cget", "anct") == [TITLE]
    assert (entry(reading, 1).post.credit, credited(reading)) == ("Source\u00a0: CGET", [ANCT])


def test_readers_are_told_that_the_post_changed(reading: Reading) -> None:
    both(reading)
    post = entry(reading, 1).post

    assert (post.published, post.updated) == (NOON - timedelta(hours=1), NOON + timedelta(hours=1))


def test_two_posts_that_are_credited_at_once_change_at_different_moments(reading: Reading) -> None:
    other = {"title": "La halle de Cambremer remporte le prix du patrimoine rural", "content_html": WORDS[90:]}
    reading.read(told(), told("halle", **other))
    reading.read(told(by="anct"), told("halle", by="anct", **other), source="anct", hours=1)

    assert len({entry(reading, id).post.updated for id in (1, 2)}) == 2


def test_the_second_entry_is_stored_whole_and_goes_nowhere(reading: Reading) -> None:
    both(reading)
    second = entry(reading, 2)

    assert (second.source_id, second.merged_into, second.post.headline) == ("anct", 1, TITLE)
    assert second.post.more_url == "https://anct.example/gares"
    assert reading.crossposts(2) == []


def test_it_stands_in_the_feed_that_only_the_second_source_has(reading: Reading) -> None:
    both(reading)

    assert reading.headlines("anct") == [TITLE]
    with reading.db.read() as tx:
        assert [post.source_id for post in entered.posts(tx, ("anct",))] == ["cget"]
        assert entries.sources(tx, (1, 2)) == {1: ("cget", "anct"), 2: ("anct",)}


def test_accounts_that_only_the_second_source_reaches_have_the_first_post(reading: Reading) -> None:
    both(reading)

    assert reading.states(1) == {"masto": "waiting", "bsky": "waiting"}


def test_the_source_that_brings_it_again_stays_merged(reading: Reading) -> None:
    both(reading)
    again = reading.read(told(by="anct"), source="anct", hours=2)

    assert (again.new, again.known, again.queued) == (0, 1, 0)
    assert credited(reading) == [ANCT]


def test_an_edit_of_the_second_changes_its_own_row_only(reading: Reading) -> None:
    both(reading)
    before = entry(reading, 1)
    reading.read(told(by="anct", title="Les gares et un autre titre"), source="anct", hours=2)

    assert entry(reading, 1) == before
    assert entry(reading, 2).post.headline == "Les gares et un autre titre"
    assert reading.crossposts(2) == []


def test_an_edit_of_the_first_keeps_both_credits(reading: Reading) -> None:
    both(reading)
    reading.read(told(title="Les gares et un autre titre"), hours=2)

    assert (entry(reading, 1).post.headline, credited(reading)) == ("Les gares et un autre titre", [ANCT])


def test_a_third_source_joins_the_first(reading: Reading) -> None:
    reading.desk = third(reading.desk)
    both(reading)
    reading.read(told(by="anru"), source="anru", hours=2)

    assert entry(reading, 3).merged_into == 1
    assert credited(reading) == [ANCT, ("ANRU", "https://anru.example/gares")]


def test_the_address_of_the_second_shown_by_a_third_credits_it_on_the_first(reading: Reading) -> None:
    reading.desk = third(reading.desk)
    both(reading)
    reading.read(told(by="anct", id="urn:anru"), source="anru", hours=2)

    assert [label for label, _ in credited(reading)] == ["ANCT", "ANRU"]
    assert reading.headlines("anru") == [TITLE]


def test_an_equal_address_credits_the_second_source_too(reading: Reading) -> None:
    reading.read(item("a"))
    reading.read(item("a", id="anct-1", url="https://www.agence.example/a?utm_source=anct"), source="anct", hours=1)

    assert credited(reading) == [("ANCT", "https://www.agence.example/a?utm_source=anct")]
    assert reading.questions() == []


def test_sources_that_share_no_feed_are_not_compared(reading: Reading) -> None:
    blog, own = reading.desk.feeds
    reading.desk = replace(reading.desk, feeds=(replace(blog, sources=("cget",)), own))
    both(reading)

    assert reading.headlines("cget", "anct") == [TITLE, TITLE]


@pytest.mark.parametrize("aloof", ["cget", "anct"])
def test_a_source_with_merge_false_stays_apart(reading: Reading, aloof: str) -> None:
    source = replace(reading.desk.sources[aloof], merge=False)
    reading.desk = replace(reading.desk, sources={**reading.desk.sources, aloof: source})
    both(reading)
    reading.read(told(), told("x", id="urn:x", title="Autre chose", content_html="<p>Autre texte.</p>"))
    reading.read(told("x", by="anct", url="https://cget.example/x", title="Autre"), source="anct", hours=1)

    assert [entry(reading, id).merged_into for id in (1, 2, 3, 4)] == [None] * 4
    assert [entry(reading, id).post.also for id in (1, 2, 3, 4)] == [()] * 4
    assert reading.questions() == []


def test_news_of_another_week_are_not_compared(reading: Reading) -> None:
    reading.read(told(published=NOON - timedelta(days=9)))
    reading.read(told(by="anct"), source="anct", hours=1)

    assert entry(reading, 2).merged_into is None
