"""G5: new guids for much of a document queue nothing, and an editor is asked."""

from dataclasses import replace

import pytest

from relay.core.people import Editor, Role
from relay.core.polling.pollstate import PollState
from relay.core.question import Kind
from relay.pipeline.care.answer import Said, answer
from relay.storage import sources
from relay.storage.database import Database
from tests.pipeline.reading import Reading, item
from tests.pipeline.world import NOON

CAMILLE = Editor("camille", Role.EDITOR)
WAITING = {"masto": "waiting", "bsky": "waiting"}
SKIPPED = {"masto": "skipped", "bsky": "skipped"}


@pytest.fixture
def reading(db: Database) -> Reading:
    return Reading(db)


def say(reading: Reading, id: int, *, yes: bool, editor: Editor = CAMILLE) -> int:
    return answer(reading.db, reading.desk, id, Said(editor, "test", yes), NOON)


def state(reading: Reading) -> PollState:
    with reading.db.read() as tx:
        return sources.state(tx, "cget")


def test_g5_new_guids_for_all_queue_nothing_and_ask(reading: Reading) -> None:
    old = [item(name) for name in "abc"]
    reading.read(*old)
    read = reading.read(item("d"), *(replace(one, id=f"v2:{one.id}") for one in old), hours=1)

    assert (read.new, read.queued) == (1, 0)
    (question,) = reading.questions()
    assert (question.kind, question.entries) == (Kind.RENAMED, (4,))
    assert reading.states(1) == WAITING
    assert reading.states(4) == SKIPPED
    assert say(reading, 1, yes=True) == 2


def test_g5_it_is_asked_though_nothing_seems_new(reading: Reading) -> None:
    old = [item(name) for name in "abc"]
    reading.read(*old)
    renamed = [replace(one, id=f"v2:{one.id}") for one in old]
    reading.read(*renamed, hours=1)
    (question,) = reading.questions()
    assert (question.kind, question.entries, question.is_choice) == (Kind.RENAMED, (), False)

    say(reading, 1, yes=False)
    assert reading.read(item("d"), *renamed, hours=2).queued == 2
    assert reading.questions() == []


def test_g5_half_of_a_document_is_enough(reading: Reading) -> None:
    reading.read(item("a"), item("b"), item("c"))
    moved = [item(name, id=f"v2:{name}", url=f"https://neuf.example/{name}") for name in "ab"]
    read = reading.read(item("d"), *moved, item("c"), hours=1)

    assert (read.new, read.queued) == (1, 0)


def test_g5_one_new_guid_among_many_is_no_migration(reading: Reading) -> None:
    reading.read(item("a"), item("b"), item("c"))
    read = reading.read(item("d"), item("a", id="v2:a"), item("b"), item("c"), hours=1)

    assert (read.new, read.queued) == (1, 2)
    assert reading.questions() == []


def test_a_source_with_new_guids_at_every_fetch_is_not_asked_about_for_ever(reading: Reading) -> None:
    for hour in range(6):
        reading.read(*(item(name, id=f"{hour}:{name}") for name in "abc"), hours=hour)
        for question in reading.questions():
            say(reading, question.id, yes=False)
    read = reading.read(item("d"), *(item(name, id=f"9:{name}") for name in "abc"), hours=9)

    assert (read.new, read.queued) == (1, 2)
    assert reading.questions() == []
