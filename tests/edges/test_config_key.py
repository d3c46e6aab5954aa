"""The key for the accounts' secrets: given by a variable or a file, or left to relay; never written in the file."""

from pathlib import Path

import pytest

from relay.config.messages import report
from relay.core.account import Secret
from tests.edges.configurations import good, loaded

KEY = "bm90LWEtcmVhbC1rZXktYnV0LWxvbmctZW5vdWdoISE="


def test_left_out_it_is_a_file_beside_the_database(tmp_path: Path) -> None:
    found = good(tmp_path, 'version = 1\n[service]\ndatabase = "/srv/relay/blog.db"\n', {}).service
    assert (found.key, found.key_file) == (None, Path("/srv/relay/relay.key"))


def test_beside_a_database_that_is_no_file_there_is_none(tmp_path: Path) -> None:
    found = good(tmp_path, "version = 1\n", {"RELAY_DATABASE": "postgresql://u:p@db.example/relay"}).service
    assert (found.key, found.key_file) == (None, None)


def test_a_variable_gives_it(tmp_path: Path) -> None:
    found = good(tmp_path, 'version = 1\n[service]\nkey = { env = "RELAY_KEY" }\n', {"RELAY_KEY": KEY}).service
    assert (found.key, found.key_file) == (Secret(KEY), None)


def test_a_file_gives_it(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{KEY}\n")
    found = good(tmp_path, f'version = 1\n[service]\nkey = {{ file = "{tmp_path}/key" }}\n', {}).service
    assert found.key == Secret(KEY)


@pytest.mark.parametrize("reference", ['{ env = "NOT_SET" }', '{ file = "./not/there" }'])
def test_one_that_cannot_be_had_is_a_warning_and_no_other_takes_its_place(tmp_path: Path, reference: str) -> None:
    found = loaded(tmp_path, f"version = 1\n[service]\nkey = {reference}\n", {})
    assert [(one.code, one.severity) for one in found.messages] == [("R127", "warning")]
    assert found.configuration is not None
    assert (found.configuration.service.key, found.configuration.service.key_file) == (Secret(""), None)


def test_one_in_clear_is_an_error_that_does_not_show_it(tmp_path: Path) -> None:
    found = loaded(tmp_path, f'version = 1\n[service]\nkey = "{KEY}"\n', {})
    assert [one.code for one in found.messages] == ["R020"]
    assert KEY not in report(found)
    assert "RELAY_SERVICE_KEY" in report(found)
