"""The drawing of a cross-post: what readers of each network will get, before anybody says yes."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_string
from email.policy import default
from pathlib import Path

import httpx
import pytest

from relay.core.account import Account, Secret
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.people import Role
from relay.networks.email import network as mail
from relay.networks.network import Settings
from relay.networks.showing import Card, Shown
from relay.networks.telegram import network as telegram
from relay.networks.x import network as x
from relay.web.amounts import price
from relay.wiring import NETWORKS
from tests.edges.newsroom import Newsroom
from tests.edges.showroom import ALT, DIGEST, OPTIONS, OWN, open_showroom
from tests.edges.test_web_sources import text_of
from tests.feeds import editions

TITLE, LEAD = editions.post(0).headline, editions.post(0).lead
LINK = f"{editions.LINK}billet-0.html"
IMAGE = Image(OWN.url, "image/jpeg", 1200, 800, ALT)
DRAFT = Draft(f"{TITLE}\n\n{LINK}", "fr", LINK, TITLE, LEAD, IMAGE)
KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 7)
SRC = f'src="/pictures/{DIGEST}.jpg"'

CARD = [
    "bluesky",
    "discord",
    "facebook",
    "linkedin",
    "mastodon",
    "nostr",
    "sandbox",
    "slack",
    "telegram",
    "threads",
    "x",
]
"""Where an account attaches a card unless it says otherwise."""
DESCRIBED = ["bluesky", "discord", "email", "facebook", "linkedin", "mastodon", "nostr", "slack", "threads", "x"]
"""Where it may attach the picture, which readers get with its words."""
UNDESCRIBED = ["matrix", "telegram"]
ALWAYS = ["micropub", "wordpress"]
"""Sites, whose pages have their picture whatever the account says."""


@pytest.fixture
def cards(tmp_path: Path) -> Iterator[tuple[Newsroom, dict[str, int]]]:
    with open_showroom(tmp_path) as showroom:
        yield showroom


@pytest.fixture
def shots(tmp_path: Path) -> Iterator[tuple[Newsroom, dict[str, int]]]:
    with open_showroom(tmp_path, attach="picture") as showroom:
        yield showroom


def sheet(showroom: tuple[Newsroom, dict[str, int]], network: str, language: str = "fr") -> str:
    """The page where the cross-post for a network is judged, from the drawing on."""
    room, ids = showroom
    html = room.editor().get(f"/review/{ids[network]}?lang={language}").text
    return html[html.index('<div class="drawing') : html.index('<section class="history"')]


def said(html: str) -> str:
    return text_of(f"<main>{html}</main>").removeprefix("> ")


def shown(network: str, draft: Draft = DRAFT, **options: str) -> Shown:
    account = Account(network, network, {**OPTIONS.get(network, {}), **options})
    return NETWORKS[network].SETTINGS.shows(account, draft)


def test_every_network_is_drawn_in_one_of_these_ways() -> None:
    assert {*CARD, *DESCRIBED, *UNDESCRIBED, *ALWAYS, "webhook", "apprise"} == set(NETWORKS)


@pytest.mark.parametrize("network", CARD)
def test_a_card_has_picture_host_title_and_lead(cards: tuple[Newsroom, dict[str, int]], network: str) -> None:
    html = sheet(cards, network)
    card = html[html.index('<div class="link-card illustrated"') :]
    assert f'<img {SRC} alt=""' in card
    assert '<p class="host">blog.exemple.fr</p>' in card
    assert f'<p class="headline" lang="fr">{TITLE}</p>' in card
    assert f'<p class="description" lang="fr">{LEAD}</p>' in card
    assert html.count("<img") == 1


@pytest.mark.parametrize("network", [*DESCRIBED, *UNDESCRIBED, *ALWAYS])
def test_a_picture_stands_in_the_place_of_a_card(shots: tuple[Newsroom, dict[str, int]], network: str) -> None:
    html = sheet(shots, network)
    assert f'<img class="picture" {SRC} alt="{ALT}" lang="fr" width="1200" height="800">' in html
    assert "link-card" not in html
    assert (f"Texte alternatif : {ALT}" in said(html)) is (network not in UNDESCRIBED)
    assert ("Sur ce réseau, une image n’a pas de texte alternatif." in said(html)) is (network in UNDESCRIBED)


def test_the_picture_is_there_for_members(cards: tuple[Newsroom, dict[str, int]]) -> None:
    room, _ = cards
    assert room.editor().get(f"/pictures/{DIGEST}.jpg").headers["content-type"] == "image/jpeg"
    assert room.visitor().get(f"/pictures/{DIGEST}.jpg").status_code == 401


@pytest.mark.parametrize(
    ("language", "missing", "describe"),
    [
        ("fr", "L’image partirait sans texte alternatif.", "Décrire l’image"),
        ("en", "The picture would leave without alternative text.", "Describe the picture"),
    ],
)
def test_missing_words_are_said_and_lead_to_their_field(
    tmp_path: Path, language: str, missing: str, describe: str
) -> None:
    with open_showroom(tmp_path, replace(OWN, alt=""), attach="picture") as showroom:
        html = sheet(showroom, "mastodon", language)
        room, ids = showroom
        assert 'id="alt"' in room.editor().get(f"/review/{ids['mastodon']}").text
        viewer = room.editor("nina", Role.VIEWER).get(f"/review/{ids['mastodon']}?lang={language}").text
    assert missing in said(html)
    assert f'<a href="#alt">{describe}</a>' in html
    assert missing in text_of(viewer)
    assert 'href="#alt"' not in viewer


def test_a_sandbox_is_drawn_as_what_it_imitates(cards: tuple[Newsroom, dict[str, int]]) -> None:
    room, ids = cards
    assert "like-bluesky" in sheet(cards, "sandbox")
    options = {**OPTIONS["sandbox"], "imitates": "mastodon"}
    room.office.desk.accounts["sandbox"] = Account("sandbox", "sandbox", options)  # type: ignore[index]
    html = room.editor().get(f"/review/{ids['sandbox']}").text
    assert "like-mastodon" in html
    assert f">{LINK.removeprefix('https://')[:30]}" in html


@pytest.mark.parametrize(("network", "mention"), [("mastodon", "@anct"), ("bluesky", "@anct.bsky.social")])
def test_links_and_mentions_are_drawn_as_readers_see_them(
    cards: tuple[Newsroom, dict[str, int]], network: str, mention: str
) -> None:
    html = sheet(cards, network)
    assert f'<span class="mark">{mention}</span>' in html
    assert f">{LINK.removeprefix('https://')}</a>" in html


def test_a_mail_has_its_subject_and_reader(cards: tuple[Newsroom, dict[str, int]]) -> None:
    words = said(sheet(cards, "email"))
    assert words.startswith(f"Objet : {TITLE}")
    assert "La veille à liste@exemple.fr" in words
    assert "<img" not in sheet(cards, "email")


def test_the_subject_is_that_of_the_mail() -> None:
    long = replace(DRAFT, title=f"{'Un titre  bien long ' * 20}\nfin")
    account = Account("m", "email", OPTIONS["email"])
    with httpx.Client() as http:
        request = mail.prepare(http, account, long, KEYS)
    assert isinstance(request, Request)
    read = message_from_string(json.loads(request.body)["mime"], policy=default)
    assert shown("email", long).heading == read["subject"]


def test_a_site_gets_title_and_excerpt(cards: tuple[Newsroom, dict[str, int]]) -> None:
    html = sheet(cards, "wordpress")
    assert f'<p class="heading" lang="fr">{TITLE}</p>' in html
    assert f"Extrait : {LEAD}" in said(html)
    assert 'class="heading"' not in sheet(cards, "micropub")


def test_a_webhook_gets_fields(cards: tuple[Newsroom, dict[str, int]]) -> None:
    html = sheet(cards, "webhook")
    assert "<img" not in html
    assert "ce qu’il montre dépend de lui" in said(html)


@pytest.mark.parametrize("length", [1024, 1025])
def test_a_caption_that_telegram_would_not_take_is_drawn_with_the_card(length: int) -> None:
    draft = replace(DRAFT, text="é" * length)
    account = Account("t", "telegram", {"chat": "@x", "attach": "picture"}, {"token": Secret("1:a")})
    with httpx.Client() as http:
        request = telegram.prepare(http, account, draft, KEYS, b"jpeg")
    assert isinstance(request, Request)
    leaves_with_it = json.loads(request.body)["method"] == "sendPhoto"
    assert leaves_with_it is (length == 1024)
    assert (telegram.SETTINGS.shows(account, draft).picture is not None) is leaves_with_it


def test_it_is_said_that_a_picture_gives_way(shots: tuple[Newsroom, dict[str, int]]) -> None:
    room, ids = shots
    id = ids["telegram"]
    data = {"revision": "1", "text": "é" * 1025}
    room.editor().post(f"/review/{id}/edit", data=data)
    html = sheet(shots, "telegram")
    assert "la carte du lien prend sa place" in said(html)
    assert 'class="link-card illustrated"' in html


def test_threads_shows_no_picture_that_it_could_not_fetch() -> None:
    near = replace(DRAFT, image=replace(IMAGE, url="http://127.0.0.1/pictures/x.jpg"))
    assert shown("threads", near, attach="picture").picture is None
    assert shown("threads", attach="picture").picture == IMAGE


@pytest.mark.parametrize(("network", "drawn"), [("mastodon", 0), ("x", 1), ("discord", 1), ("slack", 1)])
def test_the_card_is_of_the_link_that_the_network_takes(network: str, drawn: int) -> None:
    other = "https://anct.exemple.fr/1"
    card = shown(network, replace(DRAFT, text=f"{other} puis {LINK}")).card
    assert card == (Card(other), Card(LINK, TITLE, LEAD, IMAGE))[drawn]


@pytest.mark.parametrize("network", ["mastodon", "x", "discord", "slack", "matrix"])
def test_without_a_link_in_the_text_there_is_no_card(network: str) -> None:
    assert shown(network, replace(DRAFT, text=TITLE)).card is None


@pytest.mark.parametrize("network", ["bluesky", "linkedin", "facebook", "threads", "telegram"])
def test_a_link_beside_the_text_has_its_card_all_the_same(network: str) -> None:
    assert shown(network, replace(DRAFT, text=TITLE)).card == Card(LINK, TITLE, LEAD, IMAGE)


def test_a_card_of_a_page_that_is_not_ours_is_not_guessed_at(cards: tuple[Newsroom, dict[str, int]]) -> None:
    room, ids = cards
    room.editor().post(f"/review/{ids['mastodon']}/edit", data={"revision": "1", "text": "https://ailleurs.fr/a"})
    html = sheet(cards, "mastodon")
    assert '<p class="host">ailleurs.fr</p>' in html
    assert "relay ne sait pas ce qu’elle montre" in said(html)
    assert TITLE not in said(html)


@pytest.mark.parametrize(
    ("network", "is_marked"), [("mastodon", True), ("telegram", True), ("slack", False), ("email", False)]
)
def test_hashtags_are_marked_where_they_lead_somewhere(
    cards: tuple[Newsroom, dict[str, int]], network: str, *, is_marked: bool
) -> None:
    html = sheet(cards, network)
    assert "#Ville" in html
    assert ('<span class="mark">#Ville</span>' in html) is is_marked


@pytest.mark.parametrize(
    ("language", "with_link", "without"),
    [("fr", "coût : 0,200 USD", "coût : 0,015 USD"), ("en", "costs 0.200 USD", "costs 0.015 USD")],
)
def test_what_x_asks_is_said_before_the_yes(
    cards: tuple[Newsroom, dict[str, int]], language: str, with_link: str, without: str
) -> None:
    room, ids = cards
    words = said(sheet(cards, "x", language))
    assert re.search(rf"/280 [\w ]+ {re.escape(with_link)}", words)
    room.editor().post(f"/review/{ids['x']}/edit", data={"revision": "1", "text": "Sans lien"})
    assert without in said(sheet(cards, "x", language))
    assert "USD" not in sheet(cards, "mastodon", language)


def test_links_that_are_left_out_are_not_drawn() -> None:
    account = Account("x", "x", {"link": "strip"})
    drawn = shown("x", link="strip")
    assert (drawn.text, drawn.card, drawn.price) == (TITLE, None, x.price(account, DRAFT))
    assert str(drawn.price) == "0.015"


def test_an_account_whose_options_are_odd_still_has_its_page(tmp_path: Path) -> None:
    with open_showroom(tmp_path, instance="https://[", site="https://[", endpoint="https://[") as showroom:
        assert "like-mastodon" in sheet(showroom, "mastodon")


def test_a_network_says_nothing_and_gets_the_card_of_its_first_link() -> None:
    assert Settings().shows(Account("n", "n"), DRAFT).card == Card(LINK, TITLE, LEAD, IMAGE)
    assert price(x.POST_WITH_LINK, "fr") == "0,200\N{NO-BREAK SPACE}USD"
