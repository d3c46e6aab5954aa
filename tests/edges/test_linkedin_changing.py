"""Posts of LinkedIn that are edited and deleted, that mention Pages, and that not everybody sees."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relay.core.account import Secret
from relay.core.crosspost import Draft, Image, Keys, Request
from relay.core.outcome import AuthLost, Gone, Outcome, Refused, Removal, Retry, Sent, Unsure
from relay.networks.linkedin import media as linkedin_media
from relay.networks.linkedin import network as linkedin
from relay.networks.linkedin.changing import delete, edit
from relay.networks.linkedin.text import Organization, escaped, plain
from tests.edges.conftest import FarEnd
from tests.fakes.linkedin import LinkedIn, seen
from tests.fakes.wire import Fault

KEYS = Keys(datetime(2026, 11, 24, 8, 0, tzinfo=UTC), 1)
LINK = "https://blog.example/2026/etude"
IMAGE = Image("https://blog.example/pictures/a.jpg", "image/jpeg", 1600, 900, "Une place")
DRAFT = Draft(f"Une étude (du CGET) #SMCL\n{LINK}", "fr", LINK, "L’étude", "Elle compte.", IMAGE)
BETTER = replace(DRAFT, text=f"Une étude (de l’ANCT) #SMCL\n{LINK}")
PICTURE = b"\xff\xd8\xff\xe0 a picture"
FAULTS = [fault for fault in Fault if fault not in {Fault.NONE, Fault.CUT_SHORT}]
"""A success is 204, whose answer has no body that could be cut short."""
ANCT = "Agence nationale de la cohésion des territoires (ANCT)"


@pytest.fixture(params=["linkedin_page", "linkedin_member"])
def end(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> FarEnd:
    monkeypatch.setattr(linkedin_media, "LOOK", 0.01)
    monkeypatch.setattr(linkedin_media, "UNSEEN", 0.01)
    found: FarEnd = request.getfixturevalue(request.param)
    return found


def wanting(end: FarEnd, **options: str) -> FarEnd:
    return replace(end, account=replace(end.account, options={**end.account.options, **options}))


def prepared(end: FarEnd, http: httpx.Client, draft: Draft = DRAFT) -> Request:
    request = linkedin.prepare(http, end.account, draft, KEYS, PICTURE)
    assert isinstance(request, Request), request
    return request


def published(end: FarEnd, http: httpx.Client, draft: Draft = DRAFT) -> tuple[Request, Sent]:
    request = prepared(end, http, draft)
    sent = linkedin.publish(http, end.account, request)
    assert isinstance(sent, Sent), sent
    return request, sent


def edited(end: FarEnd, http: httpx.Client, draft: Draft = BETTER) -> tuple[Outcome, Sent]:
    before, sent = published(end, http)
    return edit(http, end.account, sent, before, prepared(end, http, draft)), sent


def test_what_an_account_can_do(end: FarEnd) -> None:
    able = linkedin.abilities(end.account)
    assert (able.edit, able.delete, able.threads, able.warns) == (edit, delete, False, False)


@pytest.mark.shows("edit")
def test_an_edit_changes_the_words_and_leaves_the_card(
    end: FarEnd, http: httpx.Client, linkedin_server: LinkedIn
) -> None:
    before, sent = published(end, http)
    card = linkedin_server.posts[0].content
    after = prepared(end, http, BETTER)
    told = [edit(http, end.account, sent, before, after) for _ in range(2)]
    assert told == [sent, sent]
    assert [(post.urn, post.text, post.content) for post in linkedin_server.posts] == [(sent.id, BETTER.text, card)]


def test_an_edit_that_changes_nothing_asks_nothing(end: FarEnd, http: httpx.Client) -> None:
    before, sent = published(end, http)
    again = prepared(end, http)
    end.wire.calls.clear()
    assert edit(http, end.account, sent, before, again) == sent
    assert end.wire.calls == []


@pytest.mark.parametrize(
    "other", [replace(DRAFT, title="Une étude"), replace(DRAFT, description="Elle ne compte pas.")]
)
def test_what_stands_beneath_the_words_cannot_be_changed_alone(
    end: FarEnd, http: httpx.Client, linkedin_server: LinkedIn, other: Draft
) -> None:
    told, _ = edited(end, http, other)
    assert told == Refused(
        "LinkedIn changes the words of a post alone, not what stands beneath them: delete it, and send it anew."
    )
    assert linkedin_server.texts() == [DRAFT.text]


@pytest.mark.parametrize("attach", ["card", "picture"])
def test_a_picture_cannot_be_changed_and_is_not_called_changed(end: FarEnd, http: httpx.Client, attach: str) -> None:
    shown = wanting(end, attach=attach)
    before, sent = published(shown, http)
    for picture in (b"\xff\xd8\xff\xe0 another", None):
        after = linkedin.prepare(http, shown.account, DRAFT, KEYS, picture)
        assert isinstance(after, Request)
        assert isinstance(edit(http, shown.account, sent, before, after), Refused)


@pytest.mark.parametrize("fault", FAULTS)
def test_an_edit_whose_answer_is_lost_is_a_doubt_that_a_repeat_ends(
    end: FarEnd, http: httpx.Client, linkedin_server: LinkedIn, fault: Fault
) -> None:
    before, sent = published(end, http)
    after = prepared(end, http, BETTER)
    end.wire.faults.append(fault)
    assert isinstance(edit(http, end.account, sent, before, after), Unsure)
    end.wire.settle()
    assert edit(http, end.account, sent, before, after) == sent
    assert linkedin_server.texts() == [BETTER.text]


def test_a_post_that_is_gone_is_not_edited_into_being(
    end: FarEnd, http: httpx.Client, linkedin_server: LinkedIn
) -> None:
    before, sent = published(end, http)
    delete(http, end.account, sent, before)
    told = edit(http, end.account, sent, before, prepared(end, http, BETTER))
    assert told == Refused("LinkedIn no longer has this post: there is nothing to edit.")
    assert linkedin_server.texts() == []


@pytest.mark.shows("delete")
def test_what_is_deleted_is_gone_however_often(end: FarEnd, http: httpx.Client, linkedin_server: LinkedIn) -> None:
    request, sent = published(end, http)
    assert [delete(http, end.account, sent, request) for _ in range(3)] == [Gone()] * 3
    assert linkedin_server.texts() == []


def test_what_linkedin_does_not_know_is_gone(end: FarEnd, http: httpx.Client) -> None:
    request, sent = published(end, http)
    with httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(404, json={"message": "No"}))) as odd:
        assert delete(odd, end.account, sent, request) == Gone()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_deletion_whose_answer_is_lost_is_a_doubt_that_a_repeat_ends(
    end: FarEnd, http: httpx.Client, linkedin_server: LinkedIn, fault: Fault
) -> None:
    request, sent = published(end, http)
    end.wire.faults.append(fault)
    assert isinstance(delete(http, end.account, sent, request), Unsure)
    end.wire.settle()
    assert delete(http, end.account, sent, request) == Gone()
    assert linkedin_server.texts() == []


@pytest.mark.parametrize(
    ("status", "message", "outcome"),
    [
        (400, "ShareCommentary text length is more than allowed", Refused),
        (403, "Not enough permissions to access: partnerApiPostsExternal.UPDATE", Refused),
        (429, "Resource level throttle limit", Retry),
        (500, "Internal Server Error", Unsure),
    ],
)
def test_a_no_is_told_in_linkedin_s_words(
    end: FarEnd, http: httpx.Client, linkedin_server: LinkedIn, status: int, message: str, outcome: type
) -> None:
    before, sent = published(end, http)
    after = prepared(end, http, BETTER)
    linkedin_server.refuses = (status, {"message": message})
    for told in (edit(http, end.account, sent, before, after), delete(http, end.account, sent, before)):
        assert (type(told), getattr(told, "why", "")) == (outcome, f"LinkedIn answered {status}: {message}")


def test_whoever_is_locked_out_changes_nothing(end: FarEnd, http: httpx.Client, linkedin_server: LinkedIn) -> None:
    before, sent = published(end, http)
    after = prepared(end, http, BETTER)
    unfit = replace(end.account, secrets={"token": Secret("a b")})
    told: list[Outcome | Removal] = []
    for account in (end.locked_out(), end.elsewhere(), unfit):
        told += [edit(http, account, sent, before, after), delete(http, account, sent, before)]
    assert [type(one) for one in told] == [AuthLost, AuthLost, Retry, Retry, AuthLost, AuthLost]
    assert linkedin_server.texts() == [DRAFT.text]
    assert end.account.secrets["token"].value not in repr(told)


@pytest.mark.shows("mention")
def test_a_page_is_mentioned_by_its_number_and_its_name(
    linkedin_page: FarEnd, http: httpx.Client, linkedin_server: LinkedIn
) -> None:
    linkedin_server.organizations["anct-gouv"] = (2_414_183, ANCT)
    published(linkedin_page, http, Draft("Merci à l’@anct-gouv et à @CGET_gouv (ici) #SMCL", "fr", ""))
    [post] = linkedin_server.posts
    assert (
        "@[Agence nationale de la cohésion des territoires \\(ANCT\\)](urn:li:organization:2414183)" in post.commentary
    )
    assert post.text == f"Merci à l’{ANCT} et à @CGET_gouv (ici) #SMCL"


def test_each_page_is_asked_for_once(linkedin_page: FarEnd, http: httpx.Client, linkedin_server: LinkedIn) -> None:
    linkedin_server.organizations["anct"] = (1, ANCT)
    prepared(linkedin_page, http, Draft("@anct, encore @anct, mais pas @anct@social.example", "fr", ""))
    assert [call.path for call in linkedin_page.wire.calls] == ["/rest/organizations?q=vanityName&vanityName=anct"]


@pytest.mark.shows("mention", lacks=True)
def test_a_token_that_may_not_look_mentions_nobody(
    linkedin_member: FarEnd, http: httpx.Client, linkedin_server: LinkedIn
) -> None:
    linkedin_server.organizations["anct"] = (1, ANCT)
    published(linkedin_member, http, Draft("Merci @anct", "fr", ""))
    assert linkedin_server.texts() == ["Merci @anct"]


@pytest.mark.parametrize(("room", "shown"), [(len(ANCT), ANCT), (len(ANCT) - 1, "@anct")])
def test_a_name_that_makes_a_text_too_long_is_no_mention(
    linkedin_page: FarEnd, http: httpx.Client, linkedin_server: LinkedIn, room: int, shown: str
) -> None:
    linkedin_server.organizations["anct"] = (1, ANCT)
    words = "é" * (linkedin.LONGEST - room - 1)
    published(linkedin_page, http, Draft(f"{words} @anct", "fr", ""))
    assert linkedin_server.texts() == [f"{words} {shown}"]


def test_a_post_with_a_mention_is_found_again(
    linkedin_page: FarEnd, http: httpx.Client, linkedin_server: LinkedIn
) -> None:
    linkedin_server.organizations["anct"] = (1, ANCT)
    request, sent = published(linkedin_page, http, Draft("Merci @anct", "fr", ""))
    assert linkedin.find(http, linkedin_page.account, request, KEYS.created_at) == sent


@pytest.mark.parametrize("body", [[], {}, {"elements": [7]}, {"elements": [{"id": "1", "localizedName": "A"}]}])
def test_what_is_no_page_is_mentioned_by_nobody(linkedin_page: FarEnd, body: Any) -> None:
    with httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, json=body))) as odd:
        request = prepared(linkedin_page, odd, Draft("Merci @anct", "fr", ""))
    assert json.loads(request.body)["commentary"] == "Merci \\@anct"


def test_a_lookup_that_cannot_be_made_is_made_later(linkedin_page: FarEnd, http: httpx.Client) -> None:
    told = linkedin.prepare(http, linkedin_page.elsewhere(), Draft("Merci @anct", "fr", ""), KEYS)
    assert isinstance(told, Retry)


@given(st.text(st.sampled_from("aé #@_~*()[]{}<>|\\«»0"), min_size=1, max_size=30))
def test_readers_see_every_sign_of_every_name(name: str) -> None:
    written = escaped("Merci @anct (ici)", {"@anct": Organization("urn:li:organization:1", name)})
    assert seen(written) == plain(written) == f"Merci {name} (ici)"


def test_a_member_may_show_posts_to_connections_alone(
    linkedin_member: FarEnd, http: httpx.Client, linkedin_server: LinkedIn
) -> None:
    published(wanting(linkedin_member, visibility="connections"), http)
    published(wanting(linkedin_member, visibility="public"), http, BETTER)
    assert [post.visibility for post in linkedin_server.posts] == ["CONNECTIONS", "PUBLIC"]


@pytest.mark.parametrize(
    ("name", "word", "why"),
    [
        (
            "linkedin_page",
            "connections",
            "LinkedIn shows a Page's posts to everybody: set `visibility` to public, or leave it out.",
        ),
        (
            "linkedin_member",
            "PUBLIC",
            "LinkedIn has no visibility “PUBLIC”: set `visibility` to public or connections.",
        ),
    ],
)
def test_a_visibility_that_cannot_be_is_told(
    request: pytest.FixtureRequest, http: httpx.Client, name: str, word: str, why: str
) -> None:
    end = wanting(request.getfixturevalue(name), visibility=word)
    assert linkedin.prepare(http, end.account, DRAFT, KEYS) == AuthLost(why)
    assert end.wire.calls == []
