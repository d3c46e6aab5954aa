"""``relay account``: connected at a terminal or by a script, without a secret ever being shown."""

import io
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.commands.blog import FEED, Blog, Ran
from tests.commands.conftest import Relay
from tests.fakes.feed_server import FeedServer, answer
from tests.fakes.granting import granting
from tests.fakes.mastodon import Mastodon
from tests.fakes.oauth import Authority

TOKEN = "typed-token-not-a-real-one"
Type = Callable[[str], None]


@pytest.fixture
def authority() -> Authority:
    return Authority()


@pytest.fixture
def masto(blog: Blog, site: FeedServer, authority: Authority) -> Iterator[Blog]:
    """The blog's account is on a Mastodon of ours, and its file has no token."""
    feed = FEED.format(url=site.url).encode()
    site.pages["/rss"] = answer(body=feed, headers=[(b"Content-Type", b"application/rss+xml")])
    with granting(authority, Mastodon()) as wire:
        blog.configure(site.url, f'network = "mastodon"\ninstance = "{wire.url}"')
        yield blog


@pytest.fixture
def type_(monkeypatch: pytest.MonkeyPatch) -> Type:
    """What stands on standard input."""
    return lambda text: monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def standing(relay: Relay) -> str:
    found: str = relay("account", "list", "--json").json[0]["standing"]
    return found


def test_an_account_without_its_secret_is_no_error(masto: Blog, relay: Relay) -> None:
    checked = relay("check", "--json")
    found = [one for one in checked.json["messages"] if one["code"] == "R126"]
    assert (checked.code, [one["severity"] for one in found]) == (0, ["warning"])
    assert "relay account connect out" in found[0]["hint"]
    assert standing(relay) == "connect"


def test_a_token_on_standard_input_connects_it(masto: Blog, relay: Relay, type_: Type) -> None:
    type_(f"{TOKEN}\n")
    ran = relay("account", "connect", "out", "--paste")

    assert (ran.code, ran.out) == (0, "out is connected.\n")
    assert TOKEN not in ran.out + ran.err
    assert standing(relay) == "fine"
    shown = relay("account", "show", "out")
    assert TOKEN not in shown.out
    assert "command line" in shown.out


def test_a_visit_is_an_address_to_open_and_a_code_to_bring_back(
    masto: Blog, relay: Relay, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = _visited(relay, authority, monkeypatch, lambda answered: answered["code"])
    assert (ran.code, standing(relay)) == (0, "fine")
    assert "out is connected: @blog@127.0.0.1" in ran.out


def test_the_whole_address_will_do_and_its_state_is_checked(
    masto: Blog, relay: Relay, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = _visited(
        relay, authority, monkeypatch, lambda answered: f"http://127.0.0.1/back?state=mine&code={answered['code']}"
    )
    assert (ran.code, standing(relay)) == (1, "connect")
    assert ran.err == "relay: This way back has been used, or is over: begin again.\n"


def test_what_looks_like_an_address_and_is_none_is_said(
    masto: Blog, relay: Relay, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = _visited(relay, authority, monkeypatch, lambda _: "http://[relay.example/accounts/callback?code=x")
    assert (ran.code, standing(relay)) == (1, "connect")
    assert ran.err == "relay: that is no address: copy all of it, and connect the account once more\n"


def _visited(
    relay: Relay, authority: Authority, patched: pytest.MonkeyPatch, typed: Callable[[dict[str, str]], str]
) -> Ran:
    """The person opens what the command prints, when it waits for them."""
    printed = io.StringIO()

    class Person:
        def isatty(self) -> bool:
            return False

        def readline(self) -> str:
            url = re.search(r"http://\S+/oauth/authorize\S+", printed.getvalue())
            assert url
            return typed(authority.allow(url.group())) + "\n"

    with patched.context() as here:
        here.setattr(sys, "stdin", Person())
        here.setattr(sys, "stdout", printed)
        ran = relay("account", "connect", "out")
    return Ran(ran.code, printed.getvalue(), ran.err)


@pytest.mark.parametrize("words", [("connect", "out", "--paste"), ("connect", "out")])
def test_nothing_given_changes_nothing(masto: Blog, relay: Relay, type_: Type, words: tuple[str, ...]) -> None:
    type_("")
    ran = relay("account", *words)
    assert (ran.code, ran.err.splitlines()[-1]) == (1, "relay: nothing was given: nothing has changed")
    assert standing(relay) == "connect"


@pytest.mark.parametrize("action", ["show", "connect", "disconnect", "resume"])
def test_an_account_that_is_not_there_is_said(masto: Blog, relay: Relay, action: str) -> None:
    ran = relay("account", action, "nobody")
    assert (ran.code, ran.out) == (1, "")
    assert "there are: out" in ran.err


def test_disconnecting_and_resuming_say_what_they_did(masto: Blog, relay: Relay, type_: Type) -> None:
    type_(f"{TOKEN}\n")
    relay("account", "connect", "out", "--paste")
    assert relay("account", "resume", "out").err == "relay: out is not held.\n"
    assert relay("account", "disconnect", "out").out.startswith("out is disconnected")
    assert standing(relay) == "connect"


def test_what_waits_for_a_held_account_is_said_wherever_one_looks(masto: Blog, relay: Relay, type_: Type) -> None:
    type_(f"{TOKEN}\n")  # the server knows no such token
    relay("account", "connect", "out", "--paste")
    relay("poll")
    relay("user", "add", "camille")
    first = relay("queue", "list", "--json").json[0]["id"]
    relay("queue", "approve", str(first), "--as", "camille")
    relay("deliver", "--at", "2030-01-01T00:00:00Z")

    assert (relay("status", "--json").json["accounts"][0]["waiting"], standing(relay)) == (1, "held")
    assert "nothing leaves from out, 1 waits: " in relay("queue", "list").out
    assert relay("account", "resume", "out").out == "out is tried again: 1 cross-post leaves.\n"


def test_the_key_is_changed_and_everything_still_opens(masto: Blog, relay: Relay, type_: Type) -> None:
    type_(f"{TOKEN}\n")
    relay("account", "connect", "out", "--paste")
    key = (masto.folder / "relay.key").read_text()
    ran = relay("account", "rotate-key")

    assert ran.out.endswith(": out.\n")
    assert (masto.folder / "relay.key").read_text() != key
    assert standing(relay) == "fine"


def test_without_its_key_commands_say_so_and_go_on(masto: Blog, relay: Relay, type_: Type) -> None:
    type_(f"{TOKEN}\n")
    relay("account", "connect", "out", "--paste")
    (masto.folder / "relay.key").unlink()

    assert standing(relay) == "connect"
    assert "relay.key, is not there: bring it back" in relay("status").out
    assert relay("publish").code == 0


def test_at_a_terminal_nothing_that_is_typed_is_shown(masto: Blog) -> None:
    here, there = pty.openpty()
    program = "import sys; from relay.cli.main import run; sys.exit(run(sys.argv[1:]))"
    words = ["account", "connect", "out", "--paste", "--config", str(masto.file)]
    with subprocess.Popen(
        [sys.executable, "-c", program, *words], stdin=there, stdout=there, stderr=there, start_new_session=True
    ) as command:
        os.close(there)
        shown = b""
        while b"(not shown): " not in shown:
            shown += os.read(here, 1000)
        os.write(here, f"{TOKEN}\n".encode())
        shown += _rest(here)
    os.close(here)

    assert command.returncode == 0, shown
    assert b"out is connected." in shown
    assert TOKEN.encode() not in shown


def _rest(terminal: int) -> bytes:
    found = b""
    try:
        while some := os.read(terminal, 1000):
            found += some
    except OSError:  # the other end is closed
        pass
    return found


def test_no_secret_is_in_any_file(masto: Blog, relay: Relay, type_: Type) -> None:
    type_(f"{TOKEN}\n")
    relay("account", "connect", "out", "--paste")
    files = [path for path in Path(masto.folder).rglob("*") if path.is_file()]
    assert [path for path in files if TOKEN.encode() in path.read_bytes()] == []


def test_what_needs_no_secret_is_not_asked_for_one(blog: Blog, relay: Relay) -> None:
    refused = relay("account", "connect", "out")
    assert (refused.code, refused.err) == (1, "relay: out needs no secrets: there is nothing to connect.\n")
