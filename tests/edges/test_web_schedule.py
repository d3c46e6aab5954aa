"""The schedule's pages: what leaves when, and why then; a time is chosen by a form, in the account's zone."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from relay.core.crosspost import State
from relay.core.people import Role
from relay.core.standing import Hold
from relay.storage import accounts, journal
from tests.edges.newsroom import Newsroom
from tests.edges.timetable import BUREAU, NOW, open_bureau, scheduled


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_bureau(tmp_path) as room:
        yield room


def text(page: str) -> str:
    """What is read on a page."""
    main = page.partition("<main")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", main).replace("&#39;", "’").split())


def test_the_list_says_when_and_why(room: Newsroom) -> None:
    scheduled(room, 1, 3)
    page = text(room.editor().get("/schedule").text)
    assert "lundi 21 décembre 2026 aujourd’hui" in page
    assert re.search(r"12:30 Paris .*Programmé prochain créneau .*12:50 Paris .*20 min après le précédent", page)
    assert "2 envois programmés" in page


def test_it_is_told_in_english(room: Newsroom) -> None:
    scheduled(room, 1, at=datetime(2026, 12, 28, 7, 45, tzinfo=UTC), changed_at=datetime(2026, 12, 24, 17, tzinfo=UTC))
    page = text(room.editor().get("/schedule?lang=en").text)
    assert "Monday 28 December 2026" in page
    assert "next slot, public holiday (Christmas Day)" in page


def test_one_account_can_be_looked_at_alone(room: Newsroom) -> None:
    scheduled(room, 1, 2)
    editor = room.editor()
    assert '/review/2"' not in editor.get("/schedule?account=masto").text
    assert '/review/2"' in editor.get("/schedule?account=bsky").text


def test_what_is_held_stands_apart_with_its_reason(room: Newsroom) -> None:
    scheduled(room, 1)
    with room.office.db.write() as tx:
        accounts.hold(tx, "masto", Hold("401: unknown token", NOW, ""))
    page = text(room.editor().get("/schedule").text)
    assert "Ne part pas sans vous" in page
    assert "compte suspendu : 401: unknown token" in page.replace("\u00a0", " ")


def test_a_long_schedule_has_pages(room: Newsroom) -> None:
    scheduled(room, *range(1, 11))
    page = text(room.editor().get("/schedule?after=8").text)
    assert "10 envois programmés" in page
    assert page.count("Déplacer") == 2
    assert "Depuis le début" in page


def test_what_has_left_is_kept_in_view(room: Newsroom) -> None:
    scheduled(room, 1, state=State.SENDING, attempt=1)
    one = room.crosspost(1)
    with room.office.db.write() as tx:
        journal.begin_attempt(tx, one, NOW - timedelta(days=2, hours=1))
        journal.end_attempt(tx, one, "Sent", "", NOW - timedelta(days=2))
    room.change(1, state=State.SENT)
    editor = room.editor()
    assert "samedi 19 décembre 2026 09:10 Paris" in text(editor.get("/schedule?past=1").text)
    assert "09:10" in text(editor.get("/schedule/month").text)
    assert "Rien n’est parti" in text(editor.get("/schedule?past=1&until=2026-12-01").text)


def test_the_month_shows_hour_words_holiday_and_what_is_free(room: Newsroom) -> None:
    scheduled(room, 1)
    room.change(1, draft=replace(room.crosspost(1).draft, text="Le baromètre est paru\n\nhttps://a.example/"))
    page = text(room.editor().get("/schedule/month?m=2026-12").text)
    assert "12:30 Ma masto, Mastodon : Le baromètre est paru" in page
    assert "vendredi 25 décembre 2026 Noël" in page
    assert "12:30 libre bsky" in page
    assert "17:45 libre" in page
    assert "jour calme" in page


@pytest.mark.parametrize("asked", ["2026-13", "", "nonsense", "99999-01", "0001-01"])
def test_a_month_that_is_none_is_this_one(room: Newsroom, asked: str) -> None:
    assert "décembre 2026" in room.editor().get("/schedule/month", params={"m": asked}).text


def test_a_day_can_be_looked_at_alone(room: Newsroom) -> None:
    scheduled(room, 1)
    editor = room.editor()
    assert "/review/1" in editor.get("/schedule?day=2026-12-21").text
    assert "/review/1" not in editor.get("/schedule?day=2026-12-22").text.partition("<main")[2]


def test_nobody_sees_it_without_signing_in(room: Newsroom) -> None:
    visitor = room.visitor()
    assert [visitor.get(path).status_code for path in ("/schedule", "/schedule/month", "/schedule/1")] == [401] * 3
    assert visitor.post("/schedule/1", data={"revision": "1"}).status_code == 401


def test_a_time_is_chosen_by_a_form(room: Newsroom) -> None:
    scheduled(room, 1)
    form = {"revision": "1", "date": "2026-12-23", "time": "15:10"}
    answer = room.editor().post("/schedule/1", data=form)
    one = room.crosspost(1)
    assert (answer.status_code, answer.headers["location"]) == (303, "/schedule?moved=1")
    assert (one.state, one.wanted_at) == (State.WAITING, datetime(2026, 12, 23, 14, 10, tzinfo=UTC))
    assert room.history(1)[-1].what == "time chosen: 2026-12-23 15:10 (Europe/Paris)"
    assert "mer. 23 déc. 2026, 15:10 (Paris)" in room.editor("benoit").get("/schedule?moved=1").text


def test_a_free_slot_is_chosen_by_its_button(room: Newsroom) -> None:
    scheduled(room, 1)
    editor = room.editor()
    page = editor.get("/schedule/3").text
    slots = re.findall(r'name="slot" value="([^"]+)"', page)
    assert slots[0] == "2026-12-21T16:45:00+00:00"  # at 12:30 another one leaves
    assert len(slots) == 5
    editor.post("/schedule/3", data={"revision": "1", "slot": slots[0]})
    assert room.crosspost(3).wanted_at == datetime(2026, 12, 21, 16, 45, tzinfo=UTC)


def test_it_is_given_back_to_its_schedule(room: Newsroom) -> None:
    room.change(1, wanted_at=datetime(2026, 12, 23, 14, 10, tzinfo=UTC))
    room.editor().post("/schedule/1", data={"revision": "1", "next": "1", "date": "2026-12-23", "time": "15:10"})
    assert (room.crosspost(1).wanted_at, room.crosspost(1).wanted_by) == (None, "camille")


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"date": "2026-12-25", "time": "10:00"}, "Le 2026-12-25 est férié (Noël)"),
        ({"date": "2026-12-22", "time": "21:30"}, "tombe dans les heures calmes (20:00-08:00)"),
        ({"date": "2026-12-20", "time": "10:00"}, "est passé"),
        ({"date": "", "time": ""}, "n’est pas une heure"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(room: Newsroom, form: dict[str, str], sentence: str) -> None:
    answer = room.editor().post("/schedule/1", data={"revision": "1", **form})
    assert answer.status_code == 409
    assert sentence in text(answer.text).replace("\u202f", " ").replace("\u00a0", " ")
    assert f'value="{form["date"]}"' in answer.text
    assert room.crosspost(1).revision == 1


def test_two_posts_of_an_account_are_not_given_one_moment(room: Newsroom) -> None:
    form = {"revision": "1", "date": "2026-12-23", "time": "15:10"}
    editor = room.editor()
    editor.post("/schedule/1", data=form)
    answer = editor.post("/schedule/3", data=form)
    assert "l’envoi 1 part déjà de masto : choisissez 2026-12-23 15:12" in text(answer.text).replace("\u00a0", " ")
    assert editor.post("/schedule/2", data=form).status_code == 303  # another account


def test_a_time_that_comes_twice_is_said_and_the_second_offered(room: Newsroom) -> None:
    room.clock.now = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)
    object.__setattr__(
        room.office.desk, "routes", (replace(room.office.desk.routes[0], schedule=replace(BUREAU, quiet=())),)
    )
    editor = room.editor()
    editor.post("/schedule/1", data={"revision": "1", "date": "2026-10-25", "time": "02:30"})
    page = editor.get("/schedule/1").text
    assert "c’est la première des deux" in page
    (second,) = re.findall(r'value="(2026-10-25T02:30[^"]+)"', page)
    editor.post("/schedule/1", data={"revision": "2", "slot": second})
    assert room.crosspost(1).wanted_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_whoever_may_not_edit_has_no_form(room: Newsroom) -> None:
    viewer = room.editor("vera", Role.VIEWER)
    assert 'name="date"' not in viewer.get("/schedule/1").text
    assert viewer.post("/schedule/1", data={"revision": "1", "date": "2026-12-23", "time": "15:10"}).status_code == 403
    assert room.crosspost(1).wanted_at is None


def test_the_review_page_has_the_form_and_says_why(room: Newsroom) -> None:
    scheduled(room, 1)
    page = room.editor().get("/review/1").text
    assert "prochain créneau" in page
    assert 'action="/schedule/1"' in page


def test_a_form_for_an_older_revision_is_refused(room: Newsroom) -> None:
    room.change(1, revision=2)
    answer = room.editor().post("/schedule/1", data={"revision": "1", "date": "2026-12-23", "time": "15:10"})
    assert answer.status_code == 409
    assert room.crosspost(1).wanted_at is None
