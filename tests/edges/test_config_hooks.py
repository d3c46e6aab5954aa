"""``[hooks.…]``, as the page about the API writes it, and what is wrong with one."""

import re
from pathlib import Path

import pytest

from relay.config.messages import report
from relay.core.account import Secret
from relay.core.programs.happening import Happening
from relay.core.programs.hook import Hook
from tests.edges.configurations import ROOT, good, loaded

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BARE = '[hooks.ci]\nurl = "https://ci.example/hook"\nsecret = { env = "RELAY_HOOK_SECRET" }\n'


def test_what_the_page_writes_is_understood(tmp_path: Path) -> None:
    written = "\n".join(re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL))
    found = good(tmp_path, f"version = 1\n{written}", {"RELAY_HOOK_SECRET": SECRET})
    some = frozenset({Happening.SENT, Happening.FAILED, Happening.UNCONFIRMED})
    assert found.hooks == (Hook("intranet", "https://intranet.exemple.fr/relay", Secret(SECRET), some),)


def test_without_events_a_hook_is_told_of_all(tmp_path: Path) -> None:
    (found,) = good(tmp_path, f"version = 1\n{BARE}", {"RELAY_HOOK_SECRET": SECRET}).hooks
    assert found.events == frozenset(Happening)
    assert SECRET not in repr(found)


def test_a_secret_that_cannot_be_had_stops_nothing(tmp_path: Path) -> None:
    found = loaded(tmp_path, f"version = 1\n{BARE}")
    assert [message.code for message in found.messages] == ["R022"]
    assert found.configuration
    assert found.configuration.hooks[0].secret is None


@pytest.mark.parametrize("event", Happening)
def test_every_event_is_on_the_page(event: Happening) -> None:
    assert f"| `{event}` | `" in PAGE


@pytest.mark.parametrize("key", ["url", "secret", "events"])
def test_every_key_is_on_the_page(key: str) -> None:
    assert f"| `{key}` | " in PAGE


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (('"https://ci.example/hook"', '"ci.example"'), "R017"),
        (('{ env = "RELAY_HOOK_SECRET" }', f'"{SECRET}"'), "R020"),
        (("secret = ", "secrets = "), "R010"),
        (("[hooks.ci]", "[hooks.CI]"), "R035"),
        (("[hooks.ci]\n", '[hooks.ci]\nevents = ["approve"]\n'), "R014"),
        (("[hooks.ci]\n", "[hooks.ci]\nevents = []\n"), "R038"),
        (("secret = ", "# "), "R011"),
    ],
)
def test_what_is_wrong_is_said_and_no_secret_with_it(tmp_path: Path, change: tuple[str, str], code: str) -> None:
    found = loaded(tmp_path, f"version = 1\n{BARE.replace(*change)}", {"RELAY_HOOK_SECRET": SECRET})
    assert code in [message.code for message in found.messages]
    assert found.configuration is None
    assert SECRET not in report(found)
