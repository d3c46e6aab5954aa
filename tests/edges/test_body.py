"""The body of an answer, however it is cut into parts and packed."""

import gzip
import time
from itertools import pairwise

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.intake.wire.body import LIMIT, TooLarge, inflated


def cut(body: bytes, *places: int) -> list[bytes]:
    edges = sorted({0, len(body), *(min(place, len(body)) for place in places)})
    return [body[start:end] for start, end in pairwise(edges)]


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=4), st.lists(st.integers(0, 150), max_size=6))
def test_members_are_read_wherever_the_parts_are_cut(members: list[bytes], places: list[int]) -> None:
    body = b"".join(gzip.compress(member) for member in members)
    assert b"".join(inflated(cut(body, *places), "gzip")) == b"".join(members)


def test_what_follows_the_last_member_is_ignored() -> None:
    assert b"".join(inflated([gzip.compress(b"<rss/>"), b"\0\0", b"more"], "gzip")) == b"<rss/>"


def test_a_million_empty_members_cost_little() -> None:
    member = gzip.compress(b"")
    body = member * (LIMIT // len(member) - 1)
    started = time.process_time()
    assert b"".join(inflated(cut(body, *range(0, len(body), 65_536)), "gzip")) == b""
    assert time.process_time() - started < 5


def test_a_bomb_is_left_at_ten_mebibytes() -> None:
    bomb = gzip.compress(b"\0" * (LIMIT + 1))
    with pytest.raises(TooLarge):
        list(inflated([bomb], "gzip"))


@pytest.mark.parametrize("encoding", ["br", "zstd", "deflate", "gzip, gzip", "identity, gzip"])
def test_what_was_not_asked_for_is_not_unpacked(encoding: str) -> None:
    with pytest.raises(httpx.DecodingError):
        list(inflated([b"x"], encoding))
