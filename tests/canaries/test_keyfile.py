"""The key beside the database is for relay's eyes only, or it is not used."""

from pathlib import Path

import pytest

from relay.storage import keys
from relay.storage.keys import Keyplace
from relay.storage.sealing import Keyring, Unopened


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o777])
def test_a_key_that_others_may_read_is_refused_in_a_sentence(tmp_path: Path, mode: int) -> None:
    place = Keyplace(file=tmp_path / "relay.key")
    assert isinstance(keys.sealing(place), Keyring)
    (tmp_path / "relay.key").chmod(mode)

    for found in (keys.opening(place), keys.sealing(place)):
        assert isinstance(found, Unopened)
        assert f"chmod 600 {tmp_path / 'relay.key'}" in found.why


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_key_that_nobody_else_may_read_is_used(tmp_path: Path, mode: int) -> None:
    place = Keyplace(file=tmp_path / "relay.key")
    keys.sealing(place)
    (tmp_path / "relay.key").chmod(mode)
    assert isinstance(keys.opening(place), Keyring)
