"""Mail over a secured line: nothing is said to a server that nobody vouches for."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import httpx
import pytest

from relay.core.account import Account, Secret
from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import AuthLost, Retry, Sent
from relay.networks.email import network as email
from tests.edges.far_end import FarEnd
from tests.fakes import certificate
from tests.fakes.mailserver import PASSWORD, USER, Mailserver, receiving

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 0x0123_4567_89AB_CDEF)
DRAFT = Draft(
    "La fracture https://blog.example/2026/fracture", "fr", "https://blog.example/2026/fracture", "La fracture"
)
NAME = "<20261124T080000.0123456789abcdef@exemple.fr>"
Lock = Literal["starttls", "tls"]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_over_tls_the_password_opens_and_the_mail_arrives(
    http: httpx.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, security: Lock
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", certificate.trust(tmp_path))
    server = Mailserver()
    with receiving(server, certificate.context(tmp_path), implicit=security == "tls") as wire:
        account = _account(wire.url, security)
        request = email.prepare(http, account, DRAFT, KEYS)
        assert isinstance(request, Request)
        assert email.publish(http, account, request) == Sent(NAME)
    assert (server.texts(), server.users) == ([DRAFT.text], [USER])


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_that_nobody_vouches_for_gets_neither_password_nor_mail(
    http: httpx.Client, tmp_path: Path, security: Lock
) -> None:
    server = Mailserver()
    with receiving(server, certificate.context(tmp_path), implicit=security == "tls") as wire:
        account = _account(wire.url, security)
        request = email.prepare(http, account, DRAFT, KEYS)
        assert isinstance(request, Request)
        told = email.publish(http, account, request)
    assert isinstance(told, Retry)
    assert "could not be secured" in told.why
    assert (server.texts(), server.users) == ([], [])


def test_where_the_line_cannot_be_secured_the_password_stays_here(
    mail: FarEnd, http: httpx.Client, mail_server: Mailserver
) -> None:
    account = replace(mail.account, options={**mail.account.options, "security": "starttls"})
    request = email.prepare(http, account, DRAFT, KEYS)
    assert isinstance(request, Request)
    told = email.publish(http, account, request)
    assert isinstance(told, AuthLost)
    assert "STARTTLS" in told.why
    assert (mail_server.users, mail_server.mails) == ([], [])


def _account(where: str, security: Lock) -> Account:
    options = {"server": where, "from": "veille@exemple.fr", "to": "liste@exemple.fr", "security": security}
    return Account("lettre", "email", {**options, "user": USER}, {"password": Secret(PASSWORD)})
