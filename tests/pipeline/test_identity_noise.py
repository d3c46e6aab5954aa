"""G1 and G2 on the whole way: what no reader sees changes nothing, and what changes at every fetch is frozen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relay.core.crosspost import State
from relay.core.identity.changes import REVISIONS
from relay.storage import crossposts, fetches
from relay.storage.database import Database
from tests.pipeline.reading import Reading, item
from tests.pipeline.world import World

DAY = timedelta(days=1)


@pytest.fixture
def reading(db: Database) -> Reading:
    return Reading(db)


def noisy(number: int) -> bytes:
    """A document in which all that no reader sees is new each time."""
    return (
        '<rss version="2.0" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
        ' xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Agence</title>'
        "<link>https://agence.example/</link><description>Actualités</description>"
        f"<lastBuildDate>Tue, 24 Nov 2026 1{number}:00:00 GMT</lastBuildDate>"
        f"<pubDate>Tue, 24 Nov 2026 1{number}:00:00 GMT</pubDate><generator>Moteur {number}</generator>"
        "<item><title>Un premier bilan</title><guid>https://agence.example/bilan</guid>"
        "<link>https://agence.example/bilan</link><pubDate>Tue, 24 Nov 2026 09:00:00 GMT</pubDate>"
        f"<comments>https://agence.example/bilan#c{number}</comments><slash:comments>{number}</slash:comments>"
        f'<media:community><media:statistics views="{number}"/></media:community>'
        "<description>Le texte.</description></item></channel></rss>"
    ).encode()


def test_g1_noise_changes_nothing_that_goes_out(world: World) -> None:
    world.agency.feed = lambda: noisy(1)  # type: ignore[method-assign]  # the publisher's document
    world.poll()
    world.publish()
    before = {path: path.read_bytes() for path in world.feeds.rglob("*.*")}
    world.agency.feed = lambda: noisy(2)  # type: ignore[method-assign]  # the same, an hour later
    world.agency.etag = '"v2"'
    world.pass_(hours=2)
    polled = world.poll()

    assert (polled.new, polled.edited) == (0, 0)
    assert world.publish() == []
    assert {path: path.read_bytes() for path in world.feeds.rglob("*.*")} == before


def test_g2_an_entry_that_changes_at_every_fetch_is_frozen(reading: Reading) -> None:
    reading.read(item("a"))
    edited = [reading.read(item("a", summary=f"Jeton {n}"), hours=n).edited for n in range(1, REVISIONS + 5)]
    after = reading.read(item("a", summary="Encore un jeton"), hours=99)

    assert sum(edited) == REVISIONS
    assert (after.edited, after.known) == (0, 1)
    assert after.notes == ("“Nouvelle a” changes at every fetch: it is no longer followed.",)
    assert reading.entries()[0].post.lead == f"Jeton {REVISIONS}"


def test_g2_what_has_left_is_not_asked_again(reading: Reading) -> None:
    reading.read(item("a"))
    with reading.db.write() as tx:
        for old in crossposts.of_entry(tx, 1):
            assert crossposts.replace(tx, old, replace(old, state=State.SENT))
    reading.read(item("a", summary="Un jeton"), hours=1)

    assert reading.states() == {"masto": "sent", "bsky": "sent"}


def notes_of_the_last_fetch(world: World) -> tuple[str, ...]:
    with world.db.read() as tx:
        return fetches.of(tx, "cget")[0].notes


def test_a_fetch_that_shares_nothing_with_what_is_known_says_so(world: World) -> None:
    world.poll()
    assert notes_of_the_last_fetch(world) == ()
    world.agency.titles, world.agency.etag = ["Une autre", "Encore une autre"], '"v2"'
    world.pass_(hours=2)
    world.poll()
    assert notes_of_the_last_fetch(world) == ("Not one entry is known from before: some may have been missed.",)
    world.agency.titles, world.agency.etag = ["Une autre", "Et une autre"], '"v3"'
    world.pass_(hours=2)
    world.poll()
    assert notes_of_the_last_fetch(world) == ()


def test_g2_a_nonce_in_the_text_asks_for_no_fresh_yes(reading: Reading) -> None:
    text = "<p>Le chapô.</p><p>La suite, {}.</p>"
    reading.read(item("a", summary="Le chapô.", content_html=text.format(1)))
    with reading.db.write() as tx:
        for old in crossposts.of_entry(tx, 1):
            assert crossposts.replace(tx, old, replace(old, state=State.APPROVED))
    read = reading.read(item("a", summary="Le chapô.", content_html=text.format(2)), hours=1)

    assert (read.edited, read.queued) == (1, 0)
    assert reading.states() == {"masto": "approved", "bsky": "approved"}
