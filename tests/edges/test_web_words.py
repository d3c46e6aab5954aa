"""The words of the pages: all there, in both languages, and typeset."""

import re
from pathlib import Path

import pytest

from relay.core.crosspost import State
from relay.core.people import Role
from relay.core.review.transitions import ALLOWED, NEEDS_REASON, Event
from relay.web import actions, queue, words
from relay.web.moments import full, short
from relay.web.wording.said import said
from tests.edges.newsroom import NOON

TEMPLATES = Path(words.__file__).parent / "templates"


def test_every_word_a_template_asks_for_is_in_the_table() -> None:
    text = "".join(path.read_text() for path in TEMPLATES.glob("*.j2"))
    asked = set(re.findall(r'\bw\("([a-z_.0-9]+)"[,)]', text))
    assert asked - words.WORDS.keys() == set()


def test_every_state_tab_role_and_action_has_a_name() -> None:
    wanted = {f"state.{state}" for state in State} | {f"tab.{tab.name}" for tab in queue.TABS}
    wanted |= {f"role.{role}" for role in Role} | {f"do.{action.name}" for action in actions.ACTIONS}
    wanted |= {f"did.{action.name}" for action in actions.ACTIONS}
    assert wanted - words.WORDS.keys() == set()


@pytest.mark.parametrize(
    "state", ["sent", "scheduled", "edit_proposed", "updating", "delete_proposed", "withdrawing", "withdrawn"]
)
def test_a_state_that_a_delivery_writes_into_the_history_has_its_french(state: str) -> None:
    assert State(state)
    assert said(state, "fr")[1] == "fr"


@pytest.mark.parametrize("event", [action.event for action in actions.ACTIONS])
@pytest.mark.parametrize("reason", ["", "parce que"])
def test_whatever_people_do_has_its_french_in_the_history(event: Event, reason: str) -> None:
    named = {Event.APPROVE: "approved", Event.EDIT: "edited", Event.CORRECT: "edited"}
    if event in named:
        assert said(named[event], "fr")[1] == "fr"
    elif reason or event not in NEEDS_REASON:
        told, language = said(f"{event}: {reason}" if reason else event, "fr")
        assert (language, told.endswith(reason)) == ("fr", True)


def test_whatever_people_do_is_on_the_page() -> None:
    offered = {action.event for action in actions.ACTIONS}
    assert set(ALLOWED) - offered == {Event.APPROVE_STEP, Event.RESUME_APPROVED, Event.MERGE}


def test_every_state_is_in_one_tab() -> None:
    assert sorted(state for tab in queue.TABS for state in tab.states) == sorted(State)


def test_both_languages_are_filled_in_alike() -> None:
    fields = {key: [set(re.findall(r"{\w+}", text)) for text in pair] for key, pair in words.WORDS.items()}
    assert {key for key, (french, english) in fields.items() if french != english} == set()


def test_french_punctuation_is_never_left_alone_at_the_start_of_a_line() -> None:
    french = words.speaker("fr")
    assert {key for key in words.WORDS if "{" not in words.WORDS[key][0] and re.search(" [:;?!]", french(key))} == set()


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fr", "mar. 24 nov. 2026, 12:00 (Paris)"), ("en", "Tue 24 Nov 2026, 12:00 (Paris)")],
)
def test_a_date_is_in_the_offices_zone_and_says_which(language: str, expected: str) -> None:
    assert full(NOON, "Europe/Paris", language) == expected


def test_today_needs_only_the_hour() -> None:
    assert short(NOON, NOON, "America/New_York", "en") == "06:00 (New York)"


def test_relays_own_sentences_are_translated_and_a_networks_are_not() -> None:
    assert said("camille wrote these words: somebody else must approve them.", "fr") == (
        "Ce texte est de camille : quelqu’un d’autre doit l’approuver.",
        "fr",
    )
    assert said("Validation failed", "fr") == ("Validation failed", "en")
