"""A member's own keys: changed one by one, turned off all at once, refused where they are unclear."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from relay.web.keys import COMES_AS, Keys, Unclear, read
from tests.edges.newsroom import Newsroom, open_newsroom


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        yield newsroom


def test_the_keys_that_come_with_relay_can_be_told_apart() -> None:
    assert read({}) == {}


def test_a_key_of_ones_own_takes_the_place_of_the_one_that_came(room: Newsroom) -> None:
    browser = room.editor()
    answer = browser.post("/keys", data={**COMES_AS, "approve": "y"})
    assert answer.headers["location"] == "/keys?did=keys"
    shown = browser.get("/review/1").text
    assert 'data-key="y" aria-keyshortcuts="y"' in shown
    assert 'data-key="a"' not in shown
    assert "Touches enregistrées." in browser.get("/keys?did=keys").text
    assert 'data-key="a"' in room.editor("dora").get("/review/1").text


@pytest.mark.parametrize(
    ("typed", "word", "names"),
    [
        ({"approve": "r"}, "keys.unclear.two", {"approve", "reject"}),
        ({"approve": "g"}, "keys.unclear.two", {"approve", "go_review"}),
        ({"hold": "3"}, "keys.unclear.digit", {"hold"}),
        ({"hold": "hh"}, "keys.unclear.long", {"hold"}),
        ({"hold": "a b c"}, "keys.unclear.long", {"hold"}),
    ],
)
def test_keys_that_cannot_be_told_apart_are_refused(typed: dict[str, str], word: str, names: set[str]) -> None:
    with pytest.raises(Unclear) as unclear:
        read(typed)
    assert (unclear.value.word, {*unclear.value.names}) == (word, names)


def test_a_refusal_keeps_what_was_typed_and_points_at_it(room: Newsroom) -> None:
    answer = room.editor().post("/keys", data={**COMES_AS, "approve": "r", "hold": "z"})
    assert answer.status_code == 409
    assert 'name="approve" value="r"' in answer.text
    assert 'name="hold" value="z"' in answer.text
    assert answer.text.count('aria-invalid="true"') == 2
    assert 'data-key="a"' in room.editor().get("/review/1").text


def test_a_box_left_empty_takes_a_key_away() -> None:
    assert Keys(read({"hold": ""}))["hold"] == ""


def test_all_keys_are_off_until_they_are_turned_on_again(room: Newsroom) -> None:
    browser = room.editor()
    browser.post("/keys", data={**COMES_AS, "approve": "y"})
    assert browser.post("/keys/switch", data={"back": "/review/1"}).headers["location"] == "/review/1"
    shown = browser.get("/review/1").text
    assert "data-key=" not in shown
    assert "aria-keyshortcuts" not in shown.replace('aria-keyshortcuts="Control+K"', "")
    browser.post("/keys/switch")
    assert 'data-key="y"' in browser.get("/review/1").text


def test_nobody_is_led_elsewhere_by_the_switch(room: Newsroom) -> None:
    answer = room.editor().post("/keys/switch", data={"back": "https://ailleurs.exemple.fr/review"})
    assert answer.headers["location"] == "/keys"


def test_the_keys_that_came_are_put_back(room: Newsroom) -> None:
    browser = room.editor()
    browser.post("/keys", data={**COMES_AS, "approve": "y"})
    browser.post("/keys", data={**COMES_AS, "approve": "y", "restore": "1"})
    assert 'data-key="a"' in browser.get("/review/1").text
