"""An account of e-mail in the configuration: its server is a host, where all others have addresses."""

from pathlib import Path

import pytest

from relay.config.load import load
from relay.config.messages import report
from relay.core.account import Secret
from relay.wiring import network_keys

MAIL = """\
version = 1
[accounts.lettre]
network = "email"
server = "{server}"
from = "{sender}"
to = "{recipient}"
"""
GOOD = {"server": "smtp.exemple.fr:2525", "sender": "veille@exemple.fr", "recipient": "liste@exemple.fr"}


def read(folder: Path, **changed: str) -> str:
    file = folder / "relay.toml"
    file.write_text(MAIL.format(**{**GOOD, **changed}))
    return report(load(file, {}, network_keys()))


def test_a_mail_server_is_a_host_and_needs_no_password(tmp_path: Path) -> None:
    file = tmp_path / "relay.toml"
    file.write_text(MAIL.format(**GOOD))
    found = load(file, {}, network_keys()).configuration
    assert found is not None, read(tmp_path)
    [account] = found.accounts
    assert (account.options["server"], dict(account.secrets)) == ("smtp.exemple.fr:2525", {})


def test_a_password_is_read_where_there_is_one(tmp_path: Path) -> None:
    file = tmp_path / "relay.toml"
    file.write_text(MAIL.format(**GOOD) + 'user = "veille"\npassword = { env = "MAIL" }\n')
    found = load(file, {"MAIL": "not-a-real-one"}, network_keys()).configuration
    assert found is not None
    assert found.accounts[0].secrets == {"password": Secret("not-a-real-one")}


@pytest.mark.parametrize("wrong", ["liste", "a@exemple.fr, b@exemple.fr", "Liste <liste@exemple.fr>"])
@pytest.mark.parametrize("who", ["sender", "recipient"])
def test_each_is_one_address(tmp_path: Path, who: str, wrong: str) -> None:
    assert "R063" in read(tmp_path, **{who: wrong})
