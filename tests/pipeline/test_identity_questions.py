"""The flood guard and the migration of guids: nothing is queued, and an editor is asked one question."""

from dataclasses import replace

import pytest

from relay.core.identity.changes import FLOOD
from relay.core.people import Editor, Role
from relay.core.question import Kind
from relay.core.review.moving import Refusal
from relay.storage import journal
from relay.storage.database import Database
from tests.pipeline.asked import CAMILLE, ELSEWHERE, asked, say
from tests.pipeline.reading import Reading, item

MANY = [item(f"n{number}") for number in range(FLOOD + 1)]
WAITING = {"masto": "waiting", "bsky": "waiting"}
SKIPPED = {"masto": "skipped", "bsky": "skipped"}


@pytest.fixture
def reading(db: Database) -> Reading:
    return Reading(db)


def test_a_flood_queues_nothing_and_asks_once(reading: Reading) -> None:
    reading.read(item("a"))
    read = reading.read(*MANY, hours=1)

    assert (read.new, read.queued) == (FLOOD + 1, 0)
    (question,) = reading.questions()
    assert (question.kind, question.entries) == (Kind.FLOOD, tuple(range(2, FLOOD + 3)))
    assert reading.states(2) == SKIPPED


def test_a_flood_in_two_fetches_is_one_question(reading: Reading) -> None:
    reading.read(item("a"))
    reading.read(*MANY, hours=1)
    reading.read(*(item(f"m{number}") for number in range(FLOOD + 1)), hours=2)

    (question,) = reading.questions()
    assert len(question.entries) == 2 * (FLOOD + 1)


def test_a_first_poll_is_no_flood(reading: Reading) -> None:
    reading.read(*MANY, is_first=True)

    assert reading.questions() == []


def test_a_yes_puts_them_up_for_review_in_the_editors_name(reading: Reading) -> None:
    reading.read(item("a"))
    reading.read(*MANY, hours=1)
    queued = say(reading, 1, yes=True)

    assert queued == 2 * (FLOOD + 1)
    assert reading.states(2) == WAITING
    with reading.db.read() as tx:
        last = journal.lines(tx, reading.crossposts(2)[0].id)[-1]
    assert (last.who, last.means, last.from_state, last.to_state) == ("camille", "test", "skipped", "waiting")
    assert reading.questions() == []


def test_a_yes_is_for_the_words_of_today(reading: Reading) -> None:
    reading.read(item("a"))
    reading.read(*MANY, hours=1)
    reading.read(*(replace(one, title=f"{one.title}, corrigé") for one in MANY), hours=2)
    say(reading, 1, yes=True)

    assert all("corrigé" in one.draft.text for one in reading.crossposts(2))


def test_a_yes_leaves_alone_what_the_source_has_withdrawn(reading: Reading) -> None:
    reading.read(item("a"))
    reading.read(*MANY, hours=1)
    reading.read(item("a"), *MANY[1:], hours=2, complete=True)

    assert say(reading, 1, yes=True) == 2 * FLOOD


def test_a_no_leaves_them_aside(reading: Reading) -> None:
    reading.read(item("a"))
    reading.read(*MANY, hours=1)

    assert say(reading, 1, yes=False) == 0
    assert reading.states(2) == SKIPPED
    assert reading.questions() == []


@pytest.mark.parametrize("role", [Role.VIEWER, Role.WRITER, Role.ADMIN])
def test_who_may_not_judge_may_not_answer(reading: Reading, role: Role) -> None:
    asked(reading, Kind.MISSING, ELSEWHERE)
    with pytest.raises(Refusal, match="may not answer questions"):
        say(reading, 1, yes=True, editor=Editor("remi", role))
    assert len(reading.questions()) == 1


def test_who_was_disabled_may_not_answer(reading: Reading) -> None:
    asked(reading, Kind.MISSING, ELSEWHERE)
    with pytest.raises(Refusal, match="may not answer questions"):
        say(reading, 1, yes=True, editor=replace(CAMILLE, disabled=True))


def test_an_answer_is_given_once(reading: Reading) -> None:
    asked(reading, Kind.MOVED, ELSEWHERE)
    say(reading, 1, yes=False)
    with pytest.raises(Refusal, match="Somebody else was quicker"):
        say(reading, 1, yes=True)
    with pytest.raises(Refusal, match="There is no question 7"):
        say(reading, 7, yes=True)


def test_the_fetch_says_that_it_asked(reading: Reading) -> None:
    reading.read(item("a"))
    notes = reading.read(item("a"), *MANY, hours=1).notes

    assert notes == ("So much is new, or newly named, that an editor is asked what it is.",)
