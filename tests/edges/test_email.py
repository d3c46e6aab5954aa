"""A mail a post, over a real SMTP server: what is in it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage

import httpx
import pytest

from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import Outcome, Sent
from relay.networks.email import network as email
from tests.edges.far_end import FarEnd
from tests.fakes.mailserver import Mailserver

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 0x0123_4567_89AB_CDEF)
LINK = "https://blog.example/2026/fracture?a=1&b=2"
IMAGE = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 1600, 900, 'Une place, le jour du "marché"')
DRAFT = Draft(f"R&D <b> 👩‍👩‍👧\n.\n\nSuite #SMCL {LINK}", "fr", LINK, "La « fracture »", "Une étude.", IMAGE)
NAME = "<20261124T080000.0123456789abcdef@exemple.fr>"
PICTURE = b"\xff\xd8\xff\xe0 a picture\r\n.\r\n"


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    """A mail asks nothing over HTTP."""

    def no(asked: httpx.Request) -> httpx.Response:
        raise AssertionError(asked.url)

    with httpx.Client(transport=httpx.MockTransport(no)) as client:
        yield client


def prepared(end: FarEnd, http: httpx.Client, draft: Draft = DRAFT, picture: bytes | None = None) -> Request:
    request = email.prepare(http, end.account, draft, KEYS, picture)
    assert isinstance(request, Request), request
    return request


def published(end: FarEnd, http: httpx.Client) -> Outcome:
    return email.publish(http, end.account, prepared(end, http))


def with_options(end: FarEnd, **options: str) -> FarEnd:
    return replace(end, account=replace(end.account, options={**end.account.options, **options}))


def without_password(end: FarEnd) -> FarEnd:
    kept = {key: value for key, value in end.account.options.items() if key != "user"}
    return replace(end, account=replace(end.account, options=kept, secrets={}))


@pytest.mark.shows("language")
def test_a_mail_says_who_what_when_and_in_which_language(
    mail: FarEnd, http: httpx.Client, mail_server: Mailserver
) -> None:
    assert published(with_options(mail, name="Veille, « ville »"), http) == Sent(NAME)
    [sent] = mail_server.mails
    told = {name: str(sent[name]) for name in ("To", "Subject", "Message-ID", "List-Id", "Content-Language")}
    assert told == {
        "To": "liste@exemple.fr",
        "Subject": "La « fracture »",
        "Message-ID": NAME,
        "List-Id": "<lettre.exemple.fr>",
        "Content-Language": "fr",
    }
    [sender] = sent["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("Veille, « ville »", "veille@exemple.fr")
    assert sent["Date"].datetime == KEYS.created_at
    assert mail_server.envelopes == [("veille@exemple.fr", "liste@exemple.fr")]


def test_the_text_is_the_approved_one_with_a_dot_alone_on_its_line(
    mail: FarEnd, http: httpx.Client, mail_server: Mailserver
) -> None:
    published(mail, http)
    assert mail_server.texts() == [DRAFT.text]


@pytest.mark.shows("card")
def test_the_page_has_the_same_words_with_links_and_the_card(
    mail: FarEnd, http: httpx.Client, mail_server: Mailserver
) -> None:
    published(mail, http)
    address = "https://blog.example/2026/fracture?a=1&amp;b=2"
    page = _page(mail_server.mails[0])
    assert '<html lang="fr">' in page
    assert f'<p>R&amp;D &lt;b&gt; 👩‍👩‍👧<br>\n.</p>\n<p>Suite #SMCL <a href="{address}">{address}</a></p>' in page
    assert f'<p><a href="{address}"><strong>La « fracture »</strong></a><br>Une étude.</p>' in page


@pytest.mark.shows("picture")
def test_a_picture_travels_in_the_mail_with_its_words(
    mail: FarEnd, http: httpx.Client, mail_server: Mailserver
) -> None:
    end = with_options(mail, attach="picture")
    email.publish(http, end.account, prepared(end, http, picture=PICTURE))
    [sent] = mail_server.mails
    [image] = [part for part in sent.walk() if part.get_content_maintype() == "image"]
    name = str(image["Content-ID"]).strip("<>")
    assert (image.get_content(), image.get_content_disposition()) == (PICTURE, "inline")
    assert f'<img src="cid:{name}" alt="Une place, le jour du &quot;marché&quot;"' in _page(sent)
    assert "<strong>" not in _page(sent)
    assert mail_server.texts() == [DRAFT.text]


def test_the_same_keys_give_the_same_mail_byte_for_byte_with_its_picture(mail: FarEnd, http: httpx.Client) -> None:
    end = with_options(mail, attach="picture")
    assert prepared(end, http, picture=PICTURE) == prepared(end, http, picture=PICTURE)


@pytest.mark.parametrize(
    ("title", "text", "subject"),
    [
        ("Deux\r\nBcc: tous@exemple.fr", "x", "Deux Bcc: tous@exemple.fr"),
        ("", "Sans titre\nsuite", "Sans titre suite"),
        ("é" * 500, "x", "é" * 199 + "…"),
    ],
)
def test_a_subject_is_one_line(
    mail: FarEnd, http: httpx.Client, mail_server: Mailserver, title: str, text: str, subject: str
) -> None:
    email.publish(http, mail.account, prepared(mail, http, replace(DRAFT, title=title, text=text)))
    [sent] = mail_server.mails
    assert (sent["Subject"], sent["Bcc"]) == (subject, None)


def test_a_domain_is_written_in_the_letters_of_dns(mail: FarEnd, http: httpx.Client, mail_server: Mailserver) -> None:
    published(with_options(mail, to="liste@été.example"), http)
    assert mail_server.envelopes == [("veille@exemple.fr", "liste@xn--t-9fab.example")]


def test_a_server_that_asks_for_no_password_needs_none(
    mail: FarEnd, http: httpx.Client, mail_server: Mailserver
) -> None:
    assert published(without_password(mail), http) == Sent(NAME)
    assert mail_server.users == []


def _page(mail: EmailMessage) -> str:
    part = mail.get_body(("html",))
    assert part is not None
    page: str = part.get_content().replace("\r\n", "\n")
    return page
