"""What is made of posts for a document is made once, and made anew as soon as anything of it changes."""

from dataclasses import replace

import pytest

from relay.core.feed import OutgoingFeed
from relay.core.form import Form
from relay.publish.cleaning import clean, printable
from relay.publish.kept import Kept, numbered
from tests.feeds.editions import blog, post

KEYS = ("a", "b", "c")


def test_each_is_made_once_in_the_order_of_its_values() -> None:
    kept: Kept[str] = Kept(8)
    made: list[str] = []

    def make(value: str) -> str:
        made.append(value)
        return value.upper()

    assert kept.each(KEYS, ["ein", "zwei", "drei"], make) == ["EIN", "ZWEI", "DREI"]
    assert kept.each(["c", "d", "a"], ["drei", "vier", "ein"], make) == ["DREI", "VIER", "EIN"]
    assert made == ["ein", "zwei", "drei", "vier"]


def test_more_values_than_are_kept_are_all_made() -> None:
    kept: Kept[int] = Kept(2)

    assert kept.each(KEYS, [1, 2, 3], lambda value: value * 2) == [2, 4, 6]
    assert len(kept._made) == 2


def test_equals_have_one_number_and_others_another() -> None:
    one, other = OutgoingFeed("a", "A", "https://a.fr/", ()), OutgoingFeed("a", "A", "https://a.fr/", ())

    assert numbered(one) == numbered(other)
    assert numbered(one) != numbered(replace(one, title="B"))


@pytest.mark.parametrize("text", ["l’été\u00a0!", "plain", "a\tb\nc", "\u202f", "\U0001f600"])
def test_what_can_be_printed_is_left_as_it_is(text: str) -> None:
    assert printable(text) == text


def test_a_value_in_which_nothing_changes_is_the_very_same() -> None:
    form = Form()

    assert printable(form) is form


@pytest.mark.parametrize("lost", ["\ufffd", "\x00", "\x7f", "\x85", "\ufffe"])
def test_what_nobody_can_read_is_taken_away_however_deep_it_stands(lost: str) -> None:
    assert printable(("a", {"b": (f"c{lost}d",)})) == ("a", {"b": ("cd",)})


def test_the_same_post_is_cleaned_once_for_each_form() -> None:
    one = blog(post(1))
    other = replace(one, feed=replace(one.feed, link="https://elsewhere.example/"))

    assert clean(one).posts[0] is clean(one).posts[0]
    assert clean(other).posts[0] is not clean(one).posts[0]
