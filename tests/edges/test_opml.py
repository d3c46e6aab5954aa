"""Subscription lists in and out."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.intake import opml
from relay.intake.opml import Subscription
from relay.publish.opml import Outline, write
from tests.core.shared import shared


def listed(*outlines: str) -> bytes:
    return f'<?xml version="1.0"?><opml version="2.0"><head><title>Veille</title></head><body>{"".join(outlines)}</body></opml>'.encode()


def test_an_outline_with_an_address_is_a_feed_in_the_outlines_around_it() -> None:
    found = opml.read(
        listed(
            '<outline text="Villes"><outline text="État"><outline type="rss" text="t" title="CGET &amp; co" '
            'xmlUrl="https://a.fr/rss?x=1&amp;y=2" htmlUrl="https://a.fr/"/></outline></outline>',
            '<outline TEXT="Sans type" XMLURL=" https://b.fr/rss "/>',
        )
    )
    assert found.title == "Veille"
    assert found.subscriptions == (
        Subscription("https://a.fr/rss?x=1&y=2", "CGET & co", "https://a.fr/", ("Villes", "État")),
        Subscription("https://b.fr/rss", "Sans type", None, ()),
    )


def test_an_address_on_the_list_twice_is_one_feed() -> None:
    outline = '<outline text="A" xmlUrl="https://a.fr/rss"/>'
    assert len(opml.read(listed(outline, f'<outline text="B">{outline}</outline>')).subscriptions) == 1


@pytest.mark.parametrize(
    ("outline", "title"),
    [
        ('<outline text="A & B" xmlUrl="https://a.fr/?x=1&y=2"/>', "A & B"),
        ('<outline text="Le "petit" journal" xmlUrl="https://a.fr/?x=1&y=2" type="rss"/>', 'Le "petit" journal'),
        ('<outline text="A" description="par <a href="https://b.fr" rel="x">B</a> & C" xmlUrl="https://a.fr/?x=1&y=2"/>', "A"),
        ('<outline text="Caf&eacute;" xmlUrl="https://a.fr/?x=1&amp;y=2"/>', "Café"),
        ('<outline text="A" xmlUrl="https://a.fr/?x=1&y=2">', "A"),
        ("<outline text='A & B' xmlUrl='https://a.fr/?x=1&y=2'/>", "A & B"),
    ],
)  # fmt: skip
def test_a_list_put_together_as_text_is_read_all_the_same(outline: str, title: str) -> None:
    found = opml.read(listed(outline))
    assert [(one.url, one.title) for one in found.subscriptions] == [("https://a.fr/?x=1&y=2", title)]


def test_a_list_in_an_old_encoding_keeps_its_accents() -> None:
    body = (
        listed('<outline text="Égalité" xmlUrl="https://a.fr/"/>')
        .decode()
        .replace('"1.0"?', '"1.0" encoding="iso-8859-1"?')
    )
    assert opml.read(body.encode("latin-1")).subscriptions[0].title == "Égalité"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "has no outline"),
        (b"<html><body>Bonjour</body></html>", "has no outline"),
        (b'{"version": "https://jsonfeed.org/version/1"}', "has no outline"),
        (b'<!DOCTYPE o [<!ENTITY a "b">]>' + listed('<outline xmlUrl="https://&a;.fr/"/>'), "it declares entities"),
        (listed("<outline>" * 2000), "nested too deeply"),
    ],
)
def test_what_is_no_list_or_a_trap_is_said_to_be_so(body: bytes, said: str) -> None:
    found = opml.read(body)
    assert said in (found.error or "")
    assert found.subscriptions == ()


def test_a_list_made_to_be_slow_is_not() -> None:
    began = time.process_time()
    opml.read(b"<opml> " + b' a="' * 300_000)
    opml.read(listed('<outline text="' + '" x ' * 100_000))
    opml.read(b"<opml><body>&" + b' a="x y\n' * 50_000)
    assert time.process_time() - began < 5


def test_an_address_and_a_title_are_a_line_each() -> None:
    found = opml.read(listed('<outline text="Un\u202etitre" xmlUrl="https://a.fr/&#10;x"/>')).subscriptions[0]
    assert (found.title, found.url) == ("Untitre", "https://a.fr/ x")


@given(st.text(max_size=300))
def test_no_list_is_too_strange(text: str) -> None:
    assert isinstance(opml.read(listed(text)), opml.Outlines)
    assert isinstance(opml.read(text.encode(errors="replace")), opml.Outlines)


_LINES = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20)


@given(st.lists(st.tuples(_LINES, _LINES), unique_by=lambda one: one[0], max_size=5))
def test_what_is_written_is_read_again(written: list[tuple[str, str]]) -> None:
    outlines = tuple(Outline(f"https://a.fr/{path}", f"x{title}x", "https://a.fr/") for path, title in written)
    body = write("Veille", outlines)

    assert [one.url for one in opml.read(body).subscriptions] == [one.url for one in outlines]
    assert body == write("Veille", outlines)


def test_a_list_that_is_written_keeps_categories_titles_and_pages() -> None:
    outlines = (
        Outline("https://a.fr/rss", "A & B", "https://a.fr/", "fr", ("Villes", "État")),
        Outline("https://b.fr/rss", "B", category=("Villes",)),
        Outline("https://c.fr/rss", "C", category=("Villes", "État")),
        Outline("https://d.fr/rss", ""),
    )
    found = opml.read(write("Veille", outlines))

    assert found.title == "Veille"
    assert set(found.subscriptions) == {
        Subscription("https://a.fr/rss", "A & B", "https://a.fr/", ("Villes", "État")),
        Subscription("https://b.fr/rss", "B", None, ("Villes",)),
        Subscription("https://c.fr/rss", "C", None, ("Villes", "État")),
        Subscription("https://d.fr/rss", "https://d.fr/rss", None, ()),
    }


DIFFERENCES: dict[str, str] = {}
"""Cases of the corpus that relay judges differently, each with the reason: none."""


def test_the_corpus_of_lists_is_read_as_it_wants() -> None:
    folder = shared("corpora/opml/cases.jsonl").parent
    cases = [json.loads(line) for line in (folder / "cases.jsonl").read_text().splitlines()]
    wrong = {
        case["id"]
        for case in cases
        if sorted({one.url for one in opml.read((folder / case["file"]).read_bytes()).subscriptions}) != case["urls"]
    }
    assert len(cases) > 100
    assert wrong == DIFFERENCES.keys()
