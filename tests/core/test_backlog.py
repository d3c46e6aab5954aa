"""Which new entries editors are asked about."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from relay.core.document import ParsedEntry
from relay.core.expression.tree import Comparison
from relay.core.identity.changes import FLOOD
from relay.core.source import Backlog, Source
from tests.core.documents import decided, entry, known
from tests.core.things import DAY, NOW, SOURCE


def offered(parsed: Sequence[ParsedEntry], source: Source, *, is_first: bool = True) -> list[str | None]:
    return [change.entry.title for change in decided(parsed, (), source, is_first=is_first) if not change.is_backlog]


@pytest.mark.parametrize(
    ("backlog", "expected"),
    [
        (Backlog(), []),
        (Backlog("latest", 2), ["Titre 2", "Titre 1"]),
        (Backlog("latest", 9), ["Titre 3", "Titre 2", "Titre 1"]),
        (Backlog("latest", 0), []),
        (Backlog("since", moment=NOW - 2 * DAY), ["Titre 2", "Titre 1"]),
        (Backlog("since", moment=NOW), []),
    ],
)
def test_the_first_poll_offers_what_the_operator_asked_for(backlog: Backlog, expected: list[str]) -> None:
    assert offered([entry(1), entry(2), entry(3)], replace(SOURCE, backlog=backlog)) == expected


def test_the_first_poll_records_all_it_finds() -> None:
    assert [change.kind for change in decided([entry(1), entry(2)], is_first=True)] == ["new", "new"]


def test_the_latest_of_a_document_without_dates_are_its_first() -> None:
    parsed = [entry(number, published=None) for number in (1, 2, 3)]
    assert offered(parsed, replace(SOURCE, backlog=Backlog("latest", 2))) == ["Titre 2", "Titre 1"]


def test_later_polls_offer_all_that_is_new() -> None:
    assert offered([entry(1), entry(2)], SOURCE, is_first=False) == ["Titre 2", "Titre 1"]


def test_a_flood_of_new_entries_is_recorded_and_not_announced() -> None:
    assert offered([entry(number) for number in range(FLOOD + 1)], SOURCE, is_first=False) == []


def test_as_many_new_entries_as_a_busy_day_brings_are_announced() -> None:
    assert len(offered([entry(number) for number in range(FLOOD)], SOURCE, is_first=False)) == FLOOD


def test_many_new_entries_among_more_known_ones_are_news() -> None:
    parsed = [entry(number) for number in range(3 * FLOOD)]
    changes = decided(parsed, known(*parsed[FLOOD + 1 :]))
    assert sum(change.kind == "new" and not change.is_backlog for change in changes) == FLOOD + 1


def test_what_is_left_out_is_no_change() -> None:
    first = Comparison("title", "=", "Titre 1")
    assert decided([entry(1), entry(2)], (), replace(SOURCE, drop=(first,)))[0].entry == entry(2)
