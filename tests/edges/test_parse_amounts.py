"""More in a document than a parser can do: it is refused before any parser sees it, or its first entries are read."""

import time

import pytest

from relay.core.document import Picture
from relay.intake.parse import parse
from relay.intake.reading import fields
from relay.intake.reading.mending import mend
from tests.fakes.feed_documents import MEDIA, URL, atom

TOO_MUCH = "This document is no feed to read: it has too many elements."
ATTRIBUTES = "This document is no feed to read: it has a tag with too many attributes."
LONG = "p" * 50
MANY = "".join(f"<category>{number}</category>" for number in range(2_900))
SUBJECTS = (f'<{LONG}{number}:subject xmlns:{LONG}{number}="u:dc"/>' for number in range(9_000))
FOUR_HUNDRED = " ".join(f"a{number}=''" for number in range(400))


def feed(items: str) -> bytes:
    return f'<rss version="2.0" {MEDIA}><channel><title>Le flux</title>{items}</channel></rss>'.encode()


def item(inside: str) -> bytes:
    return feed(f"<item>{inside}</item>")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (item(f"{MANY}<x.y:item/>" * 4), TOO_MUCH),
        (feed(MANY * 4), TOO_MUCH),
        (item("".join(SUBJECTS)), TOO_MUCH),
        (item(f"<media:keywords>{','.join(map(str, range(9_000)))}</media:keywords>"), TOO_MUCH),
        (item(f"<media:keywords x='/>'>{','.join(map(str, range(9_000)))}</media:keywords>"), TOO_MUCH),
        (item(f"<itunes:keywords>{'<![CDATA[un deux ]]>' * 5_000}</itunes:keywords>"), TOO_MUCH),
        (item(f"<description>{'&lt;b>' * 170_000}</description>"), TOO_MUCH),
        (item(f"<description><![CDATA[{'<b>' * 90_000}]]></description>"), TOO_MUCH),
        (item(f"<author {'a ' * 1_000_000}"), ATTRIBUTES),
        (item(f"<author x='>' {'a=1 ' * 600}/>"), ATTRIBUTES),
        (item(f'<author "< " {"a " * 1_000_000}'), ATTRIBUTES),
        (item(f"<author {(';' * 9_000 + ' ') * 8}/>"), ATTRIBUTES),
        (item(f"<a {FOUR_HUNDRED}/>" * 700), ATTRIBUTES),
    ],
    ids=[
        *("an item of nobody", "categories of the channel", "long prefixes", "keywords", "/> in a value", "CDATA"),
        *("escaped", "HTML", "one tag", "a > in a value", "a < in a value", "a long tag", "many tags"),
    ],
)
def test_what_would_take_a_parser_long_is_refused(body: bytes, error: str) -> None:
    assert parse(body, URL, None).error == error


@pytest.mark.parametrize(
    "inside",
    [
        MANY,
        "<media:content url='https://www.exemple.fr/a.jpg'/>" * 2_900,
        f"<description><![CDATA[{'<p>un <img src=x width=1>' * 2_000}]]></description>",
        f"<description>{'&lt;p&gt;un' * 4_000}</description>",
    ],
    ids=["categories", "media", "HTML", "escaped"],
)
def test_of_a_document_with_too_much_in_it_the_first_entries_are_read(inside: str) -> None:
    document = parse(feed(f"<item><title>Titre</title>{inside}</item>" * 60), URL, None)
    assert document.error is None
    assert 0 < len(document.entries) < 60


def test_items_that_are_none_and_one_that_is_not_closed_begin_no_new_count() -> None:
    document = parse(item(f"<item>{MANY}" + f'<x:item xmlns:x="u:x"/>{MANY}' * 3), URL, None)
    assert max(len(entry.categories) for entry in document.entries) == 2_900


@pytest.mark.parametrize(("entries", "is_complete"), [(1_000, True), (1_001, False)])
def test_a_document_of_which_a_part_is_read_is_not_complete(entries: int, *, is_complete: bool) -> None:
    complete = '<fh:complete xmlns:fh="http://purl.org/syndication/history/1.0"/>'
    document = parse(feed(complete + "<item><title>Titre</title></item>" * entries), URL, None)
    assert (document.is_complete, len(document.entries)) == (is_complete, 1_000)


def test_a_long_value_of_an_attribute_is_no_trap() -> None:
    picture = f'<img alt="{"un mot " * 600}" src="data:image/png;base64,{"A" * 15_000}"/>' * 10
    content = f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Texte</p>{picture}</div></content>'
    assert "Texte" in (atom(f"<title>Titre</title>{content}").content_html or "")


def test_a_bare_sign_of_mark_up_before_a_long_text_is_no_trap() -> None:
    document = parse(item(f"<title>Titre</title><description>1 < 2 {'un mot ' * 800}</description>"), URL, None)
    assert (document.error, [entry.title for entry in document.entries]) == (None, ["Titre"])


def test_many_pictures_beside_one_caption_are_described_by_it_at_no_great_cost() -> None:
    media = "".join(f'<media:content medium="image" url="https://www.exemple.fr/{n}.jpg"/>' for n in range(30_000))
    body = item(f"<media:group>{media}<media:description>Une place</media:description></media:group>")
    taken: list[float] = []
    for _ in range(2):
        started = time.process_time()
        picture = parse(body, URL, None).entries[0].picture
        taken.append(time.process_time() - started)
        assert picture == Picture("https://www.exemple.fr/0.jpg", "Une place")
    assert min(taken) < 8


def test_keywords_in_an_attribute_are_no_list_without_an_end() -> None:
    keywords = '<itunes:keywords text="un, deux > trois"/>'
    document = parse(item(f"<title>Titre</title>{keywords}<description>{'un mot ' * 9_000}</description>"), URL, None)
    assert (document.error, len(document.entries)) == (None, 1)


def test_an_entry_has_fifty_authors_at_most() -> None:
    authors = "".join(f"<author>a{number}@exemple.fr (Camille {number})</author>" for number in range(2_000))
    assert len(parse(item(authors), URL, None).entries[0].authors) == 50


@pytest.mark.parametrize(("entries", "name"), [(10, "redaction.numerique.locale@exemple.fr"), (400, "@exemple.fr")])
def test_names_beyond_what_a_thousand_entries_have_lose_their_long_words(entries: int, name: str) -> None:
    others = f"<item><author>{'nom ' * 900}</author></item>" * entries
    document = parse(feed(f"{others}<item><author>redaction.numerique.locale@exemple.fr</author></item>"), URL, None)
    assert document.entries[-1].authors[0].name == name


@pytest.mark.parametrize("space", [" ", "&#32;", "&#x20;"])
def test_a_field_is_as_long_as_any_may_be_however_its_characters_are_written(space: str) -> None:
    body = item(f"<title>Titre</title><description>{f'mot{space}' * 60_000}</description>")
    entry = parse(body, URL, None).entries[0]
    assert (entry.title, entry.summary) == ("Titre", ("mot " * 60_000)[: fields.LONGEST].rstrip())


def test_a_text_longer_than_any_field_may_be_is_cut_where_it_stands() -> None:
    assert len(mend(item(f"<title>{'mot ' * 400_000}</title>").decode()).xml) < 6 * fields.LONGEST + 200


def test_plain_text_is_no_more_than_so_many_paragraphs() -> None:
    content = fields.paragraphs("un\n\n" * 5_000)
    assert (content.count("<p>"), content.count("un")) == (fields.MOST_PARAGRAPHS + 1, 5_000)


def test_json_has_an_end_as_well() -> None:
    tags = ",".join(f'"{number}"' for number in range(5_000))
    one = f'{{"id":"1","tags":[{tags}],"content_html":"{"<p>un" * 10_000}"}}'
    text = f'{{"version":"https://jsonfeed.org/version/1.1","items":[{",".join([one] * 20)}]}}'
    entries = parse(text.encode(), URL, None).entries
    assert (len(entries), len(entries[0].categories)) == (8, 100)
