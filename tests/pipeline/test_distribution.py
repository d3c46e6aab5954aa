"""What is published goes to every subscriber: once, signed, again where it failed, and never to a private address."""

import hmac
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from relay.core.hub.delivery import FORSAKEN, WAITS
from relay.core.hub.request import USUAL_LEASE
from relay.core.hub.subscriber import Arrived, Failed, Over
from relay.storage import subscribers
from relay.storage.database import Database
from tests.fakes.feed_server import Drip
from tests.fakes.subscriber import Callback, callback_listening
from tests.fakes.wire import Reply
from tests.pipeline.readers import Readers, readers_of

ONE, TWO, THREE = b"<feed>1</feed>", b"<feed>2</feed>", b"<feed>3</feed>"
HANG = Drip([b"", b"HTTP/1.1 200 OK\r\n\r\n"], 2.0)


@pytest.fixture
def readers(db: Database, tmp_path: Path) -> Iterator[Readers]:
    with readers_of(db, tmp_path) as found:
        found.publish(ONE)
        found.distribute()
        yield found


@pytest.fixture
def callback() -> Iterator[Callback]:
    with callback_listening() as found:
        yield found


def bodies(callback: Callback) -> list[bytes]:
    return [call.body for call in callback.pushed]


def test_a_new_version_is_told_once_and_what_was_there_before_is_not(readers: Readers, callback: Callback) -> None:
    readers.subscribe(callback.url)
    readers.distribute()
    assert bodies(callback) == []

    readers.publish(TWO)
    assert [one.outcome for one in readers.distribute()] == [Arrived()]
    readers.distribute()
    assert bodies(callback) == [TWO]


def test_a_file_that_is_written_again_as_it_was_is_not_told(readers: Readers, callback: Callback) -> None:
    readers.subscribe(callback.url)
    (readers.folder / "blog" / "atom.xml").unlink()
    readers.publish(ONE)
    readers.distribute()

    assert bodies(callback) == []


def test_every_format_is_a_topic_of_its_own(readers: Readers, callback: Callback) -> None:
    names = {"atom.xml": "application/atom+xml; charset=utf-8", "rss.xml": "application/rss+xml; charset=utf-8"}
    names |= {"feed.json": "application/feed+json", "": "text/html; charset=utf-8"}
    for name in names:
        readers.subscribe(f"{callback.url}/{name}", topic=f"https://blog.example/{name}")
    for path in ("atom.xml", "rss.xml", "feed.json", "index.html"):
        readers.publish(path.encode(), path)
    readers.distribute()

    told = {call.path.strip("/"): (call.headers["content-type"], call.body) for call in callback.pushed}
    assert told == {name: (type_, (name or "index.html").encode()) for name, type_ in names.items()}


def test_where_relay_serves_a_feed_itself_is_a_topic_too(readers: Readers, callback: Callback) -> None:
    own = "https://relay.example/feeds/blog/atom.xml"
    readers.subscribe(callback.url, topic=own)
    readers.publish(TWO)
    readers.distribute()

    assert f'<{own}>; rel="self"' in callback.pushed[0].headers["link"]


def test_a_feed_that_was_renamed_is_still_told_under_its_earlier_name(readers: Readers, callback: Callback) -> None:
    earlier = "https://relay.example/feeds/veille/atom.xml"
    assert readers.ask(callback.url, topic=earlier).status == 404
    readers.desk = replace(
        readers.desk, feeds=tuple(replace(feed, formerly=("veille",)) for feed in readers.desk.feeds)
    )
    readers.subscribe(callback.url, topic=earlier)
    readers.publish(TWO)
    readers.distribute()

    assert bodies(callback) == [TWO]


def test_each_is_signed_with_its_own_secret(readers: Readers, callback: Callback) -> None:
    secrets = {"/a": "one secret", "/b": "ünder", "/c": ""}
    for path, secret in secrets.items():
        readers.subscribe(callback.url + path, secret=secret)
    readers.publish(TWO)
    readers.distribute()

    signed = {call.path: call.headers.get("x-hub-signature") for call in callback.pushed}
    assert signed == {
        path: f"sha256={hmac.new(secret.encode(), TWO, 'sha256').hexdigest()}" if secret else None
        for path, secret in secrets.items()
    }


def test_what_failed_is_tried_again_later_and_later_until_it_arrives(readers: Readers, callback: Callback) -> None:
    readers.subscribe(callback.url)
    callback.answers = [Reply(500, b""), Reply(404, b"")]
    readers.publish(TWO)
    readers.distribute()
    for wait in WAITS[:2]:
        readers.pass_(seconds=wait.total_seconds() - 1)
        before = len(callback.pushed)
        readers.distribute()
        assert len(callback.pushed) == before
        readers.pass_(seconds=1)
        readers.distribute()

    assert bodies(callback) == [TWO, TWO, TWO]
    assert readers.standing(callback.url).progress.failing_since is None


def test_a_newer_version_takes_the_place_of_one_that_did_not_arrive(readers: Readers, callback: Callback) -> None:
    readers.subscribe(callback.url)
    callback.answers = [Reply(503, b"")]
    readers.publish(TWO)
    readers.distribute()
    readers.publish(THREE)
    readers.distribute()
    assert bodies(callback) == [TWO]

    readers.pass_(seconds=WAITS[0].total_seconds())
    readers.distribute()
    readers.pass_(hours=1)
    readers.distribute()
    assert bodies(callback) == [TWO, THREE]


def test_a_busy_subscriber_is_left_alone_as_long_as_it_asks(readers: Readers, callback: Callback) -> None:
    readers.subscribe(callback.url)
    callback.answers = [Reply(429, b"", {"retry-after": "3600"})]
    readers.publish(TWO)
    readers.distribute()

    assert readers.standing(callback.url).progress.not_before == readers.now + timedelta(hours=1)


def test_410_ends_a_subscription_and_no_other(readers: Readers, callback: Callback) -> None:
    for path in ("/gone", "/here"):
        readers.subscribe(callback.url + path)
    callback.answers = [Reply(410, b"")]
    readers.publish(TWO)
    outcomes = {one.subscriber.callback: one.outcome for one in readers.distribute()}

    (gone,) = (url for url, outcome in outcomes.items() if outcome == Over())
    assert readers.subscriber(gone) is None
    assert [readers.subscriber(url) is not None for url in outcomes if url != gone] == [True]


def test_after_days_of_failure_a_subscription_ends(readers: Readers, callback: Callback) -> None:
    readers.subscribe(callback.url)
    callback.answers = [Reply(500, b"") for _ in range(50)]
    readers.publish(TWO)
    readers.distribute()
    end = readers.now + FORSAKEN
    while readers.now < end:
        assert readers.subscriber(callback.url)
        readers.pass_(hours=6)
        readers.distribute()

    assert readers.subscriber(callback.url) is None


def test_a_redirect_is_a_failure_and_is_not_followed(readers: Readers, callback: Callback) -> None:
    readers.subscribe(callback.url)
    for status in (301, 307, 308):
        callback.answers = [Reply(status, b"", {"location": f"{callback.url}/elsewhere"})]
        readers.publish(b"%d" % status)
        (told,) = readers.distribute()
        assert isinstance(told.outcome, Failed)
        readers.pass_(days=0.5)
    assert {call.path for call in callback.pushed} == {"/"}


def test_a_lease_that_is_over_is_over(readers: Readers, callback: Callback) -> None:
    readers.subscribe(callback.url)
    readers.pass_(seconds=USUAL_LEASE.total_seconds())
    readers.publish(TWO)
    readers.distribute()

    assert bodies(callback) == []
    assert readers.subscriber(callback.url) is None


def test_how_many_read_a_feed_is_known_with_when_something_last_arrived(readers: Readers, callback: Callback) -> None:
    readers.subscribe(callback.url)
    readers.subscribe(callback.url, topic="https://blog.example/rss.xml")
    readers.publish(TWO)
    readers.distribute()
    told_at = readers.now
    readers.pass_(hours=1)
    callback.answers = [Reply(500, b"")]
    readers.publish(THREE)
    readers.distribute()

    with readers.db.read() as tx:
        assert subscribers.readership(tx) == {"blog": subscribers.Readership(2, 1, told_at)}
