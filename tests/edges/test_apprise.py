"""Apprise: one service by its address, once; here it is Apprise's own ``json://``, to a receiver on loopback."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib import util

import httpx
import pytest

from relay.core.account import Account, Limits, Secret
from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, Outcome, Refused, Sent, Unsure
from relay.networks.abilities import Told
from relay.networks.apprise import network as apprise
from relay.networks.apprise import service
from relay.web.wording.said import said
from tests.fakes.wire import Call, Fault, Reply, Wire, closed_port, listening

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # Apprise looks for it

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 7)
LINK = "https://blog.example/a"
DRAFT = Draft(f"La « fracture » <b>numérique</b> & l’été 👩‍👩‍👧\n\n{LINK}", "fr", LINK, "La fracture")
HOOK = "/a-secret-path-of-letters"


@dataclass(slots=True)
class Receiver:
    """``messages`` is its truth."""

    messages: list[tuple[str, str]] = field(default_factory=list)

    def answer(self, call: Call) -> Reply:
        message = json.loads(call.body)
        self.messages.append((message["title"], message["message"]))
        return Reply(200, b"{}")


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def wire(receiver: Receiver) -> Iterator[Wire]:
    with listening(Wire(receiver.answer, publishes=HOOK)) as wire:
        yield wire


def account(url: str) -> Account:
    return Account("annexe", "apprise", {}, {"url": Secret(url.replace("http://", "json://"))})


def published(http: httpx.Client, to: Account, draft: Draft = DRAFT) -> Outcome:
    request = apprise.prepare(http, to, draft, KEYS)
    assert isinstance(request, Request), request
    return apprise.publish(http, to, request)


@pytest.mark.shows("post", at="apprise")
def test_the_words_arrive_as_they_are(wire: Wire, receiver: Receiver, http: httpx.Client) -> None:
    told = published(http, account(wire.url + HOOK))
    assert isinstance(told, Sent)
    assert (told.url, receiver.messages) == (None, [("La fracture", DRAFT.text)])


@pytest.mark.parametrize("url", ["hush-a-secret", "nothing://hush-a-secret/x?y=hush", "discord://hush-a-secret"])
def test_an_address_that_it_does_not_take_is_not_written_into_the_log(
    http: httpx.Client, caplog: pytest.LogCaptureFixture, url: str
) -> None:
    assert isinstance(apprise.prepare(http, account(url), DRAFT, KEYS), AuthLost)
    assert "hush" not in caplog.text


def test_a_title_that_the_words_have_is_not_said_twice(wire: Wire, receiver: Receiver, http: httpx.Client) -> None:
    published(http, account(wire.url + HOOK), replace(DRAFT, title="La « fracture »"))
    assert receiver.messages == [("", DRAFT.text)]


def test_the_same_draft_and_keys_give_the_same_request_without_the_secret(wire: Wire, http: httpx.Client) -> None:
    made = [apprise.prepare(http, account(wire.url + HOOK), DRAFT, KEYS) for _ in range(2)]
    assert made[0] == made[1]
    assert HOOK not in repr(made)
    assert wire.calls == []


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault not in {Fault.NONE, Fault.GARBAGE_AFTER}])
@pytest.mark.shows("repeat", at="apprise", lacks=True)
def test_whatever_breaks_it_is_sent_once_and_left_to_a_person(wire: Wire, http: httpx.Client, fault: Fault) -> None:
    to = account(f"{wire.url}{HOOK}?retry=3&wait=0")
    wire.faults.append(fault)
    told = published(http, to)
    wire.settle()
    assert isinstance(told, Unsure)
    assert len(wire.calls) == 1
    assert HOOK not in repr(told)


def test_who_cannot_be_reached_leaves_a_doubt_too(http: httpx.Client) -> None:
    assert isinstance(published(http, account(closed_port() + HOOK)), Unsure)


def test_a_service_that_raises_leaves_a_doubt(wire: Wire, http: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def raising(*_: object, **__: object) -> bool:
        raise KeyError(HOOK)

    monkeypatch.setattr("apprise.NotifyBase.notify", raising)
    told = published(http, account(wire.url + HOOK))
    assert isinstance(told, Unsure)
    assert "(KeyError)" in told.why


@pytest.mark.shows("doubt", at="apprise", lacks=True)
def test_nobody_can_be_asked_what_became_of_it(wire: Wire, http: httpx.Client) -> None:
    finding = apprise.find(http, account(wire.url + HOOK), Request("key", "{}"), KEYS.created_at)
    assert isinstance(finding, CannotTell)
    assert "look" in finding.why


@pytest.mark.parametrize("url", ["http://127.0.0.1/x", "nothing", "", "unknown://a", "json://"])
@pytest.mark.shows("refusal", at="apprise")
def test_an_address_that_is_none_holds_the_account(http: httpx.Client, url: str) -> None:
    to = Account("annexe", "apprise", {}, {"url": Secret(url)})
    ask = apprise.abilities(to).ask_limits
    assert ask
    assert isinstance(apprise.prepare(http, to, DRAFT, KEYS), AuthLost)
    assert isinstance(apprise.publish(http, to, Request("key", "{}")), AuthLost)
    assert isinstance(ask(http, to), CannotTell)


@pytest.mark.shows("length", at="apprise")
def test_a_service_says_how_much_it_takes(http: httpx.Client) -> None:
    to = account("pover://user@token")
    to = replace(to, secrets={"url": Secret(f"pover://{'u' * 30}@{'t' * 30}")})
    ask = apprise.abilities(to).ask_limits
    assert ask
    assert ask(http, to) == Told(Limits(text=(("code points", 1024),)), "Pushover, by Apprise")
    told = apprise.prepare(http, to, replace(DRAFT, text="é" * 1025), KEYS)
    assert told == Refused("Pushover takes 1024 characters at most: shorten the text.")


def test_without_the_package_one_sentence_says_how_to_have_it(
    wire: Wire, http: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "find_spec", lambda name: None if name == "apprise" else util.find_spec(name))
    told = apprise.prepare(http, account(wire.url + HOOK), DRAFT, KEYS)
    assert told == AuthLost("Apprise is not installed: pip install 'relay[apprise]', then start relay again.")


@pytest.mark.parametrize(
    "sentence",
    [
        "Apprise is not installed: pip install 'relay[apprise]', then start relay again.",
        "The address is not one that Apprise knows: `apprise --dry-run` with it says more.",
        "Pushover takes 1024 characters at most: shorten the text.",
        service._untold(" (KeyError)").why,
        "Apprise cannot read what it has sent: look there whether it has arrived.",
    ],
)
def test_what_is_said_has_its_french(sentence: str) -> None:
    assert said(sentence, "fr")[1] == "fr"
