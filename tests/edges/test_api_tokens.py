"""Who is let in to the API, and with what: tokens alone, each for what it was made for."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path

import httpx
import pytest

from relay.core.crosspost import State
from relay.core.people import Role
from relay.core.programs.token import Scope, minted
from relay.pipeline.programs import tokens
from relay.storage import tokens as rows
from relay.web.api.budget import MOST
from relay.web.api.operations import OPERATIONS
from relay.web.api.writing import PERSONS
from tests.edges.newsroom import Newsroom, open_newsroom
from tests.edges.programs import ADMIN, ROOT, bearing, program, refused, token

PATHS = {"{id}": "1", "{source}": "anct", "{action}": "approve"}
BODIES: dict[str, dict[str, object]] = {
    "edit": {"text": "Autres mots", "revision": 1},
    "resubmit": {"revision": 1},
    "plan": {"at": "2026-11-26T09:30:00+01:00", "revision": 1},
    "describe": {"alt": "Une place"},
    "count": {"account": "masto", "text": "a"},
    "stop": {"reason": "Une erreur"},
}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        yield newsroom


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """For what changes nothing that others look at."""
    with open_newsroom(tmp_path_factory.mktemp("shared")) as newsroom:
        yield newsroom


def address(path: str) -> str:
    for name, value in PATHS.items():
        path = path.replace(name, value)
    return path


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_nobody_is_let_in_without_a_token_or_with_a_cookie_alone(shared: Newsroom, operation: object) -> None:
    one = next(own for own in OPERATIONS if own is operation)
    director = shared.editor("dora", Role.DIRECTOR)
    for client in (shared.visitor(), director):
        answer = client.request(one.method, f"{ROOT}{address(one.path)}", json=BODIES.get(one.name))
        assert refused(answer) == (401, "no_token")
        assert answer.headers["www-authenticate"] == 'Bearer realm="relay"'
    assert (shared.crosspost(2).state, shared.crosspost(2).revision) == (State.WAITING, 1)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "Basic abc",
        "Bearer",
        "Bearer x",
        "Bearer relay_",
        f"Bearer {minted(b'x' * 32)}",
        f"Bearer {minted(b'y' * 32)}0",
    ],
)
def test_a_token_that_nobody_made_opens_nothing(shared: Newsroom, written: str) -> None:
    answer = shared.visitor(Authorization=written).get(f"{ROOT}/status")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer ")


def test_a_token_of_before_opens_nothing_once_it_is_ended_or_too_old(room: Newsroom) -> None:
    old = bearing(room, token(room, until=room.clock() + timedelta(days=1)))
    gone = bearing(room, token(room, name="gone"))
    assert [one.get("/token").status_code for one in (old, gone)] == [200, 200]
    room.clock.now += timedelta(days=1)
    tokens.end(room.office.db, "gone", ADMIN, room.clock())
    assert [refused(one.get("/token")) for one in (old, gone)] == [(401, "bad_token")] * 2


@pytest.mark.parametrize(
    ("operation", "scope"), list(product(OPERATIONS, Scope)), ids=lambda one: getattr(one, "name", one)
)
def test_a_token_opens_its_scopes_and_no_other(shared: Newsroom, operation: object, scope: Scope) -> None:
    one = next(own for own in OPERATIONS if own is operation)
    answer = program(shared, scope).request(one.method, address(one.path), json=BODIES.get(one.name))
    if one.scope in {None, scope}:
        assert answer.status_code not in {401, 500}
        assert answer.status_code != 403 or answer.json()["code"] != "scope"
        return
    assert refused(answer) == (403, "scope")
    assert f'scope="{one.scope}"' in answer.headers["www-authenticate"]


@pytest.mark.parametrize("action", PERSONS)
def test_no_token_judges_whatever_it_opens(shared: Newsroom, action: str) -> None:
    before = shared.crosspost(1)
    answer = program(shared).post(f"/crossposts/1/{action}", json={"revision": 1, "reason": "Parce que"})
    assert refused(answer) == (403, "never_approves")
    assert answer.json()["detail"].startswith("API tokens never approve")
    assert shared.crosspost(1) == before


def test_a_token_for_some_accounts_sees_and_touches_these_alone(room: Newsroom) -> None:
    client = program(room, Scope.READ, Scope.EDIT, accounts=("bsky",))
    assert {one["account"] for one in client.get("/queue").json()["items"]} == {"bsky"}
    assert [one["id"] for one in client.get("/accounts").json()["items"]] == ["bsky"]
    assert client.get("/queue", params={"account": "masto"}).json() == {"items": [], "next": None}
    assert client.get("/queue/counts").json()["waiting"] == 5
    masto = next(id for id in range(1, 9) if room.crosspost(id).account == "masto")
    assert refused(client.get(f"/crossposts/{masto}")) == (404, "no_crosspost")
    assert refused(client.patch(f"/crossposts/{masto}", json=BODIES["edit"])) == (404, "no_crosspost")
    assert refused(client.put(f"/crossposts/{masto}/alt", json=BODIES["describe"])) == (404, "no_crosspost")
    assert refused(client.post("/count", json=BODIES["count"])) == (404, "no_account")
    assert room.crosspost(masto).revision == 1


def test_a_program_that_runs_wild_is_told_when_to_come_again(room: Newsroom) -> None:
    client, other = program(room, Scope.READ), program(room, Scope.READ)
    assert {client.get("/token").status_code for _ in range(MOST)} == {200}
    answer = client.get("/token")
    assert (refused(answer), answer.headers["retry-after"]) == ((429, "too_many"), "60")
    assert other.get("/token").status_code == 200
    room.clock.now += timedelta(seconds=60)
    assert client.get("/token").status_code == 200


def test_it_is_known_when_a_token_was_last_used_and_only_its_digest_is_stored(room: Newsroom) -> None:
    made = token(room, name="intranet")
    with room.office.db.read() as tx:
        assert (before := rows.named(tx, "intranet")) is not None
        stored = str(tx.exec_driver_sql("SELECT * FROM tokens").all())
    assert (before.used_at, made in stored, made.removeprefix("relay_") in stored) == (None, False, False)
    bearing(room, made).get("/token")
    with room.office.db.read() as tx:
        assert (after := rows.named(tx, "intranet")) is not None
    assert after.used_at == room.clock()


def test_no_other_site_s_page_is_let_read_or_write(shared: Newsroom) -> None:
    client = program(shared)
    asked = client.options("/queue", headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "GET"})
    answer = client.get("/queue", headers={"Origin": "https://evil.example"})
    assert refused(asked)[0] == 405
    assert [name for one in (asked, answer) for name in one.headers if name.startswith("access-control-")] == []
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("DELETE", "/queue", 405),
        ("POST", "/crossposts/1", 405),
        ("GET", "/crossposts/x", 404),
    ],
)
def test_what_there_is_not_is_said_in_the_way_of_the_rest(
    shared: Newsroom, method: str, path: str, status: int
) -> None:
    answer = program(shared).request(method, path)
    assert refused(answer)[0] == status
    assert status != 405 or "GET" in answer.headers["allow"]


def test_an_error_is_said_in_french_where_that_is_wanted(shared: Newsroom) -> None:
    answer = httpx.get(f"{shared.url}{ROOT}/queue", headers={"Accept-Language": "fr-FR, en;q=0.5"}, trust_env=False)
    assert (answer.headers["content-language"], answer.json()["detail"][:18]) == ("fr", "Il faut un jeton\u00a0:")
