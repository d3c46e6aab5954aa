"""What a document says that storage does not know yet."""

import time
from dataclasses import replace

import pytest

from relay.core.document import Person, Picture
from relay.core.identity.recognition import trustworthy
from tests.core.documents import decided, entry, kinds, known
from tests.core.things import HOUR, NOW


def test_an_entry_that_nobody_knows_is_new() -> None:
    assert kinds([entry(1)]) == ["new"]


def test_an_entry_that_has_not_changed_is_the_same() -> None:
    assert kinds([entry(1)], known(entry(1))) == ["same"]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Autre"},
        {"summary": "Autre"},
        {"content_html": "<p>Autre</p>"},
        {"url": "https://a.fr/autre"},
        {"picture": Picture("https://a.fr/b.jpg")},
        {"categories": ("Ville",)},
    ],
)
def test_what_a_reader_sees_makes_it_edited(change: dict[str, object]) -> None:
    (found,) = decided([entry(1, **change)], known(entry(1)))
    assert (found.kind, found.known_id) == ("edited", 1)


@pytest.mark.parametrize(
    "change",
    [
        {"published": NOW},
        {"updated": NOW},
        {"published": None},
        {"authors": (Person("Anne"),)},
        {"language": "fr-FR"},
        {"id": "urn:autre"},
        {"id": None},
    ],
)
def test_what_no_reader_sees_leaves_it_the_same(change: dict[str, object]) -> None:
    assert kinds([entry(1, **change)], known(entry(1))) == ["same"]


def test_the_order_of_categories_is_no_change() -> None:
    assert kinds([entry(1, categories=("a", "b"))], known(entry(1, categories=("b", "a")))) == ["same"]


def test_a_document_whose_guids_all_changed_is_not_news() -> None:
    old = [entry(number) for number in range(20)]
    assert set(kinds([replace(one, id=f"new:{one.id}") for one in old], known(*old))) == {"same"}


def test_a_site_that_moved_is_known_by_its_titles_and_dates() -> None:
    moved = entry(1, id="https://b.fr/1", url="https://b.fr/1")
    assert kinds([moved], known(entry(1))) == ["edited"]


def test_a_guid_that_every_item_has_identifies_none() -> None:
    same = [entry(number, id="https://a.fr/") for number in (1, 2, 3)]
    assert kinds(same) == ["new"] * 3
    assert kinds(same, known(*trustworthy(same))) == ["same"] * 3


def test_a_site_address_as_guid_and_link_of_every_item_identifies_none() -> None:
    assert kinds([entry(number, id="https://a.fr/", url="https://a.fr/") for number in (1, 2, 3)]) == ["new"] * 3


def test_a_guid_that_every_item_has_identifies_none_even_without_links() -> None:
    assert kinds([entry(number, id="urn:same", url=None) for number in (1, 2, 3)]) == ["new"] * 3


@pytest.mark.parametrize("guid", ["urn:{}", None])
def test_a_link_that_every_item_has_identifies_none(guid: str | None) -> None:
    same = [entry(number, id=guid and guid.format(number), url="https://a.fr/") for number in (1, 2, 3)]
    assert kinds(same) == ["new"] * 3
    assert [change.known_id for change in decided(same, known(*same))] == [3, 2, 1]


def test_two_notices_of_one_day_may_have_one_title() -> None:
    notices = [entry(number, title="Avis", published=NOW) for number in (1, 2)]
    assert kinds(notices) == ["new", "new"]
    assert kinds(notices, known(*notices)) == ["same", "same"]


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"id": "urn:other"},
        {"url": "https://a.fr/1?utm_source=b"},
        {"title": "Titre corrigé"},
        {"id": "urn:other", "url": "https://a.fr/rubrique/1"},
    ],
)
def test_an_entry_listed_twice_is_one_entry(change: dict[str, object]) -> None:
    assert kinds([entry(1), entry(1, **change)]) == ["new"]


def test_an_entry_listed_twice_is_one_entry_though_it_is_known_by_the_second() -> None:
    assert kinds([entry(1, id=None), entry(1)], known(entry(1))) == ["same"]


def test_the_guid_says_more_than_the_link() -> None:
    stored = known(entry(1), entry(2))
    (change,) = decided([entry(2, url="https://a.fr/1")], stored)
    assert change.known_id == 2


def test_a_link_used_again_belongs_to_whom_the_guid_names() -> None:
    parsed = [entry(2, url="https://a.fr/1"), entry(1, url="https://a.fr/archive/1")]
    found = [(change.kind, change.known_id) for change in decided(parsed, known(entry(1)))]
    assert found == [("new", None), ("edited", 1)]


def test_changes_come_oldest_first() -> None:
    assert [change.entry.title for change in decided([entry(1), entry(3), entry(2)])] == [
        "Titre 3",
        "Titre 2",
        "Titre 1",
    ]


def test_without_dates_the_first_in_the_document_is_the_newest() -> None:
    parsed = [entry(number, published=None) for number in (1, 2, 3)]
    assert [change.entry.title for change in decided(parsed)] == ["Titre 3", "Titre 2", "Titre 1"]


def test_ten_times_as_many_entries_cost_ten_times_as_much_and_not_a_hundred() -> None:
    parsed = [entry(number, published=NOW - number * HOUR) for number in range(3000)]
    stored = known(*parsed)

    def taken(count: int) -> float:
        start = time.thread_time()
        assert len(decided(parsed[:count], stored[:count])) == count
        return time.thread_time() - start

    few, many = (min(taken(count) for _ in range(2)) for count in (300, 3000))
    assert many < 40 * few
