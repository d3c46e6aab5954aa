"""What relay itself writes down about a network has its French; every sentence comes from what says it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

import httpx
import pytest

from relay.core.crosspost import Draft, Keys, Request, Secret, Unit
from relay.web.wording.said import said
from relay.web.words import WORDS
from tests.edges.conftest import FarEnd
from tests.fakes.wire import Fault

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
DRAFT = Draft("Une nouvelle", "fr", "https://blog.example/")


def french(outcome: object) -> str:
    """The French of what was said; the test fails where there is none."""
    why = getattr(outcome, "why", "")
    told, language = said(why, "fr")
    assert (language, bool(why)) == ("fr", True), outcome
    return told


@pytest.fixture
def request_of(silent_end: FarEnd, http: httpx.Client) -> Request:
    found = silent_end.network.prepare(http, silent_end.account, DRAFT, Keys(NOW, 1))
    assert isinstance(found, Request)
    return found


def test_that_only_a_person_can_tell_is_said_in_french(
    silent_end: FarEnd, http: httpx.Client, request_of: Request
) -> None:
    assert "regardez" in french(silent_end.network.find(http, silent_end.account, request_of, NOW))


def test_a_secret_that_is_none_is_said_in_french(silent_end: FarEnd, http: httpx.Client) -> None:
    account = replace(silent_end.account, secrets={silent_end.secret: Secret("not one")})
    assert french(silent_end.network.prepare(http, account, DRAFT, Keys(NOW, 1)))


def test_a_secret_that_is_not_of_the_standard_is_said_in_french(webhook_receiver: FarEnd, http: httpx.Client) -> None:
    account = replace(webhook_receiver.account, secrets={"secret": Secret("not one")})
    assert "whsec_" in french(webhook_receiver.network.prepare(http, account, DRAFT, Keys(NOW, 1)))


@pytest.mark.parametrize(
    ("options", "secrets"), [({}, {}), ({}, {"token": "xoxb-1"}), ({"channel": "C1"}, {"token": "xoxb-1\n"})]
)
def test_what_an_account_on_slack_lacks_is_said_in_french(
    slack_hook: FarEnd, http: httpx.Client, options: dict[str, str], secrets: dict[str, str]
) -> None:
    hidden = {name: Secret(value) for name, value in secrets.items()}
    account = replace(slack_hook.account, options=options, secrets=hidden)
    assert french(slack_hook.network.prepare(http, account, DRAFT, Keys(NOW, 1)))


def test_a_lost_answer_and_a_server_out_of_reach_are_said_in_french(
    silent_end: FarEnd, http: httpx.Client, request_of: Request
) -> None:
    silent_end.wire.faults.append(Fault.DROP_AFTER)
    assert "s’est perdue" in french(silent_end.network.publish(http, silent_end.account, request_of))
    assert "injoignable" in french(silent_end.network.publish(http, silent_end.elsewhere(), request_of))


@pytest.mark.parametrize("unit", get_args(Unit))
def test_every_unit_that_networks_count_has_its_words(unit: str) -> None:
    assert f"count.{unit}" in WORDS


@pytest.mark.parametrize("unit", get_args(Unit))
def test_a_text_that_is_too_long_is_said_in_french_whatever_is_counted(unit: str) -> None:
    told = said(f"The text is too long for canal: 4100 of 4096 {unit}.", "fr")
    assert told == ("Le texte est trop long pour canal : 4100 sur 4096.", "fr")
