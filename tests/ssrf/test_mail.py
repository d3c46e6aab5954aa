"""Mail goes to the server that the operator's configuration names, past the guard: nobody else can name another."""

import ast
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import httpx
import pytest

from relay.core.account import Account, Secret
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.grant import Grant
from relay.networks.email import network
from relay.networks.email.own import Written, post
from relay.pipeline.accounts.connected import with_grant
from tests.fakes.mailserver import Mailserver, receiving
from tests.ssrf import exits

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 7)
NAMING = (
    "551 User not local; please try <camille@[10.0.0.1]>",
    "251 User not local; will forward to <camille@intranet.exemple.fr>",
    "421 10.0.0.1 Service moved, see smtp://10.0.0.1/",
    "354 go on at http://169.254.169.254/",
    "250 mx.intranet.exemple.fr",
)


@contextmanager
def written_down() -> Iterator[list[tuple[object, ...]]]:
    """Every name that is looked up and every connection, of this process; aiosmtpd's own are to itself."""
    seen: list[tuple[object, ...]] = []
    look_up, connect = socket.getaddrinfo, socket.socket.connect

    def looked_up(host: Any, port: Any, *more: Any, **other: Any) -> Any:
        seen.append((host, int(port)))
        return look_up(host, port, *more, **other)

    def connected(own: socket.socket, to: Any) -> None:
        seen.append((to[0], to[1]))
        connect(own, to)

    with patch.object(socket, "getaddrinfo", looked_up), patch.object(socket.socket, "connect", connected):
        yield seen


def account(server: str, **options: str) -> Account:
    own = {"server": server, "from": "relay@exemple.fr", "to": "liste@exemple.fr", "security": "none"}
    return Account("liste", "email", {**own, **options})


def draft(text: str) -> Draft:
    image = Image("http://10.0.0.1/a.jpg", "image/jpeg", 9, 9, text)
    return Draft(text, "fr", "http://169.254.169.254/", title=text, description=text, image=image)


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("answer", NAMING)
def test_no_answer_of_the_server_leads_elsewhere(command: str, answer: str) -> None:
    server = Mailserver(says={command: answer})
    with receiving(server) as wire, written_down() as seen:
        made = network.prepare(httpx.Client(), account(wire.url), draft("Un bilan"), KEYS)
        assert isinstance(made, Request)
        network.publish(httpx.Client(), account(wire.url), made)
    host, _, port = wire.url.partition(":")
    assert {*seen} == {(host, int(port))}


@pytest.mark.parametrize("to", ["camille@[10.0.0.1]", "camille@intranet.exemple.fr", "a@localhost", "a@10.0.0.1"])
def test_no_address_of_a_member_is_looked_up_or_connected_to(to: str) -> None:
    server = Mailserver()
    with receiving(server) as wire, written_down() as seen:
        post(account(wire.url), Written(to, "Votre connexion", "smtp://10.0.0.1/\r\n.\r\n", "fr", KEYS))
    host, _, port = wire.url.partition(":")
    assert {*seen} <= {(host, int(port))}


@pytest.mark.parametrize("text", ["smtp://10.0.0.1:25/", "x\r\n.\r\nEHLO 10.0.0.1\r\n", "server = 10.0.0.1"])
def test_no_word_of_a_source_or_an_editor_names_the_server(text: str) -> None:
    server = Mailserver()
    with receiving(server) as wire, written_down() as seen:
        made = network.prepare(httpx.Client(), account(wire.url), draft(text), KEYS)
        assert isinstance(made, Request)
        hostile = Request(made.key, made.body.replace('"from"', '"server": "10.0.0.1", "host": "10.0.0.1", "from"'))
        network.publish(httpx.Client(), account(wire.url), hostile)
    host, _, port = wire.url.partition(":")
    assert {*seen} == {(host, int(port))}
    assert len(server.mails) == 1


def test_what_connecting_an_account_brings_is_secrets_and_no_server() -> None:
    mail = account("smtp.exemple.fr")
    grant = Grant(secrets={"server": Secret("10.0.0.1"), "host": Secret("10.0.0.1")}, at="email smtp.exemple.fr")
    assert with_grant(mail, grant).options == mail.options


MAKERS = {"relay.config.sections.accounts", "relay.config.sections.mail", "relay.cli.count", "relay.cli.trial"}
"""Where an account with settings is made: out of the configuration, and for two commands that send nothing."""


def makers(tree: ast.Module) -> list[str]:
    """Calls in ``tree`` that give an account its settings, but for those with no network."""
    names = exits.imported(tree)
    found = []
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        is_account = isinstance(call.func, ast.Name) and names.get(call.func.id) == ("relay.core.account", "Account")
        has_network = len(call.args) > 1 and ast.unparse(call.args[1]) not in {"''", '""'}
        is_changed = any(word.arg == "options" for word in call.keywords) and ast.unparse(call.func) == "replace"
        found += [ast.unparse(call)] if (is_account and has_network) or is_changed else []
    return found


def test_only_the_configuration_gives_an_account_its_settings() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in (exits.SOURCE / "relay").rglob("*.py")}
    likely = [path for path, text in texts.items() if "Account(" in text or "options=" in text]
    made = {exits.name_of(path): calls for path in likely if (calls := makers(ast.parse(texts[path])))}
    recipient = made.pop("relay.networks.email.own")
    assert recipient == ["replace(account, options={**account.options, 'to': recipient})"]
    assert made.keys() == MAKERS


@pytest.mark.parametrize(
    "code",
    [
        "from relay.core.account import Account\nAccount('a', 'email', {'server': form['server']})",
        "from dataclasses import replace\nreplace(account, options=form)",
    ],
)
def test_another_place_would_be_seen(code: str) -> None:
    assert makers(ast.parse(code))


def test_a_harness_that_sees_no_connection_would_be_caught() -> None:
    server = Mailserver()
    with receiving(server) as wire, written_down() as seen:
        elsewhere = replace(account(wire.url), options={**account(wire.url).options, "server": "127.0.0.2:9"})
        post(elsewhere, Written("camille@exemple.fr", "Objet", "Texte", "fr", KEYS))
    assert ("127.0.0.2", 9) in seen
