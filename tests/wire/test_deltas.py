"""H7: the news alone, cut out of the document that is served."""

import json

import pytest
from lxml import etree

from tests.wire.reading import atom_ids, json_ids
from tests.wire.site import Site


def test_h7_deltas_over_several_versions(site: Site) -> None:
    first = site.ask()
    site.publish(3)
    second = site.ask()
    site.publish(4)
    whole = site.ask()
    assert atom_ids(site.ask(A_IM="feed", If_None_Match=first.headers["etag"])) == atom_ids(whole) - atom_ids(first)
    both = f"{second.headers['etag']}, {first.headers['etag']}"
    latest = site.ask(A_IM="x, feed;q=0.5", If_None_Match=both)
    assert atom_ids(latest) == atom_ids(whole) - atom_ids(second)
    assert latest.headers["delta-base"] == second.headers["etag"]


@pytest.mark.parametrize("coding", ["identity", "gzip", "br", "zstd"])
def test_h7_a_delta_is_compressed_and_its_etag_is_known_again(site: Site, coding: str) -> None:
    first = site.ask(Accept_Encoding=coding)
    site.publish(4)
    news = site.ask(Accept_Encoding=coding, A_IM="feed", If_None_Match=first.headers["etag"])
    assert (news.status_code, news.headers.get("content-encoding", "identity")) == (226, coding)
    assert len(atom_ids(news)) == 2
    again = site.ask(Accept_Encoding=coding, A_IM="feed", If_None_Match=news.headers["etag"])
    assert again.status_code == 304
    assert {"A-IM", "If-None-Match", "Accept-Encoding"} <= set(news.headers["vary"].split(", "))


def test_h7_an_edited_entry_is_news(site: Site) -> None:
    first = site.ask("blog/feed.json")
    file = site.feeds / "blog" / "feed.json"
    feed = json.loads(file.read_bytes())
    feed["items"][1]["title"] = "Un autre titre"
    file.write_text(json.dumps(feed))
    news = site.ask("blog/feed.json", A_IM="feed", If_None_Match=first.headers["etag"])
    assert (news.status_code, json_ids(news)) == (226, {feed["items"][1]["id"]})


def test_h7_where_an_entry_only_went_the_whole_is_sent(site: Site) -> None:
    site.publish(3)
    first = site.ask()
    site.publish(2)
    answer = site.ask(A_IM="feed", If_None_Match=first.headers["etag"])
    assert (answer.status_code, answer.content) == (200, site.body("atom.xml"))


def test_h7_nobody_gets_a_delta_unasked(site: Site) -> None:
    first = site.ask()
    site.publish(3)
    for wish in ({}, {"A_IM": "feed;q=0"}, {"A_IM": "vcdiff"}, {"A_IM": "feedback"}):
        assert site.ask(If_None_Match=first.headers["etag"], **wish).status_code == 200


def test_h7_a_delta_never_says_that_it_is_all_there_is(site: Site) -> None:
    complete = b'<fh:complete xmlns:fh="http://purl.org/syndication/history/1.0"/>'
    file = site.feeds / "blog" / "atom.xml"

    def publish_complete(posts: int) -> None:
        site.publish(posts)
        file.write_bytes(file.read_bytes().replace(b"</title>", b"</title>" + complete, 1))

    publish_complete(2)
    first = site.ask()
    publish_complete(3)
    news = site.ask(A_IM="feed", If_None_Match=first.headers["etag"])
    assert news.status_code == 226
    assert b"complete" in site.ask().content
    assert b"complete" not in news.content
    assert etree.fromstring(news.content).tag == "{http://www.w3.org/2005/Atom}feed"
