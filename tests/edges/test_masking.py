"""Secrets that are addresses: covered whole and in their parts, wherever they are said."""

import httpx
import pytest

from relay.core.account import Account, Secret
from relay.core.outcome import AuthLost, CannotTell, Refused, Retry, Sent, Unsure
from relay.networks.wire.answers import NoAnswer, ask
from relay.networks.wire.masking import COVER, is_private, masked
from tests.fakes.wire import closed_port

HOOK = Account("a", "discord", secrets={"webhook": Secret("https://discord.com/api/webhooks/1/aHVzaCBodXNoIGh1c2g")})


@pytest.mark.parametrize("kind", [Retry, Refused, AuthLost, Unsure, CannotTell])
def test_a_part_of_a_secret_address_is_covered_in_whatever_is_said(kind: type) -> None:
    said = kind("No route for POST /api/webhooks/1/aHVzaCBodXNoIGh1c2g, nor aHVzaCBodXNoIGh1c2g")
    assert masked(said, HOOK) == kind(f"No route for POST /{COVER}, nor {COVER}")


def test_words_and_hosts_stay() -> None:
    said = Refused("discord.com answered 404: Unknown Webhook, see https://discord.com/developers and api/webhooks")
    assert masked(said, HOOK) == said


def test_what_was_sent_is_told_as_it_is() -> None:
    assert masked(Sent("1", "https://discord.com/channels/1/2/3"), HOOK) == Sent(
        "1", "https://discord.com/channels/1/2/3"
    )


def test_an_account_without_secrets_covers_nothing() -> None:
    assert masked(Refused("No."), Account("a", "sandbox")) == Refused("No.")
    assert masked(Refused("No."), Account("a", "slack", secrets={"token": Secret("")})) == Refused("No.")


@pytest.mark.parametrize(
    "url", ["https://discord.com/api/webhooks/1/x", "http://127.0.0.1:8090/services/x", "http://localhost/x"]
)
def test_a_secret_address_goes_over_tls_or_stays_on_this_machine(url: str) -> None:
    assert is_private(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://discord.com/api/webhooks/1/x",
        "http://127.0.0.1.evil.example/x",
        "http://localhost:80@evil.example/x",
        "http://127.0.0.1:@evil.example/x",
        "ftp://discord.com/x",
        "https:///x",
        "",
    ],
)
def test_a_secret_address_goes_nowhere_else(url: str) -> None:
    assert not is_private(url)


@pytest.mark.parametrize("path", ["/bot1:secret/send", "/api/webhooks/1/secret", "/xrpc/secret", "/secret?key=secret"])
def test_what_broke_off_is_told_by_its_host_alone(path: str) -> None:
    here = closed_port()
    with httpx.Client(trust_env=False) as http:
        told = ask(http, "GET", here.replace("//", "//me:secret@") + path)
    assert isinstance(told, NoAnswer)
    assert told.why.startswith(f"{here}: it could not be reached")
    assert "secret" not in told.why
