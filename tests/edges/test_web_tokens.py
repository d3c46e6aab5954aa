"""Tokens on the page: made by an admin, shown once, ended for good."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser

from relay.core.people import Role
from relay.core.programs.token import Scope
from relay.storage import tokens
from relay.storage.tables.review import audit
from tests.edges.newsroom import Newsroom, open_newsroom
from tests.edges.programs import bearing, token
from tests.edges.test_browser import for_everybody, needs_axe, open_page, violations

MADE = re.compile(r"relay_[\w-]{51}")
FORM = {"name": "intranet", "scope-read": "on", "scope-edit": "on", "for-masto": "on", "days": "90"}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        yield newsroom


@pytest.fixture
def admin(room: Newsroom) -> httpx.Client:
    return room.editor("ada", Role.ADMIN)


def test_a_token_is_shown_once_and_opens_what_was_chosen(room: Newsroom, admin: httpx.Client) -> None:
    answer = admin.post("/tokens", data=FORM)
    made = MADE.findall(answer.text)
    assert (answer.status_code, len(made)) == (200, 1)
    assert answer.headers["cache-control"] == "no-store"
    assert MADE.findall(admin.get("/tokens").text) == []
    told = bearing(room, made[0]).get("/token").json()
    assert (told["scopes"], told["accounts"]) == (["edit", "read"], ["masto"])
    with room.office.db.read() as tx:
        found = tokens.named(tx, "intranet")
    assert found
    assert (found.by, found.expires_at) == ("ada", room.clock() + timedelta(days=90))


def test_an_end_is_for_good_and_both_stand_in_the_audit(room: Newsroom, admin: httpx.Client) -> None:
    made = MADE.findall(admin.post("/tokens", data=FORM).text)[0]
    assert admin.post("/tokens/intranet/end").headers["location"] == "/tokens?ended=intranet"
    assert bearing(room, made).get("/token").status_code == 401
    assert admin.post("/tokens/intranet/end").status_code == 409
    assert admin.post("/tokens", data=FORM).status_code == 409
    with room.office.db.read() as tx:
        noted = tx.execute(audit.select().where(audit.c.subject == "token intranet")).all()
    assert [(row.who, row.means, row.what.partition(":")[0]) for row in noted] == [
        ("ada", "page", "token made"),
        ("ada", "page", "token ended"),
    ]
    assert made not in str(noted)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "Éve"}, "minuscules"),
        ({"name": ""}, "minuscules"),
        ({"scope-read": None, "scope-edit": None}, "choisissez"),
        ({"scope-approve": "on"}, "approve"),
        ({"for-nobody": "on"}, "nobody"),
        ({"days": "0"}, "nombre de jours"),
        ({"days": "x"}, "nombre de jours"),
        ({"scope-stop": "on"}, "tous les comptes"),
    ],
)
def test_what_makes_no_sense_is_said_and_what_was_typed_stays(
    room: Newsroom, admin: httpx.Client, change: dict[str, str | None], said: str
) -> None:
    form = {name: text for name, text in {**FORM, **change}.items() if text is not None}
    answer = admin.post("/tokens", data=form)
    assert answer.status_code == 409
    assert said in answer.text
    assert f'value="{form["name"]}"' in answer.text
    with room.office.db.read() as tx:
        assert tokens.every(tx) == []


@pytest.mark.parametrize("role", [Role.VIEWER, Role.WRITER, Role.EDITOR, Role.DIRECTOR])
def test_tokens_are_for_an_admin(room: Newsroom, role: Role) -> None:
    token(room, name="ci")
    browser = room.editor("somebody", role)
    asked = (browser.get("/tokens"), browser.post("/tokens", data=FORM), browser.post("/tokens/ci/end"))
    assert [answer.status_code for answer in asked] == [403] * 3
    assert 'href="/tokens"' not in browser.get("/sources").text


@needs_axe
@pytest.mark.browser
@for_everybody
def test_the_page_is_for_everybody(chromium: Browser, room: Newsroom, width: int, scheme: str, language: str) -> None:
    token(room, Scope.READ, name="ci")
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]  # one of its two
    page, complaints = open_page(context)
    page.goto(room.url + room.link("ada", Role.ADMIN))
    page.get_by_role("main").get_by_role("button").first.click()
    page.goto(f"{room.url}/tokens?lang={language}")
    page.locator("details.panel summary").first.click()
    page.fill("#name", "intranet")
    page.locator("details.panel button.primary").click()
    assert MADE.search(page.inner_text("main"))
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []
    context.close()
