"""``select`` and ``fulltext`` of a source; what is wrong with them stands among the broken files."""

from pathlib import Path

import pytest

from relay.core.source import Selectors
from tests.edges.configurations import SOURCE, good


def test_a_source_is_a_feed_and_nothing_behind_its_entries_is_read(tmp_path: Path) -> None:
    source = good(tmp_path, SOURCE).sources[0]
    assert (source.select, source.fulltext) == (None, False)


def test_the_selectors_that_are_not_given_are_the_usual_ones(tmp_path: Path) -> None:
    text = f'{SOURCE}select = {{ entry = "article.news", date = ".quand" }}\nfulltext = true\n'
    source = good(tmp_path, text).sources[0]
    assert (source.select, source.fulltext) == (Selectors("article.news", date=".quand"), True)


def test_a_text_is_the_selector_of_the_entries(tmp_path: Path) -> None:
    assert good(tmp_path, f'{SOURCE}select = "ul.actus > li"\n').sources[0].select == Selectors("ul.actus > li")


def test_a_table_of_its_own_will_do(tmp_path: Path) -> None:
    text = f'{SOURCE}[sources.cget.select]\nentry = "article"\nimage = "picture img"\n'
    assert good(tmp_path, text).sources[0].select == Selectors("article", image="picture img")


@pytest.mark.parametrize(
    "selector",
    [
        "li:not(.sticky)",
        "div:has(> h2)",
        "li:nth-child(2n+1)",
        "a[href^='/actu']",
        "p:contains('Publié')",
        "h2, h3",
        "é.à",
    ],
)
def test_all_that_css_says_of_a_page_at_rest_can_be_written(tmp_path: Path, selector: str) -> None:
    assert good(tmp_path, f'{SOURCE}select = "{selector}"\n').sources[0].select == Selectors(selector)
