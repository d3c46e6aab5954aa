"""A newsroom that has a name, as passkeys want it: what a browser does there, and a device that keeps passkeys."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page

from relay.core.account import Secret
from relay.core.people import Role
from relay.core.signing.ways import Provider, SignIn
from relay.storage import passkeys, people
from tests.edges.newsroom import Newsroom, open_newsroom, served
from tests.real.ports import free_port

ALL = SignIn(passwords=True, provider=Provider("https://id.example", "relay", Secret("s"), "Mon ministère"))


@dataclass
class Site:
    """A newsroom that has a name, as passkeys want it, and what members' devices are for a browser."""

    room: Newsroom
    url: str

    def enter(self, page: Page, name: str = "camille", role: Role = Role.EDITOR) -> None:
        """By a sign-in address."""
        page.goto(self.url + self.room.link(name, role))
        page.get_by_role("main").get_by_role("button").click()
        page.wait_for_url("**/review*")

    def add(self, page: Page, name: str = "téléphone") -> None:
        """A passkey, on one's own page."""
        page.goto(f"{self.url}/me")
        page.get_by_label("Nom de la nouvelle clé").fill(name)
        page.get_by_role("button", name="Ajouter une clé").click()
        page.wait_for_url("**/me?did=passkey")

    def leave(self, page: Page) -> None:
        """Sign out; a device may answer before the page is all there."""
        page.context.clear_cookies()
        page.goto(self.url, wait_until="commit")


@contextmanager
def open_site(folder: Path, **more: Any) -> Iterator[Site]:
    port = free_port()
    with open_newsroom(folder, public_url=f"http://localhost:{port}", **more) as room, served(room.office, port):
        yield Site(replace_url(room, f"http://localhost:{port}"), f"http://localhost:{port}")


def replace_url(room: Newsroom, url: str) -> Newsroom:
    """The newsroom as it is reached by its name."""
    return replace(room, url=url)


def device(context: BrowserContext, page: Page, **more: Any) -> tuple[CDPSession, str]:
    """A virtual authenticator: one that keeps passkeys and knows its owner (W3C Web Authentication §11)."""
    cdp = context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    wishes = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    presence = {"isUserVerified": True, "automaticPresenceSimulation": True}
    made = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": {**wishes, **presence, **more}})
    return cdp, made["authenticatorId"]


def furnished(site: Site) -> None:
    """A few members, with what there may be of each."""
    now = site.room.clock()
    with site.room.office.db.write() as tx:
        people.add(tx, "ada", Role.ADMIN, now, (), "ada@blog.example")
        people.add(tx, "camille", Role.EDITOR, now, ("masto",), "camille.durand@agence-de-la-cohesion.exemple.fr")
        people.add(tx, "rémi", Role.WRITER, now)
        people.disable(tx, "rémi")
        passkeys.add(tx, passkeys.Passkey("AAAA", "ada", b"key", 0, "Téléphone", now))
        people.bind(tx, "ada", "https://id.example 1")
    site.room.editor("camille")
