"""Which posts stand in a feed, and which feeds are made of one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relay.core.expression.grammar import parse
from relay.core.expression.tokens import Misreading
from relay.core.expression.tree import Expression
from relay.core.feed import Axis, Imprint, OutgoingFeed, Part
from relay.core.filtering.parting import MOST, Named, newly, parts
from relay.core.filtering.selection import selected, selects
from relay.core.post import Post
from tests.core.things import DAY, NOW, POST

BLOG = OutgoingFeed(
    id="blog",
    title="Politique de la ville — veille",
    link="https://blog.exemple.fr/",
    sources=("cget", "anru"),
    formats=("atom", "html"),
    per_formats=("atom",),
    hubs=("https://relay.exemple.fr/hub",),
    formerly=("vieux",),
    imprint=Imprint(rights="CC BY"),
)
NAMES = {"cget": "CGET", "anru": "ANRU"}


def rules(*texts: str) -> tuple[Expression, ...]:
    return tuple(one for text in texts if not isinstance(one := parse(text), Misreading))


def post(number: int, *categories: str, language: str = "fr") -> Post:
    """The higher the number, the newer."""
    moment = NOW + timedelta(minutes=number)
    return replace(POST, id=f"tag:blog:{number}", categories=categories, language=language, published=moment)


def made(*posts: Post, per: Axis = "category", known: tuple[Named, ...] = ()) -> dict[str, OutgoingFeed]:
    """By the name of the folder; the posts come in the order of their numbers."""
    arrived = sorted(posts, key=lambda one: one.published)
    found = parts(replace(BLOG, per=(per,)), {per: (*known, *newly(per, arrived, known))}, NAMES)
    return {feed.id.removeprefix(f"blog/{per}/"): feed for feed in found}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((), True),
        (("category = ville",), True),
        (("category = ville", "source = cget"), True),
        (("category = ville", "source = anru"), False),
        (("category = logement",), False),
        (("published >= 2030-01-01",), False),
    ],
)
def test_a_feed_takes_a_post_for_which_all_its_filters_hold(texts: tuple[str, ...], expected: bool) -> None:  # noqa: FBT001
    assert selects(replace(BLOG, when=rules(*texts)), POST) is expected


def test_a_feed_of_a_category_takes_its_posts_however_they_are_written() -> None:
    posts = (post(3, "#Logement"), post(2, "Ville"), post(1, "LOGEMENT ", "Ville"), post(0))
    feed = replace(BLOG, part=Part("category", "logement"))
    assert [one.id for one in selected(feed, posts)] == ["tag:blog:3", "tag:blog:1"]


def test_a_feed_of_a_language_takes_its_regions_too() -> None:
    posts = (post(2, language="fr-CA"), post(1, language="en"), post(0, language="fr"))
    feed = replace(BLOG, part=Part("language", "fr"))
    assert [one.language for one in selected(feed, posts)] == ["fr-CA", "fr"]


def test_a_part_keeps_the_filters_of_the_whole() -> None:
    feed = replace(BLOG, part=Part("category", "ville"), when=rules("source = anru"))
    assert not selects(feed, POST)


def test_a_feed_for_each_source_has_its_own_name_and_address() -> None:
    cget, anru = made(per="source").values()
    assert (cget.id, cget.link) == ("blog/source/cget", "https://blog.exemple.fr/source/cget/")
    assert cget.title == "Politique de la ville — veille\u00a0: CGET"
    assert (cget.sources, anru.sources) == (("cget",), ("anru",))


def test_a_part_has_its_formats_and_what_was_the_feed_s_alone_stays_there() -> None:
    found = made(per="source")["cget"]
    assert (found.formats, found.hubs, found.formerly, found.per) == (("atom",), (), (), ())
    assert found.imprint == BLOG.imprint


def test_a_title_in_english_has_no_space_before_its_colon() -> None:
    (found,) = parts(replace(BLOG, language="en", per=("language",)), {"language": [Named("en", "en", "English")]}, {})
    assert found.title == "Politique de la ville — veille: English"


def test_a_feed_for_each_language_is_in_it() -> None:
    found = made(post(2, language="fr"), post(1, language="en-GB"), post(0, language="sv"), per="language")
    assert {name: (feed.language, feed.title.rpartition(" ")[2]) for name, feed in found.items()} == {
        "sv": ("sv", "sv"),
        "en": ("en", "English"),
        "fr": ("fr", "français"),
    }


def test_a_category_has_a_name_that_fits_into_an_address_and_keeps_its_title() -> None:
    found = made(post(1, "Rénovation urbaine & cœur de ville"), post(0, "#Été 2026"))
    assert {name: feed.title.partition("\u00a0: ")[2] for name, feed in found.items()} == {
        "renovation-urbaine-coeur-de-ville": "Rénovation urbaine & cœur de ville",
        "ete-2026": "Été 2026",
    }


def test_categories_of_which_the_same_would_be_left_are_told_apart() -> None:
    found = made(post(3, "Ete"), post(2, "été !"), post(1, "Été"), post(0, "état"))
    names = [*found]
    assert names[:2] == ["etat", "ete"]
    assert found["ete"].title.endswith("Été")
    assert len(found) == 4
    assert all(name.startswith("ete-") for name in names[2:])


def test_what_is_known_keeps_its_name_whatever_comes_later() -> None:
    known = newly("category", [post(0, "Été")], ())
    later = made(post(1, "Ete"), known=known)
    assert [feed.title.rpartition(" ")[2] for feed in later.values()] == ["Été", "Ete"]
    assert next(iter(later)) == "ete"


def test_what_is_known_is_not_new() -> None:
    known = newly("category", [post(0, "Été", "Ville")], ())
    assert newly("category", [post(1, "ville", "ÉTÉ", "Logement")], known) == (
        Named("logement", "logement", "Logement"),
    )


def test_a_category_in_another_script_has_a_name_all_the_same() -> None:
    (name,) = made(post(0, "الإسكان"))
    assert name.isascii()
    assert name


def test_long_categories_that_begin_alike_are_told_apart() -> None:
    found = made(post(1, "a" * 90), post(0, "a" * 80))
    assert len(found) == 2
    assert all(len(name) < 80 for name in found)


def test_no_more_than_so_many_feeds_are_made_and_those_that_are_stay() -> None:
    earlier = [post(number, f"Catégorie {number}") for number in range(MOST)]
    assert made(*earlier, post(MOST, "La dernière")).keys() == made(*earlier).keys()
    assert len(made(*earlier)) == MOST


def test_no_category_is_too_strange() -> None:
    odd = ("", "#", " \u00a0", "..", "a/b", "\ud800", "a.b", "😀", "x\0y")
    names = [*made(post(0, *odd))]
    assert len(names) == len(set(names)) == 6
    assert all(name and name.replace("-", "").isalnum() and name.isascii() for name in names)


def test_what_is_selected_keeps_its_order() -> None:
    posts = (replace(POST, published=NOW), replace(POST, id="tag:x", published=NOW - DAY))
    assert selected(BLOG, posts) == posts
