"""Sources from another reader and for one, and the archives of a source, read once."""

from pathlib import Path

from tests.commands.blog import Blog
from tests.commands.conftest import Relay
from tests.edges.pages import HTML, NEWS, page
from tests.fakes.feed_server import FeedServer, answer

OPML = """<opml version="2.0"><body><outline text="Villes"><outline text="L'agence" xmlUrl="{url}/a?x=1&y=2"/>
<outline text="L'agence" xmlUrl="{url}/b"/><outline text="CGET" xmlUrl="{url}/rss"/><outline text="Jeu" xmlUrl="ftp://a/b"/></outline></body></opml>"""


def test_a_list_is_imported_beside_what_is_there(relay: Relay, blog: Blog, site: FeedServer) -> None:
    file = blog.folder / "liste.opml"
    file.write_text(OPML.format(url=site.url))
    before = blog.file.read_text()
    planned = relay("import", "opml", str(file), "--dry-run", "--json").json
    unchanged = blog.file.read_text() == before
    imported = relay("import", "opml", str(file))

    assert unchanged
    assert [(one["outcome"], one["id"]) for one in planned] == [
        ("added", "l-agence"),
        ("added", "l-agence-2"),
        ("already a source", "cget"),
        ("not a web address", None),
    ]
    assert "2 of 4 added" in imported.out
    assert blog.file.read_text().startswith("# my own words\n")
    assert f'[sources.l-agence]\nurl = "{site.url}/a?x=1&y=2"' in blog.file.read_text()
    assert relay("check").code == 0
    assert site.asked == []


def test_a_list_on_the_web_is_imported_and_what_is_none_refused(relay: Relay, site: FeedServer) -> None:
    site.pages |= {"/liste.opml": answer(body=OPML.format(url=site.url).encode()), "/page": page("Bonjour")}

    assert "2 of 4 added" in relay("import", "opml", f"{site.url}/liste.opml").out
    assert "not an OPML list" in relay("import", "opml", f"{site.url}/page").err
    assert relay("import", "opml", "absente.opml").code == 1


def test_what_is_exported_is_imported_again(relay: Relay, site: FeedServer, tmp_path: Path) -> None:
    site.pages["/actualites"] = answer(body=NEWS.encode(), headers=[HTML])
    relay("add", f"{site.url}/actualites", "--select", "article")
    exported = relay("export", "opml")
    (tmp_path / "sources.opml").write_text(exported.out)

    assert "left out actualites: it is a page without a feed" in exported.err
    again = relay("import", "opml", str(tmp_path / "sources.opml"), "--json").json
    assert [(one["title"], one["outcome"]) for one in again] == [("CGET", "already a source")]


def archives(site: FeedServer) -> None:
    for path, previous, id in (("/rss", "/2", "c"), ("/2", "/1", "b"), ("/1", None, "a")):
        link = f'<link rel="prev-archive" href="{site.url}{previous}"/>' if previous else ""
        body = f"""<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:f</id><title>Agence</title><updated>2026-01-01T00:00:00Z</updated>{link}
        <entry><id>urn:{id}</id><title>Nouvelle {id}</title><link href="{site.url}/{id}"/><updated>2026-01-01T00:00:00Z</updated></entry></feed>"""
        site.pages[path] = answer(body=body.encode(), headers=[(b"Content-Type", b"application/atom+xml")])


def test_archives_are_read_once_published_and_not_announced(relay: Relay, blog: Blog, site: FeedServer) -> None:
    archives(site)
    read = relay("poll", "--source", "cget", "--history", "--json").json
    again = relay("poll", "--source", "cget", "--history", "--json").json
    waiting = relay("queue", "list", "--state", "waiting", "--json").json
    relay("poll", "--source", "cget")
    relay("publish")
    published = (blog.folder / "feeds" / "blog" / "atom.xml").read_text()

    assert (read["documents"], read["stored"]["new"], read["note"]) == (2, 2, None)
    assert again["stored"]["new"] == 0
    assert waiting == []
    assert [f"Nouvelle {id}" in published for id in "abc"] == [True, True, True]


def test_what_is_new_in_the_feed_itself_still_waits_for_an_editor(relay: Relay, site: FeedServer) -> None:
    archives(site)
    relay("poll", "--source", "cget", "--history")
    relay("poll", "--source", "cget")

    assert len(relay("queue", "list", "--state", "waiting", "--json").json) == 1


def test_a_source_is_added_with_its_archives(relay: Relay, site: FeedServer) -> None:
    archives(site)
    site.pages["/neuf"] = site.pages["/rss"]
    added = relay("add", f"{site.url}/neuf", "--history", "1")

    assert "1 older document read: 1 new, none of it to review. There are older documents than the 1" in added.out
    assert [asked.path for asked in site.asked] == ["/neuf", "/2"]


def test_archives_are_of_one_source(relay: Relay) -> None:
    assert relay("poll", "--history").code == 2
