"""Any text at all in any field: no character that a document cannot hold gets into relay, and all that is made is valid."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from relay.core.document import ParsedEntry
from relay.core.normalise import normalise
from relay.intake.parse import parse
from relay.publish import archive, atom, jsonfeed, rss
from tests.feeds.editions import blog
from tests.xss.feed import FIELDS, HOME, NOON, SOURCE, document

NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Not a Char of XML 1.0 §2.2."""
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=40)
ODD = ("\x00", "\x0b", "\x1f", "\x7f", "\x85", "\ud800", "\udfff", "\ufffe", "\uffff", "\U0001fffe", "\u2028", "\ufeff")


def strings(value: object) -> Iterator[str]:
    """Every text in a record, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from strings(one)
    elif isinstance(value, Mapping):
        yield from strings([*value, *value.values()])
    elif is_dataclass(value):
        yield from strings([getattr(value, one.name) for one in fields(value)])


def by_references(text: str) -> bytes:
    """As XML, with every odd character written as a number: parsers that mend take those too."""
    made = document([text.replace("&", "").replace("\ud800", "\ue000")], FIELDS).decode("utf-8", "replace")
    return (
        re.sub(r"[^\t\n\r\x20-\x7e]", lambda sign: f"&#{ord(sign[0])};", made).replace("&#57344;", "&#xD800;").encode()
    )


def by_json(text: str) -> bytes:
    """As JSON Feed, whose escapes can say a lone surrogate."""
    item: dict[str, object] = dict.fromkeys(
        ("id", "title", "summary", "content_html", "url", "image", "banner_image"), text
    )
    item |= {
        "authors": [{"name": text}],
        "tags": [text],
        "attachments": [{"url": text, "mime_type": text, "title": text}],
    }
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": text, "items": [item]}).encode()


def check(entries: tuple[ParsedEntry, ...]) -> None:
    assert [one for one in strings(entries) if NO_CHARACTER.search(one)] == []
    posts = tuple(normalise(one, SOURCE, HOME, f"billet-{n}", (), NOON) for n, one in enumerate(entries))
    assert [one for one in strings(posts) if NO_CHARACTER.search(one)] == []
    edition = blog(*posts)
    assert len(etree.fromstring(atom.render(edition)[0].body).findall("{*}entry")) == len(posts)
    assert len(etree.fromstring(rss.render(edition)[0].body).findall("channel/item")) == len(posts)
    assert len(json.loads(jsonfeed.render(edition)[0].body)["items"]) == len(posts)
    assert all(
        html.document_fromstring(page.body) is not None for page in archive.render(edition) if page.path[-4:] == "html"
    )


@settings(max_examples=40, deadline=None)
@given(ANYTHING, st.sampled_from([by_references, by_json, lambda text: document([text], FIELDS)]))
def test_any_text_in_every_field_is_read_and_published(text: str, written: object) -> None:
    found = parse(written(text), SOURCE.url, None)  # type: ignore[operator]
    assert len(found.entries) == 1, found.error
    check(found.entries)


@pytest.mark.parametrize("sign", ODD, ids=ascii)
@pytest.mark.parametrize("written", [by_references, by_json])
def test_a_sign_that_no_document_holds_costs_no_entry(sign: str, written: object) -> None:
    found = parse(written(f"Avant {sign} après"), SOURCE.url, None)  # type: ignore[operator]
    assert len(found.entries) == 1, found.error
    assert "Avant" in (found.entries[0].title or "")
    check(found.entries)
