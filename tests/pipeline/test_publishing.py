"""A publish does no more than what changed, and whatever happens on the way, the next one completes it."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree, html

from relay.building import FORMATS
from relay.core.feed import OutgoingFeed
from relay.pipeline import publish as step
from relay.pipeline.publish import publish
from relay.publish import archive
from relay.publish.write import write
from relay.storage import entries, progress
from tests.pipeline.world import NOON, Crash, World

TITLES = ["Une place", "Un marché", "Une école", "Un jardin", "Un pont"]


@pytest.fixture
def blog(world: World) -> World:
    """Five posts, an hour apart; two a page. They stand in the feeds."""
    use(world, size=2)
    world.agency.titles = list(TITLES)
    world.poll()
    world.publish()
    return world


def use(world: World, **changes: Any) -> OutgoingFeed:
    feed = replace(world.desk.feeds[0], **changes)
    world.desk = replace(world.desk, feeds=(feed,))
    return feed


def tell(world: World, *titles: str) -> None:
    """The agency's next document."""
    world.agency.titles = list(titles)
    world.agency.etag = f'"{world.agency.etag}+"'
    world.pass_(hours=1)
    world.poll()


def withdraw(world: World, title: str) -> None:
    with world.db.write() as tx:
        id = next(id for id, one in entries.by_ids(tx, range(1, 50)).items() if one.post.headline == title)
        entries.withdraw(tx, id, world.now)


def contents(world: World) -> dict[str, bytes]:
    return {str(path.relative_to(world.feeds)): path.read_bytes() for path in world.feeds.rglob("*") if path.is_file()}


def page(world: World, path: str) -> html.HtmlElement:
    return html.document_fromstring((world.feeds / "blog" / path).read_bytes().decode())


def headlines(world: World, path: str) -> list[str]:
    return [str(one.text) for one in page(world, path).xpath("//h2[@class='headline']/a")]


def anew(world: World, folder: Path) -> dict[str, bytes]:
    """What a publish into an empty folder gives."""
    publish(world.db, world.desk, FORMATS, folder, world.now, whole=True)
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def changing(found: dict[str, bytes]) -> dict[str, bytes]:
    """All but the archive documents: they stay as they were when they were closed."""
    return {path: body for path, body in found.items() if "/archives/" not in path}


def test_without_a_change_nothing_is_made(blog: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_: object) -> Any:
        raise AssertionError

    monkeypatch.setattr(archive, "render", never)
    blog.pass_(days=1)

    assert blog.publish() == []


def test_a_new_post_touches_its_own_page_its_month_and_the_main_documents(blog: World) -> None:
    tell(blog, "Un théâtre", *TITLES)

    paths = ("un-theatre.html", "2026/11.html", "index.html", "atom.xml", "rss.xml", "feed.json")
    assert set(blog.publish()) == {f"blog/{path}" for path in paths}


def test_an_edit_touches_its_page_whatever_its_age(blog: World) -> None:
    document = blog.agency.feed().replace(b"La suite.", b"La suite, revue.", 5)
    last = document.rindex(b"La suite, revue.")
    blog.agency.feed = lambda: document[:last].replace(b"suite, revue", b"suite") + document[last:]  # type: ignore[method-assign]
    tell(blog, *TITLES)
    written = blog.publish()

    assert "blog/un-pont.html" in written
    assert "blog/une-place.html" not in written
    assert "Un pont" in [
        one.title.partition(" @")[0] for one in feedparser.parse(contents(blog)["blog/atom.xml"]).entries
    ]


def test_month_pages_hold_every_post_once_and_lead_from_one_to_the_next(blog: World) -> None:
    paths, found = ["2026/11.html"], []
    while paths:
        found += headlines(blog, path := paths.pop())
        paths += [
            str(Path(path).parent / str(link)).replace("2026/../", "")
            for link in page(blog, path).xpath("//footer//a[@rel='prev']/@href")
        ]

    assert [title.partition(" @")[0] for title in found] == TITLES
    assert [one.partition(" @")[0] for one in headlines(blog, "index.html")] == TITLES[:2]
    assert page(blog, "index.html").xpath("//nav[@class='months']//a/@href") == ["2026/11.html"]


def test_what_is_published_step_by_step_is_what_is_published_at_once(blog: World, tmp_path: Path) -> None:
    for title in ("Un théâtre", "Une gare", "Un port"):
        tell(blog, title, *blog.agency.titles)
        blog.publish()
    blog.pass_(days=33)
    tell(blog, "Un phare", *blog.agency.titles)
    blog.publish()
    withdraw(blog, "Une école")
    blog.publish()

    assert changing(contents(blog)) == changing(anew(blog, tmp_path / "anew"))


def test_a_post_that_is_withdrawn_leaves_the_lists_and_its_page_says_so(blog: World) -> None:
    withdraw(blog, "Une place")
    blog.pass_(minutes=1)
    blog.publish()

    assert [one.partition(" @")[0] for one in headlines(blog, "index.html")] == TITLES[1:3]
    assert page(blog, "une-place.html").find(".//h1").text == "Ce billet n’est plus publié ici."
    assert b"une-place" not in contents(blog)["blog/2026/11.html"]


def test_one_that_comes_back_has_its_page_again(blog: World) -> None:
    before = contents(blog)
    withdraw(blog, "Un pont")
    blog.publish()
    with blog.db.write() as tx:
        id = next(id for id, one in entries.by_ids(tx, range(1, 50)).items() if one.post.headline == "Un pont")
        entries.withdraw(tx, id, None)
    blog.publish()

    assert contents(blog) == before


def test_the_last_post_of_all_is_withdrawn_too(world: World) -> None:
    world.agency.titles = ["Une place"]
    world.poll()
    world.publish()
    withdraw(world, "Une place")
    world.publish()

    assert feedparser.parse(contents(world)["blog/atom.xml"]).entries == []
    assert not (world.feeds / "blog" / "2026" / "11.html").exists()


def test_another_title_of_the_feed_is_on_every_page(blog: World, tmp_path: Path) -> None:
    use(blog, title="Autre titre")
    written = blog.publish()

    assert {"blog/un-pont.html", "blog/2026/11-1.html", "blog/atom.xml"} <= set(written)
    assert changing(contents(blog)) == changing(anew(blog, tmp_path / "anew"))


def test_a_main_document_that_was_deleted_comes_back_with_all_that_is_missing(blog: World) -> None:
    before = contents(blog)
    for path in ("atom.xml", "un-pont.html"):
        (blog.feeds / "blog" / path).unlink()
    blog.publish()

    assert contents(blog) == before


def test_a_page_that_was_deleted_comes_back_with_all(blog: World) -> None:
    before = contents(blog)
    (blog.feeds / "blog" / "un-pont.html").unlink()

    assert blog.publish() == []
    assert publish(blog.db, blog.desk, FORMATS, blog.feeds, blog.now, whole=True) == ["blog/un-pont.html"]
    assert contents(blog) == before


def test_a_hold_that_runs_out_is_a_change(world: World) -> None:
    world.poll()
    with world.db.write() as tx:
        tx.exec_driver_sql(
            "UPDATE entries SET held_until = '2026-11-24 12:05:00.000000' WHERE slug = 'un-premier-bilan'"
        )
    world.publish()
    early = contents(world)
    world.pass_(minutes=6)
    written = world.publish()

    assert "blog/un-premier-bilan.html" not in early
    assert "blog/un-premier-bilan.html" in written


@pytest.mark.parametrize("nth", range(1, 6))
@pytest.mark.parametrize("call", ["replace", "fsync"])
def test_a_disk_that_is_full_in_the_middle_leaves_whole_files_and_the_next_run_completes(
    blog: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, nth: int
) -> None:
    before = contents(blog)
    tell(blog, "Un théâtre", *TITLES)
    with monkeypatch.context() as patch:
        patch.setattr(os, call, failing(getattr(os, call), nth * 3, OSError(28, "No space left on device")))
        with pytest.raises(OSError, match="No space left"):
            blog.publish()
    halfway = contents(blog)
    blog.publish()
    after = contents(blog)

    assert all(body in {before.get(path), after.get(path)} for path, body in halfway.items())
    assert changing(after) == changing(anew(blog, tmp_path / "anew"))


def test_a_crash_before_the_end_is_written_down_is_made_good(
    blog: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(blog, "Un théâtre", *TITLES)
    with monkeypatch.context() as patch:
        patch.setattr(step, "write", failing(write, 2, Crash()))
        patch.setattr(progress, "end", lambda *_: None)
        with pytest.raises(Crash):
            blog.publish()
    tell(blog, "Une gare", "Un théâtre", *TITLES)
    blog.publish()
    blog.pass_(minutes=20)
    blog.publish()

    assert changing(contents(blog)) == changing(anew(blog, tmp_path / "anew"))
    assert blog.publish() == []
    assert blog.now > NOON + timedelta(hours=1)


ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
TOMB = "{http://purl.org/atompub/tombstones/1.0}"


def document(world: World, path: str) -> etree._Element:
    return etree.fromstring((world.feeds / "blog" / path).read_bytes())


def links(root: etree._Element, rel: str) -> list[str]:
    return [str(one.get("href")) for one in root.iter(f"{ATOM}link") if one.get("rel") == rel]


@pytest.mark.parametrize(("name", "entry"), [("atom.xml", f"{ATOM}entry"), ("rss.xml", "item")])
def test_whoever_follows_the_archives_has_every_post(blog: World, name: str, entry: str) -> None:
    tell(blog, "Un théâtre", *TITLES)
    blog.publish()
    path, found = name, []
    while path:
        root = document(blog, path)
        found += [one.findtext(f"{ATOM}title") or one.findtext("title") for one in root.iter(entry)]
        assert links(root, "current") == ([] if path == name else [f"https://blog.example/{name}"])
        path = next(iter(links(root, "prev-archive")), "").removeprefix("https://blog.example/")

    assert {str(title).partition(" @")[0] for title in found} == {"Un théâtre", *TITLES}


def test_an_archive_is_never_written_again(blog: World) -> None:
    before = (blog.feeds / "blog" / "archives" / "0001" / "atom.xml").read_bytes()
    with blog.db.write() as tx:
        tx.exec_driver_sql("UPDATE entries SET post = replace(post, 'Un pont', 'Un beau pont'), changed = 99")
    blog.publish()

    assert b"Un pont" in before
    assert (blog.feeds / "blog" / "archives" / "0001" / "atom.xml").read_bytes() == before
    assert links(etree.fromstring(before), "next-archive") == ["https://blog.example/archives/0002/atom.xml"]


def test_a_feed_whose_posts_all_fit_says_so(world: World) -> None:
    world.poll()
    world.publish()

    assert len([*document(world, "atom.xml").iter(f"{HISTORY}complete")]) == 1
    assert not (world.feeds / "blog" / "archives").exists()


def test_readers_are_told_for_a_while_that_a_post_has_left(blog: World) -> None:
    with blog.db.read() as tx:
        ids = {one.post.headline: one.post.id for one in entries.by_ids(tx, range(1, 50)).values()}
    withdraw(blog, "Une place")
    blog.publish()
    told = [(one.get("ref"), one.get("when")) for one in document(blog, "atom.xml").iter(f"{TOMB}deleted-entry")]
    blog.pass_(days=91)
    withdraw(blog, "Un marché")
    blog.publish()
    later = [one.get("ref") for one in document(blog, "atom.xml").iter(f"{TOMB}deleted-entry")]

    assert told == [(ids["Une place"], NOON.isoformat())]
    assert later == [ids["Un marché"]]


def failing(real: Callable[..., Any], nth: int, error: BaseException) -> Callable[..., Any]:
    """``real``, but for the ``nth`` call."""
    calls = 0

    def called(*given: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == nth:
            raise error
        return real(*given, **named)

    return called
