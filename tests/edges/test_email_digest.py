"""A digest: several posts as one mail, over a real SMTP server: what is in it, and what is not."""

import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage

import httpx
import pytest

from relay.core.crosspost import Draft, Image, Keys
from relay.core.outcome import AuthLost, CannotTell, Sent
from relay.core.route import Slot
from relay.networks.abilities import Gathered
from relay.networks.email import network as email
from relay.networks.email.digest import LONGEST, MOST
from tests.edges.far_end import FarEnd
from tests.edges.test_email import KEYS, NAME, with_options
from tests.fakes.mailserver import Mailserver

LINK = "https://blog.example/2026/fracture?a=1&b=2"
TITLED = Draft(f"La « fracture »\n\nUne étude <b>.\n.\nSuite {LINK}", "fr", LINK, "La « fracture »", "Le chapô.")
OTHER = Draft("Des quartiers mieux reliés, dit la ville.", "fr", "https://blog.example/2", "Le tram avance")
BARE = Draft("Sans titre\net en deux lignes", "fr", "")
ENGLISH = Draft("A tram at last", "en", "https://blog.example/3", "The tram")


@pytest.fixture
def end(mail: FarEnd) -> FarEnd:
    return with_options(mail, digest="17:00", name="La veille de la ville")


def gathered(end: FarEnd, *drafts: Draft, keys: Keys = KEYS) -> Gathered:
    found = email.gather(end.account, drafts, keys)
    assert isinstance(found, Gathered), found
    return found


def mime_of(found: Gathered) -> str:
    mail: str = json.loads(found.request.body)["mime"]
    return mail


def received(end: FarEnd, server: Mailserver, *drafts: Draft) -> EmailMessage:
    with httpx.Client() as http:
        assert email.publish(http, end.account, gathered(end, *drafts).request) == Sent(NAME)
    return server.mails[-1]


def page_of(mail: EmailMessage) -> str:
    part = mail.get_body(("html",))
    assert part is not None
    page: str = part.get_content().replace("\r\n", "\n")
    return page


def test_the_text_has_the_titles_first_then_each_post_in_its_words(end: FarEnd, mail_server: Mailserver) -> None:
    received(end, mail_server, TITLED, OTHER, BARE)
    rule = "-" * 40
    expected = (
        "3 nouvelles de La veille de la ville\n\nAu sommaire\n"
        "1. La « fracture »\n2. Le tram avance\n3. Sans titre et en deux lignes\n\n"
        f"{rule}\n\n1. La « fracture »\n\nUne étude <b>.\n.\nSuite {LINK}\n\n"
        f"{rule}\n\n2. Le tram avance\n\nDes quartiers mieux reliés, dit la ville.\n\n"
        f"{rule}\n\n3.\n\nSans titre\net en deux lignes"
    )
    assert mail_server.texts() == [expected]


def test_the_page_has_contents_that_lead_to_each_post(end: FarEnd, mail_server: Mailserver) -> None:
    page = page_of(received(end, mail_server, TITLED, OTHER, BARE))
    address = "https://blog.example/2026/fracture?a=1&amp;b=2"
    assert "<h1>3 nouvelles de La veille de la ville</h1>\n<p>Au sommaire</p>\n<ol>\n<li>" in page
    assert '<li><a href="#n1">La « fracture »</a></li>\n<li><a href="#n2">Le tram avance</a></li>' in page
    assert f'<h2 id="n1"><a href="{address}">1. La « fracture »</a></h2>\n<p>Une étude &lt;b&gt;.<br>' in page
    assert f'Suite <a href="{address}">{address}</a></p>' in page
    assert '<h2 id="n3">3.</h2>\n<p>Sans titre<br>\net en deux lignes</p>' in page


def test_a_digest_says_who_what_when_and_in_which_languages(end: FarEnd, mail_server: Mailserver) -> None:
    mail = received(end, mail_server, TITLED, ENGLISH)
    told = {name: str(mail[name]) for name in ("To", "Message-ID", "List-Id", "Auto-Submitted", "Content-Language")}
    assert told == {
        "To": "liste@exemple.fr",
        "Message-ID": NAME,
        "List-Id": "<lettre.exemple.fr>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "fr, en",
    }
    assert mail["Date"].datetime == KEYS.created_at
    assert '<div lang="en">\n<h2 id="n2">' in page_of(mail)


@pytest.mark.parametrize(
    ("options", "drafts", "subject"),
    [
        ({}, (TITLED, OTHER), "2 nouvelles de La veille de la ville"),
        ({"name": "Orléans Actualités"}, (TITLED, OTHER), "2 nouvelles d’Orléans Actualités"),
        ({"name": "Éducation"}, (TITLED, OTHER), "2 nouvelles d’Éducation"),
        ({"name": "The City"}, (ENGLISH, TITLED), "2 posts from The City"),
        ({"subject": "La lettre : {n} articles"}, (TITLED, OTHER), "La lettre : 2 articles"),
        ({"subject": "Lettre\r\nBcc: tous@exemple.fr"}, (TITLED,), "Lettre Bcc: tous@exemple.fr"),
        ({}, (TITLED,), "La « fracture »"),
        ({"subject": "é" * 500}, (TITLED, OTHER), "é" * 199 + "…"),
    ],
)
def test_a_digest_has_a_subject(
    end: FarEnd, mail_server: Mailserver, options: dict[str, str], drafts: tuple[Draft, ...], subject: str
) -> None:
    mail = received(with_options(end, **options), mail_server, *drafts)
    assert (mail["Subject"], mail["Bcc"]) == (subject, None)


def test_a_long_subject_is_folded_on_the_wire(end: FarEnd) -> None:
    mime = mime_of(gathered(with_options(end, subject="Les nouvelles de l’été " * 8), TITLED, OTHER))
    assert max(map(len, mime.split("\r\n"))) <= 78
    assert mime.isascii()


def test_without_a_name_its_address_stands_for_whose_it_is(mail: FarEnd, mail_server: Mailserver) -> None:
    mail = with_options(mail, digest="17:00")
    assert received(mail, mail_server, TITLED, OTHER)["Subject"] == "2 nouvelles de veille@exemple.fr"


def test_a_digest_of_one_has_no_contents(end: FarEnd, mail_server: Mailserver) -> None:
    mail = received(end, mail_server, TITLED)
    assert mail_server.texts() == [f"La « fracture »\n\nUne étude <b>.\n.\nSuite {LINK}"]
    assert not {"<ol>", "<hr>"} & set(page_of(mail).split("\n"))


def test_a_digest_of_one_without_a_title_is_its_words(end: FarEnd, mail_server: Mailserver) -> None:
    mail = received(end, mail_server, BARE)
    assert mail_server.texts() == [BARE.text]
    assert "<h2" not in page_of(mail)


def test_the_same_posts_and_keys_give_the_same_mail_and_others_another_name(end: FarEnd) -> None:
    assert gathered(end, TITLED, OTHER) == gathered(end, TITLED, OTHER)
    later = replace(KEYS, created_at=KEYS.created_at + timedelta(days=1))
    assert gathered(end, TITLED, keys=later).request.key != gathered(end, TITLED).request.key


@pytest.mark.parametrize("sign", ["a", "é", "漢", "<", "👩‍👩‍👧"])
def test_a_digest_takes_as_many_as_a_list_takes_and_one_in_any_case(end: FarEnd, sign: str) -> None:
    longest = sign * (email.LONGEST // len(sign.encode()))
    drafts = tuple(replace(OTHER, text=longest, title=f"Titre {number}") for number in range(9))
    found = gathered(end, *drafts)
    assert 1 <= found.count < 9
    assert found == replace(gathered(end, *drafts[: found.count]), count=found.count)
    assert found.count == 1 or len(mime_of(found)) <= LONGEST
    assert gathered(end, *drafts[: found.count + 1]).count == found.count


def test_short_posts_are_many_and_not_without_end(end: FarEnd) -> None:
    drafts = tuple(Draft("Oui.", "fr", "") for _ in range(3 * MOST))
    assert 50 < gathered(end, *drafts).count <= MOST


def test_settings_that_cannot_be_hold_the_account(end: FarEnd) -> None:
    found = email.gather(with_options(end, to="a@exemple.fr, b@exemple.fr").account, (TITLED,), KEYS)
    assert isinstance(found, AuthLost)


@pytest.mark.parametrize(
    ("written", "slot"),
    [
        ("17:00", Slot(frozenset(range(7)), time(17))),
        ("mon 08:00", Slot(frozenset({0}), time(8))),
        ("tue,fri 12:30", Slot(frozenset({1, 4}), time(12, 30))),
    ],
)
def test_its_moment_is_an_ability_of_the_account(end: FarEnd, written: str, slot: Slot) -> None:
    digest = email.abilities(with_options(end, digest=written).account).digest
    assert digest is not None
    assert digest.slot == slot


def test_without_a_moment_each_post_is_a_mail(mail: FarEnd) -> None:
    assert email.abilities(mail.account).digest is None


def test_who_looks_for_a_digest_is_told_that_the_answer_holds_for_all(end: FarEnd, http: httpx.Client) -> None:
    request = replace(gathered(end, TITLED, OTHER).request, body="")
    found = email.find(http, end.account, request, datetime(2026, 11, 24, tzinfo=UTC))
    assert isinstance(found, CannotTell)
    assert found.why.endswith("What you say of it holds for every post of this digest.")


def test_the_preview_shows_what_a_digest_has_of_a_post(end: FarEnd) -> None:
    image = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 9, 9)
    shown = email.SETTINGS.shows(with_options(end, attach="picture").account, replace(TITLED, image=image))
    assert (shown.heading, shown.text, shown.card, shown.picture) == ("La « fracture »", TITLED.text, None, None)


@pytest.mark.parametrize("drafts", [(TITLED,), (TITLED, OTHER)])
@pytest.mark.parametrize("address", ["https://liste.exemple.fr/u?l=1", f"https://liste.exemple.fr/{'u' * 300}"])
def test_a_reader_s_program_finds_the_way_out_of_the_list(
    end: FarEnd, mail_server: Mailserver, drafts: tuple[Draft, ...], address: str
) -> None:
    mail = received(with_options(end, unsubscribe=address), mail_server, *drafts)
    assert mail["List-Unsubscribe"] == f"<{address}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Message-ID"] == NAME


def test_without_a_way_out_none_is_said(end: FarEnd, mail_server: Mailserver) -> None:
    assert received(end, mail_server, TITLED)["List-Unsubscribe"] is None


@pytest.mark.parametrize(
    "wrong",
    ["http://liste.exemple.fr/", "https://liste.exemple.fr/\r\nBcc: a@b.fr", "https://a.fr/<b>", "https://é.fr"],
)
def test_a_way_out_that_is_none_holds_the_account(end: FarEnd, http: httpx.Client, wrong: str) -> None:
    account = with_options(end, unsubscribe=wrong).account
    assert isinstance(email.gather(account, (TITLED,), KEYS), AuthLost)
    assert isinstance(email.prepare(http, account, TITLED, KEYS), AuthLost)
