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


@pytest.mark.parametrize("moment", ["17:00", "mon 08:00", "tue,fri 12:30", "mon-fri 23:59"])
def test_a_digest_leaves_at_a_moment_of_the_week(tmp_path: Path, moment: str) -> None:
    file = tmp_path / "relay.toml"
    file.write_text(MAIL.format(**GOOD) + f'digest = "{moment}"\n')
    found = load(file, {}, network_keys()).configuration
    assert found is not None
    assert found.accounts[0].options["digest"] == moment


@pytest.mark.parametrize("wrong", ["daily", "24:00", "17h", "monday 08:00", "mon", "08:00 mon"])
def test_what_is_no_moment_gets_a_sentence_with_examples(tmp_path: Path, wrong: str) -> None:
    file = tmp_path / "relay.toml"
    file.write_text(MAIL.format(**GOOD) + f'digest = "{wrong}"\n')
    said = report(load(file, {}, network_keys()))
    assert "R050" in said
    assert "mon-fri 08:45" in said


def test_a_route_without_a_schedule_is_in_the_file_s_time_zone(tmp_path: Path) -> None:
    file = tmp_path / "relay.toml"
    source = '[sources.cget]\nurl = "https://cget.exemple.fr/rss"\n'
    route = '[[routes]]\nfrom = ["cget"]\nto = ["lettre"]\n'
    written = MAIL.format(**GOOD).replace("version = 1\n", 'version = 1\ntimezone = "Europe/Paris"\n')
    file.write_text(f"{written}{source}{route}")
    found = load(file, {}, network_keys()).configuration
    assert found is not None, report(load(file, {}, network_keys()))
    assert found.routes[0].schedule.zone == "Europe/Paris"
