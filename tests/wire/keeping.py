"""H5 to H7: compressed, kept, and the news alone."""

from tests.wire.reading import atom_ids, json_ids, rss_ids, vary
from tests.wire.site import Rule, Site


def h5_texts_vary_by_coding(site: Site) -> None:
    for path in ("blog/atom.xml", "blog/index.html", "blog/style.css"):
        for coding in ("identity", "gzip"):
            assert "Accept-Encoding" in vary(site.ask(path, Accept_Encoding=coding))


def h5_in(coding: str, suffix: str) -> Rule:
    def rule(site: Site) -> None:
        for path in ("atom.xml", "rss.xml", "feed.json", "index.html"):
            answer = site.ask(f"blog/{path}", Accept_Encoding=f"{coding};q=1.0, identity;q=0.5")
            assert answer.headers.get("content-encoding") == coding, path
            assert answer.num_bytes_downloaded == len(site.body(path + suffix))
            assert answer.content == site.body(path)
        assert "content-encoding" not in site.ask(Accept_Encoding=f"{coding};q=0").headers

    return rule


def h6_a_document_may_be_kept_for_an_hour_at_most(site: Site) -> None:
    whole = site.ask()
    short = site.ask(If_None_Match=whole.headers["etag"])
    for answer in (whole, short):
        policy = answer.headers["cache-control"]
        assert policy.startswith("public, max-age=")
        assert 0 < int(policy.rpartition("=")[2]) <= 3600


def h7_news_alone_for_who_knows_deltas(site: Site) -> None:
    for path, ids in (("atom.xml", atom_ids), ("rss.xml", rss_ids), ("feed.json", json_ids)):
        old = site.ask(f"blog/{path}")
        site.publish(site.posts + 1)
        whole = site.ask(f"blog/{path}")
        news = site.ask(f"blog/{path}", A_IM="feed", If_None_Match=old.headers["etag"])
        assert (news.status_code, news.headers.get("im")) == (226, "feed")
        assert news.headers["etag"] == whole.headers["etag"]
        assert news.headers["content-type"] == whole.headers["content-type"]
        assert news.headers["cache-control"].startswith("no-store, im")
        assert ids(news) == ids(whole) - ids(old)
        assert len(ids(news)) == 1


def h7_an_unknown_etag_gets_the_whole(site: Site) -> None:
    whole = site.ask()
    answer = site.ask(A_IM="feed", If_None_Match='"0123456789abcdef0123456789abcdef"')
    assert (answer.status_code, answer.content) == (200, whole.content)
    assert site.ask(A_IM="feed", If_None_Match=whole.headers["etag"]).status_code == 304
