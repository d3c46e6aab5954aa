"""Entries on both databases: known again by any of their names, for ever."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from relay.core.document import Picture
from relay.core.entry import Identity, KnownEntry, fingerprint, identities
from relay.core.post import Post, Related
from relay.storage import entries, merged, nearby
from relay.storage.database import Database
from relay.storage.slugs import Slugs
from relay.storage.tables.editorial import identities as identity_rows
from tests.core.things import DAY, ENTRY, NOW, POST
from tests.edges import entered
from tests.edges.rows import NEW, add_entry, queued


def test_an_entry_comes_back_as_it_was_stored(db: Database) -> None:
    post = replace(POST, picture=Picture("https://a.fr/b.jpg", "é"), related=(Related("Autre", "https://a.fr/2"),))
    with db.write() as tx:
        id = entered.add(tx, NEW, post, NOW)
    with db.read() as tx:
        entry = entries.get(tx, id)
        assert entries.by_ids(tx, [id, id + 1]) == {id: entry}
    assert entry is not None
    assert (entry.post, entry.guid, entry.url, entry.first_seen) == (post, ENTRY.id, ENTRY.url, NOW)


def test_an_entry_that_is_not_there_is_none(db: Database) -> None:
    with db.read() as tx:
        assert entries.get(tx, 1) is None


def test_an_entry_is_known_by_any_of_its_names(db: Database) -> None:
    with db.write() as tx:
        id = entered.add(tx, NEW, POST, NOW)
        known = KnownEntry(id, identities(ENTRY), fingerprint(ENTRY), ENTRY.title, POST.published)
        found = [entries.known(tx, "cget", [name]) for name in identities(ENTRY)]
    assert found == [[known]] * 3


def test_another_source_knows_an_entry_by_its_address_only(db: Database) -> None:
    address = identities(replace(ENTRY, id=None, title=None))
    with db.write() as tx:
        entered.add(tx, NEW, POST, NOW)
        (known,) = entries.known(tx, "anru", identities(ENTRY))
        assert entries.known(tx, "anru", identities(ENTRY) - address) == []
        assert entries.known(tx, "cget", []) == []
    assert (known.identities, known.is_own, known.is_here) == (address, False, False)


def test_an_entry_that_a_second_source_shows_has_two_sources(db: Database) -> None:
    there = replace(ENTRY, id="anru-1")
    with db.write() as tx:
        first, second = entered.add(tx, NEW, POST, NOW), add_entry(tx, "autre")
        entries.remember(tx, "anru", first, identities(there))
        (known,) = entries.known(tx, "anru", identities(there))
        assert entries.sources(tx, (first, second)) == {first: ("cget", "anru"), second: ("cget",)}
        assert entries.standing(tx, "cget") == {second}
        assert [post.slug for post in entered.posts(tx, ("anru",))] == [POST.slug]
    assert (known.identities, known.is_own, known.is_here) == (identities(there), False, True)


def test_what_is_merged_is_kept_and_shown_by_the_other(db: Database) -> None:
    with db.write() as tx:
        first, second = add_entry(tx, "un", "cget"), add_entry(tx, "deux", "anru")
        assert merged.told(tx, ("anru",), NOW - DAY, NOW + DAY) == [second]
        merged.put(tx, second, first)
        assert (merged.into(tx, first), merged.told(tx, ("anru",), NOW - DAY, NOW + DAY)) == ([second], [])
        assert entries.sources(tx, (first, second)) == {first: ("cget", "anru"), second: ("anru",)}
        assert [post.slug for post in entered.posts(tx, ("anru",))] == ["un"]
        assert [post.slug for post in entered.posts(tx, ("cget", "anru"))] == ["un"]
        assert nearby.shown(tx, ("anru",), NOW - DAY, 9) == nearby.shown(tx, ("anru",), NOW - DAY, 9, {first, second})
        assert nearby.shown(tx, ("anru",), NOW - DAY, 9) == [first]
        found = entries.by_ids(tx, (first, second))
        assert (found[first].merged_into, found[second].merged_into) == (None, first)


def test_what_is_merged_counts_no_more_once_its_source_withdraws_it(db: Database) -> None:
    with db.write() as tx:
        first, second = add_entry(tx, "un", "cget"), add_entry(tx, "deux", "anru")
        merged.put(tx, second, first)
        entries.withdraw(tx, second, NOW)
        assert (merged.into(tx, first), entries.sources(tx, (first,))) == ([], {first: ("cget",)})
        assert entered.posts(tx, ("anru",)) == ()


def test_a_source_that_stays_apart_shares_no_address(db: Database) -> None:
    address = identities(replace(ENTRY, id=None, title=None))
    with db.write() as tx:
        entered.add(tx, NEW, POST, NOW)
        assert len(entries.known(tx, "anru", address, ("autre",))) == 1
        assert entries.known(tx, "anru", address, ("cget",)) == []


def test_what_is_withdrawn_is_kept_and_not_published(db: Database) -> None:
    with db.write() as tx:
        id = entered.add(tx, NEW, POST, NOW)
        entries.withdraw(tx, id, NOW)
        assert entered.posts(tx, ("cget",)) == ()
        assert nearby.shown(tx, ("cget",), NOW - DAY, 9) == nearby.shown(tx, ("cget",), NOW - DAY, 9, {id}) == []
        assert entries.standing(tx, "cget") == set()
        assert entries.is_withdrawn(tx, id)
        assert [one.is_withdrawn for one in entries.known(tx, "cget", identities(ENTRY))] == [True]
        entries.withdraw(tx, id, None)
        assert entered.posts(tx, ("cget",)) == (POST,)


def test_more_names_than_one_statement_takes_are_asked_for(db: Database) -> None:
    names = [Identity("url", f"{number:064}") for number in range(2 * entries.AT_ONCE)]
    with db.write() as tx:
        id = entered.add(tx, replace(NEW, identities=frozenset(names[-1:])), POST, NOW)
        assert [one.id for one in entries.known(tx, "cget", names)] == [id]


def test_names_are_added_and_never_forgotten(db: Database) -> None:
    later = replace(ENTRY, id="https://cget.exemple.fr/?p=99", url="https://cget.exemple.fr/autre")
    with db.write() as tx:
        id = entered.add(tx, NEW, POST, NOW)
        entries.remember(tx, "cget", id, identities(later))
        entries.remember(tx, "cget", id, identities(later))
        entries.change(tx, id, "f" * 64, replace(POST, lead="Mieux."), "Mieux")
        (known,) = entries.known(tx, "cget", identities(ENTRY))
    assert known == KnownEntry(id, identities(ENTRY) | identities(later), "f" * 64, "Mieux", POST.published, 1)


def test_a_name_belongs_to_the_first_entry_that_had_it(db: Database) -> None:
    with db.write() as tx:
        first, second = add_entry(tx, "un"), add_entry(tx, "deux")
        entries.remember(tx, "cget", second, identities(replace(ENTRY, id="un", url=None, title=None)))
        owners = tx.execute(select(identity_rows.c.entry_id).where(identity_rows.c.kind == "guid")).scalars()
        assert sorted(owners) == [first, second]


def test_a_changed_entry_keeps_its_first_sight_and_has_its_new_post(db: Database) -> None:
    with db.write() as tx:
        id = entered.add(tx, NEW, POST, NOW)
        entries.change(tx, id, "f" * 64, replace(POST, lead="Mieux.", updated=NOW + DAY))
        entry = entries.get(tx, id)
    assert entry is not None
    assert (entry.first_seen, entry.fingerprint, entry.post.lead) == (NOW, "f" * 64, "Mieux.")


def test_two_posts_never_have_the_same_address(db: Database) -> None:
    queued(db, slug="bilan")
    with db.write() as tx, pytest.raises(IntegrityError):
        add_entry(tx, "bilan", "anru")


def test_a_slug_that_is_taken_gets_a_number(db: Database) -> None:
    with db.write() as tx:
        free = [Slugs().take(tx, "bilan")]
        for _ in range(3):
            add_entry(tx, Slugs().take(tx, "bilan"))
            free.append(Slugs().take(tx, "bilan"))
        assert Slugs().take(tx, "b_lan") == "b_lan"
    assert free == ["bilan", "bilan-2", "bilan-3", "bilan-4"]


def test_posts_come_newest_first_from_the_sources_asked_for(db: Database) -> None:
    with db.write() as tx:
        for slug, source_id, days in (("a", "cget", 3), ("b", "cget", 1), ("c", "anru", 2), ("d", "autre", 0)):
            add_entry(tx, slug, source_id, NOW - days * DAY)
        assert [post.slug for post in entered.posts(tx, ("cget", "anru"))] == ["b", "c", "a"]
        near = entries.by_ids(tx, nearby.shown(tx, ("cget",), NOW - 2 * DAY, 9))
        assert [one.post.slug for one in near.values()] == ["b"]


def test_a_post_keeps_every_character(db: Database) -> None:
    post: Post = replace(POST, headline="« É\u202f! » 👨‍👩‍👧‍👦 \\ ' \" ; --", lead="a\u00a0b\nc")
    with db.write() as tx:
        id = entered.add(tx, NEW, post, NOW)
        entry = entries.get(tx, id)
    assert entry is not None
    assert entry.post == post


def test_more_entries_are_read_than_one_statement_takes(db: Database) -> None:
    with db.read() as tx:
        assert entries.by_ids(tx, range(1, 300_000)) == {}
