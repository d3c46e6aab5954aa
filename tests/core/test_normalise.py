"""An entry as its source wrote it → a post as the blog prints it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.document import ParsedEntry, Person, Picture
from relay.core.normalise import Home, normalise, revised, slug
from relay.core.post import Post
from tests.core.things import DAY, ENTRY, NOW, POST, SOURCE

HOME = Home("blog.exemple.fr", "https://blog.exemple.fr/")


SECOND = timedelta(seconds=1)


def posted(**changes: object) -> Post:
    return normalise(replace(ENTRY, **changes), SOURCE, HOME, "bilan", (), NOW)  # type: ignore[arg-type]  # by name


def test_a_post_has_the_parts_of_the_blog() -> None:
    source = replace(SOURCE, mentions=("cget",), hashtags=("SMCL",))
    picture = Picture("https://cget.exemple.fr/a.jpg", "Une place")
    entry = replace(ENTRY, picture=picture, authors=(Person("Anne"), Person("Didier")), categories=("Ville",))
    assert normalise(entry, source, HOME, "bilan", (), NOW) == Post(
        id="tag:blog.exemple.fr,2026-09-30:cget/bilan",
        slug="bilan",
        url="https://blog.exemple.fr/bilan.html",
        source_id="cget",
        headline="Action Cœur de Ville\u00a0: quel bilan\u202f?",
        handles=("cget",),
        hashtags=("SMCL",),
        credit="Source\u00a0: CGET",
        credit_url="https://cget.exemple.fr/actions",
        lead="Le Conseil d’orientation s’est réuni.",
        picture=picture,
        body_html="<p>Le programme débute.</p>\n<p>Il continue.</p>",
        more_url="https://cget.exemple.fr/actions",
        related=(),
        language="fr",
        categories=("Ville",),
        author="Anne, Didier",
        published=NOW - DAY,
        updated=NOW - DAY,
    )


def test_an_entry_with_nothing_still_makes_a_post() -> None:
    post = normalise(ParsedEntry(None, None, None), SOURCE, HOME, "actualite", (), NOW)
    assert (post.headline, post.lead, post.body_html, post.more_url) == ("actualite", "", "", SOURCE.url)


def test_an_entry_without_a_title_is_headed_by_its_beginning() -> None:
    assert posted(title=None).headline == "Le Conseil d’orientation s’est réuni."


def test_a_source_that_no_feed_takes_has_no_page_but_its_own() -> None:
    post = normalise(ENTRY, SOURCE, Home("relay.exemple.fr", None), "bilan", (), NOW)
    assert post.url == ENTRY.url


def test_a_text_in_another_language_keeps_its_own_spacing() -> None:
    assert posted(title="What ?", language="en").headline == "What ?"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Action Cœur de Ville : quel bilan ?", "action-coeur-de-ville-quel-bilan"),
        ("L’État & l'Europe — 15 M€", "l-etat-l-europe-15-m"),
        ("ÉGALITÉ", "egalite"),
        ("日本語", "actualite"),
        ("", "actualite"),
        (None, "actualite"),
        ("mot " * 40, "mot-mot-mot-mot-mot-mot-mot-mot-mot-mot-mot-mot-mot-mot-mot"),
        ("x" * 100, "actualite"),
    ],
)
def test_a_slug_is_short_and_readable(title: str | None, expected: str) -> None:
    assert slug(replace(ENTRY, title=title)) == expected


@given(st.text(max_size=200))
def test_any_title_makes_a_slug_for_any_web_server(title: str) -> None:
    made = slug(replace(ENTRY, title=title))
    assert made.isascii()
    assert made.replace("-", "").isalnum()
    assert made == made.lower()
    assert len(made) <= 80


def test_a_post_from_the_future_is_of_today() -> None:
    assert posted(published=NOW + DAY + timedelta(seconds=1)).published == NOW
    assert posted(published=NOW + DAY).published == NOW + DAY


def test_a_post_without_a_date_is_of_today() -> None:
    post = normalise(replace(ENTRY, published=None), SOURCE, HOME, "bilan", (), NOW + timedelta(microseconds=9))
    assert (post.published, post.updated) == (NOW, NOW)


def test_no_two_posts_are_updated_at_the_same_moment() -> None:
    one = posted()
    two = normalise(ENTRY, SOURCE, HOME, "bilan-2", (one,), NOW)
    three = normalise(ENTRY, SOURCE, HOME, "bilan-3", (two, one), NOW)
    assert [post.updated - one.updated for post in (one, two, three)] == [0 * SECOND, SECOND, 2 * SECOND]


def test_a_revised_post_keeps_its_name_and_its_date() -> None:
    new = replace(POST, id="tag:other", slug="autre", url="https://autre", published=NOW + DAY, headline="Mieux")
    post = revised(POST, new, NOW + 2 * DAY)
    assert (post.id, post.slug, post.url, post.published) == (POST.id, POST.slug, POST.url, POST.published)
    assert (post.headline, post.updated) == ("Mieux", NOW + 2 * DAY)


def test_a_revision_that_no_reader_sees_changes_nothing() -> None:
    same = replace(POST, published=NOW + DAY, updated=NOW + DAY)
    assert revised(POST, same, NOW + 2 * DAY) == POST


def test_a_revision_is_later_than_what_it_revises_in_whole_seconds() -> None:
    post = revised(POST, replace(POST, lead="Mieux."), NOW + timedelta(microseconds=5))
    assert post.updated == NOW + SECOND


def test_a_revision_takes_a_moment_that_no_other_post_has() -> None:
    other = replace(POST, id="tag:other", updated=NOW + DAY)
    assert revised(POST, replace(POST, lead="Mieux."), NOW + DAY, (other,)).updated == NOW + DAY + SECOND
