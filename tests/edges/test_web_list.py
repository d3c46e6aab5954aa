"""The queue as a list: what it shows, what narrows it, and pages that miss nothing."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest

from relay.core.crosspost import State
from relay.core.people import Role
from tests.edges.newsroom import Newsroom, open_newsroom
from tests.feeds import editions


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        yield newsroom


def ids(page: str) -> list[int]:
    """The cross-posts of a page, in its order."""
    return [int(id) for id in re.findall(r'name="id" value="(\d+)"', page)]


def walk(room: Newsroom, path: str, rel: str = "next") -> list[list[int]]:
    """Every page from this one on."""
    browser, pages = room.editor(), []
    while path:
        page = browser.get(path).text
        pages.append(ids(page))
        link = re.search(rf'rel="{rel}" href="([^"]+)"', page)
        path = unescape(link[1]) if link else ""
    return pages


def many(room: Newsroom, number: int = 60, **values: object) -> None:
    for n in range(number):
        post = editions.post(0, id=f"tag:x,{n}", slug=f"x-{n}", more_url=f"https://x.fr/{n}")
        room.publish_entry(replace(post, **values))  # type: ignore[arg-type]  # the test names the fields


def test_a_line_says_what_tells_it_from_the_others(room: Newsroom) -> None:
    room.change(1, note="The source has changed this entry.")
    room.change(2, draft=replace(room.crosspost(2).draft, text="x" * 310))
    room.clock.now += timedelta(days=3)
    rows = room.editor().get("/queue").text.split("<tr>")[2:]
    assert len(rows) == 10
    assert all(
        word in rows[0] for word in ("480 communes", "ANCT", "masto", "s-waiting", "Modifié à la source", "3\xa0jours")
    )
    assert "10 de trop" in rows[1]
    assert "de trop" not in rows[0]


def test_every_page_has_others_and_the_way_back_is_the_same(room: Newsroom) -> None:
    many(room)
    pages = walk(room, "/queue")
    assert [len(page) for page in pages] == [50, 50, 30]
    assert [id for page in pages for id in page] == list(range(1, 131))
    last = f"/queue?state=waiting&before={pages[2][0]}"
    assert walk(room, last, "prev") == [pages[1], pages[0]]


def test_newest_first_is_the_other_way_round(room: Newsroom) -> None:
    many(room, 30)
    assert [id for page in walk(room, "/queue?sort=new") for id in page] == list(range(70, 0, -1))


def test_what_leaves_next_comes_first(room: Newsroom) -> None:
    room.change(3, state=State.SCHEDULED, not_before=room.clock() + timedelta(hours=2))
    room.change(4, state=State.SCHEDULED, not_before=room.clock() + timedelta(hours=1))
    page = room.editor().get("/queue?state=scheduled&sort=leaves").text
    assert ids(page) == [4, 3]
    assert [hour in page for hour in ("24 nov. 13:00", "24 nov. 14:00")] == [True, True]
    assert 'aria-sort="ascending"' in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("state=waiting&account=bsky", [2, 4, 6, 8, 10]),
        ("state=waiting&source=anct", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
        ("state=waiting&source=personne", []),
        ("q=ecoquartiers", [3, 4]),
        ("q=ÉCOQUARTIERS+urbain", [3, 4]),
        ("q=anct&account=masto&state=all", [9, 7, 5, 3, 1]),
        ("q=nulle-part", []),
        ("state=nonsense&sort=nonsense&mine=nonsense&after=x", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
    ],
)
def test_the_address_says_what_is_looked_for(room: Newsroom, query: str, expected: list[int]) -> None:
    answer = room.editor().get(f"/queue?{query}")
    assert (answer.status_code, ids(answer.text)) == (200, expected)


def test_mine_is_what_waits_for_my_yes_or_what_i_wrote(room: Newsroom) -> None:
    room.change(*range(3, 11), state=State.SENT)
    room.change(1, edited_by="camille")
    browser = room.editor("camille")
    assert ids(browser.get("/queue?mine=words").text) == [1]
    assert ids(browser.get("/queue?mine=judge").text) == [2]


def test_tabs_keep_what_narrows_the_list(room: Newsroom) -> None:
    page = unescape(room.editor().get("/queue?q=urbain&account=masto").text)
    assert 'href="/queue?state=held&q=urbain&account=masto"' in page


def test_where_nothing_fits_the_page_says_so_and_how_to_see_all(room: Newsroom) -> None:
    page = room.editor().get("/queue?q=nulle-part").text
    assert "Rien ne correspond." in page
    assert 'href="/queue?state=waiting"' in page


@pytest.mark.parametrize("query", ["q=%00%25_'\"<xyz>", "q=%ff%fe", "q=" + "mot+" * 400, "source=%00", "q=%ed%a0%80"])
def test_nothing_that_is_typed_breaks_the_page_or_is_written_into_it(room: Newsroom, query: str) -> None:
    browser = room.editor()
    for path in ("/queue", "/review"):
        answer = browser.get(f"{path}?{query}")
        assert answer.status_code == 200
        assert "<xyz>" not in answer.text


def test_the_review_s_column_is_searched_and_what_follows_stays_in_the_search(room: Newsroom) -> None:
    browser = room.editor()
    page = unescape(browser.get("/review?state=waiting&q=urbain").text)
    assert page.count('<span class="title"') == 1
    after = browser.post("/review/3/approve?state=waiting&q=urbain", data={"revision": "1"}).headers["location"]
    assert after == "/review/4?state=waiting&q=urbain&done=3&did=approve"
    assert "Rien ne correspond." in browser.get("/review?state=waiting&q=nulle-part").text


def test_long_pages_are_sent_small(room: Newsroom) -> None:
    many(room)
    answer = room.editor().get("/queue", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.num_bytes_downloaded < len(answer.content) / 3


def test_everybody_may_look_and_nobody_else(room: Newsroom) -> None:
    assert room.editor("lea", Role.VIEWER).get("/queue").status_code == 200
    assert room.visitor().get("/queue").status_code == 401
