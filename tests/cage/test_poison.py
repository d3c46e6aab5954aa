"""One bad entry of a feed is its own affair: all others are stored and published, and it says why if it is left out."""

from contextlib import closing
from pathlib import Path

import pytest

from relay.core.document import ParsedFeed
from relay.intake.caged.cage import Cage
from relay.intake.caged.reading import caged
from relay.intake.parse import parse
from tests.cage.poison import KINDS, feed, good
from tests.cage.poisoned import poisoned

AT_ONCE = 16
"""Kinds in one feed; ``python -m tests.cage`` has each alone among 99 good ones."""
NAMES = list(KINDS)


@pytest.mark.parametrize("first", range(0, len(NAMES), AT_ONCE))
def test_bad_entries_cost_the_good_ones_nothing(first: int, tmp_path: Path) -> None:
    names = NAMES[first : first + AT_ONCE]
    with closing(Cage()) as cage:
        found = poisoned(tmp_path, [KINDS[name] for name in names], 34, caged(cage))
    assert found.answer == "200"  # it would say so if an entry could not be stored
    assert found.good == 34
    assert sum(title.startswith("good-") for title in found.shown) == 34


def titles(document: ParsedFeed) -> list[str | None]:
    return [entry.title for entry in document.entries]


@pytest.mark.parametrize("place", [0, 1, 3])
def test_an_entry_that_leaves_no_room_is_left_out_and_said(place: int) -> None:
    """Wherever it stands; before, all that came after it was lost with it, and nothing was said."""
    items = [good(number) for number in range(3)]
    items.insert(place, KINDS["html: 2 MB"])
    found = parse(feed(items), "https://a.fr/", None)
    assert titles(found) == ["good-0", "good-1", "good-2"]
    assert found.repaired == ("an entry that is too large, left out",)


def test_many_entries_of_which_none_is_too_large_are_read_as_far_as_there_is_room() -> None:
    wide = b"<item><title>%d</title><description>%b</description></item>"
    found = parse(feed([wide % (number, b"&lt;p&gt;x" * 18_000) for number in range(5)]), "https://a.fr/", None)
    assert titles(found) == ["0", "1", "2", "3"]


def test_a_cdata_section_without_an_end_takes_no_entry_with_it() -> None:
    items = [good(0), KINDS["html: half a CDATA section"], KINDS["html: half a CDATA section"], good(1)]
    found = parse(feed(items), "https://a.fr/", None)
    assert titles(found) == ["good-0", "bad", "bad", "good-1"]
    assert found.repaired == ("a CDATA section without an end",)
