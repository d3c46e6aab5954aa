"""The daemon itself, on a disk that fills up or may not be written, and without files to open; then it is repaired."""

from pathlib import Path

import pytest

from tests.disk.disk import CannotMount
from tests.disk.scenes import KNOWN, REPAIRED, SCENES


@pytest.mark.parametrize("scene", ["full", "read-only", pytest.param("open-files", marks=pytest.mark.thorough)])
def test_it_goes_on_by_itself_and_nothing_is_lost(scene: str, tmp_path: Path) -> None:
    try:
        seen = SCENES[scene](tmp_path)
    except CannotMount as error:
        pytest.skip(str(error))

    assert seen.known <= KNOWN
    assert seen.recovered <= REPAIRED
