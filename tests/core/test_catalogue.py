from unittest.mock import Mock, call

import pytest

from relay.core.catalogue import Catalogue


def test_only_what_is_looked_up_is_found() -> None:
    find = Mock(side_effect=str.upper)
    catalogue: Catalogue[str] = Catalogue(("atom", "rss"), find)

    assert ([*catalogue], len(catalogue), find.mock_calls) == (["atom", "rss"], 2, [])
    assert (catalogue["rss"], find.mock_calls) == ("RSS", [call("rss")])


def test_what_is_not_in_it_is_not_looked_for() -> None:
    catalogue: Catalogue[str] = Catalogue(("atom",), pytest.fail)

    assert ("json" in catalogue, catalogue.get("json")) == (False, None)


def test_a_name_is_in_it_whether_or_not_what_it_stands_for_can_be_found() -> None:
    assert "atom" in Catalogue(("atom",), pytest.fail)


def test_what_is_broken_is_not_taken_for_what_is_not_there() -> None:
    catalogue: Catalogue[str] = Catalogue(("atom",), Mock(side_effect=KeyError("a table")))

    with pytest.raises(RuntimeError, match="atom"):
        catalogue.get("atom")
