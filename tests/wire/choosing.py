"""H8 to H12: which document, under which headers, and where a feed went."""

from lxml import etree

from tests.wire.reading import ATOM, BROWSER, vary
from tests.wire.site import HUB, Site


def h8_head_is_get_without_a_body(site: Site) -> None:
    for path in ("blog/atom.xml", "blog/", "blog/pictures/a.jpg"):
        head, get = site.ask(path, "HEAD", Accept_Encoding="gzip"), site.ask(path, Accept_Encoding="gzip")
        assert head.content == b""
        # Chunked says how a body comes (hop by hop), and here is none.
        own = {"date": "", "transfer-encoding": ""}
        assert {**head.headers, **own} == {**get.headers, **own}


def h9_each_document_has_its_registered_type(site: Site) -> None:
    for coding in ("identity", "gzip"):
        for path, kind in (
            ("atom.xml", "application/atom+xml; charset=utf-8"),
            ("rss.xml", "application/rss+xml; charset=utf-8"),
            ("feed.json", "application/feed+json"),
            ("index.html", "text/html; charset=utf-8"),
            ("style.css", "text/css; charset=utf-8"),
            ("pictures/a.jpg", "image/jpeg"),
        ):
            assert site.ask(f"blog/{path}", Accept_Encoding=coding).headers["content-type"] == kind


def h9_a_browser_gets_the_page_at_the_address_of_a_feed(site: Site) -> None:
    for path in ("blog/atom.xml", "blog/rss.xml", "blog/feed.json", "blog/source/anct/atom.xml"):
        browser = site.ask(path, Accept=BROWSER)
        assert browser.content == site.body("index.html")
        assert browser.headers["content-type"] == "text/html; charset=utf-8"
        assert "Accept" in vary(browser)
        reader = site.ask(path, Accept="application/atom+xml, application/rss+xml, text/html;q=0.5, */*;q=0.1")
        assert reader.content == site.body(path.rpartition("/")[2])
        assert "Accept" in vary(reader)


def h9_the_folder_is_what_its_reader_asks_for(site: Site) -> None:
    for accept, path in (
        (BROWSER, "index.html"),
        ("*/*", "index.html"),
        ("application/atom+xml", "atom.xml"),
        ("application/rss+xml, */*;q=0.1", "rss.xml"),
        ("application/feed+json", "feed.json"),
    ):
        for folder in ("blog/", "blog/source/anct/"):
            answer = site.ask(folder, Accept=accept)
            assert answer.content == site.body(path), accept
            assert "Accept" in vary(answer)


def h9_nobody_is_told_406(site: Site) -> None:
    for path, own in (("blog/atom.xml", "atom.xml"), ("blog/", "index.html")):
        answer = site.ask(path, Accept="audio/midi")
        assert (answer.status_code, answer.content) == (200, site.body(own))


def h10_headers_say_hub_and_self(site: Site) -> None:
    address = etree.fromstring(site.body("atom.xml")).find(f"{ATOM}link[@rel='self']")
    assert address is not None
    for method in ("GET", "HEAD"):
        links = site.ask("blog/atom.xml", method).headers["link"]
        assert links == f'<{HUB}>; rel="hub", <{address.get("href")}>; rel="self"'


def h12_a_renamed_feed_is_301(site: Site) -> None:
    for path in ("", "atom.xml", "a-post.html"):
        answer = site.ask(f"veille/{path}")
        assert answer.status_code == 301
        assert answer.headers["location"].endswith(f"/feeds/blog/{path}")


def h12_a_retired_feed_is_301_until_its_day(site: Site) -> None:
    answer = site.ask("lettre/atom.xml")
    assert (answer.status_code, answer.headers["location"]) == (301, "https://lettre.exemple.fr/flux/atom.xml")


def h12_a_retired_feed_is_410_with_a_page(site: Site) -> None:
    for path in ("agenda/", "agenda/atom.xml"):
        answer = site.ask(path)
        assert (answer.status_code, answer.headers["content-type"]) == (410, "text/html; charset=utf-8")
        page = etree.fromstring(answer.content, etree.HTMLParser(encoding="utf-8"))
        said = " ".join(map(str, page.itertext()))
        assert "L’agenda a son site : {tout} y est, à 10 $ & `plus`." in said
        assert page.xpath("//@href") == ["https://agenda.exemple.fr/"]
        assert page.get("lang") == "fr"
