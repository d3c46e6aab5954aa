"""The lists of feeds and of sources over HTTP, and the feeds that are made of a feed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from relay.publish import opml
from relay.publish.opml import Outline
from tests.edges.newsroom import Newsroom, open_newsroom

LIST = opml.write("Le blog", [Outline("https://blog.exemple.fr/atom.xml", "Le blog")])


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        folder = newsroom.office.feeds / "blog" / "source" / "cget"
        folder.mkdir(parents=True)
        (folder / "atom.xml").write_text("<feed/>")
        for name in ("feeds.opml", "sources.opml", "private.opml"):
            (newsroom.office.feeds / name).write_bytes(LIST)
        yield newsroom


@pytest.mark.parametrize("name", ["feeds", "sources"])
def test_a_list_is_served_as_opml(room: Newsroom, name: str) -> None:
    answer = room.visitor().get(f"/feeds/{name}.opml")
    assert (answer.status_code, answer.content) == (200, LIST)
    assert answer.headers["content-type"] == "text/x-opml; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_reader_that_has_the_list_gets_304(room: Newsroom) -> None:
    browser = room.visitor()
    tag = browser.get("/feeds/feeds.opml").headers["etag"]
    assert browser.get("/feeds/feeds.opml", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("name", ["private.opml", "absent.opml", "..%2ffeeds.opml"])
def test_no_other_list_is_served(room: Newsroom, name: str) -> None:
    assert room.visitor().get(f"/feeds/{name}").status_code == 404


def test_a_feed_made_of_a_feed_is_served_at_its_own_address(room: Newsroom) -> None:
    answer = room.visitor().get("/feeds/blog/source/cget/atom.xml")
    assert (answer.text, answer.headers["content-type"]) == ("<feed/>", "application/atom+xml; charset=utf-8")
    assert '<https://blog.exemple.fr/source/cget/atom.xml>; rel="self"' in answer.headers["link"]


def test_its_folder_is_the_document_that_is_there(room: Newsroom) -> None:
    assert room.visitor().get("/feeds/blog/source/cget/").text == "<feed/>"
