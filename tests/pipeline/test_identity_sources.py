"""G7: the same news from two sources is one entry, announced once to each account."""

from dataclasses import replace

import pytest

from relay.core.route import Route
from relay.core.source import Backlog
from relay.pipeline import queue
from relay.storage import crossposts, entries
from relay.storage.database import Database
from tests.pipeline.reading import Reading, item, two_sources


@pytest.fixture
def reading(db: Database) -> Reading:
    return Reading(db, two_sources())


THERE = item("a", id="anct-1", title="La même, titrée par l’ANCT", url="http://www.agence.example/a?utm_source=anct")


def test_it_is_one_entry_of_two_sources(reading: Reading) -> None:
    reading.read(item("a"))
    read = reading.read(THERE, source="anct")

    assert (read.new, read.edited, read.known) == (0, 0, 0)
    assert len(reading.entries()) == 1
    with reading.db.read() as tx:
        assert entries.sources(tx, [1]) == {1: ("cget", "anct")}


def test_no_account_has_it_twice_and_those_of_the_second_source_have_it_too(reading: Reading) -> None:
    reading.read(item("a"))
    assert reading.states() == {"masto": "waiting"}
    read = reading.read(THERE, source="anct")

    assert read.queued == 1
    assert reading.states() == {"masto": "waiting", "bsky": "waiting"}
    assert reading.crossposts()[1].draft.text.startswith("Nouvelle a ")


def test_it_stays_one_on_the_following_polls(reading: Reading) -> None:
    reading.read(item("a"))
    reading.read(THERE, source="anct")
    again = reading.read(THERE, source="anct", hours=1)

    assert (again.new, again.queued, again.known) == (0, 0, 1)


def test_it_stands_in_the_feeds_of_both(reading: Reading) -> None:
    reading.read(item("a"), item("b"))
    reading.read(THERE, source="anct")

    assert reading.headlines("cget") == ["Nouvelle a", "Nouvelle b"]
    assert reading.headlines("anct") == ["Nouvelle a"]
    assert reading.headlines("cget", "anct") == ["Nouvelle a", "Nouvelle b"]


def test_the_words_of_the_first_source_stay(reading: Reading) -> None:
    reading.read(item("a"))
    reading.read(THERE, source="anct")
    read = reading.read(replace(THERE, title="Encore un autre titre"), source="anct", hours=1)

    assert read.edited == 0
    assert reading.entries()[0].post.headline == "Nouvelle a"


def test_an_edit_of_the_first_source_reaches_the_accounts_of_the_second(reading: Reading) -> None:
    reading.read(item("a"))
    reading.read(THERE, source="anct")
    reading.read(item("a", title="Nouvelle a, corrigée"), hours=1)

    assert [one.draft.text.split("\n")[0] for one in reading.crossposts()] == [
        "Nouvelle a, corrigée",
        "Nouvelle a, corrigée https://blog.example/nouvelle-a.html",
    ]


def test_the_second_sources_backlog_is_not_announced(reading: Reading) -> None:
    reading.read(item("a"))
    read = reading.read(THERE, source="anct", is_first=True)

    assert read.queued == 0
    assert reading.states() == {"masto": "waiting", "bsky": "skipped"}


def test_the_second_sources_backlog_is_announced_where_the_operator_wants_it(reading: Reading) -> None:
    anct = replace(reading.desk.sources["anct"], backlog=Backlog("latest", 1))
    reading.desk = replace(reading.desk, sources={**reading.desk.sources, "anct": anct})
    reading.read(item("a"))

    assert reading.read(THERE, source="anct", is_first=True).queued == 1


def test_the_same_guid_in_two_sources_says_nothing(reading: Reading) -> None:
    reading.read(item("a", id="12"))

    assert reading.read(item("z", id="12"), source="anct").new == 1


def test_the_address_of_a_site_makes_no_two_entries_one(reading: Reading) -> None:
    reading.read(item("a", url="https://agence.example/"))

    assert reading.read(item("z", url="https://agence.example"), source="anct").new == 1


def test_a_source_that_is_no_longer_configured_keeps_its_entry(reading: Reading) -> None:
    reading.read(item("a"))
    reading.desk = replace(reading.desk, sources={"anct": reading.desk.sources["anct"]}, routes=reading.desk.routes[1:])
    read = reading.read(THERE, source="anct")

    assert (read.new, read.queued, read.lost) == (0, 1, 0)


def test_routes_that_are_numbered_anew_keep_the_second_sources_cross_posts(reading: Reading) -> None:
    reading.read(item("a"))
    reading.read(THERE, source="anct")
    first, second = reading.desk.routes
    added = Route(0, ("autre",), ("bsky",))
    routes = (added, replace(first, number=1), replace(second, number=2))
    reading.desk = replace(reading.desk, routes=routes)
    with reading.db.write() as tx:
        queue.reroute(tx, reading.desk)
        found = {one.account: one.route for one in crossposts.of_entry(tx, 1)}

    assert found == {"masto": 1, "bsky": 2}
