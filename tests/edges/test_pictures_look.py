"""The pictures that a page names for those who link to it."""

from collections.abc import Iterator

import httpx
import pytest

from relay.core.document import Picture
from relay.intake.pictures.fetch import Missing
from relay.intake.pictures.look import Named, look, named
from relay.intake.wire.robots import Robots
from tests.edges.pages import client, page
from tests.fakes.feed_server import FeedServer, answer, listening

URL = "https://www.exemple.fr/actu/bilan"


def meta(**said: str) -> str:
    return "".join(f'<meta property="{name.replace("_", ":")}" content="{text}">' for name, text in said.items())


def test_a_page_names_its_picture_with_words_and_size() -> None:
    head = meta(og_image="/a.jpg", og_image_alt=" Une place ", og_image_width="1200", og_image_height="630px")
    found = named(f"<html><head>{head}{meta(twitter_image='/a.jpg')}</head></html>", URL)

    assert found == (Picture("https://www.exemple.fr/a.jpg", "Une place", width=1200, height=630),)


def test_a_page_may_name_several_each_with_its_own_words() -> None:
    head = meta(og_image="/a.jpg", og_image_alt="A") + meta(og_image="/b.jpg", og_image_alt="B")
    assert [(one.url[-5:], one.alt) for one in named(head, URL)] == [("a.jpg", "A"), ("b.jpg", "B")]


@pytest.mark.parametrize("name", ["twitter:image", "twitter:image:src", "og:image:secure_url", "OG:Image"])
def test_other_names_are_known_too(name: str) -> None:
    assert named(f'<meta name="{name}" content="b.jpg">', URL) == (Picture("https://www.exemple.fr/actu/b.jpg"),)


@pytest.mark.parametrize("said", ["", "data:image/png;base64,x", "javascript:x()", "http://[x", "mailto:a@b.fr"])
def test_what_is_no_address_is_no_picture(said: str) -> None:
    assert named(meta(og_image=said, og_image_alt="Une place"), URL) == ()


def test_a_page_may_name_any_number_and_a_few_are_taken() -> None:
    assert len(named("".join(meta(og_image=f"/{n}.jpg") for n in range(5000)), URL)) == 5


@pytest.mark.parametrize("text", ["", "\0", "<", "<html>" * 500, '<meta property="og:image">'])
def test_bad_html_names_nothing(text: str) -> None:
    assert named(text, URL) == ()


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with client() as http:
        yield http


@pytest.fixture
def site() -> Iterator[FeedServer]:
    with listening(answer(404)) as server:
        yield server


def test_the_page_is_asked_once_after_its_robots(http: httpx.Client, site: FeedServer) -> None:
    site.pages["/actu"] = page(meta(og_image="a.jpg"))
    found = look(http, Robots(http), f"{site.url}/actu")

    assert found == Named((Picture(f"{site.url}/a.jpg"),))
    assert [one.path for one in site.asked] == ["/robots.txt", "/actu"]


def test_robots_are_obeyed(http: httpx.Client, site: FeedServer) -> None:
    site.pages["/robots.txt"] = answer(body=b"User-agent: *\nDisallow: /actu")
    site.pages["/actu"] = page(meta(og_image="a.jpg"))
    found = look(http, Robots(http), f"{site.url}/actu")

    assert isinstance(found, Missing)
    assert "robots.txt" in found.why


@pytest.mark.parametrize(("status", "is_passing"), [(404, False), (403, False), (500, True), (503, True)])
def test_a_page_that_cannot_be_had_is_said(
    http: httpx.Client,
    site: FeedServer,
    status: int,
    is_passing: bool,  # noqa: FBT001
) -> None:
    site.pages["/actu"] = answer(status)
    found = look(http, Robots(http), f"{site.url}/actu")

    assert isinstance(found, Missing)
    assert found.is_passing is is_passing
