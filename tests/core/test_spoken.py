"""Software says "en-US" of a French site by itself: where a text is plainly in the other language, it is."""

from dataclasses import replace

import pytest

from relay.core.language.spoken import spoken
from relay.core.normalise import Home, normalise
from tests.core.things import ENTRY, NOW, SOURCE

FRENCH = "La ville ouvre une crèche de trente places dans le quartier du port, et le chantier est confié à la région."
ENGLISH = "The town opens a nursery for thirty children in the harbour district, and the works are led by the region."


@pytest.mark.parametrize(
    ("text", "declared", "expected"),
    [
        (FRENCH, "en-US", "fr"),
        (FRENCH, "en", "fr"),
        (ENGLISH, "fr", "en"),
        (FRENCH, "fr-CA", "fr-CA"),
        (ENGLISH, "en-GB", "en-GB"),
        (FRENCH, "de", "de"),
        ("Une crèche au port", "en", "en"),
        ("", "fr", "fr"),
        (f'<p><a href="https://a.fr/the/of/and">{FRENCH}</a></p>', "en", "fr"),
        (f"{FRENCH} {ENGLISH}", "fr", "fr"),
        (f"{FRENCH} {ENGLISH}", "en", "en"),
    ],
)
def test_what_is_declared_holds_but_where_the_text_leaves_no_doubt(text: str, declared: str, expected: str) -> None:
    assert spoken(text, declared) == expected


def test_a_french_post_of_a_feed_that_says_english_is_set_as_french() -> None:
    entry = replace(ENTRY, title="Une crèche ?", summary=FRENCH, content_html=None, language="en-US")
    post = normalise(entry, SOURCE, Home("blog.exemple.fr", "https://blog.exemple.fr/"), "creche", (), NOW)
    assert (post.language, post.headline) == ("fr", "Une crèche\u202f?")
