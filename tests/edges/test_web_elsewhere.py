"""No page of editors makes a browser ask another site for a picture: relay shows its own, or a link."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import Markup
from PIL import Image as Drawn
from playwright.sync_api import Browser, Route

from relay.core.document import Picture
from relay.core.people import Role
from relay.core.pictures.candidate import Candidate, Standing
from relay.core.review.moving import Refusal
from relay.core.telling.link import Word
from relay.pipeline.illustrating import Room, glance
from relay.storage import pictures
from relay.web.elsewhere import linked
from relay.web.words import speaker
from tests.edges.newsroom import NOON, Newsroom, open_newsroom
from tests.edges.picturing import DIGEST, KEPT, site_with_a_picture
from tests.edges.test_web_told import Letter
from tests.fakes.feed_server import FeedServer
from tests.feeds import editions

OWN = Picture(f"{editions.LINK.rstrip('/')}/pictures/{DIGEST}.jpg", "Une place", "image/jpeg", 3, 800, 600)
BODY = (
    '<p>Un bilan.</p><img src="https://source.exemple/kept.jpg" alt="Gardée">'
    '<figure><img src="https://source.exemple/lost.jpg?a=1&amp;b=2" alt="Une &quot;rue&quot;"></figure>'
    '<p><a href="https://source.exemple/page"><img src="https://source.exemple/inside.jpg" alt="Un lien"></a></p>'
    '<img src="https://source.exemple/mute.jpg">'
)


@pytest.fixture
def site() -> Iterator[FeedServer]:
    with site_with_a_picture() as server:
        yield server


@pytest.fixture
def room(tmp_path: Path, site: FeedServer) -> Iterator[Newsroom]:
    """With a sixth entry, cross-posts 11 and 12, that has pictures in its text and two candidates beside them."""
    with open_newsroom(tmp_path) as newsroom:
        with newsroom.office.db.write() as tx:
            pictures.put(tx, (KEPT,), NOON)
        newsroom.publish_entry(replace(editions.post(2), id="six", slug="six", picture=OWN, body_html=BODY))
        there = f"http://127.0.0.1:{site.port}"
        with newsroom.office.db.write() as tx:
            pictures.add(
                tx,
                6,
                (
                    Candidate(0, Picture("https://source.exemple/kept.jpg"), Standing.KEPT, digest=DIGEST),
                    Candidate(1, Picture(f"{there}/deux.jpg", "Une rue"), Standing.PASSED),
                    Candidate(2, Picture(f"{there}/gone.jpg"), Standing.WANTED),
                    Candidate(3, Picture(f"{there}/page"), Standing.PAGE),
                ),
            )
        yield newsroom


def sources(html: str) -> list[str]:
    return re.findall(r'<img[^>]*\ssrc="([^"]*)"', html)


@pytest.mark.parametrize("path", ["/review/11", "/queue/look?id=11"])
def test_every_picture_on_the_page_is_ours(room: Newsroom, path: str) -> None:
    found = sources(room.editor().get(path).text)
    assert f"/pictures/{DIGEST}.jpg" in found
    assert [one for one in found if not one.startswith(("/pictures/", "/review/"))] == []


def test_what_relay_has_not_kept_is_a_link_with_its_words(room: Newsroom) -> None:
    html = room.editor().get("/review/11").text
    link = '<a class="elsewhere" href="https://source.exemple/lost.jpg?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow">'
    assert f'{link}<span lang="fr">Voir l’image à la source</span> – Une &#34;rue&#34;</a>' in html
    assert '<span lang="fr">Voir l’image à la source</span></a>' in html
    english = room.editor().get("/review/11?lang=en").text
    assert f'{link}<span lang="en">See the picture at the source</span> – Une &#34;rue&#34;</a>' in english


def test_no_link_stands_within_a_link(room: Newsroom) -> None:
    html = room.editor().get("/review/11").text
    assert '<span class="elsewhere"><span lang="fr">Image à la source</span> – Un lien</span></a>' in html


def test_the_words_of_a_picture_stay_words() -> None:
    hostile = Markup('<img src="https://a.example/&quot;&gt;&lt;b&gt;" alt="&lt;script&gt;&quot; onclick=&quot;x">')
    shown = linked(hostile, speaker("en"), "en")
    assert "<b>" not in shown
    assert "<script>" not in shown
    assert 'onclick="' not in shown


def test_a_candidate_is_seen_through_relay(room: Newsroom, site: FeedServer) -> None:
    browser = room.editor()
    found = sources(browser.get("/review/11").text)
    assert "/review/11/pictures/1" in found
    assert site.asked == []
    seen = browser.get("/review/11/pictures/1")
    assert (seen.status_code, seen.headers["content-type"]) == (200, "image/jpeg")
    with Drawn.open(io.BytesIO(seen.content)) as drawn:
        assert drawn.size == (480, 360)
    assert "sandbox" in seen.headers["content-security-policy"]
    with room.office.db.read() as tx:
        assert [one.digest for one in pictures.of(tx, 6)] == [DIGEST, None, None, None]


def test_one_that_relay_keeps_is_not_asked_for_again(room: Newsroom, site: FeedServer) -> None:
    assert room.editor().get("/review/11/pictures/0").content == b"abc"
    assert site.asked == []


@pytest.mark.parametrize("place", ["2", "3", "9", "x", "-1"])
def test_what_is_no_picture_is_not_there(room: Newsroom, place: str) -> None:
    assert room.editor().get(f"/review/11/pictures/{place}").status_code == 404


def test_who_may_not_choose_makes_relay_ask_for_nothing(room: Newsroom, site: FeedServer) -> None:
    assert room.editor("ana", Role.VIEWER).get("/review/11/pictures/1").status_code == 403
    assert room.visitor().get("/review/11/pictures/1").status_code == 401
    assert site.asked == []


def test_an_address_inside_is_not_asked_for_a_picture(room: Newsroom) -> None:
    with room.office.db.write() as tx:
        pictures.add(tx, 6, (Candidate(4, Picture("http://10.0.0.1/a.jpg"), Standing.PASSED),))
    assert room.editor().get("/review/11/pictures/4").status_code == 404
    office = room.office
    with pytest.raises(Refusal, match=r"10\.0\.0\.1, which is not public"):
        glance(Room(office.db, office.desk, office.reader), 11, 4)


def test_a_few_are_looked_at_at_once(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relay.web.glancing.PATIENCE", 0.01)
    browser, glances = room.editor(), room.office.glances
    with glances, glances:
        told = browser.get("/review/11/pictures/1")
    assert (told.status_code, told.headers["retry-after"]) == (503, "10")
    assert browser.get("/review/11/pictures/1").status_code == 200
    assert browser.get("/review/11/pictures/2").status_code == 404
    assert browser.get("/review/11/pictures/1").status_code == 200


def test_a_letter_s_link_shows_its_picture_to_whoever_holds_it_and_no_other(room: Newsroom) -> None:
    link = Letter(room, 11).links()[Word.APPROVE]
    found = sources(room.visitor().get(link).text)
    assert found == [f"{link}/pictures/{DIGEST}.jpg"]
    assert room.visitor().get(found[0]).content == b"abc"
    assert room.visitor().get(f"{link}/pictures/{'0' * 32}.jpg").status_code == 404
    assert room.visitor().get(f"/d/forged/pictures/{DIGEST}.jpg").status_code == 403
    room.visitor().post(link)
    assert room.visitor().get(found[0]).status_code in {404, 410}


@pytest.mark.browser
def test_a_browser_asks_nobody_but_relay(chromium: Browser, room: Newsroom) -> None:
    asked: list[str] = []

    def note(route: Route) -> None:
        asked.append(route.request.url)
        route.continue_()

    with chromium.new_context() as context:
        context.add_cookies([{"name": "relay", "value": room.editor().cookies["relay"], "url": room.url}])
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.route("**/*", note)
        page.goto(f"{room.url}/review/11", wait_until="networkidle")
        assert not any("/review/11/pictures/" in url for url in asked)  # not before they are to be chosen from
        page.locator("details.panel summary", has_text="Image").first.click()
        seen = page.locator('img[src$="/pictures/1"]')
        assert seen.evaluate("(one) => one.decode().then(() => one.naturalWidth)") == 480
    assert {url for url in asked if not url.startswith(f"{room.url}/")} == set()
    assert [text for text in said if "Content Security Policy" in text] == []
