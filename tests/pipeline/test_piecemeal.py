"""Of a document most of which is known, only what is new is read; what is stored is what it always was."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from relay.core.document import ParsedFeed
from relay.core.expression.grammar import parse as rule
from relay.core.expression.tree import Comparison
from relay.core.source import Source
from relay.intake.parsing import DIRECT
from relay.pipeline.care.remedies import ask_whole
from relay.pipeline.poll import poll_due
from relay.pipeline.polling.asking import Polled
from relay.pipeline.reading.reader import Reader
from relay.storage import entries, fetches, questions, sketches
from relay.storage.tables.editorial import entries as rows
from tests.edges import entered
from tests.pipeline.world import World

TITLES = ["Un premier bilan", "Des quartiers mieux reliés", "Une place rendue aux piétons", "Le budget voté"]


class Reading:
    """The source's server, and how long the documents are that are read of it."""

    def __init__(self, world: World) -> None:
        self.world, self.lengths = world, list[int]()
        world.agency.titles = list(TITLES)
        self.item = world.agency.item
        world.agency.item = self.dated  # type: ignore[method-assign]

    def dated(self, number: int, title: str) -> str:
        """Items keep their dates when there is a newer one."""
        return self.item(50 - len(self.world.agency.titles) + number, title)

    def poll(self, asked: Callable[[Reader], Polled] | None = None) -> Polled:
        self.lengths.clear()
        self.world.pass_(hours=2)
        self.world.agency.etag += "'"
        with httpx.Client(transport=httpx.MockTransport(self.world.agency.answer)) as http:
            reader = Reader.over(http, replace(DIRECT, feed=self._read))
            world = self.world
            return asked(reader) if asked else poll_due(world.db, reader, world.desk, ["cget"], world.now)[0]

    def _read(self, body: bytes, url: str, content_type: str | None) -> ParsedFeed:
        self.lengths.append(len(body))
        return DIRECT.feed(body, url, content_type)

    @property
    def is_whole(self) -> bool:
        return self.lengths[-1] == len(self.world.agency.feed())

    @property
    def source(self) -> Source:
        return self.world.desk.sources["cget"]


@pytest.fixture
def reading(world: World) -> Reading:
    found = Reading(world)
    found.poll()
    assert found.is_whole
    world.pass_(days=2)
    return found


def titles(world: World) -> list[str]:
    with world.db.read() as tx:
        return sorted(post.headline for post in entered.posts(tx, ["cget"]))


def test_one_new_entry_is_read_alone_and_stored_like_any_other(reading: Reading) -> None:
    reading.world.agency.titles.insert(0, "Une école ouvre")
    polled = reading.poll()
    assert (polled.new, polled.edited, polled.queued) == (1, 0, 2)
    assert len(reading.lengths) == 1
    assert not reading.is_whole
    assert titles(reading.world) == sorted([*TITLES, "Une école ouvre"])
    reading.world.agency.titles.insert(0, "Un musée aussi")
    assert (reading.poll().new, reading.is_whole) == (1, False)


def test_what_is_learnt_of_the_document_is_what_all_of_it_says(reading: Reading) -> None:
    reading.world.agency.titles.insert(0, "Une école ouvre")
    state = reading.poll().state
    assert state.rhythm.usual == timedelta(hours=1)
    assert state.size == len(reading.world.agency.feed())
    with reading.world.db.read() as tx:
        assert "may have been missed" not in " ".join(fetches.of(tx, "cget")[0].notes)


def test_an_edited_entry_is_read_and_the_others_are_not(reading: Reading) -> None:
    text = reading.world.agency.item

    def edited(number: int, title: str) -> str:
        return text(number, title).replace("La suite", "La suite, corrigée," if title == TITLES[1] else "La suite")

    reading.world.agency.item = edited  # type: ignore[method-assign]
    polled = reading.poll()
    assert (polled.new, polled.edited, reading.is_whole) == (0, 1, False)
    reading.world.agency.titles.insert(0, "Une école ouvre")
    polled = reading.poll()
    assert (polled.new, polled.edited, reading.is_whole) == (1, 0, False)


def test_a_flood_is_one_however_little_of_it_is_read(reading: Reading) -> None:
    reading.world.agency.titles[:0] = [f"Titre {number}" for number in range(12)]
    assert (reading.poll().queued, reading.is_whole) == (0, False)
    with reading.world.db.read() as tx:
        assert [one.kind for one in questions.open_(tx)] == ["flood"]


def test_what_the_rules_leave_out_stays_out_unread(reading: Reading) -> None:
    budgets = rule('title ~ "budget"')
    assert isinstance(budgets, Comparison)
    source = replace(reading.source, drop=(budgets,))
    reading.world.desk = replace(reading.world.desk, sources={"cget": source})
    reading.poll()
    assert reading.is_whole  # the rules are new
    reading.world.agency.titles.insert(0, "Encore un budget")
    assert (reading.poll().new, reading.is_whole) == (0, False)
    reading.world.agency.titles.insert(0, "Une école ouvre")
    assert (reading.poll().new, reading.is_whole) == (1, False)
    assert "Encore un budget" not in titles(reading.world)


@pytest.mark.parametrize(
    ("said", "change"), [('language = "fr"', {"language": "en"}), ('handle = "cget"', {"mentions": ()})]
)
def test_what_was_left_out_is_judged_anew(reading: Reading, said: str, change: dict[str, Any]) -> None:
    drop = rule(said)
    assert isinstance(drop, Comparison)
    source = replace(reading.source, drop=(drop,))
    reading.world.desk = replace(reading.world.desk, sources={"cget": source})
    reading.world.agency.titles.insert(0, "Une école ouvre")
    assert reading.poll().new == 0
    reading.world.desk = replace(reading.world.desk, sources={"cget": replace(source, **change)})
    reading.world.agency.titles.insert(0, "Un musée aussi")
    assert (reading.poll().new, reading.is_whole) == (2, True)


def test_what_is_known_was_read_as_this_version_reads(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relay.pipeline.reading.piecemeal._version", lambda: "another")
    reading.world.agency.titles.insert(0, "Une école ouvre")
    assert (reading.poll().new, reading.is_whole) == (1, True)


@pytest.mark.parametrize("what", [{"fingerprint": "0" * 64}, {"withdrawn_at": True}])
def test_where_the_stored_entry_is_not_what_it_was_the_document_is_read_whole(
    reading: Reading, what: dict[str, object]
) -> None:
    values = {name: reading.world.now if value is True else value for name, value in what.items()}
    with reading.world.db.write() as tx:
        tx.execute(update(rows).where(rows.c.title == TITLES[0]).values(values))
    reading.world.agency.titles.insert(0, "Une école ouvre")
    polled = reading.poll()
    assert (polled.new, len(reading.lengths), reading.is_whole) == (1, 2, True)
    with reading.world.db.read() as tx:
        [found] = [one for one in entries.by_ids(tx, range(9)).values() if one.post.headline == TITLES[0]]
        assert found.fingerprint != "0" * 64
        assert not entries.is_withdrawn(tx, found.id)


def test_an_entry_with_a_name_of_a_known_one_is_decided_on_beside_all_others(reading: Reading) -> None:
    text = reading.world.agency.item
    guid = f"<guid>https://agence.example/{TITLES[0]}</guid>"

    def twice(number: int, title: str) -> str:
        return text(number, title).replace(f"<guid>https://agence.example/{title}</guid>", guid if number < 3 else "")

    reading.world.agency.titles.insert(0, "Une école ouvre")
    reading.world.agency.item = twice  # type: ignore[method-assign]
    reading.poll()
    assert reading.is_whole


def test_a_document_that_is_no_longer_believed_is_read_whole(reading: Reading) -> None:
    world = reading.world
    reading.poll(lambda reader: ask_whole(world.db, reader, world.desk, "cget", world.now))
    assert reading.is_whole


def test_what_is_kept_of_an_entry_is_small(reading: Reading) -> None:
    with reading.world.db.read() as tx:
        assert len(sketches.of(tx, "cget")) == len(TITLES)
        kept = tx.exec_driver_sql("SELECT length(kept) FROM sketches").scalar_one()
    assert kept <= 300 * len(TITLES)


def test_what_another_version_kept_is_as_good_as_nothing(reading: Reading) -> None:
    with reading.world.db.write() as tx:
        tx.exec_driver_sql("UPDATE sketches SET kept = substr(kept, 1, 20)")
    reading.world.agency.titles.insert(0, "Une école ouvre")
    assert (reading.poll().new, reading.is_whole) == (1, True)
