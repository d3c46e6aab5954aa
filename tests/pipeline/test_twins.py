"""Two sources whose last answers came from one address are asked together, and only as long as that is so."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from relay.core.source import Validators
from relay.storage.database import Database
from tests.fakes.feed_server import answer
from tests.pipeline.following import Following, feed, following, to
from tests.pipeline.world import NOON

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OLD, NEW = "ancienne.test/rss", "agence.test/feed"


@pytest.fixture
def relay(db: Database) -> Iterator[Following]:
    """``new`` is asked once a day; ``old`` every hour, at an address from which it is sent to that of ``new``."""
    with following(db) as found:
        found.says(NEW, feed(-1))
        found.says(OLD, to(found.url(NEW)))
        found.follow("old", OLD)
        found.follow("new", NEW, every=DAY)
        found.tick()
        yield found


def test_an_answer_from_the_address_of_both_is_stored_for_both_though_one_is_due(relay: Following) -> None:
    relay.says(NEW, feed(1, -1))
    asked = relay.tick(hours=2)

    assert [one.address for one in asked] == [OLD, NEW]
    assert relay.headlines("new") == relay.headlines("old") == ["Nouvelle -1", "Nouvelle 1"]


def test_an_answer_from_elsewhere_is_not_stored_for_the_other(relay: Following) -> None:
    before = relay.state("new")
    relay.says("casino.test/evil", feed(66))
    relay.says(OLD, to(relay.url("casino.test/evil")))
    relay.tick(hours=2)

    assert (relay.headlines("old"), relay.headlines("new")) == (["Nouvelle -1", "Nouvelle 66"], ["Nouvelle -1"])
    assert relay.state("new") == before


@pytest.mark.parametrize(
    "refusal",
    [
        answer(410),
        answer(404),
        answer(403),
        answer(500),
        answer(429),
        answer(503, b"", [(b"Retry-After", b"86400")]),
    ],
    ids=["410", "404", "403", "500", "429", "503"],
)
def test_a_refusal_of_the_one_s_own_server_does_not_count_against_the_other(relay: Following, refusal: bytes) -> None:
    before = relay.state("new")
    relay.says(OLD, refusal)
    relay.tick(hours=2)

    assert relay.state("old").backoff + (relay.state("old").reason.startswith("told to wait")) == 1
    assert relay.state("new") == before


def test_a_source_whose_own_address_has_died_is_not_kept_alive_by_the_other_s_answers(relay: Following) -> None:
    relay.follow("new", NEW)
    relay.says(OLD, answer(410))
    for _ in range(30):
        relay.tick(hours=1.3)

    assert (relay.state("old").is_gone, relay.state("new").failures) == (True, 0)


def test_a_source_that_fails_is_asked_itself_though_the_other_is_due_before_it(relay: Following) -> None:
    relay.says(OLD, answer(410))
    relay.tick("old", hours=2)
    relay.learnt("old", due=NOON + 4 * HOUR)
    relay.learnt("new", due=NOON + 3 * HOUR)
    asked = relay.tick(hours=5)

    assert sorted(one.address for one in asked) == [NEW, OLD]
    assert relay.state("old").failures == 2


@pytest.mark.parametrize(
    ("known", "sent"),
    [
        ((b'"v"', b'"v"'), b'"v"'),
        ((b'"v"', b'"w"'), None),
        ((b'"v"', None), None),
    ],
)
def test_two_of_one_address_are_asked_with_validators_only_if_both_know_the_same_document(
    relay: Following, known: tuple[bytes | None, bytes | None], sent: bytes | None
) -> None:
    relay.follow("old", NEW)
    for id, etag in zip(("old", "new"), known, strict=True):
        validators = Validators(etag, None, relay.url(NEW)) if etag else Validators()
        relay.learnt(id, validators=validators, body=None)
    relay.says(NEW, lambda asked: answer(304) if asked.header(b"if-none-match") else feed(1, -1))
    (asked,) = relay.tick(hours=2)

    assert asked.header(b"if-none-match") == sent
    read = [] if sent else ["Nouvelle 1"]
    assert relay.headlines("old") == relay.headlines("new") == ["Nouvelle -1", *read]


def test_of_two_with_different_wishes_both_read_what_only_one_had_read(relay: Following) -> None:
    """The one that moved here asks nothing behind the other's back, and misses nothing behind its 304."""
    relay.says("ailleurs.test/feed", feed(-3))
    relay.follow("third", "ailleurs.test/feed")
    relay.tick(hours=2)
    relay.says(NEW, lambda asked: answer(304) if asked.header(b"if-none-match") else feed(1, -1, etag=b'"v2"'))
    relay.tick("new")
    relay.follow("third", NEW)
    relay.tick(hours=30)
    relay.tick(hours=30)

    assert relay.headlines("third") == ["Nouvelle -1", "Nouvelle -3", "Nouvelle 1"]
