"""The question whether two sources told the same: one a pair, a yes keeps them together, a no parts them for ever."""

import pytest

from relay.core.identity.changes import FLOOD
from relay.core.question import Kind
from relay.storage.database import Database
from tests.pipeline.asked import say
from tests.pipeline.reading import Reading
from tests.pipeline.telling_same import ANCT, TITLE, WORDS, both, credited, entry, one_feed, told
from tests.pipeline.world import NOON


@pytest.fixture
def reading(db: Database) -> Reading:
    return Reading(db, one_feed())


def test_the_editors_are_asked_once_a_pair(reading: Reading) -> None:
    both(reading)
    reading.read(told(by="anct"), source="anct", hours=2)
    (question,) = reading.questions()

    assert (question.source_id, question.kind, question.subject) == ("anct", Kind.SAME, ANCT[1])
    assert (question.entries, question.is_choice) == ((1, 2), True)


def test_a_yes_keeps_them_together(reading: Reading) -> None:
    both(reading)
    assert say(reading, 1, yes=True) == 0

    assert (entry(reading, 2).merged_into, credited(reading), reading.questions()) == (1, [ANCT], [])


def test_a_no_parts_them(reading: Reading) -> None:
    both(reading)
    queued = say(reading, 1, yes=False)

    assert (queued, reading.states(2)) == (2, {"masto": "waiting", "bsky": "waiting"})
    assert (entry(reading, 2).merged_into, credited(reading)) == (None, [])
    assert reading.headlines("cget", "anct") == [TITLE, TITLE]
    assert entry(reading, 1).post.updated > NOON


def test_after_a_no_the_first_goes_no_more_where_only_the_second_led_it(reading: Reading) -> None:
    both(reading)
    say(reading, 1, yes=False)

    assert reading.states(1) == {"masto": "waiting", "bsky": "rejected"}


def test_after_a_no_they_are_never_merged_again(reading: Reading) -> None:
    both(reading)
    say(reading, 1, yes=False)
    reading.read(told(by="anct"), source="anct", hours=2)
    reading.read(told("gares-2", by="anct", published=NOON), source="anct", hours=3)

    assert [entry(reading, id).merged_into for id in (2, 3)] == [None, None]
    assert reading.questions() == []


def test_a_first_poll_merges_with_one_question_and_announces_nothing(reading: Reading) -> None:
    names = [f"n{number}" for number in range(FLOOD + 2)]
    titles = {name: f"Le grand projet {name} des communes rurales du massif" for name in names}
    texts = {name: WORDS.replace("gares", f"gares{name}").replace("Chaque", f"À {name}, chaque") for name in names}
    own = {name: {"title": titles[name], "content_html": texts[name]} for name in names}
    reading.read(*(told(name, **own[name]) for name in names), is_first=True)
    read = reading.read(*(told(name, by="anct", **own[name]) for name in names), source="anct", is_first=True)

    assert read.queued == 0
    (question,) = reading.questions()
    assert (len(question.entries), question.subject) == (2 * len(names), "")
    assert reading.headlines("cget", "anct") == sorted(titles.values())
    assert say(reading, question.id, yes=False) == 0
    assert len(reading.headlines("cget", "anct")) == 2 * len(names)
    assert set(reading.states(2 * len(names)).values()) == {"skipped"}
