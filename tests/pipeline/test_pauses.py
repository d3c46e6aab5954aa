"""Who is left alone after a host has said that relay asks too often, since when, and until when."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from relay.core.polling.pause import Pause
from relay.core.polling.pollstate import Place
from relay.storage import pauses
from relay.storage.database import Database
from tests.fakes.feed_server import Asked, answer
from tests.pipeline.following import Following, feed, following, to
from tests.pipeline.telling import answered, configured, free, running, told
from tests.pipeline.world import NOON

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def relay(db: Database) -> Iterator[Following]:
    with following(db) as found:
        yield found


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock by which a pass is measured: the last of these."""
    passed = [100.0]
    for module in ("poll", "polling.asking", "polling.glance", "polling.unattended"):
        monkeypatch.setattr(f"relay.pipeline.{module}.monotonic", lambda: passed[-1])
    return passed


def test_a_pause_holds_for_its_host_however_the_file_writes_it(relay: Following) -> None:
    urls = (
        "https://agence.test/a",
        "https://Agence.test/b",
        "https://agence.test:443/c",
        "https://user:secret@agence.test/d",
        "https://autre.test/e",
        "https://agence.test:8443/f",
    )
    configured(relay, *urls)
    told(relay, "agence.test")

    assert free(relay) == ["https://agence.test:8443/f", "https://autre.test/e"]


def test_a_name_with_accents_is_the_host_that_http_knows(relay: Following) -> None:
    configured(relay, "https://musée.test/a", "https://MUSÉE.test/b")
    told(relay, "xn--muse-dpa.test")

    assert free(relay) == []


def test_a_good_answer_ends_no_pause_that_runs(relay: Following) -> None:
    configured(relay, "https://agence.test/a")
    told(relay, "agence.test")
    answered(relay, "https://agence.test/a")

    assert running(relay) == {"agence.test": HOUR}


def test_after_a_good_answer_the_next_refusal_is_a_first_one_again(relay: Following) -> None:
    configured(relay, "https://agence.test/a")
    told(relay, *["agence.test"] * 4, wait=None)
    relay.now += DAY
    answered(relay, "https://autre.test/", "https://agence.test/a")
    told(relay, "agence.test", wait=None)

    assert running(relay) == {"agence.test": timedelta(minutes=10)}


def test_a_source_that_moved_and_answers_there_ends_no_pause_of_its_old_host(relay: Following) -> None:
    old = "https://ancienne.test/rss"
    configured(relay, old)
    with relay.db.write() as tx:
        pauses.put(tx, "ancienne.test", Pause(NOON + DAY, 1, "429"))
        pauses.put(tx, "nouvelle.test", Pause(NOON - HOUR, 5, "429"))
    relay.learnt("s0", place=Place(old, "https://nouvelle.test/rss"))
    answered(relay, "https://nouvelle.test/rss")
    with relay.db.read() as tx:
        found = [pauses.get(tx, name) for name in ("ancienne.test", "nouvelle.test")]

    assert found == [Pause(NOON + DAY, 1, "429"), None]


def test_a_refusal_behind_a_redirect_to_another_host_pauses_the_source_alone(relay: Following) -> None:
    busy = answer(429, b"", [(b"Retry-After", b"86400")])
    relay.says("loin.test/feed", busy)
    relay.says("agence.test/a", to(relay.url("loin.test/feed")))
    for place in ("agence.test/b", "loin.test/other"):
        relay.says(place, feed(-1))
    relay.follow("a", "agence.test/a")
    relay.tick()
    relay.follow("b", "agence.test/b")
    relay.follow("c", "loin.test/other")
    asked = relay.tick(hours=2)

    assert sorted(one.address for one in asked) == ["agence.test/b", "loin.test/other"]
    assert relay.state("a").failures == 0
    assert running(relay) == {"source a": DAY - 2 * HOUR}


def test_a_refusal_behind_a_redirect_within_a_host_pauses_the_host(relay: Following) -> None:
    relay.says("agence.test/feed", answer(429, b"", [(b"Retry-After", b"86400")]))
    relay.says("agence.test/a", to("/feed"))
    relay.follow("a", "agence.test/a")
    relay.tick()

    assert running(relay) == {f"agence.test:{relay.site.port}": DAY}


def test_a_source_put_off_before_it_was_ever_asked_is_asked_at_another_address_of_today(relay: Following) -> None:
    relay.says("nouvelle.test/rss", feed(-1))
    relay.follow("a", "agence.test/rss")
    with relay.db.write() as tx:
        pauses.put(tx, f"agence.test:{relay.site.port}", Pause(NOON + 3 * HOUR, 1, "429"))
    before = relay.tick()
    relay.follow("a", "nouvelle.test/rss")
    relay.tick(hours=4)

    assert before == []
    assert relay.headlines("a") == ["Nouvelle -1"]


def test_a_pause_counts_from_when_it_was_asked_for_and_not_from_when_the_pass_began(
    relay: Following, seconds: list[float]
) -> None:
    def slow(_: Asked) -> bytes:
        seconds.append(seconds[-1] + 40.9)
        return feed(-1)

    def busy(_: Asked) -> bytes:
        seconds.append(seconds[-1] + 8.5)
        return answer(429, b"", [(b"Retry-After", b"3600")])

    relay.says("agence.test/a", slow)
    relay.says("agence.test/b", busy)
    relay.follow("a", "agence.test/a")
    relay.follow("b", "agence.test/b")
    relay.tick()

    assert relay.state("a").polled_at == NOON + 40 * SECOND
    assert relay.state("b").polled_at == NOON + 48 * SECOND
    assert running(relay) == {f"agence.test:{relay.site.port}": HOUR + 48 * SECOND}
