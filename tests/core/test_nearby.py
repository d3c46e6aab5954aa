"""The index of posts that a new one may refer to says what comparing it with each of them would."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from relay.core.feed import RelatedRule
from relay.core.post import Post
from relay.core.subject import holders, nearby
from relay.core.subject.nearby import Nearby
from relay.core.subject.related import related
from tests.core.test_related import BUDGET, TREES, post, words
from tests.core.things import DAY, HOUR, NOW

RULE = RelatedRule(max=5, within=30 * DAY)


def index(posts: Sequence[Post]) -> Nearby:
    found = Nearby()
    for one in posts:
        found.put(one)
    return found


def some(chance: random.Random, name: str) -> Post:
    """A post of the last 40 days that speaks of a few things, and links to another one now and then."""
    linked = f'<p>Voir <a href="post-{chance.randrange(40)}">ceci</a></p>' if chance.random() < 0.3 else ""
    text = f"<p>{words(chance.randrange(100), chance.randrange(30))}</p>{linked}"
    said = {"lead": words(chance.randrange(100), 5), "body_html": text, "more_url": name}
    return post(name, words(chance.randrange(100), chance.randrange(1, 6)), chance.randrange(40), **said)


@pytest.mark.parametrize("seed", range(12))
def test_it_says_what_comparing_with_each_says(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # the same posts each time
    posts = [some(chance, f"post-{number}") for number in range(40)]
    found = index(posts)
    for number in range(10):
        new = some(chance, f"new-{number}")
        assert found.related(new, RULE) == related(new, posts, RULE)


@pytest.mark.parametrize("seed", range(4))
def test_of_many_that_it_links_to_the_likest_come_first(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # the same posts each time
    posts = [some(chance, f"post-{number}") for number in range(40)]
    posts.append(post("sans-mots", "", 1, lead="", body_html="", more_url="sans-mots"))
    links = "".join(f'<a href="{one.more_url}">x</a>' for one in posts)
    new = [some(chance, f"new-{number}") for number in range(5)]
    new = [replace(one, body_html=one.body_html + links) for one in new]
    rule = replace(RULE, max=40)

    assert [index(posts).related(one, rule) for one in new] == [related(one, posts, rule) for one in new]


def test_a_post_that_changed_is_found_by_what_it_says_now() -> None:
    found = index([BUDGET, TREES])
    found.put(replace(BUDGET, headline="Des arbres plantés contre la canicule"))
    new = post("neuf", "La canicule et les arbres", -1)

    assert {one.url for one in found.related(new, RULE)} == {"arbres", "budget"}


def test_a_post_that_is_taken_back_is_found_no_more() -> None:
    found = index([BUDGET, TREES])
    found.drop(TREES.id)
    found.drop("tag:nobody")

    assert found.related(post("neuf", "La canicule et les arbres", -1), RULE) == ()
    assert set(found.moments) == {BUDGET.updated}


def test_what_is_too_old_is_let_go() -> None:
    found = index([post(f"{days}", "Planter des arbres", days) for days in range(5)])
    found.drop_before(NOW - 2 * DAY)

    assert sorted(found.numbers) == ["tag:0", "tag:1", "tag:2"]


def test_it_knows_so_many_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearby, "SIGHT", 3)
    found = index([post(f"{days}", "Planter des arbres", days) for days in (4, 0, 3, 1, 2)])

    assert sorted(found.numbers) == ["tag:0", "tag:1", "tag:2"]


def test_it_says_which_other_one_had_to_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearby, "SIGHT", 2)
    found = index([TREES, BUDGET])
    gone = found.put(post("neuf", "Une gare", -1))
    again = found.put(post("vieux", "Un port", 9))

    assert [one and one.id for one in (gone, again)] == [BUDGET.id, None]
    assert sorted(found.numbers) == ["tag:arbres", "tag:neuf"]


@pytest.mark.parametrize("many", [0, 3])
def test_words_that_many_have_count_as_those_of_few(monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    monkeypatch.setattr(holders, "MANY", many)
    chance = random.Random(many)  # noqa: S311  # the same posts each time
    posts = [some(chance, f"post-{number}") for number in range(60)]
    found = index(posts)
    for one in posts[:20]:
        found.drop(one.id)
    found.put(posts[3])
    left = [posts[3], *posts[20:]]
    new = [some(chance, f"new-{number}") for number in range(20)]

    assert [found.related(one, RULE) for one in new] == [related(one, left, RULE) for one in new]
    for one in left:
        found.drop(one.id)
    assert not any(held.few or held.many for held in found.holders)
    assert not found.pages


def test_however_many_categories_a_post_has_it_is_compared() -> None:
    posts = [post(f"post-{number}", f"mot{number} mots", 1, language="xx") for number in range(60)]
    named = [replace(one, categories=tuple(f"mot{number}" for number in range(25_000))) for one in (TREES, posts[0])]
    new, last = replace(named[0], language="xx"), replace(named[1], id="tag:x", published=NOW)

    assert index(posts).related(new, RULE) == related(new, posts, RULE)
    assert index([*posts, new]).related(last, RULE) == related(last, [*posts, new], RULE) != ()


def test_a_moment_is_taken_while_one_post_has_it() -> None:
    first, second = (replace(BUDGET, id=f"tag:{name}", updated=NOW + HOUR) for name in "ab")
    found = index([first, second])
    found.drop("tag:a")

    assert NOW + HOUR in found.moments
    assert found.moments_but("tag:b") == set()
