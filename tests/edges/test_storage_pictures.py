"""Candidates and renditions as rows."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, event, text

from relay.core.document import Picture
from relay.core.pictures.candidate import Candidate, Standing
from relay.core.pictures.rendition import Rendition, shown
from relay.storage import changing, entries, holding, pictures, printed, progress
from relay.storage.database import Database
from tests.core.things import NOW
from tests.edges import entered
from tests.edges.rows import add_entry, hold

DIGEST = "0123456789abcdef" * 2
PAGE = Rendition(DIGEST, "page", "image/jpeg", 1200, 800, 4, b"page")
SMALL = Rendition(DIGEST, "small", "image/png", 480, 320, 5, b"small")
HOLD = timedelta(seconds=20)


def candidate(place: int, **changes: object) -> Candidate:
    one = Candidate(place, Picture(f"https://a.fr/{place}.jpg", "Une place", credit="© Anne"))
    return replace(one, **changes)  # type: ignore[arg-type]  # by name


def test_candidates_come_back_as_they_went_in_their_order(db: Database) -> None:
    found = [candidate(1, due=NOW, tries=2, why="Plus tard."), candidate(0, standing=Standing.KEPT, digest=DIGEST)]
    with db.write() as tx:
        id = add_entry(tx)
        pictures.want(tx, id, found)
        assert pictures.of(tx, id) == [found[1], found[0]]
        pictures.want(tx, id, ())
        assert pictures.of(tx, id) == []


def test_the_next_turn_is_that_of_what_is_held_then_of_the_newest(db: Database) -> None:
    with db.write() as tx:
        old, new, held = (
            add_entry(tx, name, published=NOW - timedelta(hours=hours))
            for name, hours in (("a", 3), ("b", 1), ("c", 9))
        )
        for id in (old, new, held):
            pictures.want(tx, id, (candidate(0, standing=Standing.REFUSED), candidate(1), candidate(2)))
        hold(tx, held, NOW + HOLD)
        turns = pictures.turns(tx, NOW, 100)
        pictures.want(tx, new, (candidate(0, due=NOW + HOLD),))
        later = pictures.turns(tx, NOW, 100)

    assert [(turn.entry_id, turn.url) for turn in turns] == [(id, "https://a.fr/1.jpg") for id in (held, new, old)]
    assert [turn.entry_id for turn in later] == [held, old]


@pytest.mark.parametrize(
    "changed", [{"tries": 1}, {"standing": Standing.REFUSED}, {"picture": Picture("https://a.fr/x")}]
)
def test_only_who_knows_how_a_candidate_stands_changes_it(db: Database, changed: dict[str, object]) -> None:
    with db.write() as tx:
        id = add_entry(tx)
        pictures.want(tx, id, (candidate(0, **changed),))
        assert not pictures.replace(tx, id, candidate(0), candidate(0, standing=Standing.KEPT))
        assert pictures.replace(tx, id, candidate(0, **changed), candidate(0, standing=Standing.KEPT))


def test_an_address_is_repeated_where_so_many_entries_of_the_source_have_it(db: Database) -> None:
    with db.write() as tx:
        for number, source in enumerate(("cget", "cget", "anct")):
            pictures.want(tx, add_entry(tx, f"n{number}", source), (candidate(0), candidate(number + 5)))
        assert pictures.repeated(tx, "cget", 2) == {"https://a.fr/0.jpg"}
        assert pictures.repeated(tx, "cget", 3) == frozenset()


def test_renditions_are_kept_once_and_found_by_the_address_of_a_post(db: Database) -> None:
    picture = shown(PAGE, "https://blog.exemple.fr/", "", "")
    with db.write() as tx:
        pictures.put(tx, (PAGE, SMALL), NOW)
        pictures.put(tx, (replace(PAGE, body=b"otherwise"), SMALL), NOW)
        sizes = sorted(pictures.sizes(tx, {DIGEST}), key=lambda one: one.need)

        assert sizes == [replace(PAGE, body=b""), replace(SMALL, body=b"")]
        assert pictures.body(tx, sizes[1]) == b"small"
        assert pictures.at(tx, picture.url) == b"page"
        assert pictures.at(tx, "https://ailleurs.fr/place.jpg") is None


def test_a_picture_is_forgotten_when_nothing_shows_it(db: Database) -> None:
    with db.write() as tx:
        id = add_entry(tx)
        pictures.put(tx, (PAGE, SMALL), NOW)
        pictures.want(tx, id, (candidate(0, standing=Standing.KEPT, digest=DIGEST),))
        pictures.forget(tx, DIGEST)
        had = len(pictures.sizes(tx, {DIGEST}))
        pictures.want(tx, id, ())
        entry = entries.get(tx, id)
        assert entry
        holding.show(tx, id, replace(entry.post, picture=shown(PAGE, "https://blog.exemple.fr/", "", "")))
        pictures.forget(tx, DIGEST)
        still_shown = len(pictures.sizes(tx, {DIGEST}))
        holding.show(tx, id, entry.post)
        pictures.forget(tx, DIGEST)

        assert (had, still_shown, len(pictures.sizes(tx, {DIGEST}))) == (2, 2, 0)


def show(tx: Connection, id: int) -> None:
    entry = entries.get(tx, id)
    assert entry
    holding.show(tx, id, replace(entry.post, picture=shown(PAGE, "https://blog.exemple.fr/", "", "")))


def written(tx: Connection, feed_id: str, place: printed.Place) -> None:
    """A feed that has been written up to now, with one entry in it."""
    tx.execute(text("INSERT INTO feeds (id, tag, seen, writers) VALUES (:id, '', 0, 0)"), {"id": feed_id})
    printed.put(tx, feed_id, {}, [place])
    progress.skip(tx, (feed_id,), changing.head(tx), NOW)


@pytest.mark.parametrize(("others", "stands_with"), [((), DIGEST), ((candidate(0),), None), ((candidate(0),), DIGEST)])
def test_a_picture_is_kept_while_a_written_post_shows_it(
    db: Database, others: tuple[Candidate, ...], stands_with: str | None
) -> None:
    with db.write() as tx:
        id = add_entry(tx)
        pictures.put(tx, (PAGE, SMALL), NOW)
        pictures.want(tx, id, others)
        show(tx, id)
        written(tx, "blog", printed.Place(id, NOW, stands_with))
        pictures.forget(tx, DIGEST)
        assert len(pictures.sizes(tx, {DIGEST})) == 2


def test_what_is_forgotten_is_looked_for_in_no_post_that_has_long_been_written(db: Database) -> None:
    """Of a hundred thousand posts none is read but the few that may show it."""
    seen: list[str] = []
    with db.write() as tx:
        written(tx, "blog", printed.Place(add_entry(tx), NOW))
        event.listen(tx, "before_cursor_execute", lambda *found: seen.append(found[2]))
        pictures.forget(tx, DIGEST)
        if tx.dialect.name != "sqlite":
            return
        asked = [one for one in seen if one.startswith("SELECT")]
        plans = [
            row[3] for one in asked for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", ("",) * one.count("?"))
        ]

    assert len(asked) == 3
    assert not [one for one in plans if one.startswith(("SCAN entries", "SCAN crossposts", "SCAN printed"))]


def test_what_is_held_is_left_out_until_then(db: Database) -> None:
    with db.write() as tx:
        id = add_entry(tx)
        never = holding.is_out(tx, id, NOW)
        hold(tx, id, NOW + HOLD)
        held = (entered.posts(tx, ("cget",), NOW), holding.is_held(tx, id, NOW), holding.is_out(tx, id, NOW))
        over = (len(entered.posts(tx, ("cget",), NOW + HOLD)), holding.is_out(tx, id, NOW + HOLD))
        holding.release(tx, id)
        out = (len(entered.posts(tx, ("cget",), NOW)), holding.is_out(tx, id, NOW))

    assert never is False
    assert held == ((), True, False)
    assert over == out == (1, True)


def test_a_hold_is_overdue_only_while_something_is_still_to_come(db: Database) -> None:
    with db.write() as tx:
        waiting, settled, early = (add_entry(tx, name) for name in "abc")
        for id, standing in ((waiting, Standing.WANTED), (settled, Standing.REFUSED), (early, Standing.WANTED)):
            pictures.want(tx, id, (candidate(0, standing=standing),))
            hold(tx, id, NOW + (HOLD if id != early else 2 * HOLD))
        late = holding.overdue(tx, NOW + HOLD)
        holding.release(tx, waiting)

        assert late == [waiting]
        assert holding.overdue(tx, NOW + HOLD) == []
