"""``relay token`` and ``relay hooks``: what an operator sees and says in a terminal."""

import json
from collections.abc import Iterator

import pytest

from relay.core.programs.token import is_written_right
from tests.commands.blog import Blog
from tests.commands.conftest import Relay
from tests.fakes.receiver import SECRET, Receiver
from tests.fakes.wire import Wire, closed_port, listening

SINCE = "2020-01-01T00:00:00Z"


@pytest.fixture
def wire(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    """A receiver, and a configuration that names it."""
    monkeypatch.setenv("RELAY_HOOK_SECRET", SECRET)
    with listening(Wire(Receiver().answer, "/")) as found:
        hook = f'\n[hooks.ci]\nurl = "{found.url}/hook"\nsecret = {{ env = "RELAY_HOOK_SECRET" }}\n'
        blog.file.write_text(blog.file.read_text() + hook)
        yield found


def test_a_token_is_printed_once_and_listed_without_it(relay: Relay) -> None:
    made = relay("token", "add", "intranet", "--scopes", "read, edit", "--accounts", "out", "--expires", "90d")
    token = made.out.split("\n")[0]
    assert (made.code, is_written_right(token)) == (0, True)
    assert token not in (listed := relay("token", "list")).out
    assert listed.out.startswith("intranet  good  edit, read  out  ")
    (told,) = relay("token", "list", "--json").json
    assert (told["scopes"], told["accounts"], told["used_at"], told["by"]) == (
        ["edit", "read"],
        ["out"],
        None,
        "operator",
    )


def test_a_token_is_ended_for_good(relay: Relay) -> None:
    made = relay("token", "add", "ci", "--json").json
    assert (made["name"], is_written_right(made["token"])) == ("ci", True)
    assert relay("token", "end", "ci").out == "The token ci opens nothing any more.\n"
    assert relay("token", "list", "--json").json[0]["standing"] == "ended"
    again = relay("token", "end", "ci")
    assert (again.code, again.out, "relay token list" in again.err) == (1, "", True)


def test_a_token_that_is_too_old_is_said_to_be(relay: Relay) -> None:
    relay("token", "add", "ci", "--expires", "1h", "--at", "2026-11-24T10:00:00Z")
    late = relay("token", "list", "--json", "--at", "2026-11-24T11:00:00Z").json
    assert [one["standing"] for one in late] == ["expired"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("Ci",), "small letters"),
        (("ci", "--scopes", "approve"), "approve is no scope"),
        (("ci", "--scopes", ","), "give it scopes"),
        (("ci", "--accounts", "nobody"), "There is no account nobody"),
        (("ci", "--scopes", "stop", "--accounts", "out"), "for all of them"),
    ],
)
def test_a_token_that_makes_no_sense_is_refused(relay: Relay, words: tuple[str, ...], why: str) -> None:
    said = relay("token", "add", *words)
    assert (said.code, said.out, why in said.err) == (1, "", True)
    assert relay("token", "list").out.startswith("There are no tokens")


def test_where_there_are_no_hooks_it_is_said(relay: Relay) -> None:
    assert relay("hooks", "list").out.startswith("There are no hooks")
    assert "hooks" not in relay("status", "--json").json
    assert "there is no hook" in relay("hooks", "test", "ci").err


def test_a_hook_is_tested_at_once(relay: Relay, wire: Wire) -> None:
    assert relay("hooks", "test", "ci").out == "ci took it.\n"
    (call,) = wire.calls
    assert json.loads(call.body)["type"] == "relay.test"
    (told,) = relay("hooks", "list", "--json").json
    assert (told["hook"], told["standing"], told["why"]) == ("ci", "fine", "")
    assert relay("status", "--json").json["hooks"] == [told]


def test_a_hook_that_does_not_take_it_is_said_why(relay: Relay, wire: Wire, blog: Blog) -> None:
    blog.file.write_text(blog.file.read_text().replace(wire.url, closed_port()))
    said = relay("hooks", "test", "ci")
    assert (said.code, said.out, "could not be reached" in said.err) == (1, "", True)


def test_a_secret_that_is_none_is_said_to_be(relay: Relay, wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELAY_HOOK_SECRET", "nonsense")
    assert relay("hooks", "list", "--json").json[0]["standing"] == "secret"
    said = relay("hooks", "test", "ci")
    assert (said.code, "whsec_" in said.err, wire.calls) == (1, True, [])


def test_what_happened_is_told_once_more(relay: Relay, wire: Wire) -> None:
    said = relay("hooks", "replay", "ci", "--since", SINCE)
    assert said.out == f"ci is told of 0 events since {SINCE} by the daemon.\n"
