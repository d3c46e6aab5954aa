"""An answer that stands ready is the answer that would be made now; whatever changes, it is made anew."""

import asyncio
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from relay.core.polling.pollstate import PollState
from relay.storage import sources
from relay.web.app import create
from relay.web.counter import Counter
from relay.web.serving import shelf
from relay.web.serving.stock import Stock
from tests.edges.newsroom import NOON, Newsroom, open_newsroom
from tests.wire.reading import BROWSER, atom_ids
from tests.wire.site import FEED, Site


@dataclass(slots=True)
class House:
    """A counter, and rooms behind it that write down who came so far."""

    room: Newsroom
    site: Site
    came: list[str] = field(default_factory=list)
    app: object = None
    stock: Stock = field(default_factory=Stock)

    def open(self) -> None:
        office = replace(self.room.office, desk=replace(self.room.office.desk, feeds=(FEED,)))
        rooms = create(office)
        self.stock = rooms.state.stock

        async def behind(scope: Scope, receive: Receive, send: Send) -> None:
            self.came.append(scope["path"])
            await rooms(scope, receive, send)

        self.app = Counter(behind, rooms.state.shelf)

    def ask(
        self, path: str = "atom.xml", method: str = "GET", *more: tuple[str, str], **headers: str
    ) -> httpx.Response:
        named = [(name.replace("_", "-"), text) for name, text in headers.items()]

        async def once() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)  # type: ignore[arg-type]  # an application like any other
            async with httpx.AsyncClient(transport=transport, base_url="http://relay.test") as client:
                client.headers.clear()
                return await client.request(method, f"/feeds/blog/{path}", headers=[*named, *more])

        return asyncio.run(once())

    def asked_behind(self, path: str = "atom.xml", method: str = "GET", **headers: str) -> tuple[httpx.Response, bool]:
        """The answer, and whether the rooms had to give it."""
        before = len(self.came)
        answer = self.ask(path, method, **headers)
        return answer, len(self.came) > before


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_newsroom(tmp_path) as room:
        house = House(room, Site("", room.office.feeds))
        house.site.publish(2)
        house.open()
        yield house


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("atom.xml", {}),
        ("atom.xml", {"Accept_Encoding": "gzip"}),
        ("atom.xml", {"Accept_Encoding": "br;q=0.1, zstd", "Accept": "application/atom+xml"}),
        ("atom.xml", {"Accept": BROWSER}),
        ("atom.xml", {"If_None_Match": "*"}),
        ("atom.xml", {"If_None_Match": '"old"'}),
        ("atom.xml", {"If_Modified_Since": "Fri, 01 Jan 2100 00:00:00 GMT"}),
        ("atom.xml", {"If_Modified_Since": "long ago"}),
        ("", {"Accept": "application/feed+json"}),
        ("index.html", {"Accept_Encoding": "gzip"}),
        ("source/anct/rss.xml", {}),
        ("source/anct/", {"Accept": BROWSER}),
        ("pictures/a.jpg", {}),
        ("pictures/a.jpg", {"If_None_Match": "*"}),
    ],
    ids=str,
)
def test_what_stands_ready_is_what_was_answered(house: House, method: str, path: str, headers: dict[str, str]) -> None:
    first, was_asked = house.asked_behind(path, method, **headers)
    again, is_asked = house.asked_behind(path, method, **headers)
    assert (was_asked, is_asked) == (True, False)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert dict(again.headers) == dict(first.headers)


@pytest.mark.parametrize(
    ("path", "headers"),
    [("pictures/a.jpg", {"Range": "bytes=0-1"}), ("nothing.xml", {}), ("../relay.db", {}), (".relay-half.tmp", {})],
    ids=str,
)
def test_parts_and_what_is_not_there_are_looked_into_each_time(
    house: House, path: str, headers: dict[str, str]
) -> None:
    house.ask("pictures/a.jpg")
    answers = [house.asked_behind(path, **headers) for _ in range(2)]
    assert [is_asked for _, is_asked in answers] == [True, True]
    assert {answer.status_code for answer, _ in answers} == {206 if headers else 404}


def test_a_new_version_is_seen_at_once(house: House) -> None:
    old = [house.ask(), house.ask()][-1]
    house.site.publish(3)
    new, again = house.ask(), house.ask()
    assert new.content == again.content == house.site.body("atom.xml") != old.content
    assert house.ask(If_None_Match=old.headers["etag"]).status_code == 200
    assert house.ask(If_None_Match=new.headers["etag"]).status_code == 304


def test_a_new_version_that_another_reader_brought_into_memory_has_its_own_headers(house: House) -> None:
    old = house.ask(Accept_Encoding="gzip")
    house.site.publish(3)
    new = house.ask(Accept_Encoding="identity")
    answer = house.ask(Accept_Encoding="gzip")
    assert (answer.content, answer.headers["etag"]) == (new.content, new.headers["etag"][:-1] + '-gzip"')
    assert answer.headers["content-length"] != old.headers["content-length"]


def test_news_alone_are_cut_out_for_who_asks_even_where_the_whole_stands_ready(house: House) -> None:
    old = house.ask()
    house.site.publish(3)
    whole = [house.ask(), house.ask()][-1]
    news = house.ask(A_IM="feed", If_None_Match=old.headers["etag"])
    assert (news.status_code, atom_ids(news)) == (226, atom_ids(whole) - atom_ids(old))
    known, is_asked = house.asked_behind(A_IM="feed", If_None_Match=whole.headers["etag"])
    assert (known.status_code, is_asked) == (304, False)


@pytest.mark.parametrize("path", ["", "atom.xml"])
def test_a_page_that_comes_or_goes_is_seen_at_once(house: House, path: str) -> None:
    page = house.site.feeds / "blog" / "index.html"
    kept = page.read_bytes()
    seen = []
    for step in (lambda: None, page.unlink, lambda: page.write_bytes(kept)):
        step()
        seen.append([house.ask(path, Accept=BROWSER).content for _ in range(2)])
    atom = house.site.body("atom.xml")
    assert seen == [[kept, kept], [atom, atom], [kept, kept]]


def test_a_document_that_is_taken_away_is_gone_at_once(house: House) -> None:
    assert [house.ask().status_code for _ in range(2)] == [200, 200]
    (house.site.feeds / "blog" / "atom.xml").unlink()
    assert house.ask().status_code == 404


def test_a_new_version_of_the_same_time_and_size_is_another_when_its_time_moves(house: House) -> None:
    file = house.site.feeds / "blog" / "atom.xml"
    house.ask()
    moment = file.stat().st_mtime_ns
    file.write_bytes(file.read_bytes().replace(b"La ville", b"Le bourg"))
    os.utime(file, ns=(moment, moment + 1))
    assert house.ask().content == house.site.body("atom.xml")


def test_how_long_it_is_fresh_is_told_from_now_and_looked_up_twice_a_minute(house: House) -> None:
    plan(house.room, 600)
    house.ask()
    plan(house.room, 1200)
    house.room.clock.now += timedelta(seconds=20)
    soon, is_asked = house.asked_behind()
    assert (soon.headers["cache-control"], is_asked) == ("public, max-age=580", False)
    house.room.clock.now += timedelta(seconds=20)
    late, is_asked = house.asked_behind()
    assert (late.headers["cache-control"], is_asked) == ("public, max-age=1160", True)


def test_another_method_or_a_body_is_for_the_rooms(house: House) -> None:
    house.ask()
    assert house.asked_behind(method="POST")[0].status_code == 405
    assert house.asked_behind(Content_Length="0")[1]


def test_a_header_that_comes_twice_is_for_the_rooms(house: House) -> None:
    twice = ("Accept-Encoding", "gzip"), ("Accept-Encoding", "br")
    for _ in range(2):
        house.ask("atom.xml", "GET", *twice)
    assert len(house.came) == 2
    assert "content-encoding" not in house.ask("atom.xml", Accept_Encoding="br;q=0").headers
    assert house.ask(Accept_Encoding="br").headers["content-encoding"] == "br"


def test_whoever_invents_wishes_fills_no_memory(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST", 3)
    for number in range(8):
        assert house.ask(Accept=f"x/{number}").status_code == 200
    assert house.asked_behind(Accept="x/7")[1] is False
    assert house.asked_behind(Accept="x/0")[1] is True
    long = "x/y, " * 300
    assert [house.asked_behind(Accept=long)[1] for _ in range(2)] == [True, True]


def test_a_document_that_left_the_memory_is_read_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house.stock, "_most", 1)
    house.ask("atom.xml")
    house.ask("rss.xml")
    answer, is_asked = house.asked_behind("atom.xml")
    assert (answer.content, is_asked) == (house.site.body("atom.xml"), True)


def plan(room: Newsroom, seconds: int) -> None:
    with room.office.db.write() as tx:
        sources.save(tx, "anct", PollState(due=NOON + timedelta(seconds=seconds)), None)
