"""The log of fetches on both databases: what is kept, and what it adds up to."""

from dataclasses import replace

from relay.core.fetched import Fetch
from relay.storage import fetches
from relay.storage.database import Database
from relay.storage.fetches import Sums
from tests.core.things import HOUR, NOW

FETCH = Fetch(NOW, "200", "https://a.fr/é", 1200, 0, 0.25, 2, 1, ("repaired: bare ampersand", "Une « note »."))


def test_a_fetch_comes_back_as_it_was_the_newest_first(db: Database) -> None:
    later = replace(FETCH, at=NOW + HOUR, answer="304", size=0, saved=1200, new=0, edited=0, notes=())
    with db.write() as tx:
        fetches.add(tx, "cget", FETCH)
        fetches.add(tx, "cget", later)
    with db.read() as tx:
        assert fetches.of(tx, "cget") == [later, FETCH]


def test_fifty_are_kept_of_each_source(db: Database) -> None:
    with db.write() as tx:
        fetches.add(tx, "anru", FETCH)
        for number in range(fetches.KEPT + 5):
            fetches.add(tx, "cget", replace(FETCH, at=NOW + number * HOUR))
    with db.read() as tx:
        own = fetches.of(tx, "cget")
        assert (len(own), own[-1].at) == (50, NOW + 5 * HOUR)
        assert len(fetches.of(tx, "anru")) == 1


def test_they_are_summed_and_the_last_is_found_for_every_source(db: Database) -> None:
    last = replace(FETCH, answer="304", saved=1200, new=0)
    with db.write() as tx:
        for fetch in (FETCH, last, last):
            fetches.add(tx, "cget", fetch)
        fetches.add(tx, "anru", FETCH)
    with db.read() as tx:
        assert fetches.sums(tx) == {"cget": Sums(3, 2400, 2), "anru": Sums(1, 0, 2)}
        assert fetches.latest(tx) == {"cget": last, "anru": FETCH}
