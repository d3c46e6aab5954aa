"""The blog's pages: the same parts in the same order as the blog has always had, for people and for machines."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from relay.core.form import Form, line
from relay.publish import archive
from relay.publish.format import Edition, Leaf
from tests.feeds.editions import FIRST_MOMENT, LINK, blog, post

SEED = Path(__file__).parents[3] / "shared" / "seed" / "blog-archive.fr.txt"
PARTS = {
    "headline": "headline",
    "credit": "credit",
    "lead": "lead",
    "picture": "picture",
    "excerpt": "body",
    "more": "more",
    "related": "related",
}
_MARKS = (
    ("headline", r".*\s[@#]\w+$"),
    ("credit", r"Source : "),
    ("more", r"En savoir plus…|Plus d’infos…|—+>|Cliquez ici"),
    ("related", r"Lire (?:également|aussi) :"),
)


def page(edition: Edition, path: str = "index.html") -> html.HtmlElement:
    documents = {document.path: document.body for document in archive.render(edition)}
    return html.document_fromstring(documents[path].decode())


def parts(article: html.HtmlElement) -> list[str]:
    classes = [name for element in article.iter() for name in str(element.get("class", "")).split()]
    return [PARTS[name] for name in classes if name in PARTS]


def seed_parts(text: str) -> list[list[tuple[str, str]]]:
    """Every post of the seed as its parts, (name, text), told by what marks each line."""
    found: list[tuple[str, str]] = []
    for row in filter(None, map(str.strip, text.splitlines()[1:])):
        marked = next((name for name, mark in _MARKS if re.match(mark, row)), None)
        name = marked or {"credit": "lead", "lead": "picture"}.get(found[-1][0], "body")
        if found and found[-1][0] == name:
            found[-1] = (name, f"{found[-1][1]}\n{row}")
        else:
            found.append((name, row))
    starts = [index for index, (name, _) in enumerate(found) if name == "headline"]
    return [found[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]


def seed_posts(text: str) -> list[list[str]]:
    """Every post of the seed as the names of its parts."""
    return [[name for name, _ in post] for post in seed_parts(text)]


@pytest.mark.skipif(not SEED.exists(), reason="the blog's own archive is not at hand (../shared/seed)")
def test_the_page_has_the_parts_of_the_blog_s_own_archive_in_the_same_order() -> None:
    seed = seed_posts(SEED.read_text(encoding="utf-8"))
    # The fifth post of that archive, an invitation, has no link to read on; ours comes first, as the newest.
    ours = [parts(article) for article in page(blog()).iter("article")]
    assert len(seed) == 5
    assert ours == [seed[4], *seed[:4]]


def test_a_post_without_related_posts_has_no_label_for_them() -> None:
    assert "related" not in parts(page(blog(post(0, related=()))).find(".//article"))


def test_the_page_s_words_are_the_blog_s() -> None:
    words = page(blog(post(0), form=Form(more=line("Lire la suite"), related=line("Voir aussi :")))).text_content()
    assert "Lire la suite" in words
    assert "Voir aussi :" in words


def test_handles_of_the_directory_lead_to_their_profiles() -> None:
    links = {link.text: link.get("href") for link in page(blog()).find_class("mention")}
    assert links == {"@ANCTerritoires": "https://x.com/ANCTerritoires", "@AnruOfficiel": "https://x.com/AnruOfficiel"}


def test_a_handle_nobody_knows_stays_plain_text() -> None:
    article = page(blog(post(0, headline="Bonjour @quelquun", handles=()))).find(".//article")
    mention = article.find_class("mention")[0]
    assert (mention.tag, mention.text) == ("span", "@quelquun")


def test_headings_of_the_excerpt_stand_below_the_headline() -> None:
    index, single = page(blog(post(1))), page(blog(post(1)), "billet-1.html")
    assert [heading.tag for heading in index.xpath("//h1|//h2|//h3|//h4")] == ["h1", "h2", "h3", "h3"]
    assert [heading.tag for heading in single.xpath("//h1|//h2|//h3|//h4")] == ["h1", "h2", "h2"]


def test_every_picture_has_an_alternative_text_even_if_empty() -> None:
    images = page(blog(post(0, body_html='<p><img src="https://exemple.fr/a.png"></p>'))).findall(".//img")
    assert [image.get("alt") for image in images] == ["Une place un soir d’été", ""]


def test_the_page_points_at_each_format_the_feed_has_main_one_first() -> None:
    links = page(blog(formats=("atom", "json", "html"))).xpath("//head/link[@rel='alternate']/@href")
    assert links == [f"{LINK}atom.xml", f"{LINK}feed.json"]


def test_a_post_s_page_can_be_shared() -> None:
    head = {meta.get("property"): meta.get("content") for meta in page(blog(), "billet-1.html").iter("meta")}
    assert head["og:title"] == post(1).headline
    assert head["og:url"] == post(1).url
    assert head["og:image:alt"] == "Une place un soir d’été"


def test_a_post_s_page_says_when_it_was_published_and_changed() -> None:
    times = page(blog(), "billet-1.html").xpath("//time/@datetime")
    assert times == ["2026-10-03T07:30:00+00:00", "2026-10-21T07:30:00+00:00"]


def test_the_first_of_a_month_is_written_as_the_french_do() -> None:
    assert page(blog(post(0))).find(".//time").text == "1er octobre 2026"


def test_an_english_blog_has_an_english_page() -> None:
    words = page(blog(post(0, language="en"), language="en"))
    assert (words.get("lang"), words.find(".//h1").text, words.find(".//time").text) == (
        "en",
        "Blog archive",
        "1 October 2026",
    )


def test_a_post_in_another_language_says_so() -> None:
    assert page(blog(post(0, language="en"))).find(".//article").get("lang") == "en"


def test_an_empty_blog_says_that_there_is_nothing_yet() -> None:
    empty = page(replace(blog(), posts=()))
    assert empty.find(".//main").text_content().strip() == "Aucun billet pour l’instant."


@pytest.mark.parametrize("path", ["index.html", "billet-4.html"])
def test_a_page_has_one_first_heading_a_skip_link_and_no_script(path: str) -> None:
    found = page(blog(), path)
    assert len(found.findall(".//h1")) == 1
    assert found.find("body/a").get("href") == f"#{found.find('.//main').get('id')}"
    assert found.findall(".//script") == []


def test_a_microformats_reader_finds_every_post() -> None:
    feed = page(blog()).find_class("h-feed")[0]
    entries = feed.find_class("h-entry")
    assert [entry.find_class("u-url")[0].get("href") for entry in entries] == [
        f"billet-{n}.html" for n in (4, 3, 2, 1, 0)
    ]
    assert all(entry.find_class("e-content") and entry.find_class("p-name") for entry in entries)


def test_posts_that_have_left_the_front_page_stand_on_the_page_of_their_month() -> None:
    october = Leaf("2026/10.html", FIRST_MOMENT.replace(day=1), blog().posts, "2026/09.html", "2026/11.html")
    edition = replace(blog(size=1), leaves=(october,), months=(october.month,))
    front, leaf = page(edition), page(edition, "2026/10.html")

    assert len(front.findall(".//article")) == 1
    assert front.xpath("//nav[@class='months']//a/@href") == ["2026/10.html"]
    assert len(leaf.find_class("h-feed")[0].find_class("h-entry")) == 5
    assert leaf.xpath("//link[@rel='stylesheet']/@href") == ["../style.css"]
    assert leaf.find_class("u-url")[0].get("href") == "../billet-4.html"
    assert [leaf.xpath(f"//main/following::a[@rel='{rel}']/@href") for rel in ("prev", "next")] == [
        ["../2026/09.html"],
        ["../2026/11.html"],
    ]
    assert leaf.find(".//h1").text == "Octobre 2026"


def test_the_page_of_a_post_that_has_left_says_so_and_leads_on() -> None:
    left = page(replace(blog(), pages=(), left=(post(2),)), "billet-2.html")

    assert left.find(".//h1").text == "Ce billet n’est plus publié ici."
    assert left.findall(".//article") == []
    assert post(2).more_url in left.xpath("//main//a/@href")
