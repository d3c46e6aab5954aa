"""The archive page that relay makes of the demo's agency has the form of the blog's own archive, part by part."""

import re

import pytest
from lxml import html

from relay.cli.main import run
from relay.core.language.text import graphemes
from tests.feeds.test_archive import SEED, parts, seed_parts, seed_posts

WHOLE = ["headline", "credit", "lead", "picture", "body", "more", "related"]
"""All that a post of the blog can have, in its order."""
SHAPES = {
    "headline": r"\S.+\S @CGET_gouv( @\w+)*( #\w+)*",
    "credit": r"Source : CGET",
    "lead": r"[^\n]+[.!?…]",
    "picture": r"[^\n]+",
    "body": r"[\s\S]+",
    "more": r"[^\n]+…|—+> [^\n]+",
    "related": r"Lire (également|aussi) :[\s\S]*",
}
"""What each part of the blog is like, and of ours as well."""
LONGEST = {"headline": 160, "lead": 400, "body": 2500}


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> list[html.HtmlElement]:
    """Each post on the demo's archive page, newest first."""
    site = tmp_path_factory.mktemp("site")
    assert run(["demo", "--once", "--keep", str(site)]) == 0
    page = html.document_fromstring((site / "feeds" / "blog" / "index.html").read_bytes())
    return list(page.iter("article"))


def said(article: html.HtmlElement) -> dict[str, str]:
    """The text of each part, with plain spaces; a picture says its alternative text."""
    places = {"body": "excerpt"}
    found = {}
    for name in WHOLE:
        (element,) = article.find_class(places.get(name, name)) or (None,)
        if element is not None:
            text = element.find("img").get("alt") if name == "picture" else element.text_content()
            found[name] = plain(text)
    return found


def plain(text: str) -> str:
    """Text whose spaces are all of one kind."""
    return re.sub(r"[\u00a0\u202f ]+", " ", text).strip()


def test_every_post_of_the_demo_has_the_parts_in_their_order(articles: list[html.HtmlElement]) -> None:
    found = [parts(article) for article in articles]

    assert found[:5] == [WHOLE] * 5
    assert found[5] == WHOLE[:-1]  # there was nothing before it to read also


@pytest.mark.skipif(not SEED.exists(), reason="the blog's own archive is not at hand (../shared/seed)")
@pytest.mark.parametrize("number", range(5))
def test_a_post_of_the_blog_is_a_post_of_the_demo_but_for_what_it_lacks(
    number: int, articles: list[html.HtmlElement]
) -> None:
    seed = seed_posts(SEED.read_text(encoding="utf-8"))[number]

    assert [part for part in parts(articles[number]) if part in seed] == seed


@pytest.mark.skipif(not SEED.exists(), reason="the blog's own archive is not at hand (../shared/seed)")
@pytest.mark.parametrize("number", range(5))
def test_each_part_of_the_demo_is_like_that_of_the_blog(number: int, articles: list[html.HtmlElement]) -> None:
    ours = said(articles[number])

    for name, text in seed_parts(SEED.read_text(encoding="utf-8"))[number]:
        for one in (plain(text), ours[name]):
            assert re.fullmatch(SHAPES[name], one), (name, one)
            assert graphemes(one) <= LONGEST.get(name, 2500), (name, one)
