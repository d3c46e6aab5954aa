"""The same news is told from its like, among labelled pairs and among real feeds: figures that may rise, and not fall."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from time import process_time

import pytest

from relay.core.identity.marking import marks
from relay.core.identity.sameness import same
from relay.core.normalise import Home, normalise, slug
from relay.core.post import Post
from relay.core.source import Source
from relay.intake.parse import parse
from tests.core.things import NOW
from tests.sameness.measure import labelled, measure

CORPORA = Path(__file__).resolve().parents[2].parent / "shared" / "corpora"


def test_the_labelled_pairs_are_enough_to_tell() -> None:
    assert min(len(labelled("same")), len(labelled("apart"))) >= 60


def test_no_two_pieces_of_news_are_merged() -> None:
    assert measure().wrong == ()


def test_nearly_all_that_is_the_same_is_found() -> None:
    found = measure()
    assert found.recall >= 0.95, found.missed


def test_none_is_taken_for_the_news_of_another_pair() -> None:
    pairs = labelled("apart")
    firsts = [one for one, _ in pairs]
    assert [second.headline for _, second in pairs if same(second, firsts)] == []


@lru_cache(maxsize=1)
def real() -> tuple[tuple[str, Post], ...]:
    """The entries of real French feeds as posts of one day, each with the name of its feed."""
    if not CORPORA.is_dir():
        pytest.skip(f"no corpora here: {CORPORA} is missing")
    found: list[tuple[str, Post]] = []
    for file in sorted([*CORPORA.glob("french/*/*.xml"), *CORPORA.glob("french-press/presse/*.xml")]):
        feed = parse(file.read_bytes(), "https://exemple.fr/", None)
        source = Source(file.stem, "https://exemple.fr/", f"Source : {feed.title}")
        for entry in feed.entries[:20]:
            post = normalise(entry, source, Home("b.fr", "https://b.fr/"), slug(entry), (), NOW)
            found.append((file.stem, replace(post, id=str(len(found)), published=NOW)))
    return tuple(found)


def test_among_real_french_feeds_only_what_begins_alike_is_merged() -> None:
    merged = []
    for at, (name, post) in enumerate(real()):
        other = same(post, [one for feed, one in real()[:at] if feed != name])
        merged += [(post, other)] if other else []
    assert len(merged) > 5
    assert [(a.headline, b.headline) for a, b in merged if a.lead.strip() != b.lead.strip()] == []


def test_one_is_looked_for_beside_a_thousand_in_a_moment() -> None:
    posts = [post for pair in (*labelled("same"), *labelled("apart")) for post in pair]
    many = [replace(post, id=f"{post.id}-{copy}") for copy in range(4) for post in posts][:1000]
    lone = replace(posts[0], id="x", headline="Rien de tel", lead="Un lac gelé.", body_html="<p>Des patineurs.</p>")
    for post in (*many, lone):
        marks(post)
    start = process_time()
    for _ in range(20):
        assert same(lone, many) is None
    assert (process_time() - start) / 20 < 0.004
