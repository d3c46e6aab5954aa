"""A first run announces nothing, and the same feed in other clothes brings nothing."""

from pathlib import Path

import pytest

from tests.floods.flood import Flood
from tests.floods.plants import planted
from tests.floods.ways import ways


def run(folder: Path, entries: int, number: int) -> list[str]:
    flood = Flood(folder, entries)
    first = flood.first()
    for place, way in enumerate(ways(number), start=1):
        flood.again(way, place, first)
        if flood.wrong:
            break
    return flood.wrong


def test_the_same_feed_in_fifty_other_ways_brings_nothing_twice(tmp_path: Path) -> None:
    assert run(tmp_path, 20, 50) == []


@pytest.mark.parametrize("plant", ["only-guids", pytest.param("only-titles", marks=pytest.mark.thorough)])
def test_a_reader_that_knows_entries_by_one_name_is_found_out(tmp_path: Path, plant: str) -> None:
    with planted(plant):
        try:
            wrong = run(tmp_path, 20, 25)
        except Exception as error:  # noqa: BLE001  # the tables take no name twice
            wrong = [str(error)]
    assert wrong
