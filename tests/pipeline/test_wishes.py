"""What the operator wants read of a source changes: its document is read once more, and what is old is no news."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from relay.core.expression.grammar import parse
from relay.core.expression.tokens import Misreading
from relay.core.expression.tree import Expression
from relay.pipeline.pushing.push import receive
from relay.storage import pushes
from relay.storage.database import Database
from tests.fakes.feed_server import Asked, Told, answer
from tests.pipeline.following import Following, feed, following
from tests.pipeline.world import NOON

PLACE = "agence.test/feed"
WORDS = "Le programme dresse son bilan un an après son lancement, dans toutes les communes qui y prennent part. "
ARTICLE = f"<html><body><article><h1>Nouvelle</h1><p>{WORDS * 6}</p></article></body></html>"


@pytest.fixture
def relay(db: Database) -> Iterator[Following]:
    with following(db) as found:
        yield found


def rules(text: str) -> tuple[Expression, ...]:
    found = parse(text)
    assert not isinstance(found, Misreading)
    return (found,)


def page() -> bytes:
    return answer(200, ARTICLE.encode(), [(b"Content-Type", b"text/html; charset=utf-8")])


def conditional(*numbers: int) -> Callable[[Asked], Told]:
    """A server that gives its document once, and then says that nothing has changed."""
    tag = b'"%d"' % len(numbers)
    return lambda asked: answer(304) if asked.header(b"if-none-match") == tag else feed(*numbers, etag=tag)


def always(*numbers: int) -> Callable[[Asked], Told]:
    """A server that knows no validators, and says the same bytes each time."""
    return lambda _: feed(*numbers)


SERVERS = pytest.mark.parametrize("server", [conditional, always])


@SERVERS
def test_a_rule_that_is_loosened_brings_what_it_kept_out_and_announces_none_of_it(
    relay: Following, server: Callable[..., Callable[[Asked], Told]]
) -> None:
    relay.says(PLACE, server(-2, -1))
    relay.follow("a", PLACE, keep=rules('title ~ "-1"'))
    relay.tick()
    before = relay.headlines("a")
    relay.follow("a", PLACE)
    (asked,) = relay.tick(hours=30)

    assert asked.header(b"if-none-match") is None
    assert (before, relay.headlines("a")) == (["Nouvelle -1"], ["Nouvelle -1", "Nouvelle -2"])
    assert relay.waiting() == []


@SERVERS
def test_what_came_out_since_it_was_last_read_is_news_as_ever(
    relay: Following, server: Callable[..., Callable[[Asked], Told]]
) -> None:
    relay.says(PLACE, server(-2, -1))
    relay.follow("a", PLACE, drop=rules('title ~ "-2"'))
    relay.tick()
    relay.says(PLACE, server(3, -2, -1))
    relay.follow("a", PLACE)
    relay.tick(hours=30)

    assert relay.headlines("a") == ["Nouvelle -1", "Nouvelle -2", "Nouvelle 3"]
    assert relay.waiting() == ["Nouvelle 3"]


def test_a_failure_on_the_way_changes_nothing_of_that(relay: Following) -> None:
    relay.says(PLACE, conditional(-2, -1))
    relay.follow("a", PLACE, drop=rules('title ~ "-2"'))
    relay.tick()
    relay.says(PLACE, answer(500))
    relay.follow("a", PLACE)
    relay.tick(hours=2)
    relay.says(PLACE, conditional(3, -2, -1))
    relay.tick(hours=30)

    assert relay.headlines("a") == ["Nouvelle -1", "Nouvelle -2", "Nouvelle 3"]
    assert relay.waiting() == ["Nouvelle 3"]


def test_once_it_is_read_the_source_is_as_it_was(relay: Following) -> None:
    relay.says(PLACE, conditional(-2, -1))
    relay.follow("a", PLACE, drop=rules('title ~ "-2"'))
    relay.tick()
    relay.follow("a", PLACE)
    relay.tick(hours=2)
    read = relay.state("a")
    (asked,) = relay.tick(hours=2)
    relay.says(PLACE, conditional(-3, -2, -1))
    relay.tick(hours=2)

    assert (read.read_until, asked.header(b"if-none-match")) == (None, b'"2"')
    assert relay.waiting() == ["Nouvelle -3"]


def test_the_same_wishes_at_the_next_start_keep_the_validators(relay: Following) -> None:
    relay.says(PLACE, conditional(-2, -1))
    for _ in range(2):
        relay.follow("a", PLACE, drop=rules('title ~ "-2"'))
        (asked,) = relay.tick(hours=2)

    assert asked.header(b"if-none-match") == b'"2"'


def test_a_database_of_before_wishes_were_kept_keeps_the_validators(relay: Following) -> None:
    relay.says(PLACE, conditional(-2, -1))
    relay.follow("a", PLACE, drop=rules('title ~ "-2"'))
    relay.tick()
    relay.learnt("a", wish="")
    relay.follow("a", PLACE, drop=rules('title ~ "-2"'))
    (asked,) = relay.tick(hours=2)

    assert asked.header(b"if-none-match") == b'"2"'


def test_an_entry_that_is_pushed_gets_its_article_where_a_source_wants_it(relay: Following) -> None:
    relay.says(PLACE, feed(-1))
    relay.follow("a", PLACE, fulltext=True)
    relay.tick()
    relay.site.pages["/1"] = page()
    body = feed(1).partition(b"\r\n\r\n")[2].replace(b"http://agence.test", relay.url("agence.test").encode())
    with relay.db.write() as tx:
        pushes.add(tx, "a", "application/rss+xml", body, NOON)
    (received,) = receive(relay.db, relay.reader, relay.desk, NOON + timedelta(hours=2))

    assert received.new == 1
    assert WORDS.strip() in relay.text("Nouvelle 1")
