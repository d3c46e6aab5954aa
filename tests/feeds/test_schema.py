"""The schema of RFC 4287, appendix B, is one that finds faults; ``test_generated`` holds documents to it."""

from pathlib import Path

import pytest
from lxml import etree

from relay.publish import atom
from tests.feeds.editions import blog

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))


def is_valid(document: bytes) -> bool:
    return bool(SCHEMA.validate(etree.fromstring(document)))


def test_an_atom_document_is_what_the_schema_says() -> None:
    assert is_valid(atom.render(blog())[0].body), SCHEMA.error_log


@pytest.mark.parametrize(
    ("sound", "planted"),
    [
        (b"<updated>", b"<updated>hier "),
        (b"<entry", b"<title>Un deuxi\xc3\xa8me</title><entry"),
        (b"<subtitle", b"<undefined/><subtitle"),
        (b"<name>", b"<nom/><name>"),
        (b"href=", b"src="),
        (b'rel="self"', b'rel=""'),
        (b'rel="self"', b'rel="self" hreflang="fran\xc3\xa7ais"'),
        (b'type="html"', b'type="markdown"'),
        (b"<category term=", b"<category label="),
        (b"</feed>", b"<author><name>Trop tard</name></author></feed>"),
    ],
)
def test_the_schema_finds_a_planted_fault(sound: bytes, planted: bytes) -> None:
    document = atom.render(blog())[0].body
    assert sound in document
    assert not is_valid(document.replace(sound, planted, 1))
