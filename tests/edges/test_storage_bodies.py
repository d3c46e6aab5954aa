"""Bodies that editors named, on both databases: they come back as they were put."""

from datetime import date

from relay.core.directory.handles import Body, Former, Verified
from relay.storage import bodies
from relay.storage.bodies import Named
from relay.storage.database import Database
from tests.core.things import HOUR, NOW

DAY = date(2026, 11, 24)
VH = Body(
    "vh",
    "Vaubrune Habitat",
    {"mastodon": "@vh@é.example", "x": ""},
    "person",
    ("Office",),
    ("VH",),
    (Former("OPH", DAY),),
    {"mastodon": Verified("by hand", DAY, "camille")},
    "https://vh.example/",
)


def test_a_body_comes_back_as_it_was_put(db: Database) -> None:
    with db.write() as tx:
        bodies.put(tx, VH, "camille", NOW)
    with db.read() as tx:
        assert bodies.every(tx) == {"vh": Named(VH, "camille", NOW)}


def test_one_put_again_takes_the_place_of_the_first(db: Database) -> None:
    with db.write() as tx:
        bodies.put(tx, VH, "camille", NOW)
        bodies.put(tx, Body("vh", "VH"), "dora", NOW + HOUR)
        bodies.put(tx, Body("a", "A"), "dora", NOW)
        assert list(bodies.every(tx).items()) == [
            ("a", Named(Body("a", "A"), "dora", NOW)),
            ("vh", Named(Body("vh", "VH"), "dora", NOW + HOUR)),
        ]


def test_what_is_taken_back_is_gone(db: Database) -> None:
    with db.write() as tx:
        bodies.put(tx, VH, "camille", NOW)
        assert [bodies.remove(tx, "vh"), bodies.remove(tx, "vh")] == [True, False]
        assert bodies.every(tx) == {}
