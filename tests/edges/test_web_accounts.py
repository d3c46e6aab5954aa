"""The page of the accounts: their standing for everybody, connecting for admins, and no secret on it ever."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from pathlib import Path

import httpx
import pytest

from relay.core.outcome import Allowance
from relay.core.people import Role
from relay.pipeline.accounts import standing
from relay.storage import accounts, grants
from tests.edges.newsroom import Newsroom, open_newsroom
from tests.fakes.granting import granting
from tests.fakes.mastodon import Mastodon
from tests.fakes.oauth import Authority

PASTED = "a-pasted-token-not-a-real-one"


@dataclass
class Office:
    """A newsroom whose account is on a Mastodon of ours."""

    room: Newsroom
    authority: Authority

    def admin(self, name: str = "ada") -> httpx.Client:
        return self.room.editor(name, Role.ADMIN)

    def leave(self, browser: httpx.Client) -> dict[str, str]:
        """To the network and a yes there: what the way back says."""
        return self.authority.allow(destination(browser.post("/accounts/masto/connect")))

    def connect(self, browser: httpx.Client) -> httpx.Response:
        return browser.post("/accounts/callback", data=self.leave(browser))


def destination(answer: httpx.Response) -> str:
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', answer.text)
    assert found, answer.text
    return unescape(found.group(1))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    authority = Authority()
    with (
        granting(authority, Mastodon()) as wire,
        open_newsroom(tmp_path, language="en", instance=wire.url) as room,
    ):
        authority.now = room.clock()
        yield Office(room, authority)


def listing(browser: httpx.Client) -> str:
    answer = browser.get("/accounts")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.text)


def test_everybody_sees_how_accounts_stand_and_only_admins_the_forms(office: Office) -> None:
    seen = {role: listing(office.room.editor(f"one-{role}", role)) for role in Role}

    assert all(text.count(">to be connected<") == 2 for text in seen.values())
    assert {role for role, text in seen.items() if "/accounts/masto/connect" in text} == {Role.ADMIN}
    assert {role for role, text in seen.items() if 'type="password"' in text} == {Role.ADMIN}


def test_a_visit_connects_the_account(office: Office) -> None:
    ada = office.admin()
    answer = office.connect(ada)

    assert (answer.status_code, answer.headers["location"]) == (303, "/accounts?account=masto&did=connected")
    text = listing(ada)
    assert ">connected<" in text
    assert f"@blog@{office.room.office.desk.accounts['masto'].options['instance'].removeprefix('http://')}" in text
    assert office.room.nudged[-1:] == ["deliver"]


def test_the_page_of_the_way_back_is_a_button_that_changes_nothing_by_itself(office: Office) -> None:
    """A browser that the network sends shows no session: SameSite=Strict."""
    ada = office.admin()
    answered = office.leave(ada)
    page = office.room.visitor().get("/accounts/callback", params=answered)

    assert page.status_code == 200
    assert all(f'value="{value}"' in page.text for value in answered.values())
    assert ">to be connected<" in listing(ada)
    assert ada.post("/accounts/callback", data=answered).status_code == 303


def test_another_session_does_not_end_what_this_one_began(office: Office) -> None:
    ada, eve = office.admin(), office.admin("eve")
    answered = office.leave(ada)

    assert eve.post("/accounts/callback", data=answered).status_code == 409
    assert ada.post("/accounts/callback", data=answered).status_code == 303
    assert ada.post("/accounts/callback", data=answered).status_code == 409


def test_a_way_back_is_over_after_ten_minutes(office: Office) -> None:
    ada = office.admin()
    answered = office.leave(ada)
    office.room.clock.now += timedelta(minutes=10)
    answer = ada.post("/accounts/callback", data=answered)

    assert answer.status_code == 409
    assert "This way back has been used, or is over: begin again." in answer.text


def test_a_no_at_the_network_is_told(office: Office) -> None:
    ada = office.admin()
    state = office.leave(ada)["state"]
    denied = {"state": state, "error": "access_denied"}

    assert "access was not granted" in ada.get("/accounts/callback", params=denied).text
    answer = ada.post("/accounts/callback", data=denied)
    assert answer.status_code == 409
    assert "You said no at Mastodon: nothing was connected." in answer.text


@pytest.mark.parametrize("query", [{}, {"code": "x"}, {"state": "s", **{f"p{n}": "x" for n in range(30)}}])
def test_what_is_no_way_back_is_no_page(office: Office, query: dict[str, str]) -> None:
    assert office.room.visitor().get("/accounts/callback", params=query).status_code == 400


def test_pasted_secrets_connect_and_are_never_shown(office: Office) -> None:
    ada = office.admin()
    answer = ada.post("/accounts/masto/paste", data={"secret-token": PASTED})

    assert answer.status_code == 303
    for path in ("/accounts", "/accounts?account=masto&did=connected", "/review"):
        assert PASTED not in ada.get(path).text
    assert ">connected<" in listing(ada)


def test_an_empty_form_is_refused_in_a_sentence(office: Office) -> None:
    answer = office.admin().post("/accounts/masto/paste", data={"secret-token": " "})
    assert answer.status_code == 409
    assert "masto needs token." in answer.text


@pytest.mark.parametrize("word", ["connect", "paste", "disconnect"])
@pytest.mark.parametrize("role", [Role.VIEWER, Role.WRITER, Role.EDITOR, Role.DIRECTOR])
def test_only_admins_connect_and_disconnect(office: Office, word: str, role: Role) -> None:
    office.connect(office.admin())
    before = _version(office)
    answer = office.room.editor("zoe", role).post(f"/accounts/masto/{word}", data={"secret-token": PASTED})

    assert (answer.status_code, _version(office)) == (403, before)


def _version(office: Office) -> int:
    with office.room.office.db.read() as tx:
        kept = grants.get(tx, "masto")
    return kept.version if kept else 0


def _hold(office: Office) -> None:
    with office.room.office.db.write() as tx:
        standing.hold(tx, office.room.office.desk, "masto", "It was refused.", office.room.clock())


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.VIEWER, 403), (Role.WRITER, 403), (Role.EDITOR, 303), (Role.DIRECTOR, 303), (Role.ADMIN, 303)],
)
def test_a_held_account_is_tried_again_by_whoever_judges(office: Office, role: Role, status: int) -> None:
    office.connect(office.admin())
    _hold(office)
    zoe = office.room.editor("zoe", role)
    assert "It was refused." in listing(zoe)
    assert ("/accounts/masto/resume" in listing(zoe)) == (status == 303)

    assert zoe.post("/accounts/masto/resume").status_code == status
    assert ("It was refused." in listing(zoe)) == (status == 403)


def test_disconnecting_forgets_it(office: Office) -> None:
    ada = office.admin()
    office.connect(ada)
    assert ada.post("/accounts/masto/disconnect").status_code == 303
    assert listing(ada).count(">to be connected<") == 2
    assert ada.post("/accounts/masto/disconnect").status_code == 409


def test_an_end_that_is_near_is_told_above_everything(office: Office) -> None:
    office.authority.token_life = timedelta(days=10)
    ada = office.admin()
    office.connect(ada)
    assert "masto: access ends Fri 4 Dec 2026, 12:00 (Paris)." in listing(ada)


def test_what_the_network_allows_is_told_until_it_begins_anew(office: Office) -> None:
    ada = office.admin()
    office.connect(ada)
    with office.room.office.db.write() as tx:
        accounts.set_allowance(tx, "masto", Allowance(3, office.room.clock() + timedelta(hours=1)))
    assert "3 calls until 13:00 (Paris)" in listing(ada)

    office.room.clock.now += timedelta(hours=2)
    assert "3 calls" not in listing(ada)


@pytest.mark.parametrize("path", ["/accounts/nobody/connect", "/accounts/masto/burn"])
def test_what_there_is_not_cannot_be_done(office: Office, path: str) -> None:
    assert office.admin().post(path).status_code == 404


def test_a_network_that_is_away_is_told_in_a_sentence(office: Office) -> None:
    office.authority.says = (503, b"")
    ada = office.admin()
    answered = office.leave(ada)
    answer = ada.post("/accounts/callback", data=answered)
    assert answer.status_code == 409
    assert 'role="alert"' in answer.text
    assert answered["code"] not in answer.text


def test_a_hostile_way_back_is_only_text(office: Office) -> None:
    page = office.room.visitor().get("/accounts/callback", params={"state": '"><script>x</script>'})
    assert "<script>x" not in page.text
