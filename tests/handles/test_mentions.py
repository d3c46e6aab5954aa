"""What becomes of the bodies that a text names, and of the handles that a source writes itself."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.account import Limits
from relay.core.compose import compose, headline
from relay.core.directory.handles import Body, Directory, Mentioning, at_home
from relay.core.form import Form
from relay.core.template import FIELDS
from relay.networks.bluesky.facets import handles
from tests.core.things import POST

ROOMY = Limits((("graphemes", 9000),))
BODIES = {
    "cget": Body("cget", "CGET", {"x": "@CGET_gouv", "bluesky": "@cget.bsky.social"}),
    "anah": Body(
        "anah", "Agence de l'habitat", {"x": "@Anah_off", "mastodon": "@anah@social.exemple.fr"}, names=("Anah",)
    ),
    "anru": Body("anru", "Agence de la rénovation", {"x": "@AnruOff"}, names=("Anru",)),
    "cerema": Body("cerema", "Cerema", {"x": "@CeremaCom", "linkedin": "@Cerema"}),
}
DIRECTORY = Directory(BODIES)
NAMING = replace(POST, handles=("cget",), headline="L’Anru et l’Anah signent avec le CGET", lead="Le Cerema aussi.")
NETWORKS = ("x", "bluesky", "mastodon", "linkedin", "threads")
MASTODON_MENTION = re.compile(r"(?<![=/\w])@\w+(?:[\w.-]+\w+)?(?:@[\w.-]+\w+)?")
"""How the server finds them (``MENTION_RE`` of its ``Account``)."""


def mentions(network: str, mentioning: Mentioning | None = None, template: str = "{mentions}") -> str:
    directory = Directory(BODIES, mentioning or Mentioning())
    return compose(NAMING, "CGET", template, ROOMY, network, directory).text


@pytest.mark.parametrize(
    ("network", "expected"),
    [
        ("x", "@CGET_gouv @AnruOff @Anah_off"),
        ("bluesky", "@cget.bsky.social"),
        ("mastodon", "CGET @anah@social.exemple.fr"),
        ("threads", "CGET"),
    ],
)
def test_the_source_comes_first_then_who_is_named_as_far_as_there_is_a_handle(network: str, expected: str) -> None:
    assert mentions(network) == expected


@pytest.mark.parametrize(
    ("mentioning", "expected"),
    [
        (Mentioning(max=9), "@CGET_gouv @AnruOff @Anah_off @CeremaCom"),
        (Mentioning(max_on={"x": 2}), "@CGET_gouv @AnruOff"),
        (Mentioning(max=0), "@CGET_gouv"),
        (Mentioning(find=False), "@CGET_gouv"),
    ],
)
def test_only_so_many_are_mentioned_but_the_source_always_is(mentioning: Mentioning, expected: str) -> None:
    assert mentions("x", mentioning) == expected


def test_the_page_of_the_blog_ends_its_headline_with_them() -> None:
    assert headline(NAMING, Form().title, DIRECTORY).endswith("CGET @CGET_gouv @AnruOff @Anah_off #SMCL")


@pytest.mark.parametrize(
    ("text", "network", "expected"),
    [
        ("Avec @CGET_gouv", "x", "Avec @CGET_gouv"),
        ("Avec @CGET_gouv", "bluesky", "Avec @cget.bsky.social"),
        ("Avec @cget_GOUV", "mastodon", "Avec CGET"),
        ("Avec .@CGET_gouv", "mastodon", "Avec .CGET"),
        ("Avec @@CGET_gouv", "mastodon", "Avec CGET"),
        ("Merci @quelqu_un !", "mastodon", "Merci quelqu_un !"),
        ("Merci (@quelqu_un)", "bluesky", "Merci (quelqu_un)"),
        ("Merci @a@social.exemple.fr.", "mastodon", "Merci a@social.exemple.fr."),
        ("presse@exemple.fr", "mastodon", "presse@exemple.fr"),
        ("https://social.exemple.fr/@anah et @anah@social.exemple.fr", "mastodon", None),
    ],
)
def test_a_handle_that_a_source_writes_becomes_no_stranger(text: str, network: str, expected: str | None) -> None:
    assert at_home(text, network, DIRECTORY) == (text if expected is None else expected)


ODD = (
    *("@CGET_gouv", ".@CGET_gouv", "@@AnruOff", "＠CeremaCom", "@cget.bsky.social", "@anah@social.exemple.fr"),
    *(
        "@Cerema",
        "l’Anah",
        "le CGET",
        "Anru",
        "@inconnu",
        "a@b.fr",
        "https://x.com/@Cerema",
        "@",
        "Cerema",
        "«",
        "(@x)",
    ),
)
WORDS = st.lists(
    st.sampled_from(ODD) | st.text("@.aé _", max_size=4),
    max_size=12,
).map(" ".join)
POSTS = st.builds(
    replace, st.just(POST), headline=WORDS, lead=WORDS, body_html=WORDS, credit=WORDS, handles=st.lists(st.sampled_from(sorted(BODIES)), max_size=3).map(tuple)
)  # fmt: skip
TEMPLATE = "".join(f"{{{name}}}\n" for name in sorted(FIELDS - {"hashtags", "mentions"})) + "{mentions}\n"


@given(POSTS, WORDS, st.sampled_from(NETWORKS), st.integers(20, 400))
def test_no_text_ever_has_the_handle_of_another_network(post: object, name: str, network: str, room: int) -> None:
    assert isinstance(post, type(POST))
    limits = Limits((("graphemes", room),))
    own = {handle.lower() for body in BODIES.values() for key, handle in body.handles.items() if key == network}
    for limit in (ROOMY, limits):
        text = compose(post, name, TEMPLATE, limit, network, DIRECTORY).text.replace("https://x.com/@Cerema", "")
        assert {mention.lower() for mention in MASTODON_MENTION.findall(text)} <= own
        assert {f"@{handle}".lower() for handle in handles(text)} <= own
        assert "＠" not in text.replace("＠ ", "").replace("＠\n", "").removesuffix("＠")
