"""Signing in by an identity provider: whom it vouches for gets in, and nothing that is not proved counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from relay.core.account import Secret
from relay.core.people import Role
from relay.core.signing.ways import Provider as Configured
from relay.core.signing.ways import SignIn
from relay.storage import people
from relay.web.signing.discovery import GOOD, SILENT
from tests.edges.newsroom import Newsroom, open_newsroom
from tests.fakes.oidc import CLIENT, REFUSED, SECRET, Flaw, Provider, providing
from tests.fakes.wire import closed_port


@dataclass
class Hall:
    """A newsroom and its provider; ``go`` is what a browser does on the way there and back."""

    room: Newsroom
    provider: Provider

    def leave(self, browser: httpx.Client) -> str:
        """Where the provider sends the browser back to, as a path of the newsroom's."""
        there = browser.get("/sign-in/provider")
        assert there.status_code == 303
        answered = httpx.get(there.headers["location"], trust_env=False)
        back = urlsplit(answered.headers["location"])
        return f"{back.path}?{back.query}"

    def go(self, browser: httpx.Client) -> httpx.Response:
        """There and back."""
        return browser.get(self.leave(browser), headers={"Sec-Fetch-Site": "cross-site"})


def _configured(url: str) -> SignIn:
    return SignIn(provider=Configured(url, CLIENT, Secret(SECRET), "Mon ministère"))


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with providing() as provider, open_newsroom(tmp_path, sign_in=_configured(provider.url)) as room:
        with room.office.db.write() as tx:
            people.add(tx, "camille", Role.EDITOR, room.clock(), (), "camille@blog.example")
            people.add(tx, "zoe", Role.DIRECTOR, room.clock(), (), "zoe@blog.example")
        yield Hall(room, provider)


@pytest.mark.parametrize("by_header", [True, False])
def test_whom_the_provider_vouches_for_is_in(hall: Hall, *, by_header: bool) -> None:
    hall.provider.by_header = by_header
    browser = hall.room.visitor()
    answer = hall.go(browser)
    assert answer.status_code == 200
    assert 'content="0; url=/review"' in answer.text
    assert "camille" in browser.get("/review").text
    assert hall.room.told("member camille")[-1] == "signed in: provider"


def test_the_page_offers_it_by_its_name(hall: Hall) -> None:
    assert "Continuer avec Mon ministère" in hall.room.visitor().get("/").text


def test_afterwards_its_name_for_them_counts_and_not_the_address(hall: Hall) -> None:
    hall.go(hall.room.visitor())
    hall.provider.email = "zoe@blog.example"
    browser = hall.room.visitor()
    hall.go(browser)
    assert "camille" in browser.get("/me").text
    hall.provider.is_verified, hall.provider.email = False, None
    assert hall.go(hall.room.visitor()).status_code == 200


def test_another_person_with_an_address_that_is_taken_is_nobody(hall: Hall) -> None:
    hall.go(hall.room.visitor())
    hall.provider.subject = "0002"
    answer = hall.go(hall.room.visitor())
    assert (answer.status_code, "Personne de la rédaction" in answer.text) == (403, True)


@pytest.mark.parametrize("is_verified", [False, None, "true", 1])
def test_an_address_that_is_not_verified_says_nothing(hall: Hall, is_verified: object) -> None:
    hall.provider.is_verified = is_verified
    browser = hall.room.visitor()
    answer = hall.go(browser)
    assert (answer.status_code, "n’a pas vérifié" in answer.text) == (403, True)
    assert browser.get("/review").status_code == 401


def test_no_member_is_ever_made(hall: Hall) -> None:
    hall.provider.email = "new@blog.example"
    answer = hall.go(hall.room.visitor())
    with hall.room.office.db.read() as tx:
        names = [one.name for one in people.everybody(tx)]
    assert (answer.status_code, names) == (403, ["camille", "zoe"])


def test_a_disabled_member_is_nobody_bound_or_not(hall: Hall) -> None:
    hall.go(hall.room.visitor())
    with hall.room.office.db.write() as tx:
        people.disable(tx, "camille")
        people.disable(tx, "zoe")
    assert hall.go(hall.room.visitor()).status_code == 403
    hall.provider.subject, hall.provider.email = "0002", "zoe@blog.example"
    assert hall.go(hall.room.visitor()).status_code == 403


@pytest.mark.parametrize("flaw", REFUSED)
def test_a_token_with_a_flaw_lets_nobody_in(hall: Hall, flaw: Flaw) -> None:
    hall.provider.flaw = flaw
    browser = hall.room.visitor()
    answer = hall.go(browser)
    assert (answer.status_code, "ne se vérifie pas" in answer.text) == (403, True)
    assert browser.get("/review").status_code == 401


@pytest.mark.parametrize(
    ("flaw", "sentence"),
    [(Flaw.NO_TOKEN, "ne répond pas"), (Flaw.BROKEN, "ne répond pas"), (Flaw.DENIED, "a refusé")],
)
def test_a_provider_that_fails_gets_its_sentence(hall: Hall, flaw: Flaw, sentence: str) -> None:
    hall.provider.flaw = flaw
    answer = hall.go(hall.room.visitor())
    assert (answer.status_code, sentence in answer.text) == (403, True)


def test_a_description_of_another_issuer_leads_nowhere(hall: Hall) -> None:
    hall.provider.flaw = Flaw.OTHERS
    answer = hall.room.visitor().get("/sign-in/provider")
    assert (answer.status_code, "ne répond pas" in answer.text) == (403, True)


def test_a_provider_that_is_away_gets_its_sentence(tmp_path: Path) -> None:
    with open_newsroom(tmp_path, sign_in=_configured(closed_port())) as room:
        answer = room.visitor().get("/sign-in/provider")
    assert (answer.status_code, "ne répond pas" in answer.text) == (403, True)


def test_pressing_the_button_again_and_again_asks_the_provider_nothing(hall: Hall) -> None:
    for _ in range(20):
        assert hall.room.visitor().get("/sign-in/provider").status_code == 303
    assert hall.provider.asked == ["/.well-known/openid-configuration"]
    hall.room.clock.now += GOOD
    hall.room.visitor().get("/sign-in/provider")
    assert len(hall.provider.asked) == 2


def test_a_provider_that_was_silent_is_asked_again_in_a_moment(hall: Hall) -> None:
    hall.provider.flaw = Flaw.OTHERS
    hall.room.visitor().get("/sign-in/provider")
    hall.provider.flaw = Flaw.NONE
    assert hall.room.visitor().get("/sign-in/provider").status_code == 403
    hall.room.clock.now += SILENT
    assert hall.room.visitor().get("/sign-in/provider").status_code == 303


def test_a_return_works_once(hall: Hall) -> None:
    browser = hall.room.visitor()
    path = hall.leave(browser)
    kept = browser.cookies["relay-visit"]
    assert browser.get(path).status_code == 200
    again = hall.room.visitor(Cookie=f"relay-visit={kept}").get(path)
    assert (again.status_code, "pas attendu ici" in again.text) == (403, True)


def test_a_return_works_for_five_minutes(hall: Hall) -> None:
    browser = hall.room.visitor()
    path = hall.leave(browser)
    hall.room.clock.now += timedelta(minutes=5)
    assert browser.get(path).status_code == 403


def test_nobody_is_signed_in_by_anothers_return(hall: Hall) -> None:
    path = hall.leave(hall.room.visitor())
    victim = hall.room.visitor()
    assert victim.get(path).status_code == 403
    hall.leave(victim)
    assert victim.get(path).status_code == 403
    assert victim.get("/review").status_code == 401


def test_a_return_of_another_issuer_is_refused(hall: Hall) -> None:
    browser = hall.room.visitor()
    path = hall.leave(browser).partition("?")
    given = {name: values[0] for name, values in parse_qs(path[2]).items()}
    answer = browser.get(path[0], params={**given, "iss": "https://id.ailleurs.example"})
    assert answer.status_code == 403


def test_where_there_is_none_there_is_no_such_page(tmp_path: Path) -> None:
    with open_newsroom(tmp_path) as room:
        paths = ("/sign-in/provider", "/sign-in/provider/back?code=x&state=y")
        assert [room.visitor().get(path).status_code for path in paths] == [404, 404]


def test_a_member_forgets_the_tie(hall: Hall) -> None:
    browser = hall.room.visitor()
    hall.go(browser)
    assert "Mon ministère vous connaît" in browser.get("/me").text
    assert browser.post("/me/unbind").status_code == 303
    assert "ne vous connaît pas encore" in browser.get("/me").text
