"""The service's own letters: through a real SMTP server, beside the request that wants them."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from relay.config.load import load
from relay.config.messages import report
from relay.core.account import Account, Secret
from relay.core.crosspost import Keys
from relay.core.outcome import AuthLost, Retry, Sent, Unsure
from relay.networks.email.own import Written, post
from relay.pipeline.telling import posting
from relay.pipeline.telling.posting import poster
from relay.wiring import network_keys
from tests.fakes import certificate
from tests.fakes.mailserver import PASSWORD, USER, Mailserver, receiving
from tests.fakes.wire import Fault, closed_port

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 7)
LETTER = Written("camille@exemple.fr", "Votre connexion", "Bonjour Camille\n", "fr", KEYS)


def account(address: str, **options: str) -> Account:
    own = {"server": address, "from": "relay@exemple.fr", "security": "none", "user": USER, **options}
    return Account("mail", "email", own, {"password": Secret(PASSWORD)})


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 5
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    assert condition()


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in caplog.records if record.name == "relay"]


def test_a_letter_says_from_whom_and_to_whom_it_is_and_is_no_list_s() -> None:
    server = Mailserver()
    with receiving(server) as wire:
        assert post(account(wire.url, name="Relay du blog"), LETTER) == Sent(
            "<20261124T080000.0000000000000007@exemple.fr>"
        )
    [mail] = server.mails
    assert (mail["From"], mail["To"]) == ("Relay du blog <relay@exemple.fr>", "camille@exemple.fr")
    assert (mail["Subject"], mail["List-Id"], mail["Auto-Submitted"]) == ("Votre connexion", None, "auto-generated")
    assert server.texts() == ["Bonjour Camille"]
    assert server.users == [USER]


def test_over_tls_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", certificate.trust(tmp_path))
    server = Mailserver()
    with receiving(server, certificate.context(tmp_path)) as wire:
        assert isinstance(post(account(wire.url, security="starttls"), LETTER), Sent)
    assert server.texts() == ["Bonjour Camille"]


def test_html_stands_beside_the_text() -> None:
    server = Mailserver()
    with receiving(server) as wire:
        post(account(wire.url), replace(LETTER, html="<p>Bonjour <b>Camille</b></p>"))
    [mail] = server.mails
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]


def test_a_subject_stays_one_line() -> None:
    server = Mailserver()
    with receiving(server) as wire:
        post(account(wire.url), replace(LETTER, subject="Un\r\nBcc: tous@exemple.fr"))
    assert server.mails[0]["Subject"] == "Un Bcc: tous@exemple.fr"
    assert server.mails[0]["Bcc"] is None


@pytest.mark.parametrize("wrong", ["camille", "a@exemple.fr, b@exemple.fr", "a@exemple.fr\r\nRCPT TO:<b@exemple.fr>"])
def test_a_reader_is_one_address(wrong: str) -> None:
    assert isinstance(post(account(closed_port().removeprefix("http://")), replace(LETTER, to=wrong)), AuthLost)


def test_a_server_that_is_not_there_and_an_answer_that_is_lost_are_values() -> None:
    assert isinstance(post(account(closed_port().removeprefix("http://")), LETTER), Retry)
    with receiving(Mailserver()) as wire:
        wire.faults.append(Fault.DROP_AFTER)
        assert isinstance(post(account(wire.url), LETTER), Unsure)


def test_a_letter_of_a_page_leaves_beside_it() -> None:
    server = Mailserver()
    with receiving(server) as wire:
        send = poster(account(wire.url), lambda: KEYS)
        assert send is not None
        send("camille@exemple.fr", "Votre connexion", "Bonjour")
        until(server.texts)
    assert server.texts() == ["Bonjour"]


def test_a_letter_that_is_put_off_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "LONGEST_WAIT", 0.05)
    server = Mailserver(says={"RCPT": "450 4.2.0 Greylisted"})
    with receiving(server) as wire:
        send = poster(account(wire.url), lambda: KEYS)
        assert send is not None
        send("camille@exemple.fr", "Votre connexion", "Bonjour")
        until(lambda: server.users)
        server.says.clear()
        until(server.texts)


def test_a_letter_that_cannot_be_sent_is_a_sentence_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    server = Mailserver(says={"RCPT": "550 5.1.1 User unknown"})
    with receiving(server) as wire, caplog.at_level(logging.WARNING, "relay"):
        send = poster(account(wire.url), lambda: KEYS)
        assert send is not None
        send("camille@exemple.fr", "Votre connexion", "Bonjour")
        until(lambda: said(caplog))
    assert said(caplog) == [
        "a letter could not be sent: 127.0.0.1 answered 550: 5.1.1 User unknown See [mail] in the configuration."
    ]


def test_without_mail_there_is_nothing_that_sends() -> None:
    assert poster(None, lambda: KEYS) is None


MAIL = """\
version = 1
[mail]
server = "smtp.exemple.fr:2525"
from = "relay@exemple.fr"
"""


def read(folder: Path, more: str = "") -> str:
    file = folder / "relay.toml"
    file.write_text(MAIL + more)
    return report(load(file, {}, network_keys()))


def test_what_the_section_says_is_an_account_without_a_reader(tmp_path: Path) -> None:
    file = tmp_path / "relay.toml"
    file.write_text(MAIL + 'user = "relay"\npassword = { env = "MAIL" }\nsecurity = "tls"\nname = "Relay"\n')
    found = load(file, {"MAIL": "not-a-real-one"}, network_keys())
    assert found.configuration is not None, report(found)
    mail = found.configuration.mail
    assert mail is not None
    assert mail.options == {
        "server": "smtp.exemple.fr:2525",
        "from": "relay@exemple.fr",
        "security": "tls",
        "user": "relay",
        "name": "Relay",
    }
    assert mail.secrets == {"password": Secret("not-a-real-one")}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ('user = "relay"\n', "R011"),
        ('password = "clear"\n', "R020"),
        ('security = "ssl"\n', "R014"),
        ('user = "relay"\npassword = { env = "NOT_THERE" }\n', "R140"),
        ('user = "relay"\npassword = { file = "/not/there" }\n', "R140"),
        ('to = "liste@exemple.fr"\n', "R010"),
    ],
)
def test_what_is_wrong_gets_its_sentence(tmp_path: Path, more: str, code: str) -> None:
    assert f"[{code}]" in read(tmp_path, more)


def test_a_password_in_the_clear_is_not_shown(tmp_path: Path) -> None:
    assert "not-for-eyes" not in read(tmp_path, 'user = "relay"\npassword = "not-for-eyes"\n')
