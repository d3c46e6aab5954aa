"""A post's words for one account: a template, filled, then cut to what the network takes."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.account import Limits
from relay.core.compose import compose, headline
from relay.core.form import Form
from relay.core.language.length import fits, measure
from relay.core.language.text import graphemes
from relay.core.post import Post
from relay.core.route import DEFAULT_TEXT
from relay.core.template import FIELDS, Placeholder, placeholders
from tests.core.things import DIRECTORY, POST

ROOMY = Limits((("graphemes", 5000),))
BLUESKY = Limits((("graphemes", 300), ("bytes", 3000)))
MASTODON = Limits((("graphemes", 500),), link_cost=23, local_mentions=True)
EVERYTHING = "{title}|{lead}|{mentions}|{hashtags}|{excerpt}|{link}"
LONG = replace(
    POST,
    headline="Titre " * 20,
    lead="Chapeau " * 20,
    body_html=f"<p>{'corps ' * 200}</p>",
    hashtags=("Ville", "Quartiers", "Renouvellement"),
)
SHORT_POST = replace(POST, headline="Le bilan", lead="Il est bon.", body_html="<p>Très bon.</p>")


def text(post: Post, template: str, limits: Limits = ROOMY, network: str = "bluesky") -> str:
    return compose(post, "CGET", template, limits, network, DIRECTORY).text


def test_a_headline_ends_with_handles_and_hashtags_as_the_blog_prints_them() -> None:
    expected = "Action Cœur de Ville : quel bilan ? @CGET_gouv @Min_Territoires #SMCL"
    assert headline(POST, Form().title, DIRECTORY) == expected


def test_a_headline_without_handles_and_hashtags_is_the_title() -> None:
    assert headline(replace(POST, handles=(), hashtags=()), Form().title, DIRECTORY) == POST.headline


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{title}", "Le bilan"),
        ("{lead}", "Il est bon."),
        ("{excerpt}", "Il est bon. Très bon."),
        ("{link}", "https://blog.exemple.fr/bilan.html"),
        ("{source_link}", "https://cget.exemple.fr/actions"),
        ("{hashtags}", "#SMCL"),
        ("{attribution}", "Source : CGET"),
        ("{source}", "CGET"),
        ("{title:2}", ""),
        ("{title:4}", "Le…"),
        ("{title:²}", "Le bilan"),
        ("{title} {nothing} {link}", "Le bilan https://blog.exemple.fr/bilan.html"),
        ("{title}\n\n\n\n{source}", "Le bilan\n\nCGET"),
    ],
)
def test_a_template_names_the_fields_of_a_post(template: str, expected: str) -> None:
    assert text(SHORT_POST, template) == expected


def test_what_a_field_says_is_not_a_template() -> None:
    assert text(replace(POST, headline="{link} {lead}"), "{title}") == "{link} {lead}"


@pytest.mark.parametrize(
    ("network", "expected"),
    [
        ("x", "@CGET_gouv @Min_Territoires"),
        ("bluesky", "@cget.bsky.social Ministère des Territoires"),
        ("mastodon", "CGET Ministère des Territoires"),
    ],
)
def test_a_body_without_a_handle_there_goes_by_its_name(network: str, expected: str) -> None:
    assert text(POST, "{mentions}", network=network) == expected


def test_a_body_that_nobody_knows_goes_by_its_identifier() -> None:
    assert text(replace(POST, handles=("inconnu",)), "{mentions}") == "inconnu"


def test_the_handles_of_a_named_network_are_those_alone() -> None:
    assert text(POST, "{mentions:bluesky} {source}", network="mastodon") == "@cget.bsky.social CGET"


def test_placeholders_say_where_they_stand() -> None:
    assert placeholders("{title:80} {oops}") == (Placeholder("title", "80", 0, 10), Placeholder("oops", "", 11, 17))


def test_the_draft_carries_what_a_link_card_shows() -> None:
    draft = compose(POST, "CGET", DEFAULT_TEXT, ROOMY, "bluesky", DIRECTORY)
    assert (draft.link, draft.title, draft.description) == (POST.url, POST.headline, POST.lead)


def parts(limit: int) -> list[str]:
    return [part.strip() for part in text(LONG, EVERYTHING, Limits((("graphemes", limit),))).split("|")]


HASHTAGS = "#Ville #Quartiers #Renouvellement"
MENTIONS = "@cget.bsky.social Ministère des Territoires"


def test_the_excerpt_gives_way_first() -> None:
    title, lead, mentions, hashtags, excerpt, link = parts(500)
    assert (title, lead, mentions, hashtags) == (LONG.headline.strip(), LONG.lead.strip(), MENTIONS, HASHTAGS)
    assert excerpt.endswith("…")
    assert link == LONG.url


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (300, [LONG.headline.strip(), "Chapeau" + " Chapeau" * 7 + "…", MENTIONS, HASHTAGS, "", LONG.url]),
        (210, [LONG.headline.strip(), "", "@cget.bsky.social", HASHTAGS, "", LONG.url]),
        (180, [LONG.headline.strip(), "", "", "#Ville #Quartiers", "", LONG.url]),
        (100, ["Titre" + " Titre" * 9 + "…", "", "", "", "", LONG.url]),
    ],
)
def test_then_the_lead_the_mentions_the_hashtags_and_at_last_the_title(limit: int, expected: list[str]) -> None:
    assert parts(limit) == expected


def test_no_room_is_wasted_when_a_part_gives_way() -> None:
    assert 290 <= graphemes(text(LONG, "{title}\n{excerpt}\n{link}", BLUESKY)) <= 300


def test_a_template_that_asks_for_too_much_is_left_with_the_link() -> None:
    assert text(POST, "{link} {link}", Limits((("graphemes", 50),))) == POST.url


def test_a_link_too_long_for_the_network_is_left_for_the_editor_to_see() -> None:
    assert POST.url in text(POST, "{link}", Limits((("graphemes", 10),)))


SENTENCES = st.text("aé '.,!#@{}<&»\u00a0\n👍🏽", max_size=400)
NAMES = st.lists(st.sampled_from(["cget", "territoires", "inconnu"]), max_size=3).map(tuple)
POSTS = st.builds(
    replace,
    st.just(POST),
    headline=SENTENCES,
    lead=SENTENCES,
    body_html=SENTENCES,
    credit=SENTENCES,
    handles=NAMES,
    hashtags=st.lists(st.text("aé1", max_size=9), max_size=9).map(tuple),
    more_url=st.text("abc/", max_size=300).map(lambda path: f"https://cget.exemple.fr/{path}"),
    url=st.text("abc-", max_size=60).map(lambda path: f"https://blog.exemple.fr/{path}"),
)
FIELD = st.sampled_from(sorted(FIELDS)).flatmap(lambda name: st.sampled_from([f"{{{name}}}", f"{{{name}:30}}"]))
TEMPLATES = st.tuples(
    st.lists(FIELD, max_size=6), st.sampled_from(["{mentions:x}", "", "\n"]), st.lists(FIELD, max_size=6)
)


@given(POSTS, TEMPLATES, st.integers(40, 500), st.sampled_from([(None, False), (23, True)]))
def test_whatever_the_post_it_fits_and_has_its_link(
    post: Post, template: tuple[list[str], str, list[str]], room: int, counting: tuple[int | None, bool]
) -> None:
    before, middle, after = template
    most = len(post.url) + room
    limits = Limits((("graphemes", most), ("bytes", most)), *counting)
    words = text(post, " ".join([*before, "{link}", middle, *after]), limits, "x")
    assert fits(words, limits)
    assert post.url in words


def test_a_body_of_100_kilobytes_is_composed_in_50_milliseconds() -> None:
    long = replace(LONG, lead="mot " * 5_000, body_html=f"<p>{'un mot, <b>deux</b> &amp; trois. ' * 3_200}</p>")
    start = time.process_time()
    draft = compose(long, "CGET", "{title} {lead} {excerpt} {link}", MASTODON, "mastodon", DIRECTORY)
    assert time.process_time() - start < 0.05
    assert all(count.used > 450 for count in measure(draft.text, MASTODON))
