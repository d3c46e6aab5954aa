"""Who is named as the source of a post, and where each name leads."""

from dataclasses import replace

import pytest

from relay.core.account import Limits
from relay.core.compose import compose, filled, headline
from relay.core.crediting import attribution, credited, source_names
from relay.core.post import Credit
from tests.core.things import DIRECTORY, POST

ANCT = Credit("ANCT", "https://anct.exemple.fr/7")
SHARED = replace(POST, credit="Source\u00a0: CGET", also=(ANCT, Credit("Anru", "https://anru.exemple.fr/3")))


@pytest.mark.parametrize(
    ("credit", "expected"),
    [
        ("Source\u00a0: CGET", "Sources\u00a0: CGET, ANCT"),
        ("Source: CGET", "Sources: CGET, ANCT"),
        ("D’après le CGET", "D’après le CGET, ANCT"),
        ("", "ANCT"),
    ],
)
def test_news_that_two_bring_has_two_sources(credit: str, expected: str) -> None:
    assert attribution(replace(POST, credit=credit, also=(ANCT,))) == expected


def test_of_one_source_the_whole_attribution_is_the_link() -> None:
    assert credited(POST) == ("", (Credit("Source : CGET", POST.credit_url),))
    assert credited(replace(POST, credit="")) == ("", ())


def test_of_several_each_name_leads_to_its_own_entry() -> None:
    assert credited(SHARED) == ("Sources\u00a0: ", (Credit("CGET", POST.credit_url), *SHARED.also))
    assert source_names(SHARED)[0] == Credit("CGET", POST.credit_url)


def test_a_route_s_text_names_them_all() -> None:
    limits = Limits((("graphemes", 500),))
    text = compose(SHARED, "CGET", "{attribution} / {credit} / {source}", limits, "mastodon", DIRECTORY).text
    assert text == "Sources\u00a0: CGET, ANCT, Anru / Sources\u00a0: CGET, ANCT, Anru / CGET, ANCT, Anru"


def test_a_headline_may_begin_with_its_source_and_its_author() -> None:
    post = replace(POST, author="Ana Lopez")
    assert headline(post, "{source} ({author}) : {title}", DIRECTORY) == f"CGET (Ana Lopez) : {POST.headline}"
    assert filled(POST, "{hashtags} {mentions:x}", DIRECTORY) == "#SMCL @CGET_gouv @Min_Territoires"
