"""A source's archives, read because somebody asks: they add what is not known, and take nothing back."""

from collections.abc import Iterator

import pytest

from relay.pipeline.polling.history import ReadBack, Way, read_back
from relay.storage.database import Database
from tests.fakes.feed_server import answer
from tests.pipeline.following import Following, following
from tests.pipeline.world import NOON

PLACE = "agence.test/feed"


@pytest.fixture
def relay(db: Database) -> Iterator[Following]:
    """A source whose first entry was corrected after its archive was written, and has left the feed since."""
    with following(db) as found:
        archive = f'<atom:link rel="prev-archive" href="{found.url("agence.test/archive")}"/>'
        found.says(PLACE, document(archive, a="Titre corrigé"))
        found.follow("a", PLACE)
        found.tick()
        found.says(PLACE, document(archive, b="Le deuxième"))
        found.says("agence.test/archive", document("", a="Titre faux", z="Le tout premier"))
        found.tick(hours=2)
        yield found


def document(head: str, **titles: str) -> bytes:
    items = "".join(
        f"<item><title>{title}</title><guid>urn:{name}</guid><link>http://agence.test/{name}</link></item>"
        for name, title in titles.items()
    )
    channel = f"<channel><title>A</title>{head}{items}</channel>"
    return answer(body=f'<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">{channel}</rss>'.encode())


def read(relay: Following) -> ReadBack:
    return read_back(relay.db, relay.http, relay.desk, relay.desk.sources["a"], Way(), NOON + relay.now)


def test_an_archive_brings_what_is_not_known_and_announces_none_of_it(relay: Following) -> None:
    before = relay.waiting()
    found = read(relay)

    assert (found.documents, found.stored.new, found.stored.queued) == (1, 1, 0)
    assert "Le tout premier" in relay.headlines("a")
    assert relay.waiting() == before == ["Le deuxième"]


def test_old_words_of_an_archive_do_not_take_the_place_of_newer_ones(relay: Following) -> None:
    found = read(relay)

    assert found.stored.edited == 0
    assert relay.headlines("a") == ["Le deuxième", "Le tout premier", "Titre corrigé"]


def test_an_archive_that_is_read_twice_brings_nothing_the_second_time(relay: Following) -> None:
    read(relay)
    assert (read(relay).stored.new, len(relay.headlines("a"))) == (0, 3)
