"""What a program reads of cross-posts, and what it may do to them, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from relay.core.crosspost import State
from relay.core.programs.token import Scope
from relay.storage import entries
from tests.edges.newsroom import Newsroom, open_newsroom
from tests.edges.programs import program, refused
from tests.feeds import editions


@pytest.fixture
def room(tmp_path: Path, database_address: str) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path, database=database_address) as newsroom:
        yield newsroom


@pytest.fixture
def client(room: Newsroom) -> httpx.Client:
    return program(room, name="intranet")


def walked(client: httpx.Client, **asked: str | int) -> list[int]:
    """Every page, one after the other."""
    found: list[int] = []
    while True:
        page = client.get("/queue", params={"limit": 3, **asked}).raise_for_status().json()
        found += [one["id"] for one in page["items"]]
        if page["next"] is None:
            return found
        asked["after"] = page["next"]


def test_the_queue_is_walked_page_by_page_each_cross_post_once(room: Newsroom, client: httpx.Client) -> None:
    assert walked(client) == list(range(1, 11))
    assert walked(client, account="bsky") == [id for id in range(1, 11) if room.crosspost(id).account == "bsky"]


def test_what_comes_meanwhile_is_on_a_later_page_and_nothing_is_there_twice(
    room: Newsroom, client: httpx.Client
) -> None:
    first = client.get("/queue", params={"limit": 4}).json()
    room.publish_entry(editions.post(4, id="tag:new", slug="new", more_url="https://anct.exemple.fr/new"))
    room.change(1, 2, state=State.REJECTED)
    after = walked(client, after=first["next"])
    assert [one["id"] for one in first["items"]] + after == list(range(1, 13))


def test_states_sources_and_words_narrow_the_queue(room: Newsroom, client: httpx.Client) -> None:
    room.change(2, state=State.HELD)
    room.change(3, state=State.CHANGES)
    assert walked(client, state="held,changes") == [2, 3]
    assert walked(client, source="anct") == list(range(1, 11))
    assert walked(client, source="cget") == []
    title = client.get("/crossposts/5").json()["title"]
    word = max(title.split(), key=len)
    assert 5 in walked(client, q=word.upper())
    assert walked(client, q="rienquecela") == []


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"colour": "red"}, "parameter"),
        ({"state": "nowhere"}, "parameter_value"),
        ({"limit": "0"}, "parameter_value"),
        ({"limit": "201"}, "parameter_value"),
        ({"after": "x"}, "parameter_value"),
        ({"q": " "}, "parameter_value"),
        ({"state": ["held", "waiting"]}, "parameter"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_by_the_name_of_what_is_wrong(
    client: httpx.Client, asked: dict[str, str], code: str
) -> None:
    answer = client.get("/queue", params=asked)
    assert refused(answer) == (400, code)
    assert next(iter(asked)) in answer.json()["detail"]


def test_a_cross_post_is_told_as_a_person_sees_it(room: Newsroom, client: httpx.Client) -> None:
    masto = next(id for id in range(1, 9) if room.crosspost(id).account == "masto")
    told = client.get(f"/crossposts/{masto}").json()
    assert (told["state"], told["revision"], told["network"], told["steps"]) == ("waiting", 1, "mastodon", 1)
    assert told["text"] == room.crosspost(masto).draft.text
    assert told["posts"][0]["counts"] == [
        {"unit": "graphemes", "used": told["posts"][0]["counts"][0]["used"], "max": 500}
    ]
    assert told["history"][0]["what"] == "new entry"
    assert told["leaves"] is not None


def test_what_has_not_changed_is_not_sent_again(room: Newsroom, client: httpx.Client) -> None:
    tag = client.get("/crossposts/1").headers["etag"]
    again = client.get("/crossposts/1", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    room.change(1, note="otherwise")
    assert client.get("/crossposts/1", headers={"If-None-Match": tag}).status_code == 200


def test_new_words_wait_for_a_person_under_the_name_of_the_token(room: Newsroom, client: httpx.Client) -> None:
    tag = client.get("/crossposts/1").headers["etag"]
    answer = client.patch("/crossposts/1", json={"text": "Mes mots"}, headers={"If-Match": tag})
    assert (answer.status_code, answer.json()["text"], answer.json()["revision"]) == (200, "Mes mots", 2)
    after, line = room.crosspost(1), room.history(1)[-1]
    assert (after.state, after.edited_by, after.approvals) == (State.WAITING, "token intranet", ())
    assert (line.who, line.means, line.what) == ("token intranet", "API", "edited")
    assert answer.headers["etag"] != tag


@pytest.mark.parametrize(
    ("headers", "said", "expected"),
    [
        ({}, {"revision": 2}, (409, "stale")),
        ({"If-Match": '"other"'}, {}, (412, "stale")),
        ({"If-Match": "*"}, {}, (412, "stale")),
        ({}, {}, (428, "which_revision")),
        ({}, {"revision": 1, "colour": "red"}, (422, "field")),
        ({}, {"revision": "1"}, (422, "value")),
        ({}, {"revision": 1, "text": None}, (422, "value")),
        ({}, {"revision": 1, "text": " \n"}, (409, "refused")),
        ({}, {"revision": 1, "text": "x" * 20_001}, (409, "refused")),
        ({"Content-Type": "text/plain"}, {"revision": 1}, (415, "media_type")),
    ],
)
def test_words_that_cannot_be_taken_change_nothing(
    room: Newsroom, client: httpx.Client, headers: dict[str, str], said: dict[str, object], expected: tuple[int, str]
) -> None:
    before = room.crosspost(1)
    assert refused(client.patch("/crossposts/1", json={"text": "Mes mots", **said}, headers=headers)) == expected
    assert room.crosspost(1) == before


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b'{"text": "\\ud800"}', b"[" * 5000, b"\xff"])
def test_a_body_that_is_none_is_refused_in_a_sentence(client: httpx.Client, body: bytes) -> None:
    answer = client.patch("/crossposts/1", content=body, headers={"Content-Type": "application/json"})
    assert refused(answer)[0] in {400, 422, 428}


def test_a_body_that_is_too_large_is_refused(client: httpx.Client) -> None:
    assert refused(client.patch("/crossposts/1", json={"text": "x" * 300_000, "revision": 1})) == (413, "too_large")


def test_a_yes_that_was_given_is_void_after_a_program_has_written(room: Newsroom, client: httpx.Client) -> None:
    room.editor("camille").post("/review/1/approve", data={"revision": "1"})
    assert room.crosspost(1).state is State.APPROVED
    assert client.patch("/crossposts/1", json={"text": "Mes mots", "revision": 1}).status_code == 200
    assert (room.crosspost(1).state, room.crosspost(1).approvals, room.crosspost(1).keys) == (State.WAITING, (), None)


def test_what_editors_wanted_changed_is_put_before_them_again(room: Newsroom, client: httpx.Client) -> None:
    room.change(1, state=State.CHANGES)
    assert refused(client.post("/crossposts/1/resubmit", json={"revision": 7})) == (409, "stale")
    assert client.post("/crossposts/1/resubmit", json={"revision": 1}).json()["state"] == "waiting"
    assert refused(client.post("/crossposts/1/resubmit", json={"revision": 1})) == (409, "refused")


def test_a_time_is_chosen_and_given_back(room: Newsroom, client: httpx.Client) -> None:
    wanted = {"at": "2026-11-26T09:30:00+01:00", "revision": 1}
    told = client.put("/crossposts/1/when", json=wanted).json()
    assert (told["chosen"], told["revision"], told["state"]) == ("2026-11-26T08:30:00Z", 2, "waiting")
    assert refused(client.put("/crossposts/1/when", json=wanted)) == (409, "stale")
    assert refused(client.put("/crossposts/1/when", json={"at": "2020-01-01T00:00:00Z", "revision": 2})) == (
        409,
        "refused",
    )
    assert refused(client.put("/crossposts/1/when", json={"at": "soon", "revision": 2})) == (409, "refused")
    assert client.put("/crossposts/1/when", json={"at": None, "revision": 2}).json()["chosen"] is None
    assert room.crosspost(1).approvals == ()


def test_a_text_is_counted_as_the_account_s_network_counts(client: httpx.Client) -> None:
    told = client.post("/count", json={"account": "masto", "text": "é" * 501}).json()
    assert told["posts"][0]["counts"][0] == {"unit": "graphemes", "used": 501, "max": 500}
    assert told["fits"] is False
    assert refused(client.post("/count", json={"account": "nobody", "text": "a"})) == (404, "no_account")


def test_a_picture_is_described_where_there_is_one(room: Newsroom, client: httpx.Client) -> None:
    bare = room.publish_entry(
        editions.post(4, id="tag:new", slug="new", more_url="https://anct.exemple.fr/new", picture=None)
    )
    assert refused(client.put("/crossposts/11/alt", json={"alt": "Une place"})) == (409, "refused")
    assert client.put("/crossposts/1/alt", json={"alt": " Une  place "}).status_code == 200
    with room.office.db.read() as tx:
        found = entries.by_ids(tx, (room.crosspost(1).entry_id, bare))
    shown = [found[id].post.picture for id in sorted(found)]
    assert [picture and picture.alt for picture in shown] == ["Une place", None]
    assert room.nudged == ["publish"]


def test_a_program_stops_everything_and_cannot_lift_it(room: Newsroom, client: httpx.Client) -> None:
    assert refused(client.post("/stop", json={"reason": " "})) == (409, "refused")
    assert client.post("/stop", json={"reason": "Une erreur"}).status_code == 201
    assert client.get("/status").json()["stop"] == {
        "who": "token intranet",
        "at": "2026-11-24T11:00:00Z",
        "why": "Une erreur",
    }
    assert refused(client.post("/stop", json={"reason": "Encore"})) == (409, "refused")


def test_what_is_around_the_queue_is_read(room: Newsroom) -> None:
    client = program(room, Scope.READ)
    assert [one["id"] for one in client.get("/sources").json()["items"]] == ["anct"]
    assert client.get("/sources/anct").json()["answer"] == "never asked"
    assert refused(client.get("/sources/cget")) == (404, "no_source")
    assert client.get("/feeds").json()["items"][0]["formats"] == ["atom", "rss", "json", "html"]
    first = client.get("/handles", params={"limit": 1}).json()
    second = client.get("/handles", params={"limit": 1, "after": first["next"]}).json()
    assert [one["items"][0]["name"] for one in (first, second)] == ["ANCT", "ANRU"]
    assert second["next"] is None
    assert client.get("/questions").json() == {"items": []}
    assert client.get("/status").json()["queue"]["waiting"] == 10
