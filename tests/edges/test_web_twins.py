"""The same news from two entries: both say so, and one of them is dropped by a person."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from relay.core.crosspost import State
from relay.core.people import Role
from tests.edges.newsroom import Newsroom, open_newsroom
from tests.feeds import editions

TITLE = "Quartiers prioritaires : dix mesures pour les écoles"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    """Cross-posts 11 and 12 tell what 13 and 14 tell; 15 and 16 only have their headline."""
    with open_newsroom(tmp_path) as newsroom:
        for slug, body in (("un", ""), ("deux", ""), ("trois", "<p>Tout autre chose, et rien de plus à en dire.</p>")):
            more = {"body_html": body, "lead": ""} if body else {}
            newsroom.publish_entry(
                editions.post(0, id=slug, slug=slug, more_url=f"https://x.fr/{slug}", headline=TITLE, **more)
            )
        yield newsroom


def test_the_list_the_queue_and_the_page_name_the_other(room: Newsroom) -> None:
    browser = room.editor()
    rows = browser.get("/queue?q=quartiers+mesures").text.split("<tr>")[2:]
    assert ["/review/13" in row for row in rows[:2]] == [True, True]
    assert "/review/11" in rows[2]
    assert not any("m-same" in row for row in rows[4:])
    page = browser.get("/review/11").text
    assert "La même information" in page
    assert 'href="/review/13"' in page


def test_keeping_this_one_drops_the_other_for_the_same_accounts(room: Newsroom) -> None:
    browser = room.editor()
    page = browser.get("/review/11").text
    form = page.split("Garder celle-ci")[0].rsplit("<form", 1)[1]
    assert 'value="13:1"' in form
    assert 'value="14:1"' in form
    sent = {"act": "same", "kept": "11", "back": "", "id": ["13", "14"], "seen": ["13:1", "14:1"]}
    assert browser.post("/queue/judge", data=sent).status_code == 200
    assert [room.crosspost(id).state for id in (11, 12, 13, 14)] == [State.WAITING] * 2 + [State.SKIPPED] * 2
    assert room.history(13)[-1].what == "merge duplicate: the same news as cross-post 11"
    assert "Même information que l’envoi 11" in browser.get("/review/13").text
    assert "La même information" not in browser.get("/review/11").text


def test_what_is_public_is_not_dropped_for_what_waits(room: Newsroom) -> None:
    room.change(13, 14, state=State.SENT)
    page = room.editor().get("/review/11").text
    assert "Garder celle-ci" not in page
    assert "Garder l’autre" in page


def test_a_viewer_sees_it_and_chooses_nothing(room: Newsroom) -> None:
    page = room.editor("lea", Role.VIEWER).get("/review/11").text
    assert "La même information" in page
    assert "Garder" not in page
