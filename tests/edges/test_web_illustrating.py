"""An editor chooses the picture of one cross-post, or none; or says why it needs no words."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from relay.core.crosspost import Image, State
from relay.core.document import Picture
from relay.core.people import Role
from relay.core.pictures.candidate import Candidate, Standing
from relay.core.pictures.illustration import illustrate, image
from relay.pipeline import queue
from relay.storage import entries, pictures
from tests.edges.newsroom import NOON, Newsroom, open_newsroom
from tests.edges.picturing import DIGEST, KEPT, site_with_a_picture
from tests.fakes.feed_server import FeedServer
from tests.feeds import editions

OWN = Picture(f"{editions.LINK.rstrip('/')}/pictures/{DIGEST}.jpg", "", "image/jpeg", 3, 800, 600)


@pytest.fixture
def site() -> Iterator[FeedServer]:
    with site_with_a_picture() as server:
        yield server


@pytest.fixture
def room(tmp_path: Path, site: FeedServer) -> Iterator[Newsroom]:
    """With a sixth entry, cross-posts 11 and 12: one picture is kept, one was passed, one is gone."""
    with open_newsroom(tmp_path) as newsroom:
        with newsroom.office.db.write() as tx:
            pictures.put(tx, (KEPT,), NOON)
        newsroom.publish_entry(replace(editions.post(2), id="six", slug="six", picture=OWN))
        there = f"http://127.0.0.1:{site.port}"
        with newsroom.office.db.write() as tx:
            pictures.add(
                tx,
                6,
                (
                    Candidate(0, OWN, Standing.KEPT, digest=DIGEST),
                    Candidate(1, Picture(f"{there}/deux.jpg", "Une rue"), Standing.PASSED),
                    Candidate(2, Picture(f"{there}/gone.jpg"), Standing.WANTED),
                ),
            )
        yield newsroom


def shown(room: Newsroom, id: int = 11) -> Image | None:
    return room.crosspost(id).draft.image


def test_the_candidates_stand_side_by_side(room: Newsroom) -> None:
    html = room.editor().get("/review/11").text
    assert html.count('name="place"') == 4
    assert 'name="place" value="0" checked' in html
    assert "Aucune image" in html
    assert 'name="place"' not in room.editor("ana", Role.VIEWER).get("/review/11").text


def test_a_picture_that_relay_has_not_seen_is_had_and_taken(room: Newsroom) -> None:
    browser = room.editor()
    browser.post("/review/11/approve", data={"revision": "1"})
    told = browser.post("/review/11/picture?state=waiting", data={"revision": "1", "place": "1"})
    assert told.headers["location"] == "/review/11?state=waiting&done=11&did=picture"
    after = room.crosspost(11)
    assert (after.state, after.revision, after.approvals, after.edited_by) == (State.WAITING, 2, (), "camille")
    assert after.draft.image
    assert (after.draft.image.width, after.draft.image.height, after.draft.image.alt) == (640, 480, "Une rue")
    assert browser.get(f"/pictures/{after.draft.image.url.rpartition('/')[2]}").status_code == 200
    assert room.history(11)[-1].what == "picture chosen"


def test_the_choice_is_for_one_account(room: Newsroom) -> None:
    before = room.crosspost(12)
    room.editor().post("/review/11/picture", data={"revision": "1", "place": "none"})
    assert (shown(room), room.crosspost(12)) == (None, before)


def test_what_cannot_be_had_is_said_and_nothing_changes(room: Newsroom) -> None:
    before = room.crosspost(11)
    told = room.editor().post("/review/11/picture", data={"revision": "1", "place": "2"})
    assert told.status_code == 409
    assert "Cette image ne peut être obtenue." in told.text
    assert room.crosspost(11) == before


@pytest.mark.parametrize("place", ["", "9", "x", "-1"])
def test_a_place_where_no_picture_is_is_refused(room: Newsroom, place: str) -> None:
    assert room.editor().post("/review/11/picture", data={"revision": "1", "place": place}).status_code == 409
    assert room.crosspost(11).revision == 1


def test_a_choice_for_other_words_is_refused(room: Newsroom) -> None:
    browser = room.editor()
    browser.post("/review/11/edit", data={"revision": "1", "text": "Autre"})
    assert browser.post("/review/11/picture", data={"revision": "1", "place": "none"}).status_code == 409
    assert shown(room) is not None


def test_who_may_not_write_chooses_nothing_and_nothing_is_fetched(room: Newsroom, site: FeedServer) -> None:
    told = room.editor("ana", Role.VIEWER).post("/review/11/picture", data={"revision": "1", "place": "1"})
    assert told.status_code == 403
    assert site.asked == []


def test_a_choice_stays_when_another_picture_comes(room: Newsroom) -> None:
    room.editor().post("/review/11/picture", data={"revision": "1", "place": "none"})
    assert illustrate(room.crosspost(11), OWN, NOON) is None


def test_a_choice_stays_when_the_source_changes_its_words(room: Newsroom) -> None:
    room.editor().post("/review/11/picture", data={"revision": "1", "place": "1"})
    chosen = shown(room)
    with room.office.db.write() as tx:
        entry = entries.get(tx, 6)
        assert entry
        queue.revise(tx, room.office.desk, 6, entry.post, replace(entry.post, headline="Autre titre"), NOON)
    after = room.crosspost(11)
    assert (after.draft.image, "Autre titre" in after.draft.text) == (chosen, True)


def test_a_chosen_picture_may_have_better_words_later(room: Newsroom) -> None:
    room.editor().post("/review/11/picture", data={"revision": "1", "place": "0"})
    better = illustrate(room.crosspost(11), replace(OWN, alt="Une place"), NOON)
    assert better
    assert better.draft.image == image(replace(OWN, alt="Une place"))


def test_a_picture_is_sent_without_words_only_for_a_reason_that_is_kept(room: Newsroom) -> None:
    browser = room.editor()
    assert browser.post("/review/11/waive", data={"revision": "1", "why": " "}).status_code == 409
    assert browser.post("/review/11/waive", data={"revision": "1", "why": "Décorative"}).status_code == 303
    picture = shown(room)
    assert picture
    assert (picture.waived, room.crosspost(11).revision) == ("Décorative", 2)
    assert room.history(11)[-1].what == "picture needs no description: Décorative"
    assert "image sans description : Décorative" in browser.get("/review/11").text
