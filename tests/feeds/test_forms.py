"""A template decides the parts of a post, their order, their length and the words around them; it is never markup."""

import json
from collections.abc import Collection
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from relay.core.document import Picture
from relay.core.form import BLOCKS, INLINE, WORDS, Form, Line, line, lines
from relay.core.post import Credit, Post, Related
from relay.publish import archive, atom, jsonfeed
from relay.publish.cleaning import clean
from relay.publish.fragment import body
from tests.feeds.editions import DIRECTORY, blog, post
from tests.feeds.rules import findings
from tests.feeds.shared_rules import ATOM
from tests.feeds.test_archive import page, parts

SHARED = post(
    0, also=(Credit("ANRU", "https://anru.exemple.fr/3"), Credit("Vaux", "https://anct.exemple.fr/actualites/0"))
)


def shown(post: Post, form: Form) -> html.HtmlElement:
    (made,) = clean(blog(post, form=form)).posts
    return html.fragment_fromstring(str(body(made, form, DIRECTORY)), create_parent="div")


def words(post: Post, layout: str) -> list[str]:
    """The text of every paragraph that this layout makes."""
    return [str(part.text_content()) for part in shown(post, Form(layout=lines(layout)))]


def links(element: html.HtmlElement) -> list[tuple[str | None, str | None]]:
    return [(link.text, link.get("href")) for link in element.iter("a")]


def test_the_parts_stand_in_the_order_of_the_layout() -> None:
    form = Form(layout=lines("{picture}\n{excerpt}\n{related}\n{lead}\n{credit}"))
    assert parts(shown(post(0), form)) == ["picture", "body", "related", "lead", "credit"]


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        ("{author} · {date}", ["1er octobre 2026"]),
        ("Par {author}", []),
        ("Dans : {categories}", ["Dans : politique de la ville"]),
        ("{hashtags} {mentions:x}", ["@ANCTerritoires"]),
        ("{source} – {title:12}", ["ANCT – Quartiers…"]),
        ("— fin —", ["— fin —"]),
        ("{more} ({attribution})", ["En savoir plus… (Source\u00a0: ANCT)"]),
    ],
)
def test_a_line_says_what_the_post_has(layout: str, expected: list[str]) -> None:
    assert words(post(0), layout) == expected


def test_a_lead_beside_its_credit_is_one_paragraph() -> None:
    (paragraph,) = shown(post(2), Form(layout=lines("{lead:200} ({credit})")))
    assert paragraph.text_content() == f"{post(2).lead} (Source\u00a0: ANCT)"
    assert [span.get("class") for span in paragraph] == ["lead p-summary", "credit"]
    assert links(paragraph) == [("Source\u00a0: ANCT", "https://anct.exemple.fr/actualites/2")]


def test_the_wording_of_a_part_has_fields_too() -> None:
    form = Form(credit=line("Lu chez {source}"), more=line("La suite sur {source}"), related=Line())
    credit, more, related = shown(post(0), replace(form, layout=lines("{credit}\n{more}\n{related:1}")))
    assert (credit.text_content(), more.text_content()) == ("Lu chez ANCT", "La suite sur ANCT")
    assert related.text_content().strip() == "Un billet plus ancien"


def test_every_word_of_a_template_is_text() -> None:
    form = Form(more=line("<b>Lire</b> {title}"), credit=line("<script>{source}"), layout=lines("<i>{credit}\n{more}"))
    made = shown(post(0, headline="<u>Titre</u>"), form)
    assert [str(part.text_content()) for part in made] == ["<i><script>ANCT", "<b>Lire</b> <u>Titre</u>"]
    assert {str(element.tag) for element in made.iter()} == {"div", "p", "span", "a"}


def test_what_a_post_says_is_no_template() -> None:
    assert words(post(0, headline="{lead} {source}", author="{title}"), "{title} {author}") == [
        "{lead} {source} {title}"
    ]


def test_each_of_several_sources_is_linked_to_its_own_entry() -> None:
    (credit,) = shown(SHARED, Form(layout=lines("{credit}")))
    assert credit.text_content() == "Sources\u00a0: ANCT, ANRU, Vaux"
    assert links(credit) == [
        ("ANCT", "https://anct.exemple.fr/actualites/0"),
        ("ANRU", "https://anru.exemple.fr/3"),
        ("Vaux", "https://anct.exemple.fr/actualites/0"),
    ]


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("Lu chez {source}", "Lu chez ANCT, ANRU, Vaux"),
        ("L’original", "L’original, ANRU, Vaux"),
        ("{attribution} ({author})", "Sources\u00a0: ANCT, ANRU, Vaux"),
    ],
)
def test_whatever_the_wording_of_the_credit_no_source_is_lost(wording: str, expected: str) -> None:
    made = shown(SHARED, Form(credit=line(wording), layout=lines("{credit}")))
    assert (made.text_content(), len(links(made))) == (expected, 3)


def test_feeds_name_every_source_once() -> None:
    document = etree.fromstring(atom.render(blog(SHARED))[0].body)
    assert findings(atom.render(blog(SHARED))[0].body) == []
    assert document.xpath("//a:entry/a:link[@rel='via']/@href", namespaces={"a": ATOM[1:-1]}) == [
        "https://anct.exemple.fr/actualites/0",
        "https://anru.exemple.fr/3",
    ]
    (item,) = json.loads(jsonfeed.render(blog(SHARED))[0].body)["items"]
    assert [source["name"] for source in item["_relay"]["sources"]] == ["ANCT", "ANRU", "Vaux"]


def test_the_photographer_stands_under_the_picture_and_its_size_beside_it() -> None:
    picture = Picture("https://anct.exemple.fr/a.jpg", "Une place", credit="© Ana <Lopez>", width=800, height=600)
    (figure,) = shown(post(0, picture=picture), Form(layout=lines("{picture}")))
    assert [(child.tag, child.text) for child in figure] == [("img", None), ("figcaption", "© Ana <Lopez>")]
    assert (figure[0].get("width"), figure[0].get("height")) == ("800", "600")


@pytest.mark.parametrize(
    ("picture", "wording"), [(Picture("https://a.fr/a.jpg"), "{picture_credit}"), (post(0).picture, "")]
)
def test_a_picture_without_credit_or_wording_has_no_caption(picture: Picture, wording: str) -> None:
    form = Form(picture=line(wording), layout=lines("{picture}"))
    assert shown(post(0, picture=picture), form).findall(".//figcaption") == []


def test_a_feed_with_a_shorter_form_is_shorter_everywhere() -> None:
    long = post(0, lead="Une phrase de trente caractères. " * 12)
    edition = blog(long, form=Form(layout=lines("{lead:100}\n{more}")))
    entry = next(etree.fromstring(atom.render(edition)[0].body).iter(f"{ATOM}entry"))
    assert entry.findtext(f"{ATOM}summary") == ("Une phrase de trente caractères. " * 3).strip()
    assert {link.get("rel") for link in entry.findall(f"{ATOM}link")} == {"alternate", "via"}
    assert "og:image" not in archive.render(edition)[0].body.decode()


def test_the_headline_of_a_link_blog_leads_to_what_it_tells_of_and_the_date_to_the_post() -> None:
    edition = blog(post(0), post(1, more_url=""), form=Form(headline="source"))
    index, single = page(edition), page(edition, "billet-0.html")
    headlines = [heading.find("a") for heading in index.find_class("headline")]
    assert [link.get("href") for link in headlines] == ["https://anct.exemple.fr/actualites/0", "billet-1.html"]
    assert [date.find(".//a") is not None for date in index.find_class("date")] == [True, False]
    assert [link.get("href") for link in index.find_class("u-url")] == ["billet-0.html", "billet-1.html"]
    assert single.find(".//h1/a").get("href") == "https://anct.exemple.fr/actualites/0"


def test_more_related_posts_than_the_layout_has_room_for_are_left_out() -> None:
    others = tuple(Related(f"Billet {number}", f"https://blog.exemple.fr/{number}.html") for number in range(4))
    assert len(links(shown(post(0, related=others), Form(layout=lines("{related:2}"))))) == 2


TEXT = st.text("aé <>&\"'{}()·:«»\u00a0", max_size=30)


def written(fields: Collection[str]) -> st.SearchStrategy[Line]:
    """Lines of words and of these fields, with and without a number."""
    named = st.sampled_from(sorted(fields)).flatmap(lambda name: st.sampled_from([f"{{{name}}}", f"{{{name}:9}}"]))
    return st.lists(TEXT | named, max_size=5).map("".join).map(line)


LAYOUTS = st.lists(written(INLINE | BLOCKS), max_size=6).map(tuple)
WORDING = written(WORDS | {"picture_credit"})
_OF_THE_EXCERPT = {"h2", "ul", "ol", "li", "strong", "em", "blockquote"}


@given(
    st.builds(Form, layout=LAYOUTS, credit=WORDING, more=WORDING, related=WORDING, picture=WORDING),
    st.builds(
        post,
        st.integers(0, 4),
        headline=TEXT,
        lead=TEXT,
        credit=TEXT,
        author=TEXT,
        also=st.lists(st.builds(Credit, TEXT, TEXT), max_size=2).map(tuple),
        picture=st.none() | st.builds(Picture, st.just("https://a.fr/a.jpg"), TEXT, credit=TEXT),
    ),
)
def test_whatever_a_template_and_a_post_say_the_page_has_no_markup_of_theirs(form: Form, said: Post) -> None:
    tags = {str(element.tag) for element in shown(said, form).iter()}
    assert tags <= {"div", "p", "span", "a", "time", "figure", "figcaption", "img", *_OF_THE_EXCERPT}
