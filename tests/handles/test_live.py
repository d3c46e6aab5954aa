"""``relay check --live``: handles asked for at their own servers, which stand on loopback here."""

import functools
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from relay.cli import main
from relay.intake.identity import ask
from relay.intake.wire import transport
from relay.intake.wire.guard import Guard
from relay.intake.wire.pace import Turns
from relay.intake.wire.transport import reading_client
from tests.fakes.feed_server import FeedServer, answer, listening

DID = "did:plc:ewvi7nxzyoun6zhxrhs64oiz"
WEBFINGER = "/.well-known/webfinger?resource=acct:{name}@{host}"
RESOLVE = "/xrpc/com.atproto.identity.resolveHandle?handle={host}"


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with listening(answer(404)) as server:
        yield server


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with reading_client(Guard(("127.0.0.1", "localhost")), None, turns=Turns(gap=0)) as client:
        yield client


def host(server: FeedServer) -> str:
    return server.url.removeprefix("http://")


def knows(server: FeedServer, name: str, subject: str) -> None:
    told = json.dumps({"subject": subject}).encode()
    server.pages[WEBFINGER.format(name=name, host=host(server))] = answer(body=told)


@pytest.mark.parametrize(
    ("subject", "result"),
    [("acct:cget@{host}", "verified"), ("acct:CGET@{host}", "verified"), ("acct:other@{host}", "not found")],
)
def test_a_server_says_whether_it_knows_an_account(
    server: FeedServer, http: httpx.Client, subject: str, result: str
) -> None:
    knows(server, "cget", subject.format(host=host(server)))
    assert ask(http, "mastodon", f"@cget@{host(server)}").result == result


def test_an_account_that_is_not_there_is_not_found(server: FeedServer, http: httpx.Client) -> None:
    verdict = ask(http, "mastodon", f"@nobody@{host(server)}")
    assert (verdict.result, "nobody" in verdict.why) == ("not found", True)


@pytest.mark.parametrize("script", [answer(500), answer(body=b"<html>"), answer(403), answer(body=b"[]")])
def test_a_server_that_answers_badly_could_not_be_asked(server: FeedServer, http: httpx.Client, script: bytes) -> None:
    server.script[:] = [script]
    assert ask(http, "mastodon", f"@cget@{host(server)}").result == "could not ask"


def test_a_domain_says_itself_who_it_is(server: FeedServer, http: httpx.Client) -> None:
    server.pages["/.well-known/atproto-did"] = answer(body=f"{DID}\n".encode())
    verdict = ask(http, "bluesky", f"@{host(server)}")
    assert (verdict.result, DID in verdict.why) == ("verified", True)
    assert len(server.asked) == 1


def test_or_else_the_configured_server_is_asked(server: FeedServer, http: httpx.Client) -> None:
    server.pages[RESOLVE.format(host="localhost")] = answer(body=json.dumps({"did": DID}).encode())
    assert ask(http, "bluesky", "@localhost", (server.url,)).result == "verified"


@pytest.mark.parametrize(("script", "result"), [(answer(400), "not found"), (answer(502), "could not ask")])
def test_a_server_that_does_not_know_a_handle_says_so(
    server: FeedServer, http: httpx.Client, script: bytes, result: str
) -> None:
    server.script[:] = [script]
    assert ask(http, "bluesky", "@localhost", (server.url,)).result == result


@pytest.mark.parametrize(
    ("network", "handle", "result"),
    [
        ("x", "@CGET_gouv", "could not ask"),
        ("mastodon", "@cget", "not found"),
        ("bluesky", "@cget@social.exemple.fr", "not found"),
        ("mastodon", "@cget@10.0.0.1", "could not ask"),
    ],
)
def test_nobody_is_asked_in_vain(http: httpx.Client, network: str, handle: str, result: str) -> None:
    assert ask(http, network, handle).result == result


CONFIGURATION = """version = 1
language = "en"
[service]
allow = ["127.0.0.1"]
[handles.cget]
name = "CGET"
mastodon = "@cget@{host}"
x = "@CGET_gouv"
[handles.anah]
name = "Anah"
mastodon = "@anah@{host}"
"""


def test_the_command_tells_of_each_handle(
    server: FeedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(transport, "Turns", functools.partial(Turns, gap=0))
    knows(server, "cget", f"acct:cget@{host(server)}")
    file = tmp_path / "relay.toml"
    file.write_text(CONFIGURATION.format(host=host(server)))

    assert main.run(["check", "--config", str(file), "--live"]) == 1
    said = capsys.readouterr().out
    assert f"cget mastodon @cget@{host(server)}: verified: " in said
    assert said.endswith("1 verified, 1 not found, 1 could not ask.\n")

    assert main.run(["check", "--config", str(file), "--live", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)["handles"]
    assert [(one["body"], one["network"], one["result"]) for one in told] == [
        ("cget", "mastodon", "verified"),
        ("cget", "x", "could not ask"),
        ("anah", "mastodon", "not found"),
    ]


def test_nobody_is_asked_unless_it_is_wanted(
    server: FeedServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "relay.toml"
    file.write_text(CONFIGURATION.format(host=host(server)))
    assert main.run(["check", "--config", str(file), "--json"]) == 0
    assert "handles" not in json.loads(capsys.readouterr().out)
    assert server.asked == []
