"""Signing in, in a real browser: by passkeys of a virtual authenticator, without JavaScript, and for everybody."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from relay.core.people import Role
from relay.storage import passkeys, people
from tests.edges.browsers import CHROMIUM
from tests.edges.doors import ALL, Site, device, furnished, open_site
from tests.edges.test_browser import for_everybody, needs_axe, open_page, violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not there: apt install chromium"),
]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with open_site(tmp_path) as one:
        yield one


def test_a_passkey_is_added_and_is_all_that_is_needed_to_sign_in(chromium: Browser, site: Site) -> None:
    with chromium.new_context() as context:
        page, complaints = open_page(context)
        device(context, page)
        site.enter(page)
        site.add(page)
        expect(page.get_by_role("status")).to_contain_text("Clé ajoutée.")
        site.leave(page)
        page.get_by_role("button", name="Entrer avec une clé d’accès").click()
        page.wait_for_url("**/review*")
        page.goto(f"{site.url}/me")
        expect(page.locator("#sessions ~ ul").first).to_contain_text("par une clé d’accès")
    assert complaints == []
    assert site.room.told("member camille") == ["signed in: link", "added passkey téléphone", "signed in: passkey"]


def test_the_browser_offers_it_beside_the_field(chromium: Browser, tmp_path: Path) -> None:
    with open_site(tmp_path, post_letter=lambda *_: None) as site, chromium.new_context() as context:
        page, _ = open_page(context)
        device(context, page)
        site.enter(page)
        site.add(page)
        site.leave(page)
        page.wait_for_url("**/review*")


def test_a_passkey_that_was_removed_opens_nothing(chromium: Browser, site: Site) -> None:
    with chromium.new_context() as context:
        page, _ = open_page(context)
        device(context, page)
        site.enter(page)
        site.add(page)
        page.get_by_role("button", name="Retirer – téléphone").click()
        expect(page.get_by_role("status")).to_contain_text("Clé retirée")
        site.leave(page)
        page.get_by_role("button", name="Entrer avec une clé d’accès").click()
        expect(page.locator("[data-passkey] [role=alert]")).to_contain_text("relay ne connaît pas ou plus cette clé.")


def test_a_disabled_member_s_passkey_opens_nothing(chromium: Browser, site: Site) -> None:
    with chromium.new_context() as context:
        page, _ = open_page(context)
        device(context, page)
        site.enter(page)
        site.add(page)
        with site.room.office.db.write() as tx:
            people.disable(tx, "camille")
        site.leave(page)
        page.get_by_role("button", name="Entrer avec une clé d’accès").click()
        expect(page.locator("[data-passkey] [role=alert]")).to_contain_text("relay ne connaît pas ou plus cette clé.")


def test_a_counter_that_went_back_is_refused_and_written_down(chromium: Browser, site: Site) -> None:
    with chromium.new_context() as context:
        page, _ = open_page(context)
        device(context, page)
        site.enter(page)
        site.add(page)
        with site.room.office.db.write() as tx:
            (known,) = passkeys.of(tx, "camille")
            passkeys.used(tx, known.id, 1000, site.room.clock())
        site.leave(page)
        page.get_by_role("button", name="Entrer avec une clé d’accès").click()
        expect(page.locator("[data-passkey] [role=alert]")).to_contain_text("son compteur a reculé")
        assert page.goto(f"{site.url}/review").status == 401  # type: ignore[union-attr]  # it has an answer
    assert "refused passkey téléphone: its counter went from 1000 to" in site.room.told("member camille")[-1]


def test_a_device_that_does_not_know_its_owner_is_not_enough(chromium: Browser, site: Site) -> None:
    with chromium.new_context() as context:
        page, _ = open_page(context)
        cdp, id = device(context, page)
        site.enter(page)
        site.add(page)
        cdp.send("WebAuthn.setUserVerified", {"authenticatorId": id, "isUserVerified": False})
        site.leave(page)
        page.get_by_role("button", name="Entrer avec une clé d’accès").click()
        expect(page.locator("[data-passkey] [role=alert]")).to_contain_text("L’appareil n’a donné aucune clé.")


def test_one_device_has_one_of_a_member_s_passkeys(chromium: Browser, site: Site) -> None:
    with chromium.new_context() as context:
        page, _ = open_page(context)
        device(context, page)
        site.enter(page)
        site.add(page)
        page.get_by_role("button", name="Ajouter une clé").click()
        expect(page.locator("[data-passkey] [role=alert]")).to_contain_text("déjà une de vos clés")


def test_what_a_device_has_signed_once_opens_nothing_again(chromium: Browser, site: Site) -> None:
    sent: list[str] = []
    with chromium.new_context() as context:
        page, _ = open_page(context)
        page.on(
            "request",
            lambda request: sent.append(request.post_data or "") if request.url.endswith("/sign-in/passkey") else None,
        )
        device(context, page)
        site.enter(page)
        site.add(page)
        site.leave(page)
        page.get_by_role("button", name="Entrer avec une clé d’accès").click()
        page.wait_for_url("**/review*")
    browser = site.room.visitor(Content_Type="application/x-www-form-urlencoded")
    answer = browser.post("/sign-in/passkey", content=sent[0])
    assert (answer.status_code, "a déjà servi" in answer.json()["wrong"]) == (403, True)
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "null", '{"id":"AA","rawId":"AA","response":{},"type":"public-key"}', "\ud83d" * 3]
)
def test_an_answer_that_is_none_is_told_so(site: Site, answer: str) -> None:
    said = site.room.visitor().post("/sign-in/passkey", data={"credential": answer.encode(errors="ignore")})
    assert (said.status_code, "n’est pas bonne" in said.json()["wrong"]) == (403, True)


def test_without_javascript_every_other_way_is_there(chromium: Browser, tmp_path: Path) -> None:
    with (
        open_site(tmp_path, sign_in=ALL, post_letter=lambda *_: None) as site,
        chromium.new_context(java_script_enabled=False) as context,
    ):
        page, complaints = open_page(context)
        page.goto(site.url)
        expect(page.get_by_role("button", name="Entrer avec une clé d’accès")).to_be_hidden()
        expect(page.get_by_role("link", name="Continuer avec Mon ministère")).to_be_visible()
        page.get_by_label("Adresse e-mail", exact=True).fill("nobody@blog.example")
        page.get_by_role("button", name="Recevoir un lien").click()
        expect(page.get_by_role("status")).to_contain_text("un lien y part")
        page.get_by_text("Avec un mot de passe").click()
        page.get_by_label("Nom ou adresse").fill("nobody")
        page.get_by_label("Mot de passe", exact=True).fill("nothing")
        page.get_by_role("button", name="Entrer", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("ne vont pas ensemble")
    assert [one for one in complaints if "403" not in one] == []


@needs_axe
@for_everybody
def test_nothing_on_these_pages_keeps_anybody_out(
    chromium: Browser, tmp_path: Path, language: str, scheme: str, width: int
) -> None:
    wishes: dict[str, Any] = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme, "bypass_csp": True}
    with (
        open_site(tmp_path, sign_in=ALL, post_letter=lambda *_: None) as site,
        chromium.new_context(**wishes) as context,
    ):
        page, _ = open_page(context)
        page.goto(f"{site.url}/?lang={language}")
        for summary in page.locator("main summary").all():
            summary.click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
        furnished(site)
        site.enter(page, "ada", Role.ADMIN)
        page.goto(f"{site.url}/members")
        for summary in page.locator("main summary").all():
            summary.click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.goto(f"{site.url}/me")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
