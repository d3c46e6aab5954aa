"""Cross-posts found in a long queue: the same on both databases, a page at a time, missing and repeating nothing."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection

from relay.core.crosspost import Approval, Crosspost, State
from relay.storage import crossposts, finding
from relay.storage.database import Database
from relay.storage.finding import Order, Place, Wanted, Word
from tests.core.things import CROSSPOST, NOW
from tests.edges.rows import add_entry

WAITING = Wanted((State.WAITING,))
EVERYTHING = Wanted(tuple(State))


def put(tx: Connection, slug: str, *accounts: str, source: str = "cget", text: str = "", **values: object) -> list[int]:
    """An entry with a cross-post for each account."""
    entry = add_entry(tx, slug, source)
    draft = replace(CROSSPOST.draft, text=text or slug, title=str(values.pop("title", "")))
    one = replace(CROSSPOST, entry_id=entry, draft=draft, **values)  # type: ignore[arg-type]  # the test names the fields
    return [crossposts.queue(tx, replace(one, account=account)) for account in accounts or ("toots",)]


def get(tx: Connection, id: int) -> Crosspost:
    found = crossposts.get(tx, id)
    assert found
    return found


def walked(tx: Connection, wanted: Wanted, order: Order, *, back_from: int | None = None) -> list[int]:
    """Every page of two, to the end."""
    is_back = back_from is not None
    place = Place(back_from, is_back=True) if back_from is not None else None
    found: list[int] = []
    while some := finding.page(tx, wanted, order, 2, place):
        found = [*some, *found] if is_back else [*found, *some]
        place = Place(some[0] if is_back else some[-1], is_back=is_back)
    return found


@pytest.mark.parametrize("order", [Order.OLD, Order.NEW])
def test_pages_in_either_order_have_each_one_once(db: Database, order: Order) -> None:
    states = (State.WAITING, State.HELD, State.SENT)
    with db.write() as tx:
        ids = [id for n in range(7) for id in put(tx, f"p-{n}", "sky", "toots", state=states[n % 3])]
        wanted = Wanted(states)
        expected = ids if order is Order.OLD else ids[::-1]
        assert walked(tx, wanted, order) == expected
        assert walked(tx, wanted, order, back_from=expected[-1]) == expected[:-1]
        assert walked(tx, WAITING, order) == [id for id in expected if get(tx, id).state is State.WAITING]


def test_what_leaves_soonest_comes_first_and_the_rest_not_at_all(db: Database) -> None:
    with db.write() as tx:
        late, soon, same = (
            put(tx, name, state=State.SCHEDULED, not_before=NOW.replace(minute=minute))[0]
            for name, minute in (("late", 30), ("soon", 10), ("same", 10))
        )
        put(tx, "never")
        assert walked(tx, EVERYTHING, Order.LEAVES) == [soon, same, late]
        assert walked(tx, EVERYTHING, Order.LEAVES, back_from=late) == [soon, same]


def test_a_place_that_is_gone_is_the_beginning(db: Database) -> None:
    with db.write() as tx:
        first = put(tx, "un")
        assert finding.page(tx, WAITING, Order.OLD, 5, Place(999)) == first


def test_it_is_found_by_account_and_source(db: Database) -> None:
    with db.write() as tx:
        sky, toots = put(tx, "un", "sky", "toots")
        (other,) = put(tx, "deux", "toots", source="anru")
        assert finding.page(tx, replace(WAITING, accounts=("toots",)), Order.OLD, 9) == [toots, other]
        assert finding.page(tx, replace(WAITING, sources=("anru",)), Order.OLD, 9) == [other]
        assert finding.page(tx, replace(WAITING, sources=("cget",), accounts=("sky",)), Order.OLD, 9) == [sky]
        assert finding.page(tx, replace(WAITING, sources=()), Order.OLD, 9) == []


def test_all_words_must_be_there_whatever_their_accents(db: Database) -> None:
    with db.write() as tx:
        (ecole,) = put(tx, "un", text="Une École rénovée à 100 %", title="La rentrée")
        put(tx, "deux", text="Une place rénovée", title="Bilan")
        for words, expected in (
            (("ecole",), [ecole]),
            (("renove", "rentree"), [ecole]),
            (("100 %",), [ecole]),
            (("1_0",), []),
            (("ecole", "place"), []),
        ):
            wanted = replace(WAITING, words=tuple(map(Word, words)))
            assert finding.page(tx, wanted, Order.OLD, 9) == expected, words


def test_a_word_may_be_in_the_name_of_the_source(db: Database) -> None:
    with db.write() as tx:
        put(tx, "un")
        (other,) = put(tx, "deux", source="anru")
        assert finding.page(tx, replace(WAITING, words=(Word("agence", ("anru",)),)), Order.OLD, 9) == [other]


def test_other_words_are_found_and_the_old_ones_are_not(db: Database) -> None:
    with db.write() as tx:
        (id,) = put(tx, "un", text="Avant")
        old = get(tx, id)
        assert crossposts.replace(tx, old, replace(old, draft=replace(old.draft, text="Après")))
        assert finding.page(tx, replace(WAITING, words=(Word("apres"),)), Order.OLD, 9) == [id]
        assert finding.page(tx, replace(WAITING, words=(Word("avant"),)), Order.OLD, 9) == []


def test_whose_it_is(db: Database) -> None:
    with db.write() as tx:
        (mine,) = put(tx, "un", edited_by="anne")
        (seen,) = put(tx, "deux", approvals=(Approval("anne", NOW, 1),))
        (hers,) = put(tx, "trois", edited_by="benoit", approvals=(Approval("ann", NOW, 1),))
        assert finding.page(tx, replace(WAITING, written_by="anne"), Order.OLD, 9) == [mine]
        assert finding.page(tx, replace(WAITING, for_="anne"), Order.OLD, 9) == [hers]
        assert finding.page(tx, replace(WAITING, for_="benoit"), Order.OLD, 9) == [mine, seen]


def test_entries_come_in_pages_whatever_their_states(db: Database) -> None:
    with db.write() as tx:
        for n in range(5):
            put(tx, f"p-{n}", "sky", state=State.HELD if n % 2 else State.WAITING)
        both = Wanted((State.WAITING, State.HELD))
        assert finding.entries(tx, both, limit=3) == [1, 2, 3]
        assert finding.entries(tx, both, after=3, limit=3) == [4, 5]
        assert finding.entries(tx, both, newest_first=True, after=4, limit=2) == [3, 2]
        put(tx, "both", "sky", state=State.HELD)
        first = get(tx, crossposts.queue(tx, replace(CROSSPOST, entry_id=6, account="toots")))
        assert finding.entries(tx, both) == [1, 2, 3, 4, 5, 6]
        assert first.entry_id == 6


def test_after_the_last_comes_the_first(db: Database) -> None:
    with db.write() as tx:
        ids = [id for n in range(2) for id in put(tx, f"p-{n}", "sky", "toots")]
        assert [finding.following(tx, WAITING, get(tx, id)) for id in ids] == [*ids[1:], ids[0]]
        assert finding.following(tx, Wanted((State.HELD,)), get(tx, ids[0])) is None


def test_a_headline_of_the_same_words_is_pointed_at(db: Database) -> None:
    with db.write() as tx:
        (one,) = put(tx, "un", title="Quartiers prioritaires : dix mesures pour l’habitat")
        (two,) = put(tx, "deux", title="Habitat, dix mesures des Quartiers prioritaires", source="anru")
        (short,) = put(tx, "trois", title="Agenda")
        put(tx, "quatre", title="Agenda")
        (done,) = put(tx, "cinq", title="Dix mesures habitat: quartiers prioritaires", state=State.REJECTED)
        found = finding.twins(tx, (one, two, short), (State.WAITING,), 50)
        assert found == {one: [2], two: [1]}
        assert finding.twins(tx, (done,), (State.WAITING,), 50) == {done: [2, 1]}
