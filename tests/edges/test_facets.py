"""Bluesky's rich text and record keys."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.crosspost import Keys
from relay.networks.bluesky.facets import ascii_uri, drawn, facets, handles
from relay.networks.writing import tid

TIDS = Path(__file__).parents[3] / "shared" / "conformance" / "atproto-interop" / "syntax"
DIDS = {"cget.bsky.social": "did:plc:cget"}
TID = re.compile("[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")

moments = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 — hypothesis adds the zone
nonces = st.integers(0, 2**64 - 1)
texts = st.lists(
    st.sampled_from(
        ["é", "👩‍👩‍👧", " ", "\n", "(", "«", "#SMCL", "#égalité", "@cget.bsky.social", "https://é.fr/à?x=ü", "a", "."]
    )
    | st.text(max_size=5)
).map("".join)


def sliced(text: str) -> list[str]:
    """What the facets of a text mark in it."""
    raw = text.encode()
    indexes = [facet["index"] for facet in facets(text, DIDS)]
    return [raw[index["byteStart"] : index["byteEnd"]].decode() for index in indexes]


def test_offsets_count_bytes_of_accents_and_emoji() -> None:
    [facet] = facets("Égalité 👩‍👩‍👧 #SMCL", {})
    assert facet["index"] == {"byteStart": 29, "byteEnd": 34}


def test_a_tag_is_told_without_its_sign() -> None:
    [facet] = facets("l’été #égalité", {})
    assert facet["features"] == [{"$type": "app.bsky.richtext.facet#tag", "tag": "égalité"}]


def test_a_tag_longer_than_the_lexicon_allows_stays_plain() -> None:
    assert facets("#" + "a" * 65, {}) == []


def test_a_link_is_told_in_ascii_and_marked_as_written() -> None:
    text = "Voir https://café.fr/été."
    [facet] = facets(text, {})
    assert facet["features"][0]["uri"] == "https://xn--caf-dma.fr/%C3%A9t%C3%A9"
    assert sliced(text) == ["https://café.fr/été"]


def test_a_mention_is_told_by_who_is_behind_it() -> None:
    [facet] = facets("Avec @cget.bsky.social", DIDS)
    assert facet["features"] == [{"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:cget"}]


def test_a_mention_of_nobody_stays_plain() -> None:
    assert facets("Avec @personne.bsky.social", DIDS) == []


def test_only_handles_of_this_network_are_looked_up() -> None:
    assert handles("@CGET_gouv @cget@social.example @cget.bsky.social @cget.bsky.social") == ("cget.bsky.social",)


@pytest.mark.parametrize("link", ["https://exa mple.é/", "https://[é/"])
def test_what_cannot_be_a_link_is_none(link: str) -> None:
    assert ascii_uri(link) is None


@given(texts)
def test_facets_are_in_order_and_never_overlap(text: str) -> None:
    edges = [edge for facet in facets(text, DIDS) for edge in facet["index"].values()]
    assert edges == sorted(edges)
    assert len(set(edges[1:-1:2])) == len(edges[1:-1:2])


@given(texts)
def test_facets_slice_back_to_what_is_written(text: str) -> None:
    assert all(marked in text and marked[0] in "h@#＃H" for marked in sliced(text))


@given(texts)
def test_links_are_told_in_ascii(text: str) -> None:
    features = [facet["features"][0] for facet in facets(text, DIDS)]
    assert all(feature.get("uri", "").isascii() for feature in features)


@given(moments, nonces)
def test_a_record_key_has_the_form_of_a_tid(moment: datetime, nonce: int) -> None:
    assert TID.fullmatch(tid.mint(Keys(moment, nonce)))


@pytest.mark.parametrize(("name", "valid"), [("tid_syntax_valid.txt", True), ("tid_syntax_invalid.txt", False)])
def test_that_form_is_the_protocol_s_own(name: str, valid: bool) -> None:  # noqa: FBT001 — a column of the table
    if not TIDS.is_dir():
        pytest.skip(f"needs the interoperability files of the AT Protocol in {TIDS.name}, beside the project")
    cases = [line for line in (TIDS / name).read_text().splitlines() if line and not line.startswith("#")]
    assert [bool(TID.fullmatch(case)) for case in cases] == [valid] * len(cases)


def test_a_record_key_tells_the_millisecond() -> None:
    key = tid.mint(Keys(datetime(2026, 11, 24, 8, 0, 0, 123456, tzinfo=UTC), 0))
    number = sum("234567abcdefghijklmnopqrstuvwxyz".index(digit) << 5 * place for place, digit in enumerate(key[::-1]))
    assert datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=number >> 10) == datetime(
        2026, 11, 24, 8, 0, 0, 123000, tzinfo=UTC
    )


@given(moments, nonces, st.integers(1, 10**6))
def test_later_posts_have_later_keys(moment: datetime, nonce: int, later: int) -> None:
    first, second = Keys(moment, nonce), Keys(moment + timedelta(milliseconds=later), 0)
    assert tid.mint(first) < tid.mint(second)


def test_posts_of_one_moment_seldom_meet() -> None:
    moment = datetime(2026, 11, 24, tzinfo=UTC)
    assert len({tid.mint(Keys(moment, nonce)) for nonce in range(0, 1_000_000, 97)}) == len(range(0, 1_000_000, 97))


@pytest.mark.parametrize(
    ("link", "seen"),
    [
        ("https://blog.example/", "blog.example"),
        ("https://blog.example", "blog.example"),
        ("https://blog.example/fourteen-more", "blog.example/fourteen-more"),
        ("https://blog.example/fifteen-signs-1", "blog.example/fifteen-sign..."),
        ("https://blog.example/a?b=c#d", "blog.example/a?b=c#d"),
        ("https://www.blog.example/2026/11", "www.blog.example/2026/11"),
        ("https://[", "https://["),
    ],
)
def test_a_link_is_drawn_as_readers_see_it(link: str, seen: str) -> None:
    assert drawn(link) == seen
