"""How well the posts about the same subject are found, beside two simpler ways: ``python -m tests.related``."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import regex

from relay.core.feed import RelatedRule
from relay.core.post import Post, Related
from relay.core.subject.related import related
from tests.core.things import NOW, POST

ALONE = "seul"
RULE = RelatedRule(max=3, within=timedelta(days=120))

Way = Callable[[Post, Sequence[Post]], Sequence[Related]]


@dataclass(frozen=True, slots=True)
class Figures:
    """Of all that was named, the share that is right; of the three (or fewer) right ones there are, the share named."""

    precision: float
    recall: float
    wrong: tuple[tuple[str, str], ...]
    alone: int
    """How many were named beside posts that are about nothing any other is about."""


def labelled() -> tuple[tuple[Post, ...], dict[str, str]]:
    """The posts, and the subject of each by its address."""
    told = tomllib.loads(Path(__file__).with_name("posts.toml").read_text(encoding="utf-8"))["posts"]
    return tuple(map(_post, told)), {one["id"]: one["subject"] for one in told}


def by_subject(post: Post, others: Sequence[Post]) -> Sequence[Related]:
    """What relay does."""
    return related(post, others, RULE)


def latest_of_the_source(post: Post, others: Sequence[Post]) -> Sequence[Related]:
    """What a plug-in without an idea does."""
    own = [other for other in others if other.source_id == post.source_id]
    return _named(sorted(own, key=lambda other: (-other.published.timestamp(), other.id)))


def by_title_words(post: Post, others: Sequence[Post]) -> Sequence[Related]:
    """What relay did before: long words that the titles and categories share, then the latest of the source."""
    own = _long_words(post)
    ranked = []
    for other in others:
        common = len(own & _long_words(other))
        if common or other.source_id == post.source_id:
            ranked.append((-common, -other.published.timestamp(), other.id, other))
    return _named([other for *_, other in sorted(ranked, key=lambda item: item[:3])])


def measure(way: Way) -> Figures:
    """Each post in turn comes today, and all the others are there already."""
    posts, subjects = labelled()
    named, right, there, wrong, alone = 0, 0, 0, [], 0
    for post in posts:
        own = subjects[post.url]
        same = {other.url for other in posts if subjects[other.url] == own != ALONE} - {post.url}
        found = [link.url for link in way(replace(post, published=NOW), [other for other in posts if other != post])]
        named += len(found)
        right += len(same.intersection(found))
        there += min(RULE.max, len(same))
        wrong += [(post.url, url) for url in found if url not in same]
        alone += len(found) if own == ALONE else 0
    return Figures(right / named, right / there, tuple(wrong), alone)


def _post(told: dict[str, object]) -> Post:
    day = int(str(told["day"]))
    return replace(
        POST,
        id=f"tag:{told['id']}",
        url=str(told["id"]),
        source_id=str(told["source"]),
        headline=str(told["title"]),
        lead=str(told["lead"]),
        body_html=f"<p>{told['body']}</p>",
        categories=tuple(told["categories"]),  # type: ignore[arg-type]  # a list of texts, as the file has it
        published=NOW - timedelta(days=day),
        updated=NOW - timedelta(days=day),
    )


def _named(posts: Sequence[Post]) -> Sequence[Related]:
    return tuple(Related(other.headline, other.url) for other in posts[: RULE.max])


def _long_words(post: Post) -> frozenset[str]:
    words = regex.findall(r"\p{L}{5,}", f"{post.headline} {' '.join(post.categories)}".casefold())
    return frozenset(word.removesuffix("s") for word in words)
