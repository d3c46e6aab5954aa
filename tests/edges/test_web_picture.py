"""The picture on the review sheet: what it shows to editors, and the alternative text that they give."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from relay.core.document import Picture
from relay.core.form import Form, lines
from relay.core.people import Editor, Role
from relay.core.pictures.rendition import Rendition
from relay.storage import entries, people, pictures
from tests.edges.newsroom import NOON, Newsroom, open_newsroom
from tests.edges.test_web_sources import text_of
from tests.feeds import editions

DIGEST = "0123456789abcdef" * 2
OWN = Picture(f"{editions.LINK.rstrip('/')}/pictures/{DIGEST}.jpg", "", "image/jpeg", 3, 800, 600, "© Anne Martin")
KEPT = Rendition(DIGEST, "page", "image/jpeg", 800, 600, 3, b"abc")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        yield newsroom


@pytest.fixture
def bare(room: Newsroom) -> Newsroom:
    """With a sixth entry, cross-posts 11 and 12, whose picture nobody has described."""
    room.publish_entry(replace(editions.post(2), id="bare", slug="bare", picture=OWN))
    with room.office.db.write() as tx:
        pictures.put(tx, (KEPT,), NOON)
    return room


def alt(room: Newsroom, entry_id: int = 6) -> str:
    with room.office.db.read() as tx:
        entry = entries.get(tx, entry_id)
    assert entry
    assert entry.post.picture
    return entry.post.picture.alt


def test_a_picture_without_words_is_said_and_described(bare: Newsroom) -> None:
    browser = bare.editor()
    html = browser.get("/review/11").text
    assert "L’image n’a pas de texte de remplacement." in text_of(html)
    assert text_of(html).count("© Anne Martin") == 1
    assert '<a href="#alt">Décrire l’image</a>' in html
    answer = browser.post("/review/11/alt?state=waiting", data={"alt": " Une place,\r\nun soir "})
    assert (answer.status_code, answer.headers["location"]) == (303, "/review/11?state=waiting&said=alt#alt")
    assert (alt(bare), bare.nudged) == ("Une place, un soir", ["publish"])
    shown = text_of(browser.get(answer.headers["location"]).text)
    assert "Texte enregistré : les flux l’ont aussitôt." in shown
    assert "Texte de l’image : Une place, un soir" in shown
    assert "n’a pas de texte" not in shown


def test_a_credit_that_the_blog_does_not_print_is_told_to_editors(bare: Newsroom) -> None:
    desk = bare.office.desk
    feed = replace(desk.feeds[0], form=Form(layout=lines("{lead}\n{excerpt}")))
    object.__setattr__(desk, "feeds", (feed,))
    assert "Crédit de l’image : © Anne Martin" in text_of(bare.editor().get("/review/11").text)


def test_the_words_that_wait_stay_as_they_were(bare: Newsroom) -> None:
    before = bare.crosspost(11)
    bare.editor().post("/review/11/alt", data={"alt": "Une place"})
    after = bare.crosspost(11)
    assert (after.draft.text, after.state) == (before.draft.text, before.state)
    assert (before.edited_by, after.edited_by) == (None, "camille"), "what it shows is for somebody else to approve"


def test_whoever_works_for_other_accounts_describes_none_of_this_one(bare: Newsroom) -> None:
    browser = bare.editor()
    with bare.office.db.write() as tx:
        people.change(tx, Editor("camille", Role.EDITOR, accounts=("another",)))
    answer = browser.post("/review/11/alt", data={"alt": "Une place"})

    assert (answer.status_code, alt(bare)) == (409, "")


def test_what_the_source_says_can_be_corrected(room: Newsroom) -> None:
    browser = room.editor("remi", Role.WRITER)
    before = browser.get("/review/1").text
    assert alt(room, 1)
    assert "n’a pas de texte" not in before
    assert "Corriger la description" in before
    assert browser.post("/review/1/alt", data={"alt": "Mieux dit"}).status_code == 303
    assert alt(room, 1) == "Mieux dit"


def test_too_long_a_text_is_refused_and_stays_in_its_box(bare: Newsroom) -> None:
    words = "mot " * 400
    answer = bare.editor().post("/review/11/alt", data={"alt": words})
    assert answer.status_code == 409
    assert "Une description a 1000 caractères au plus" in text_of(answer.text)
    assert words.strip() in answer.text
    assert (alt(bare), bare.nudged) == ("", [])


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMIN])
def test_who_may_not_correct_words_describes_nothing(bare: Newsroom, role: Role) -> None:
    browser = bare.editor("nina", role)
    assert 'action="/review/11/alt' not in browser.get("/review/11").text
    answer = browser.post("/review/11/alt", data={"alt": "Une place"})
    assert answer.status_code == 403
    assert "n’en a pas le droit" in answer.text
    assert alt(bare) == ""


def test_a_picture_that_relay_keeps_is_shown_before_it_is_published(bare: Newsroom) -> None:
    browser = bare.editor()
    assert f'src="/pictures/{DIGEST}.jpg"' in browser.get("/review/11").text
    answer = browser.get(f"/pictures/{DIGEST}.jpg")
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (200, b"abc", "image/jpeg")
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "name", [f"{DIGEST}-small.jpg", f"{DIGEST}.png", "0" * 32 + ".jpg", "nonsense", "..%2Frelay.db"]
)
def test_no_other_picture_is_there(bare: Newsroom, name: str) -> None:
    assert bare.editor().get(f"/pictures/{name}").status_code == 404


def test_pictures_are_for_members(bare: Newsroom) -> None:
    assert bare.visitor().get(f"/pictures/{DIGEST}.jpg").status_code == 401


@pytest.mark.parametrize("path", ["/review/999/alt", "/review/x/alt"])
def test_there_is_nothing_else(room: Newsroom, path: str) -> None:
    assert room.editor().post(path, data={"alt": "Une place"}).status_code == 404


def test_an_entry_without_a_picture_has_nothing_to_describe(room: Newsroom) -> None:
    room.publish_entry(replace(editions.post(2), id="bare", slug="bare", picture=None))
    browser = room.editor()
    assert 'class="alt"' not in browser.get("/review/11").text
    answer = browser.post("/review/11/alt", data={"alt": "Une place"})
    assert answer.status_code == 409
    assert "Il n’y a pas d’image à décrire." in answer.text
