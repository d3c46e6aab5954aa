"""Read in parts a document says what it says read whole. The long form is `python -m tests.splitting`."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.corpora.corpus import CORPORA
from tests.splitting.equal import judged, reading, sketch

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Agence</title><link>http://a.example/</link>
<language>fr</language><lastBuildDate>Tue, 24 Nov 2026 09:00:00 GMT</lastBuildDate>{}</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" xml:base="http://a.example/"><title>A</title>
<id>urn:a</id><updated>2026-11-24T09:00:00Z</updated><author><name>A</name></author>{}</feed>"""
ITEM = """<item><title>Titre {0}</title><link>http://a.example/{0}</link><guid isPermaLink="false">{0}</guid>
<pubDate>Tue, 24 Nov 2026 0{0}:00:00 GMT</pubDate><category>Ville</category><dc:creator>Anne</dc:creator>
<description>Été {0}</description><content:encoded><![CDATA[<p>Un &amp; <a href="/x">deux</a></p>]]></content:encoded>
</item>
"""
ENTRY = """<entry><title>Titre {0}</title><id>urn:a:{0}</id><link href="{0}.html"/><updated>2026-11-2{0}T09:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Été {0}</p></div></content></entry>
"""
PICTURE = '<media:content url="http://a.example/p.jpg" medium="image"><media:description>{}</media:description></media:content>'


def rss(*more: str) -> bytes:
    items = (ITEM.format(number + 1).replace("</item>", f"{one}</item>") for number, one in enumerate(more))
    return RSS.format("".join(items)).encode()


def atom(number: int) -> bytes:
    return ATOM.format("".join(ENTRY.format(one + 1) for one in range(number))).encode()


@pytest.mark.parametrize("body", [rss("", "", ""), atom(4)])
def test_a_plain_document_is_read_in_parts(body: bytes) -> None:
    assert judged(body) == ("equal", "")


def test_only_the_new_entry_is_given_to_the_reader() -> None:
    whole, lengths = reading(rss("", "", ""), {})
    assert lengths == [len(rss("", "", ""))]
    known = {one.mark.digest: sketch(one) for one in whole.entries[1:] if one.mark}
    found, lengths = reading(rss("", "", ""), known)
    assert lengths == [len(rss(""))]
    assert [bool(one.sketch) for one in found.entries] == [False, True, True]


def test_a_document_of_which_nothing_is_new_is_read_for_what_it_says_of_itself() -> None:
    whole, _ = reading(rss("", ""), {})
    found, lengths = reading(rss("", ""), {one.mark.digest: sketch(one) for one in whole.entries if one.mark})
    assert (found.title, found.language, [bool(one.sketch) for one in found.entries]) == ("Agence", "fr", [True, True])
    assert sum(lengths) < len(rss("")) - 200


def test_a_title_behind_the_entries_is_the_one_that_counts_when_nothing_is_new_too() -> None:
    body = rss("", "").replace(b"</channel>", b"<title>Agence du soir</title></channel>")
    assert judged(body) == ("equal", "")
    assert reading(body, {})[0].title == "Agence du soir"
    assert judged(body.replace(b"<title>Agence du", b"<!-- <image> --><title>Agence du")) == ("equal", "")


def test_words_for_a_picture_that_stand_in_another_entry_are_not_lost() -> None:
    said, silent = PICTURE.format("Un pont"), PICTURE.format("")
    assert judged(rss(said, silent, "")) == ("equal", "")
    whole, _ = reading(rss(said, silent), {})
    known = {one.mark.digest: sketch(one) for one in whole.entries[:1] if one.mark}
    found, lengths = reading(rss(said, silent), known)
    assert found.entries[1].pictures[0].alt == "Un pont"
    assert len(lengths) == 1


@pytest.mark.parametrize(
    "silent",
    [
        '<media:content url="http:/&#47;a.example/p.jpg" medium="image"/>',
        f'<media:content URL{" " * 11}={" " * 11}"http://a.example/p.jpg" medium="image"/>',
        "<media:thumbnail>http://a.example/p.jpg</media:thumbnail>",
        "<media:group><media:Thumbnail >\n<![CDATA[http://a.example/p.jpg]]></media:Thumbnail></media:group>",
    ],
)
def test_an_address_is_the_same_picture_however_it_is_written(silent: str) -> None:
    said = PICTURE.format("Un pont")
    whole, _ = reading(rss(said, silent), {})
    known = {one.mark.digest: sketch(one) for one in whole.entries[:1] if one.mark}
    found, lengths = reading(rss(said, silent), known)
    assert (found, len(lengths)) == (whole, 1)


@pytest.mark.parametrize("more", ["&nbsp;", "<p>&bare</p>", "<itunes:author>A</itunes:author>", "\x0b", "<b>"])
def test_what_has_to_be_repaired_is_read_whole(more: str) -> None:
    assert judged(rss("", more, ""))[0] in {"repaired", "unsplit"}
    whole, _ = reading(rss("", "", ""), {})
    known = {one.mark.digest: sketch(one) for one in whole.entries if one.mark}
    found, _ = reading(rss("", more, ""), known)
    assert found.repaired
    assert not any(one.sketch for one in found.entries)


PODCAST = """<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>A</title>
<itunes:summary>Des voix.</itunes:summary><description>Des voix.</description>{}</channel></rss>"""
EPISODE = """<item><guid>{0}</guid><title>Titre {0}</title><description>Court {0}</description>
<itunes:summary>&lt;p&gt;Long {0}&lt;/p&gt;</itunes:summary></item>
"""


def test_what_a_podcast_says_of_itself_is_taken_for_no_more_than_the_first_entry() -> None:
    body = PODCAST.format("".join(EPISODE.format(number) for number in range(3))).encode()
    assert judged(body) == ("equal", "")
    whole, _ = reading(body, {})
    found, lengths = reading(body, {one.mark.digest: sketch(one) for one in whole.entries[:2] if one.mark})
    assert (found.entries[2].summary, lengths) == ("Court 2", [len(body)])
    found, lengths = reading(body, {one.mark.digest: sketch(one) for one in whole.entries[1:] if one.mark})
    assert found.entries[0] == whole.entries[0]
    assert lengths[0] < len(body)


def test_a_text_within_a_text_changes_what_is_read_of_those_behind_it() -> None:
    within = "<description><details><summary>Plus</summary></details></description>"
    body = RSS.format(
        "".join(
            f"<item><guid>{one}</guid>{text}</item>"
            for one, text in enumerate((within, "<description>&lt;p&gt;a&lt;/p&gt;</description>"))
        )
    ).encode()
    assert judged(body)[0] == "whole"


def test_two_entries_that_share_a_name_are_read_with_the_whole_document() -> None:
    body = rss("", "", "").replace(b"http://a.example/2", b"http://a.example/1")
    whole, _ = reading(body, {})
    known = {one.mark.digest: sketch(one) for one in whole.entries[1:] if one.mark}
    found, _ = reading(body, known)
    assert not any(one.sketch for one in found.entries)


_PIECES = st.sampled_from(
    [
        *(
            "<item>",
            "</item>",
            "<entry/>",
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "<?x ?>",
            "<name>",
            "</name>",
            "&",
            "é",
            "<",
        ),
        *(
            "xmlns:media='urn:x'",
            "<media:title>x</media:title>",
            PICTURE.format("x"),
            "<tags>a b",
            "</rss>",
            '"',
            "\x00",
        ),
        *("<guid>1</guid>", "<link>http://a.example/1</link>", "<language>en</language>", "<title>Ã©</title>", "\r\n"),
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(base=st.sampled_from([rss("", "", ""), rss(PICTURE.format("a"), ""), atom(3)]), data=st.data())
def test_a_damaged_document_says_the_same_in_parts(base: bytes, data: st.DataObject) -> None:
    text = base.decode()
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.sampled_from([0, 0, 0, 1, 5, 40])))
        text = text[:start] + data.draw(_PIECES) + text[end:]
    outcome, why = judged(text.encode())
    assert outcome != "different", why


def test_real_documents_do() -> None:
    folder = CORPORA / "french" / "picofeed"
    if not folder.is_dir():
        pytest.skip(f"no corpora here: {folder} is missing")
    small = [one for one in sorted(folder.iterdir()) if one.is_file() and one.stat().st_size < 60_000]
    found = [judged(one.read_bytes()) for one in small[:8]]
    assert {outcome for outcome, _ in found} <= {"equal", "whole", "unsplit", "repaired"}, found
    assert ("equal", "") in found
