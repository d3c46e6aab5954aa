"""The ways in, as a configuration names them."""

from pathlib import Path

from relay.core.account import Secret
from relay.core.signing.ways import Provider, SignIn
from tests.edges.configurations import SECRET, good, loaded


def test_there_are_no_passwords_and_no_provider_unless_they_are_asked_for(tmp_path: Path) -> None:
    assert good(tmp_path, "version = 1\n").sign_in == SignIn()


def test_an_identity_provider_has_its_secret_from_a_variable(tmp_path: Path) -> None:
    written = 'issuer = "https://id.example/realms/blog"\nclient_id = "relay"\nclient_secret = { env = "OIDC" }\n'
    text = f"version = 1\n[sign_in]\npasswords = true\n[sign_in.oidc]\n{written}"
    provider = Provider("https://id.example/realms/blog", "relay", Secret(SECRET), "OpenID Connect")
    assert good(tmp_path, text, {"OIDC": SECRET}).sign_in == SignIn(passwords=True, provider=provider)


def test_without_its_secret_a_provider_is_left_out_and_the_rest_goes_on(tmp_path: Path) -> None:
    written = 'issuer = "https://id.example"\nclient_id = "relay"\nclient_secret = { env = "OIDC" }\n'
    found = loaded(tmp_path, f"version = 1\n[sign_in]\npasswords = true\n[sign_in.oidc]\n{written}", {})
    assert [message.code for message in found.messages] == ["R150"]
    assert found.configuration
    assert found.configuration.sign_in == SignIn(passwords=True)
