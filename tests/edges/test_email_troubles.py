"""SMTP in trouble: nothing has happened before the last dot, after it all may have."""

from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from relay.core.account import Secret
from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import AuthLost, CannotTell, Outcome, Refused, Retry, Unsure
from relay.networks.email import network as email
from tests.edges.far_end import FarEnd
from tests.fakes.mailserver import Mailserver
from tests.fakes.talker import talking
from tests.fakes.wire import Fault

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 0x0123_4567_89AB_CDEF)
LINK = "https://blog.example/2026/fracture?a=1&b=2"
DRAFT = Draft(f"La fracture {LINK}", "fr", LINK, "La « fracture »", "Une étude.")
NAME = "<20261124T080000.0123456789abcdef@exemple.fr>"

SIGN_IN = "127.0.0.1 does not offer a sign-in that is known here: look at `security`, `user` and the port."


def prepared(end: FarEnd, http: httpx.Client) -> Request:
    request = email.prepare(http, end.account, DRAFT, KEYS)
    assert isinstance(request, Request), request
    return request


def published(end: FarEnd, http: httpx.Client) -> Outcome:
    return email.publish(http, end.account, prepared(end, http))


def with_options(end: FarEnd, **options: str) -> FarEnd:
    return replace(end, account=replace(end.account, options={**end.account.options, **options}))


def without_password(end: FarEnd) -> FarEnd:
    kept = {key: value for key, value in end.account.options.items() if key != "user"}
    return replace(end, account=replace(end.account, options=kept, secrets={}))


@pytest.mark.parametrize(
    ("command", "said", "outcome"),
    [
        ("MAIL", "451 4.7.1 Try again", Retry),
        ("MAIL", "552 5.3.4 Too big", Refused),
        ("MAIL", "553 5.7.1 Not your address", AuthLost),
        ("RCPT", "450 4.2.0 Greylisted", Retry),
        ("RCPT", "550 5.1.1 User unknown", AuthLost),
        ("DATA", "421 4.3.2 Shutting down", Retry),
        ("DATA", "451 4.3.0 Queue is full", Retry),
        ("DATA", "554 5.7.1 Looks like spam", Refused),
        ("DATA", "354 Go on", Unsure),
    ],
)
@pytest.mark.shows("limit", "refusal")
def test_what_a_server_says_to_each_step(
    mail: FarEnd, http: httpx.Client, mail_server: Mailserver, command: str, said: str, outcome: type
) -> None:
    mail_server.says[command] = said
    told = published(mail, http)
    code, _, words = said.partition(" ")
    assert (type(told), getattr(told, "why", "")) == (outcome, f"127.0.0.1 answered {code}: {words}")
    assert mail_server.mails == []


def test_a_wrong_password_needs_a_person(mail: FarEnd, http: httpx.Client, mail_server: Mailserver) -> None:
    told = email.publish(http, mail.locked_out(), prepared(mail, http))
    assert isinstance(told, AuthLost)
    assert "535" in told.why
    assert mail_server.mails == []


def test_a_line_that_breaks_after_the_last_dot_leaves_a_doubt_that_a_person_ends(
    mail: FarEnd, http: httpx.Client
) -> None:
    request = prepared(mail, http)
    mail.wire.faults.append(Fault.DROP_AFTER)
    assert isinstance(email.publish(http, mail.account, request), Unsure)
    found = email.find(http, mail.account, request, KEYS.created_at)
    assert found == CannotTell("A mail cannot be looked up: look among what “liste@exemple.fr” has received.")


@pytest.mark.parametrize("heard", [0, 1, 2, 3])
def test_a_line_that_breaks_before_the_text_has_left_is_tried_again(
    mail: FarEnd, http: httpx.Client, heard: int
) -> None:
    with talking([b"220 hello", b"250 hello", b"250 sender", b"250 recipient"][:heard]) as where:
        end = with_options(without_password(mail), server=where)
        assert isinstance(email.publish(http, end.account, prepared(mail, http)), Retry)


def test_a_line_that_breaks_within_the_text_leaves_a_doubt(mail: FarEnd, http: httpx.Client) -> None:
    with talking([b"220 hello", b"250 hello", b"250 sender", b"250 recipient", b"354 go"]) as where:
        end = with_options(without_password(mail), server=where)
        assert isinstance(email.publish(http, end.account, prepared(mail, http)), Unsure)


def test_a_server_with_another_way_to_sign_in_needs_a_person(mail: FarEnd, http: httpx.Client) -> None:
    with talking([b"220 hello", b"250-hello\r\n250 AUTH GSSAPI"]) as where:
        end = with_options(mail, server=where)
        told = email.publish(http, end.account, prepared(mail, http))
    assert told == AuthLost(SIGN_IN)


@pytest.mark.parametrize("banner", [b"", b"HTTP/1.1 400 Bad Request", b"554 no", b"421 later", b"\xff\xfe"])
def test_what_is_no_mail_server_gets_no_mail(mail: FarEnd, http: httpx.Client, banner: bytes) -> None:
    with talking([banner]) as where:
        end = with_options(mail, server=where)
        assert isinstance(email.publish(http, end.account, prepared(mail, http)), Retry)


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"server": "smtp://exemple.fr"}, "`server`"),
        ({"server": "exemple.fr:0"}, "`server`"),
        ({"server": "exemple.fr:99999"}, "`server`"),
        ({"server": "exemple .fr"}, "`server`"),
        ({"security": "ssl"}, "`security`"),
        ({"user": ""}, "`user`"),
        ({"server": "smtp.exemple.fr", "security": "none"}, "unsecured"),
        ({"from": "veille"}, "`from`"),
        ({"from": "vèille@exemple.fr"}, "`from`"),
        ({"to": "a@exemple.fr, b@exemple.fr"}, "`to`"),
        ({"to": "Liste <liste@exemple.fr>"}, "`to`"),
        ({"to": "liste@exemple.fr\r\nRCPT TO:<x@y.fr>"}, "`to`"),
    ],
)
def test_settings_that_cannot_be_are_named(
    mail: FarEnd, http: httpx.Client, options: dict[str, str], word: str
) -> None:
    told = email.prepare(http, with_options(mail, **options).account, DRAFT, KEYS)
    assert isinstance(told, AuthLost)
    assert word in told.why


def test_a_password_that_cannot_be_written_is_said_and_not_shown(mail: FarEnd, http: httpx.Client) -> None:
    account = replace(mail.account, secrets={"password": Secret("pass-é-word")})
    told = email.publish(http, account, prepared(mail, http))
    assert isinstance(told, AuthLost)
    assert "pass-é-word" not in told.why
