"""Accounts with several ways to post: which secrets they need, and what is never shown of them."""

from pathlib import Path

import pytest

from relay.config.messages import report
from relay.core.account import Secret
from tests.edges.configurations import good, loaded

SLACK = 'version = 1\n[accounts.equipe]\nnetwork = "slack"\n'
HOOK = "https://hooks.slack.com/services/T0/B0/aHVzaCBodXNo"


@pytest.mark.parametrize("key", ["webhook", "token"])
def test_one_secret_of_several_is_enough(tmp_path: Path, key: str) -> None:
    account = good(tmp_path, f'{SLACK}{key} = {{ env = "KEPT" }}\n', {"KEPT": HOOK}).accounts[0]
    assert account.secrets == {key: Secret(HOOK)}


def test_none_of_them_is_no_error_of_the_file(tmp_path: Path) -> None:
    found = loaded(tmp_path, SLACK)
    assert [message.code for message in found.messages if message.severity == "error"] == []
    assert found.configuration is not None
    assert found.configuration.accounts[0].secrets == {}


def test_one_that_is_written_and_cannot_be_had_is_told(tmp_path: Path) -> None:
    found = loaded(tmp_path, f'{SLACK}webhook = {{ env = "NOT_SET" }}\n')
    assert "R022" in [message.code for message in found.messages]


def test_one_in_clear_is_an_error_that_does_not_show_it(tmp_path: Path) -> None:
    found = loaded(tmp_path, f'{SLACK}webhook = "{HOOK}"\n')
    assert "R020" in [message.code for message in found.messages]
    assert "aHVzaCBodXNo" not in report(found)


@pytest.mark.parametrize("address", ["intranet.example/news", "ftp://intranet.example/", "https://me:pass@x.example/"])
def test_an_endpoint_is_an_address_of_the_web(tmp_path: Path, address: str) -> None:
    text = 'version = 1\n[accounts.intranet]\nnetwork = "webhook"\n'
    found = loaded(tmp_path, f'{text}endpoint = "{address}"\nsecret = {{ env = "KEPT" }}\n', {"KEPT": "whsec_x"})
    assert found.configuration is None
