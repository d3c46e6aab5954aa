"""What a document costs to store, and what stands beside what is new of it, whoever wrote that and however it ended."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relay.core.document import ParsedEntry, ParsedFeed
from relay.core.feed import OutgoingFeed
from relay.core.subject import nearby
from relay.pipeline.storing.store import store
from relay.storage import entries
from relay.storage.database import Database, open_database
from tests.edges.statements import counted
from tests.pipeline.reading import Reading, item
from tests.pipeline.telling_same import told
from tests.pipeline.world import NOON, desk

FEW = 30
"""Statements for a document, however much is new in it."""


@pytest.fixture
def reading(db: Database) -> Reading:
    return Reading(db, desk())


def about_trees(name: str, hours: float = 1, **changes: object) -> ParsedEntry:
    own = item(
        name,
        title=f"Planter des arbres contre la canicule, {name}",
        summary=None,
        published=NOON - timedelta(hours=hours),
    )
    return replace(own, **changes)  # type: ignore[arg-type]  # by name


def named(reading: Reading) -> dict[str, list[str]]:
    """By guid, the posts that each entry refers to."""
    return {one.guid or "": [link.title for link in one.post.related] for one in reading.entries()}


def test_ten_new_entries_take_no_more_statements_than_one(reading: Reading) -> None:
    reading.read(item("first"))
    with counted(reading.db) as one:
        reading.read(item("second"))
    with counted(reading.db) as many:
        reading.read(*(item(f"more-{number}") for number in range(10)))

    assert len(reading.entries()) == 12
    assert len(many) == len(one) < FEW


def test_entries_of_one_document_refer_to_the_earlier_of_them(reading: Reading) -> None:
    reading.read(about_trees("b", 2), about_trees("c", 1), about_trees("a", 3))

    earlier = ["Planter des arbres contre la canicule, a", "Planter des arbres contre la canicule, b"]
    assert named(reading)["urn:a"] == []
    assert sorted(named(reading)["urn:c"]) == earlier


@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_that_cannot_be_stored_leaves_the_others_as_if_it_were_not_there(reading: Reading, place: int) -> None:
    good = [about_trees("a", 3), about_trees("b", 2)]
    bad = about_trees("x", 2.5, id="urn:\ud800")
    stored = reading.read(*good[:place], bad, *good[place:])

    assert (stored.new, stored.lost) == (2, 1)
    assert named(reading) == {"urn:a": [], "urn:b": ["Planter des arbres contre la canicule, a"]}
    assert [len(reading.crossposts(one.id)) for one in reading.entries()] == [2, 2]


def test_its_moment_and_its_name_are_free_for_the_next(reading: Reading) -> None:
    bad, good = (about_trees("x", title="Bilan", id=guid) for guid in ("urn:\ud800", "urn:good"))
    reading.read(bad, replace(good, url="https://agence.example/good", summary="Autre."))
    (post,) = (one.post for one in reading.entries())

    assert (post.slug, post.published) == ("bilan", good.published)


def test_no_two_of_a_document_have_one_moment_though_more_are_stored_than_are_kept(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearby, "SIGHT", 3)
    names = [f"{number}" for number in range(8)]
    reading.read(*(item(name) for name in names))
    reading.read(*(item(name, title=f"Autre {name}") for name in names), hours=2)
    posts = [one.post for one in reading.entries()]

    assert len({post.published for post in posts}) == len({post.updated for post in posts}) == len(names)
    assert min(post.updated for post in posts) > max(post.published for post in posts)


def break_off(reading: Reading, *entries: ParsedEntry) -> None:
    """They are stored, and then they are not."""
    with reading.db.write() as tx:
        store(tx, reading.desk, reading.desk.sources["cget"], ParsedFeed(entries=entries), NOON, is_backlog=False)
        tx.rollback()


def test_what_was_not_committed_is_nobodys_neighbour(reading: Reading) -> None:
    reading.read(item("before"))
    break_off(reading, about_trees("lost", 2))
    reading.read(about_trees("kept", 1))

    assert named(reading)["urn:kept"] == []


def test_what_had_to_go_for_it_is_a_neighbour_again(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearby, "SIGHT", 1)
    reading.read(about_trees("first", 3))
    break_off(reading, about_trees("lost", 2))
    reading.read(about_trees("kept", 1))

    assert named(reading)["urn:kept"] == ["Planter des arbres contre la canicule, first"]


def test_what_another_process_writes_is_a_neighbour(reading: Reading, database_address: str) -> None:
    reading.read(about_trees("first", 3))
    other = Reading(open_database(database_address), reading.desk)
    other.read(about_trees("second", 2))
    other.read(about_trees("first", 3, title="Autre chose"), about_trees("second", 2), hours=1)
    reading.read(about_trees("third", 1), hours=2)
    other.db.close()

    assert named(reading)["urn:third"] == ["Planter des arbres contre la canicule, second"]


def test_a_withdrawn_entry_is_a_neighbour_no_more(reading: Reading) -> None:
    reading.read(about_trees("first", 3))
    with reading.db.write() as tx:
        entries.withdraw(tx, 1, NOON)
    reading.read(about_trees("second", 2))

    assert named(reading)["urn:second"] == []


def test_many_that_another_source_told_are_merged_each_into_its_own(reading: Reading) -> None:
    blog = reading.desk.feeds[0]
    source = replace(
        reading.desk.sources["cget"], id="anct", url="https://anct.example/rss", attribution="Source : ANCT"
    )
    both = OutgoingFeed("blog", blog.title, blog.link, ("cget", "anct"))
    reading.desk = replace(reading.desk, sources={**reading.desk.sources, "anct": source}, feeds=(both,))
    towns = ("Nevers", "Cahors", "Guéret")
    reading.read(*(about(town, by="cget") for town in towns))
    reading.read(item("between"), *(about(town, by="anct") for town in towns), source="anct", hours=1)
    into = {one.post.headline: one.merged_into for one in reading.entries() if one.source_id == "anct"}

    firsts = {one.post.headline: one.id for one in reading.entries() if one.source_id == "cget"}
    assert into == {**firsts, "Nouvelle between": None}


def about(town: str, *, by: str) -> ParsedEntry:
    """The communiqué, about one town."""
    one = told(town, by=by)
    return replace(
        one,
        title=f"{one.title} de {town}",
        content_html=(one.content_html or "").replace("Chaque", f"À {town}, chaque"),
    )
