"""A text that leaves as several posts."""

from dataclasses import replace

import pytest

from relay.core.crosspost import Image
from relay.core.thread import drafts, keeps, keys_of, parts
from tests.core.things import KEYS, WORDS

CARD = replace(WORDS, title="Un bilan", description="Le Conseil", image=Image("https://x.fr/a.jpg", "image/jpeg", 9, 9))


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("Un seul.", ("Un seul.",)),
        ("Un.\n---\nDeux.", ("Un.", "Deux.")),
        ("Un.\n\n ---  \n\nDeux.\n---\nTrois.", ("Un.", "Deux.", "Trois.")),
        ("Un.\n---\n", ("Un.",)),
        ("---\nUn.", ("Un.",)),
        ("---", ("---",)),
        ("Un -- deux --- trois", ("Un -- deux --- trois",)),
        ("Un.\n----\nDeux.", ("Un.\n----\nDeux.",)),
        ("- - -\nUn.", ("- - -\nUn.",)),
        ("---\nUn.\n---\n---\nDeux.", ("Un.", "Deux.")),
    ],
)
def test_a_line_of_three_hyphens_begins_another_post(text: str, posts: tuple[str, ...]) -> None:
    assert parts(text) == posts


def test_card_and_picture_go_with_the_first_post() -> None:
    first, second = drafts(replace(CARD, text="Un.\n---\nDeux."), threads=True)
    assert first == replace(CARD, text="Un.")
    assert (second.text, second.link, second.title, second.description, second.image) == ("Deux.", "", "", "", None)
    assert second.language == CARD.language


def test_where_there_are_no_threads_the_text_is_one_post() -> None:
    assert drafts(replace(CARD, text="Un.\n---\nDeux."), threads=False) == (replace(CARD, text="Un.\n---\nDeux."),)


def test_the_keys_of_the_posts_are_different_and_always_the_same() -> None:
    assert keys_of(KEYS, 0) == KEYS
    assert len({keys_of(KEYS, number) for number in range(5)}) == 5
    assert keys_of(KEYS, 3) == keys_of(KEYS, 3)


@pytest.mark.parametrize(("number", "expected"), [(0, True), (1, True), (2, False)])
def test_what_is_public_is_compared_post_by_post(number: int, *, expected: bool) -> None:
    assert keeps("Un.\n---\nDeux.", "Un.\n---\nZwei.\n---\nDrei.", number) is expected
