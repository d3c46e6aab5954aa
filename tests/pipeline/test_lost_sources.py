"""What an editor answers where a source is gone, missing or has moved."""

import pytest

from relay.core.polling.pollstate import Moving, Place, PollState
from relay.core.polling.rules import GONE_AFTER
from relay.core.question import Kind
from relay.core.review.moving import Refusal
from relay.core.source import Validators
from relay.pipeline.care.answer import Said, answer
from relay.storage import questions, sources
from relay.storage.database import Database
from tests.fakes.feed_server import Asked
from tests.fakes.feed_server import answer as told
from tests.pipeline.asked import CAMILLE, ELSEWHERE, asked, say, state
from tests.pipeline.following import following
from tests.pipeline.reading import Reading
from tests.pipeline.world import NOON


@pytest.fixture
def reading(db: Database) -> Reading:
    return Reading(db)


@pytest.mark.parametrize("kind", [Kind.GONE, Kind.MISSING])
def test_a_yes_moves_a_lost_source_to_its_new_address(reading: Reading, kind: Kind) -> None:
    with reading.db.write() as tx:
        place = Place("https://agence.example/rss", moving=Moving("https://x.example/", NOON))
        lost = PollState(
            validators=Validators(b'"v1"'), gone_at=NOON, is_gone=True, missing=24, failures=24, place=place
        )
        sources.save(tx, "cget", lost, None)
    say(reading, asked(reading, kind, ELSEWHERE), yes=True)

    now = state(reading)
    assert now.place == Place("https://agence.example/rss", ELSEWHERE, ("https://agence.example/rss",))
    assert (now.due, now.is_gone, now.missing, now.failures) == (NOON, False, 0, 0)
    assert now.validators == Validators()


def test_a_no_leaves_a_lost_source_where_it_is(reading: Reading) -> None:
    say(reading, asked(reading, Kind.GONE, ELSEWHERE), yes=False)

    assert state(reading) == PollState()


def test_a_yes_without_an_address_says_what_to_do_and_leaves_the_question_open(reading: Reading) -> None:
    id = asked(reading, Kind.GONE, "")
    with pytest.raises(Refusal, match="write it into the configuration"):
        say(reading, id, yes=True)
    assert len(reading.questions()) == 1


def test_that_a_source_moved_is_only_taken_note_of(reading: Reading) -> None:
    assert say(reading, asked(reading, Kind.MOVED, ELSEWHERE), yes=True) == 0

    assert state(reading) == PollState()
    assert reading.questions() == []


@pytest.mark.parametrize(
    ("kind", "status", "lost"),
    [
        (Kind.MISSING, 404, {"missing": 24, "failures": 24}),
        (Kind.GONE, 410, {"gone_at": NOON - 2 * GONE_AFTER, "failures": 9}),
    ],
)
def test_a_yes_given_while_the_site_is_searched_is_not_overwritten(
    db: Database, kind: Kind, status: int, lost: dict[str, object]
) -> None:
    """The site takes its time, and an editor answers the question of last week meanwhile."""
    with following(db) as relay:
        relay.follow("a", "agence.test/rss")
        relay.learnt("a", polled_at=NOON - GONE_AFTER, due=NOON, **lost)
        with db.write() as tx:
            id = questions.ask(tx, "a", kind, ELSEWHERE, (), NOON)

        def site(_: Asked) -> bytes:
            answer(db, relay.desk, id, Said(CAMILLE, "test", is_yes=True), NOON)
            return told(404)

        relay.says("agence.test/rss", told(status))
        relay.says("agence.test/", site)
        (polled,) = relay.poll()
        now = relay.state("a")

    assert relay.site.asked[1].address == "agence.test/"
    assert (now.place.url, now.due, now.is_gone, now.missing) == (ELSEWHERE, NOON, False, 0)
    assert polled.state == now
