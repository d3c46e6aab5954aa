"""The demo with the networks of the tests: what an editor approves stands on each of them."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from relay.cli.main import run
from relay.core.crosspost import Crosspost, State
from relay.core.review.moving import Refusal
from relay.demo.far_ends import far_ends
from relay.demo.play import CAMILLE, Stage, staged
from relay.pipeline.review import LONGEST, Words
from relay.storage import crossposts
from relay.wiring import at
from tests.fakes.wire import closed_port


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False, timeout=30) as client:
        yield client


AT = {
    "masto": "sandbox_mastodon",
    "mastodon": "mastodon_fixed",
    "nostr": "nostr_relay",
    "x": "x_bearer",
    "linkedin": "linkedin_page",
    "facebook": "facebook_page",
    "threads": "threads_user",
    "telegram": "telegram_bot",
    "slack": "slack_bot",
    "matrix": "matrix_room",
    "discord": "discord_hook",
    "webhook": "webhook_receiver",
    "wordpress": "wordpress_site",
    "micropub": "micropub_listing",
    "email": "mail",
}
"""What stands behind each account, by the name that the tests of networks have for it."""


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The demo, with everything waiting."""
    listen = ("127.0.0.1", int(closed_port().rpartition(":")[2]))
    with staged(listen, tmp_path_factory.mktemp("newsroom"), tests=True) as stage:
        stage.relay.poll(["cget"])
        yield stage


def waiting(stage: Stage) -> list[Crosspost]:
    with stage.relay.db.read() as tx:
        return list(crossposts.by_state(tx, (State.WAITING,)))


def test_one_approved_entry_stands_on_every_network(tmp_path: Path, http: httpx.Client) -> None:
    listen = ("127.0.0.1", int(closed_port().rpartition(":")[2]))
    with staged(listen, tmp_path, tests=True) as stage:
        stage.relay.poll(["cget"])
        newest = max(one.entry_id for one in waiting(stage))
        mine = [one for one in waiting(stage) if one.entry_id == newest]
        assert {one.account for one in mine} == {"masto", "bsky", *stage.others.ids}
        for one in mine:
            stage.relay.approve(one.id, CAMILLE, "test", one.revision)
        at(stage.relay, stage.relay.clock() + timedelta(minutes=1)).deliver()
        with stage.relay.db.read() as tx:
            became = {one.account: (one.state, one.note) for one in (crossposts.get(tx, one.id) for one in mine) if one}
        assert {account: told for account, told in became.items() if told[0] is not State.SENT} == {}
        page = http.get(stage.others.page).text
        shown = {part.partition('"')[0]: part.count("<article>") for part in page.split('<section id="')[1:]}
        assert shown == dict.fromkeys(stage.others.ids, 1)
        assert page.count(mine[0].draft.title) >= 1


@pytest.mark.parametrize(
    "account", [pytest.param(account, marks=pytest.mark.shows("length", at=end)) for account, end in AT.items()]
)
def test_what_is_too_long_for_its_network_cannot_be_approved(newsroom: Stage, account: str) -> None:
    relay = newsroom.relay
    one = next(one for one in waiting(newsroom) if one.account == account)
    most = min(most // (2 if unit == "bytes" else 1) for unit, most in relay.desk.limits(account).text)

    def approved(length: int) -> Crosspost:
        with relay.db.read() as tx:
            now = crossposts.get(tx, one.id)
        assert now
        edited = relay.edit(one.id, CAMILLE, "test", Words(now.revision, "é" * length))
        return relay.approve(one.id, CAMILLE, "test", edited.revision)

    with pytest.raises(Refusal, match=r"too long for|A text has at most"):
        approved(most + 1)
    assert approved(min(most, LONGEST)).state is State.APPROVED


def test_the_page_of_the_networks_is_in_the_language_of_its_reader(http: httpx.Client) -> None:
    with far_ends() as others:
        french, english = (http.get(others.page, headers={"Accept-Language": name}).text for name in ("fr-FR", "en"))
    assert ('<html lang="fr">' in french, "Rien encore." in french) == (True, True)
    assert ('<html lang="en">' in english, "Nothing yet." in english) == (True, True)


def test_every_network_of_the_tests_ends_with_the_demo(http: httpx.Client) -> None:
    with far_ends() as others:
        assert http.get(others.page).status_code == 200
    with pytest.raises(httpx.ConnectError):
        http.get(others.page)


def test_an_installed_relay_has_no_tests_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("relay.demo.far_ends.CLONE", tmp_path)
    code = run(["demo", "--networks", "tests"])
    said = capsys.readouterr().err
    assert (code, said.count("\n"), "run the demo in a clone" in said) == (1, 1, True)


def test_what_the_tests_lack_is_named(tmp_path: Path) -> None:
    program = tmp_path / "tests" / "fakes" / "__main__.py"
    program.parent.mkdir(parents=True)
    program.write_text("import no_such_library\n")
    with pytest.raises(OSError, match="no_such_library"), far_ends(tmp_path):
        pass


def test_one_entry_is_walked_to_a_sandbox_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["demo", "--once", "--networks", "tests"]) == 2
    assert "leave --networks out" in capsys.readouterr().err


def test_a_person_gets_accounts_to_copy_and_the_secrets_beside_them(http: httpx.Client) -> None:
    with subprocess.Popen([sys.executable, "-m", "tests.fakes"], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        said = running.stdout.readline()
        page = re.findall(r"http://\S+", said)[0]
        lines = [running.stdout.readline() for _ in range(8)]
        assert http.get(page).status_code == 200
        running.terminate()
    assert "[accounts.mastodon]\n" in lines
    assert 'token = { env = "RELAY_MASTODON_TOKEN" }\n' in lines
