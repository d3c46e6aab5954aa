"""The pages of two hundred different blogs say the same to machines as their feeds do (microformats2, h-entry)."""

from typing import Any

import pytest
from lxml import html

from relay.core.feed import OutgoingFeed
from relay.intake.reading import fields
from relay.publish.cleaning import clean
from relay.publish.item import Item, items, utc
from tests.feeds.generated import FORMATS, SEEDS, edition


@pytest.mark.parametrize("seed", SEEDS)
def test_a_microformats_reader_finds_the_same_on_the_pages(seed: int) -> None:
    written = clean(edition(seed))
    documents = {document.path: document.body.decode() for document in FORMATS["html"].render(written)}
    assert len(_marked_as("h-feed", documents["index.html"])) == 1

    for entry, item in zip(_marked_as("h-entry", documents["index.html"]), items(written), strict=True):
        (alone,) = _marked_as("h-entry", documents[f"{item.post.slug}.html"])
        assert _marked(entry) == _marked(alone) == _to_be_marked(item, written.feed)


def _marked_as(name: str, page: str) -> list[Any]:
    found: Any = html.document_fromstring(page)
    return [*found.find_class(name)]


def _to_be_marked(item: Item, feed: OutgoingFeed) -> dict[str, list[str]]:
    post = item.post
    return {
        "u-url": [f"{post.slug}.html"],
        "dt-published": [utc(post.published).isoformat()],
        "p-author": [_line(post.author or feed.imprint.author or feed.title)],
        "p-category": [_line(tag.term) for tag in item.tags],
        "u-photo": [post.picture.url] if post.picture and feed.form.has("picture") else [],
    }


def _marked(entry: html.HtmlElement) -> dict[str, list[str]]:
    """What the marks of microformats2 say of an entry; its page is told by its name, whatever its folder."""
    found = {name: entry.find_class(name) for name in ("u-url", "dt-published", "p-author", "p-category", "u-photo")}
    assert len(entry.find_class("e-content")) == len(entry.find_class("p-name")) == 1
    return {name: [_value(one, name) for one in elements] for name, elements in found.items()}


def _value(element: html.HtmlElement, name: str) -> str:
    said = next((element.get(key) for key in ("datetime", "value", "href", "src") if element.get(key)), None)
    text = said or element.text_content()
    return text.rpartition("/")[2] if name == "u-url" else text if name == "u-photo" else _line(text)


def _line(text: str | None) -> str:
    return fields.line(text) or ""
