"""Threads and content warnings on the editors' page, and what they are counted by."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from relay.core.account import Account, Limits, Secret
from relay.core.crosspost import State
from relay.core.outcome import Retry
from relay.core.people import Role
from relay.core.standing import Hold, Served
from relay.storage import accounts
from tests.edges.newsroom import NOON, Newsroom, open_newsroom
from tests.edges.publics import THREAD, Publics, open_publics
from tests.edges.showroom import open_showroom
from tests.edges.test_web_sources import text_of

POSTS = "Un.\n---\n" + "é" * 501


@pytest.fixture
def publics(tmp_path: Path) -> Iterator[Publics]:
    with open_publics(tmp_path) as opened:
        yield opened


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        yield newsroom


def write(room: Newsroom, text: str, warning: str = "") -> None:
    data = {"revision": "1", "text": text, "warning": warning}
    assert room.editor("remi", Role.WRITER).post("/review/1/edit", data=data).status_code == 303


def test_a_thread_is_drawn_post_by_post_each_with_its_count(room: Newsroom) -> None:
    write(room, POSTS)
    shown = room.editor().get("/review/1").text
    assert shown.count('<div class="drawing') == 2
    assert 'aria-label="Fil de 2 messages"' in shown
    assert 'aria-label="Aperçu pour masto, 2 sur 2"' in shown
    assert "1/2 · 3 /500 caractères" in text_of(shown)
    assert "2/2 · 501 /500 caractères – 1 de trop" in text_of(shown)
    assert "Le texte est trop long pour masto : 501 sur 500." in shown
    assert "/review/1/approve" not in shown


def test_only_the_first_post_has_the_card(room: Newsroom) -> None:
    write(room, f"{room.crosspost(1).draft.text}\n---\nDeux.")
    shown = room.editor().get("/review/1").text
    assert shown.count('class="link-card') == 1
    assert shown.index('class="link-card') < shown.index("2/2")


def test_the_live_count_is_one_of_each_post(room: Newsroom) -> None:
    data = {"account": "masto", "text": POSTS, "warning": "Politique"}
    assert room.editor().post("/count", data=data).json() == [
        {"post": 1, "unit": "graphemes", "used": 12, "max": 500},
        {"post": 2, "unit": "graphemes", "used": 510, "max": 500},
    ]


def test_without_a_script_the_posts_are_counted_on_the_page(room: Newsroom) -> None:
    data = {"id": "1", "revision": "1", "text": POSTS, "warning": "Politique"}
    shown = room.editor().post("/count", data=data).text
    assert "2/2 · <b>510</b>/500" in shown
    assert 'name="warning" value="Politique"' in shown
    assert room.crosspost(1).revision == 1


def test_three_hyphens_are_words_where_there_are_no_threads(tmp_path: Path) -> None:
    with open_showroom(tmp_path) as (room, ids):
        browser = room.editor()
        shown = {name: browser.get(f"/review/{ids[name]}").text for name in ("email", "mastodon")}
    assert ["trois tirets" in shown[name] for name in ("email", "mastodon")] == [False, True]


def test_what_a_thread_costs_is_the_sum_of_its_posts(tmp_path: Path) -> None:
    with open_showroom(tmp_path) as (room, ids):
        text = f"{room.crosspost(ids['x']).draft.text}\n---\nDeux.\n---\nTrois."
        room.editor().post(f"/review/{ids['x']}/edit", data={"revision": "1", "text": text})
        shown = text_of(room.editor().get(f"/review/{ids['x']}").text)
    assert "coût : 0,230 USD" in shown


def test_a_thread_that_broke_off_says_what_is_public_and_what_can_be_done(publics: Publics) -> None:
    def once(_: str) -> None:
        publics.board.says = Retry("429", timedelta(hours=1)) if len(publics.board.calls) == 3 else None

    publics.board.before = once
    publics.publish(THREAD)
    browser = publics.room.editor()
    shown = browser.get("/review/1").text
    assert publics.room.crosspost(1).state is State.SCHEDULED
    assert "En ligne : 2 messages du fil sur 3. La suite part d’elle-même." in text_of(shown)
    assert [f"https://pinboard.example/{number}" in shown for number in (1, 2, 3)] == [True, True, False]

    browser.post("/review/1/hold", data={"revision": "2"})
    held = browser.get("/review/1").text
    assert "La suite attend" in held
    assert ("/review/1/give_up" in held, "/review/1/reject" in held) == (True, False)
    browser.post("/review/1/give_up", data={"revision": "2"})
    assert publics.room.crosspost(1).state is State.ABANDONED


def test_all_posts_of_a_public_thread_have_their_address(publics: Publics) -> None:
    publics.publish(THREAD)
    shown = publics.room.editor().get("/review/1").text
    assert [f'href="https://pinboard.example/{number}"' in shown for number in (1, 2, 3)] == [True] * 3
    assert "il garde ses 3 messages" in shown


def test_a_warning_is_written_shown_and_counted(room: Newsroom) -> None:
    write(room, "Un bilan", "  Chiffres \n provisoires ")
    shown = room.editor().get("/review/1").text
    assert room.crosspost(1).draft.warning == "Chiffres provisoires"
    assert '<details class="folded" open>' in shown
    assert '<b lang="fr">Chiffres provisoires</b>' in shown
    assert f"<b>{len('Chiffres provisoires') + len('Un bilan')}</b>/500" in shown
    write_nothing = {"revision": "2", "text": "Un bilan", "warning": ""}
    room.editor().post("/review/1/edit", data=write_nothing)
    assert room.crosspost(1).draft.warning == ""


def test_a_network_without_warnings_has_no_box_for_one(room: Newsroom) -> None:
    shown = room.editor().get("/review/2").text
    assert ('name="warning"' in shown, 'class="folded"' in shown) == (False, False)
    assert 'name="warning"' in room.editor().get("/review/1").text


def test_a_warning_that_is_refused_stays_in_its_box(room: Newsroom) -> None:
    write(room, "Autre")
    late = {"revision": "1", "text": "Trop tard", "warning": "Mes mots"}
    assert 'name="warning" value="Mes mots"' in room.editor().post("/review/1/edit", data=late).text


def test_whose_limits_count_and_since_when(room: Newsroom) -> None:
    browser = room.editor()
    assert "Limites habituelles de Mastodon" in browser.get("/review/1").text
    assert "Limites habituelles" not in browser.get("/review/2").text
    with room.office.db.write() as tx:
        accounts.set_told(tx, "masto", Served(Limits((("graphemes", 1312),)), "Mastodon 4.5.2", NOON))
    shown = browser.get("/review/1").text
    assert "Mastodon 4.5.2, limites lues le mar. 24 nov. 2026, 12:00 (Paris)" in shown
    assert "/1312 " in shown
    assert "Mastodon 4.5.2, limits read on Tue 24 Nov 2026" in browser.get("/review/1?lang=en").text


def test_of_a_held_account_nothing_leaves_and_it_is_said(room: Newsroom) -> None:
    own: dict[str, Account] = room.office.desk.accounts  # type: ignore[assignment]  # the fixture's own
    own["masto"] = replace(own["masto"], secrets={"token": Secret("x")})
    browser = room.editor()
    assert "Rien ne part de ce compte" not in browser.get("/review/1").text
    with room.office.db.write() as tx:
        accounts.hold(tx, "masto", Hold("social.exemple.fr answered 401: no", NOON))
    shown = browser.get("/review/1").text
    assert "Rien ne part de ce compte pour l’instant." in shown
    assert "social.exemple.fr a répondu 401" in shown
    assert 'href="/accounts#account-masto"' in shown


def test_an_account_that_is_not_connected_is_held_too(room: Newsroom) -> None:
    shown = room.editor().get("/review/1").text
    assert "Son compte est à connecter" in shown
