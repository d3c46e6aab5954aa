"""Which addresses are one, and which are not: an entry is known by its address, however it is written."""

from dataclasses import replace

import pytest

from tests.core.documents import decided, entry, kinds, known
from tests.core.things import ENTRY


@pytest.mark.parametrize(
    "address",
    [
        "http://a.fr/b",
        "https://www.a.fr/b",
        "https://A.fr/b",
        "https://a.fr/b/",
        "https://a.fr:443/b",
        "https://a.fr/b?utm_source=rss&UTM_medium=feed",
        "https://a.fr/b?xtor=RSS-1",
        "https://a.fr/b#xtor=RSS-1",
        " https://a.fr/b ",
        "https://a.fr/%62",
    ],
)
@pytest.mark.parametrize("field", ["id", "url"])
def test_an_address_is_the_same_however_it_is_written(field: str, address: str) -> None:
    plain = replace(ENTRY, id=None, url=None, title=None, published=None)
    stored = known(replace(plain, **{field: "https://a.fr/b"}))  # type: ignore[arg-type]  # by name
    (change,) = decided([replace(plain, **{field: address})], stored)  # type: ignore[arg-type]  # by name
    assert change.known_id == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.fr/étude", "https://a.fr/%C3%A9tude"),
        ("https://a.fr/e\u0301tude", "https://a.fr/\u00e9tude"),
        ("https://a.fr/e\u0301tude", "https://a.fr/%C3%A9tude"),
        ("https://a.fr/?b=2&a=1", "https://a.fr/?a=1&b=2"),
        ("https://a.fr/%E9", "https://a.fr/%e9"),
    ],
)
def test_an_address_is_the_same_however_it_is_escaped_or_ordered(one: str, other: str) -> None:
    (change,) = decided([entry(1, id=None, title=None, url=other)], known(entry(1, id=None, title=None, url=one)))
    assert change.known_id == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.fr/spip.php?article12", "https://a.fr/spip.php?article13"),
        ("https://a.fr/?p=12", "https://a.fr/?p=13"),
        ("https://a.fr/actus#une", "https://a.fr/actus#deux"),
        ("https://a.fr/a", "https://b.fr/a"),
        ("https://a.fr/A", "https://a.fr/a"),
        ("http://[", "http://]"),
        ("https://a.fr:x/", "https://a.fr:y/"),
        ("https://a.fr:8080/", "https://a.fr/"),
    ],
)
def test_two_addresses_are_two_entries(one: str, other: str) -> None:
    plain = replace(ENTRY, id=None, published=None)
    assert kinds([replace(plain, url=one), replace(plain, url=other)]) == ["new", "new"]


def test_the_address_of_a_site_names_none_of_its_entries() -> None:
    stored = known(entry(1, id="https://a.fr/", url="https://a.fr"))
    assert kinds([entry(2, id="https://www.a.fr", url="http://a.fr/")], stored) == ["new"]
