"""The archive page that relay makes of the demo's agency has the form of the blog's own archive."""

import pytest
from lxml import html

from relay.cli.main import run
from tests.feeds.test_archive import SEED, parts, seed_posts

WHOLE = ["headline", "credit", "lead", "picture", "body", "more", "related"]
"""All that a post of the blog can have, in its order."""


@pytest.fixture(scope="module")
def posts(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """The parts of each post on the demo's archive page, newest first."""
    site = tmp_path_factory.mktemp("site")
    assert run(["demo", "--once", "--keep", str(site)]) == 0
    page = html.document_fromstring((site / "feeds" / "blog" / "index.html").read_bytes())
    return [parts(article) for article in page.iter("article")]


def test_every_post_of_the_demo_has_the_parts_in_their_order(posts: list[list[str]]) -> None:
    newest, oldest = posts[:5], posts[5]

    assert newest == [WHOLE] * 5
    assert oldest == WHOLE[:-1]  # there was nothing before it to read also


@pytest.mark.skipif(not SEED.exists(), reason="the blog's own archive is not at hand (../shared/seed)")
@pytest.mark.parametrize("number", range(5))
def test_a_post_of_the_blog_is_a_post_of_the_demo_but_for_what_it_lacks(number: int, posts: list[list[str]]) -> None:
    seed = seed_posts(SEED.read_text(encoding="utf-8"))[number]

    assert [part for part in posts[number] if part in seed] == seed
