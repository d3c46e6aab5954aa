"""What relay itself writes down about a network has its French; every sentence comes from what says it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

import httpx
import pytest

from relay.core.account import Secret, Unit
from relay.core.crosspost import Draft, Keys, Request
from relay.web.wording.said import said
from relay.web.words import WORDS
from tests.edges.conftest import LOCKED, WORDPRESS, FarEnd
from tests.fakes.wire import Fault

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
DRAFT = Draft("Une nouvelle", "fr", "https://blog.example/")


def french(outcome: object) -> str:
    """The French of what was said; the test fails where there is none."""
    why = getattr(outcome, "why", "")
    told, language = said(why, "fr")
    assert (language, bool(why)) == ("fr", True), outcome
    return told


def prepared(end: FarEnd, http: httpx.Client) -> Request:
    found = end.network.prepare(http, end.account, DRAFT, Keys(NOW, 1))
    assert isinstance(found, Request)
    return found


@pytest.fixture(params=[end for end in LOCKED if end not in ["mail", "wordpress_site", WORDPRESS]])
def strict_end(request: pytest.FixtureRequest) -> FarEnd:
    """A secret that cannot be one is known here before anybody is asked; elsewhere it may be any words."""
    end: FarEnd = request.getfixturevalue(request.param)
    return end


def test_that_only_a_person_can_tell_is_said_in_french(silent_end: FarEnd, http: httpx.Client) -> None:
    request = prepared(silent_end, http)
    assert "regardez" in french(silent_end.network.find(http, silent_end.account, request, NOW))


def test_that_an_answer_holds_for_a_whole_digest_is_said_in_french(mail: FarEnd, http: httpx.Client) -> None:
    found = mail.network.find(http, mail.account, replace(prepared(mail, http), body=""), NOW)
    assert "vaut pour toute cette lettre" in french(found)


def test_a_secret_that_is_none_is_said_in_french(strict_end: FarEnd, http: httpx.Client) -> None:
    account = replace(strict_end.account, secrets={**strict_end.account.secrets, strict_end.secret: Secret("not one")})
    assert french(strict_end.network.prepare(http, account, DRAFT, Keys(NOW, 1)))


def test_a_secret_that_the_network_does_not_know_is_said_in_french(locked_end: FarEnd, http: httpx.Client) -> None:
    request = prepared(locked_end, http)
    assert french(locked_end.network.publish(http, locked_end.locked_out(), request))


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


def test_a_server_out_of_reach_is_said_in_french(far_end: FarEnd, http: httpx.Client) -> None:
    request = prepared(far_end, http)
    assert "injoignable" in french(far_end.network.publish(http, far_end.elsewhere(), request))


def test_a_lost_answer_is_said_in_french(doubtful_end: FarEnd, http: httpx.Client) -> None:
    """Bluesky looks at once whether it has come; elsewhere that is another step."""
    request = prepared(doubtful_end, http)
    doubtful_end.wire.faults.append(Fault.DROP_BEFORE)
    assert "s’est perdue" in french(doubtful_end.network.publish(http, doubtful_end.account, request))


@pytest.mark.parametrize("unit", get_args(Unit))
def test_every_unit_that_networks_count_has_its_words(unit: str) -> None:
    assert f"count.{unit}" in WORDS


@pytest.mark.parametrize("unit", get_args(Unit))
def test_a_text_that_is_too_long_is_said_in_french_whatever_is_counted(unit: str) -> None:
    told = said(f"The text is too long for canal: 4100 of 4096 {unit}.", "fr")
    assert told == ("Le texte est trop long pour canal : 4100 sur 4096.", "fr")
