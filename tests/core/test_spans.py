"""Finding the links, mentions and hashtags that a network will mark."""

import json
import time

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from relay.core.language.length import measure
from relay.core.language.text import Span, cut, spans
from tests.core.shared import shared
from tests.core.test_text import MASTODON

MARKS = st.lists(st.sampled_from(["http://", "https://x", "@", "#", "a", ".", "b@c", " ", "(", ")", "é", "[", "·"]))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Voir https://a.fr/b, puis", ["https://a.fr/b"]),
        ("(voir https://a.fr/b)", ["https://a.fr/b"]),
        ("https://fr.wikipedia.org/wiki/Lille_(Nord).", ["https://fr.wikipedia.org/wiki/Lille_(Nord)"]),
        ("((https://a.fr/(b)))", ["https://a.fr/(b)"]),
        ("« https://a.fr/b »", ["https://a.fr/b"]),
        ("«https://a.fr/b»", ["https://a.fr/b"]),
        ("HTTPS://A.FR", ["HTTPS://A.FR"]),
        ("https://a.fr/?q=1&r=%20#h…", ["https://a.fr/?q=1&r=%20#h"]),
        ("https://a.fr/#SMCL @b", ["https://a.fr/#SMCL", "@b"]),
        ("https://a.fr/@qui", ["https://a.fr/@qui"]),
        ("http:// http://. https://!", []),
        ("« #SMCL » et “#SMCL” (#SMCL)", ["#SMCL", "#SMCL", "#SMCL"]),
        ("#Égalité #cœur_de_ville, #2024objectif", ["#Égalité", "#cœur_de_ville", "#2024objectif"]),
        ("#e\u0301galite\u0301", ["#e\u0301galite\u0301"]),
        ("#l’égalité", ["#l"]),
        ("n°#a a#b #1 #2024 ##", []),
        ("@CGET_gouv. @Min_Territoires, (@anru)", ["@CGET_gouv", "@Min_Territoires", "@anru"]),
        ("@cget.bsky.social, merci", ["@cget.bsky.social"]),
        ("@anru@social.exemple.fr.", ["@anru@social.exemple.fr"]),
        ("ecrire@exemple.fr ou a.b@c.d.fr", []),
        ("@ @. a@", []),
    ],
)
def test_it_finds_what_a_network_will_mark(text: str, expected: list[str]) -> None:
    assert [span.text for span in spans(text)] == expected


def test_a_span_says_where_it_is() -> None:
    assert spans("é @anru") == (Span("mention", "@anru", 2, 7),)


@given(MARKS)
def test_spans_stand_where_they_say(parts: list[str]) -> None:
    text = "".join(parts)
    assert [text[span.start : span.end] for span in spans(text)] == [span.text for span in spans(text)]


@given(MARKS)
def test_no_span_lies_inside_another(parts: list[str]) -> None:
    bounds = [place for span in spans("".join(parts)) for place in (span.start, span.end)]
    assert bounds == sorted(bounds)


@pytest.mark.parametrize("text", ["https://a" + ")" * 200_000, "." * 200_000 + "x", "@a" * 50_000, "#1" * 50_000])
def test_a_hostile_text_is_measured_and_cut_at_once(text: str) -> None:
    assert len(cut(text, 300)) + len(measure(text, MASTODON)) <= 301


_OTHER_SCRIPTS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Hebrew}\p{Tibetan}]|t\.co/")


def _twitter(kind: str) -> list[tuple[str, list[str]]]:
    cases = json.loads(shared("conformance/twitter-text/objc-json/extract.json").read_text())["tests"][kind]
    return [(case["text"], case["expected"]) for case in cases if not _OTHER_SCRIPTS.search(case["text"])]


def test_it_finds_the_links_that_twitter_finds() -> None:
    cases = [(text, links) for text, links in _twitter("urls") if all(link.startswith("http") for link in links)]
    linked = [(text, links) for text, links in cases if links and "✪" not in text]
    assert [[span.text for span in spans(text) if span.kind == "link"] for text, _ in linked] == [
        links for _, links in linked
    ]


def test_it_finds_the_hashtags_that_twitter_finds_between_spaces() -> None:
    cases = [(text, tags) for text, tags in _twitter("hashtags") if tags and not regex.search(r"\S[#＃]", text)]
    assert [[span.text[1:] for span in spans(text) if span.kind == "hashtag"] for text, _ in cases] == [
        tags for _, tags in cases
    ]


def test_a_very_long_text_is_read_in_a_moment() -> None:
    text = "http://a.fr @b #c " * 5_000
    start = time.process_time()
    assert len(spans(text)) == 15_000
    assert time.process_time() - start < 2
