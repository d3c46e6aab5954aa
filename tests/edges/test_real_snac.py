"""A real server of Mastodon's API, of which it has a part: no keys, no deletions, and lists of one page."""

from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from relay.core.account import Account, Secret
from relay.core.crosspost import Draft, Keys, Request
from relay.core.outcome import CannotTell, NotThere, Refused, Sent
from relay.networks.abilities import Told
from relay.networks.mastodon import network as mastodon
from relay.networks.mastodon.finding import FULL
from tests.edges.fediverse import PHOTO, PICTURE
from tests.real.snac import Member, Snac

pytestmark = pytest.mark.snac

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1)
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
LINK = "https://blog.example/2026/la-fracture-numerique?a=1&b=2#suite"
DRAFT = Draft(f"« Fracture » : R&D, l’été *en fête* @cget@social.example #SMCL\n\n{LINK}", "fr", LINK)


@pytest.fixture
def account(snac_account: Member) -> Account:
    return Account("toots", "mastodon", {"instance": snac_account.instance}, {"token": Secret(snac_account.token)})


def sent(
    http: httpx.Client,
    account: Account,
    draft: Draft = DRAFT,
    after: tuple[Sent, ...] = (),
    picture: bytes | None = None,
) -> tuple[Request, Sent]:
    request = mastodon.prepare(http, account, draft, KEYS, picture, after)
    assert isinstance(request, Request), request
    outcome = mastodon.publish(http, account, request)
    assert isinstance(outcome, Sent), outcome
    return request, outcome


@pytest.mark.parametrize("text", [DRAFT.text, "Sans lien : 3 < 4 & 5 > 2", f"Une ligne\nune autre_ici_là {LINK}"])
def test_what_was_posted_is_found(http: httpx.Client, account: Account, text: str) -> None:
    draft = replace(DRAFT, text=text)
    request = mastodon.prepare(http, account, draft, KEYS)
    assert isinstance(request, Request)
    assert mastodon.find(http, account, request, SINCE) == NotThere()
    _, outcome = sent(http, account, draft)
    assert mastodon.find(http, account, request, SINCE) == outcome


def test_the_same_link_in_other_words_is_a_doubt(http: httpx.Client, account: Account) -> None:
    sent(http, account, replace(DRAFT, text=f"Autrement dit : {LINK}"))
    request = mastodon.prepare(http, account, DRAFT, KEYS)
    assert isinstance(request, Request)
    assert isinstance(mastodon.find(http, account, request, SINCE), CannotTell)


@pytest.mark.shows("picture")
def test_a_picture_goes_with_its_words(
    http: httpx.Client, account: Account, snac_account: Member, snac_server: Snac
) -> None:
    shown = replace(account, options={**account.options, "attach": "picture"})
    request, outcome = sent(http, shown, replace(DRAFT, image=PHOTO), picture=PICTURE)
    [status] = snac_server.statuses(snac_account)
    assert [one["description"] for one in status["media_attachments"]] == [PHOTO.alt]
    assert mastodon.find(http, shown, request, SINCE) == outcome


@pytest.mark.shows("thread")
def test_a_thread_is_one(http: httpx.Client, account: Account, snac_account: Member, snac_server: Snac) -> None:
    _, first = sent(http, account)
    request, second = sent(http, account, replace(DRAFT, text="Suite"), (first,))
    [answer] = [one for one in snac_server.statuses(snac_account) if one["id"] == second.id]
    assert answer["in_reply_to_id"] == first.id
    assert mastodon.find(http, account, request, SINCE) == second


def test_a_warning_stands_before_the_text(
    http: httpx.Client, account: Account, snac_account: Member, snac_server: Snac
) -> None:
    request, outcome = sent(http, account, replace(DRAFT, warning="Images difficiles"))
    [status] = snac_server.statuses(snac_account)
    assert (status["spoiler_text"], status["sensitive"]) == ("Images difficiles", True)
    assert mastodon.find(http, account, request, SINCE) == outcome


def test_it_says_what_it_is_and_how_long_a_text_may_be(http: httpx.Client, account: Account) -> None:
    ask = mastodon.abilities(account).ask_limits
    assert ask is not None
    told = ask(http, account)
    assert isinstance(told, Told)
    assert told.server.startswith("snac 2.")
    assert told.limits.text[0][0] == "code points"


@pytest.mark.shows("edit")
def test_an_edit_changes_the_words_and_a_repeat_nothing(
    http: httpx.Client, account: Account, snac_account: Member, snac_server: Snac
) -> None:
    before, outcome = sent(http, account)
    after = mastodon.prepare(http, account, replace(DRAFT, text="Corrigé"), KEYS)
    assert isinstance(after, Request)
    edit = mastodon.abilities(account).edit
    assert edit is not None
    assert [edit(http, account, outcome, before, after) for _ in range(2)] == [outcome] * 2
    [status] = snac_server.statuses(snac_account)
    assert "Corrigé" in status["content"]
    assert mastodon.find(http, account, before, SINCE) == NotThere()


@pytest.mark.shows("delete", lacks=True)
def test_that_it_deletes_nothing_is_said(
    http: httpx.Client, account: Account, snac_account: Member, snac_server: Snac
) -> None:
    request, outcome = sent(http, account)
    delete = mastodon.abilities(account).delete
    assert delete is not None
    assert isinstance(delete(http, account, outcome, request), Refused)
    assert len(snac_server.statuses(snac_account)) == 1


def test_too_many_posts_for_its_one_page_are_a_doubt(http: httpx.Client, account: Account) -> None:
    request = mastodon.prepare(http, account, DRAFT, KEYS)
    assert isinstance(request, Request)
    for number in range(FULL):
        sent(http, account, replace(DRAFT, text=f"Numéro {number}"))
    assert isinstance(mastodon.find(http, account, request, SINCE), CannotTell)
