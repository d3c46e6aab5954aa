"""Sheets to judge in a browser: twenty plain cross-posts, and one of which there is everything to see."""

from dataclasses import replace

from playwright.sync_api import Page

from relay.core.people import Role
from relay.core.pictures.candidate import Candidate, Standing
from relay.core.pictures.rendition import Rendition
from relay.storage import pictures
from tests.edges.newsroom import NOON, Newsroom
from tests.edges.picturing import DIGEST
from tests.edges.test_web_illustrating import OWN
from tests.edges.test_web_remarks import change_source
from tests.fakes.drawings import photograph, saved
from tests.feeds import editions

MANY = 20


def many(room: Newsroom) -> Newsroom:
    """With ten entries, each for two accounts: twenty plain cross-posts."""
    for number in range(5, MANY // 2):
        room.publish_entry(editions.post(number % 5, id=f"e{number}", slug=f"e{number}", headline=f"Titre {number}"))
    return room


def everything(room: Newsroom) -> Newsroom:
    """With an entry, cross-posts 11 and 12, of which there is everything to see: a picture, changes, comments."""
    body = saved(photograph(800, 600))
    with room.office.db.write() as tx:
        pictures.put(tx, (Rendition(DIGEST, "page", "image/jpeg", 800, 600, len(body), body),), NOON)
    room.publish_entry(replace(editions.post(2), id="six", slug="six", picture=OWN))
    with room.office.db.write() as tx:
        pictures.add(tx, 6, (Candidate(0, OWN, Standing.KEPT, digest=DIGEST),))
    camille, remi = room.editor(), room.editor("remi", Role.WRITER)
    camille.post("/review/11/approve", data={"revision": "1"})
    room.clock.now = NOON.replace(minute=5)
    change_source(room, "Un titre que la source a changé", 6)
    remi.post("/review/11/remark", data={"remark": "À vérifier avant de publier ?"})
    camille.post("/review/11/remark", data={"remark": "Mot de trop"})
    camille.post("/review/11/remarks/2/strike")
    return room


def after(page: Page, key: str) -> None:
    """Press a key, and wait for the page that it leads to."""
    before = page.url
    page.keyboard.press(key)
    page.wait_for_function("before => location.href !== before && document.readyState === 'complete'", arg=before)
