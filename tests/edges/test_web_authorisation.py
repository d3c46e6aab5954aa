"""Every address and every action, asked for by everybody: a route that is not in these tables fails."""

import secrets
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.routing import Route

from relay.core.account import Secret
from relay.core.crosspost import Part, Request, State
from relay.core.document import Picture
from relay.core.outcome import Sent
from relay.core.people import Role
from relay.core.pictures.candidate import Candidate, Standing
from relay.core.pictures.rendition import Rendition
from relay.core.programs.token import RANDOM, Scope
from relay.core.signing.ways import Provider, SignIn
from relay.pipeline.programs import tokens
from relay.pipeline.programs.tokens import Wish
from relay.storage import people, pictures
from relay.storage.journal import Actor
from relay.web.actions import ACTIONS
from relay.web.api.routes import routes as routes_of_programs
from relay.web.app import create
from relay.web.security import SAFE
from tests.edges.newsroom import NOON, Newsroom, open_newsroom

ANONYMOUS, DISABLED, PROGRAM = "anonymous", "disabled", "program"
MEMBERS = {"viewer", "writer", "editor", "director", "admin"}
EVERYBODY = MEMBERS | {ANONYMOUS, DISABLED, PROGRAM}
WRITERS = {"writer", "editor", "director"}
JUDGES = {"editor", "director"}

ROUTES = {
    ("GET", "/"): EVERYBODY,
    ("GET", "/c/{token}"): EVERYBODY,
    ("POST", "/c/{token}"): set(),
    ("POST", "/sign-out"): EVERYBODY,
    ("POST", "/sign-in/link"): EVERYBODY,
    ("POST", "/sign-in/password"): set(),
    ("POST", "/sign-in/passkey/begin"): EVERYBODY,
    ("POST", "/sign-in/passkey"): set(),
    ("GET", "/sign-in/provider"): set(),
    ("GET", "/sign-in/provider/back"): set(),
    ("GET", "/me"): MEMBERS,
    ("POST", "/me/passkeys/begin"): MEMBERS,
    ("POST", "/me/passkeys"): set(),
    ("POST", "/me/{word}"): MEMBERS,
    ("GET", "/members"): JUDGES | {"admin"},
    ("POST", "/members/{word}"): {"admin"},
    ("GET", "/stop"): MEMBERS,
    ("POST", "/stop"): JUDGES | {"admin"},
    ("POST", "/resume"): JUDGES | {"admin"},
    ("GET", "/audit.jsonl"): {"director", "admin"},
    ("GET", "/schedule"): MEMBERS,
    ("GET", "/schedule/month"): MEMBERS,
    ("GET", "/schedule/{id}"): MEMBERS,
    ("POST", "/schedule/{id}"): WRITERS,
    ("GET", "/accessibility"): EVERYBODY,
    ("GET", "/queue"): MEMBERS,
    ("GET", "/queue/look"): MEMBERS,
    ("POST", "/queue/judge"): JUDGES,
    ("GET", "/review"): MEMBERS,
    ("GET", "/review/counts"): MEMBERS,
    ("GET", "/review/{id}"): MEMBERS,
    ("GET", "/keys"): MEMBERS,
    ("POST", "/keys"): MEMBERS,
    ("POST", "/keys/switch"): MEMBERS,
    ("GET", "/manifest.webmanifest"): EVERYBODY,
    ("GET", "/sw.js"): EVERYBODY,
    ("GET", "/offline"): EVERYBODY,
    ("POST", "/review/{id}/alt"): WRITERS,
    ("POST", "/review/{id}/remark"): WRITERS | {"admin"},
    ("POST", "/review/{id}/remarks/{remark}/strike"): WRITERS | {"admin"},
    ("POST", "/review/{id}/picture"): WRITERS,
    ("POST", "/review/{id}/waive"): WRITERS,
    ("POST", "/review/{id}/{action}"): JUDGES,
    ("GET", "/pictures/{name}"): MEMBERS,
    ("GET", "/review/{id}/pictures/{place}"): WRITERS,
    ("POST", "/count"): MEMBERS,
    ("GET", "/sources"): MEMBERS,
    ("GET", "/sources/{source}"): MEMBERS,
    ("POST", "/sources/{source}/{remedy}"): JUDGES,
    ("GET", "/questions"): MEMBERS,
    ("POST", "/questions/{id}/{word}"): JUDGES,
    ("GET", "/handles"): MEMBERS,
    ("POST", "/handles"): JUDGES,
    ("GET", "/handles/{body}"): MEMBERS,
    ("POST", "/handles/{body}/{word}"): JUDGES,
    ("GET", "/accounts"): MEMBERS,
    ("GET", "/accounts/callback"): EVERYBODY,
    ("POST", "/accounts/callback"): {"admin"},
    ("POST", "/accounts/{account}/{word}"): {"admin"},
    ("GET", "/feeds/"): EVERYBODY,
    ("GET", "/feeds/{feed}"): EVERYBODY,
    ("GET", "/feeds/{name}.opml"): EVERYBODY,
    ("GET", "/feeds/{feed}/{path:path}"): EVERYBODY,
    ("GET", "/d/{token}"): set(),
    ("POST", "/d/{token}"): set(),
    ("GET", "/d/{token}/pictures/{name}"): set(),
    ("GET", "/notifications"): {"admin"},
    ("POST", "/notifications/{name}/test"): {"admin"},
    ("GET", "/tokens"): {"admin"},
    ("POST", "/tokens"): {"admin"},
    ("POST", "/tokens/{name}/end"): {"admin"},
    ("GET", "/health"): EVERYBODY,
    ("GET", "/metrics"): MEMBERS | {"program"},
    ("GET", "/static/{path:path}"): EVERYBODY,
}
"""Who may; by a way in, or a link in a letter, nobody gets in with what nobody has made."""
DOORS = {"/c/{token}", "/d/{token}", "/d/{token}/pictures/{name}"} | {
    path for _, path in ROUTES if path.startswith("/sign-in/")
}
"""What they refuse they refuse to everybody alike."""

HUBS = {("GET", "/websub/{token}"), ("POST", "/websub/{token}"), ("POST", "/hub")}
"""Not for people: who may, and what, stands in test_websub_callback.py and test_web_hub*.py."""
STREAMS = {("GET", "/live")}
"""They do not end: who may, and for how long, stands in test_web_live.py."""
PROGRAMS = {(method, route.path) for route in routes_of_programs() for method in (route.methods or set()) - {"HEAD"}}
"""Not for people: who may, and what, stands in test_api_tokens.py."""

ACTS: dict[str, tuple[State, set[str]]] = {
    "approve": (State.WAITING, JUDGES),
    "override": (State.WAITING, {"director"}),
    "edit": (State.WAITING, WRITERS),
    "changes": (State.WAITING, JUDGES),
    "hold": (State.WAITING, JUDGES),
    "reject": (State.WAITING, JUDGES),
    "resubmit": (State.CHANGES, WRITERS),
    "recall": (State.SCHEDULED, WRITERS),
    "resume": (State.HELD, JUDGES),
    "reopen": (State.REJECTED, {"director"}),
    "confirm": (State.UNCONFIRMED, JUDGES),
    "give_up": (State.UNCONFIRMED, JUDGES),
    "correct": (State.SENT, WRITERS),
    "withdraw": (State.SENT, JUDGES),
    "dismiss": (State.EDIT_PROPOSED, JUDGES),
    "approve_withdrawal": (State.DELETE_PROPOSED, JUDGES),
    "keep": (State.DELETE_PROPOSED, JUDGES),
    "removed": (State.DELETE_PROPOSED, JUDGES),
}
"""Where a cross-post stands, and who may then do it; a writer recalls words of their own."""

FORM = {
    "act": "approve",
    "seen": "1:1",
    "revision": "1",
    "id": "1",
    "text": "Autres mots",
    "reason": "Parce que",
    "account": "masto",
    "alt": "Une place",
}
PART = Part(Request("key", "{}"), Sent("1", "https://social.exemple.fr/@veille/1"))
PICTURE = Rendition("0" * 32, "page", "image/jpeg", 8, 6, 3, b"abc")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    away = Provider("http://127.0.0.1:9", "relay", Secret("geheim"), "Annuaire")
    ways: dict[str, Any] = {"sign_in": SignIn(passwords=True, provider=away), "post_letter": lambda *_: None}
    folder = tmp_path_factory.mktemp("room")
    with open_newsroom(folder, public_url="http://localhost", **ways) as newsroom:
        (newsroom.office.feeds / "blog").mkdir(parents=True)
        (newsroom.office.feeds / "blog" / "atom.xml").write_bytes(b"<feed/>")
        (newsroom.office.feeds / "feeds.opml").write_bytes(b"<opml/>")
        with newsroom.office.db.write() as tx:
            pictures.put(tx, (PICTURE,), NOON)
            kept = Picture("https://anct.exemple.fr/1.jpg")
            pictures.add(tx, 1, (Candidate(1, kept, Standing.KEPT, digest=PICTURE.digest),))
        yield newsroom


def browser(room: Newsroom, principal: str) -> httpx.Client:
    if principal == ANONYMOUS:
        return room.visitor()
    if principal == PROGRAM:
        wish = Wish(f"program-{len(room.browsers)}", tuple(Scope))
        chance = secrets.token_bytes(RANDOM)
        token = tokens.add(room.office.db, room.office.desk, wish, Actor("ada", "test"), (chance, room.clock()))
        return room.visitor(Authorization=f"Bearer {token}")
    if principal != DISABLED:
        return room.editor(f"{principal}-{len(room.browsers)}", Role(principal))
    name = f"disabled-{len(room.browsers)}"
    before = room.editor(name, Role.DIRECTOR)
    with room.office.db.write() as tx:
        people.disable(tx, name)
    return before


def ask(room: Newsroom, principal: str, method: str, path: str) -> int:
    room.change(1, state=State.WAITING, revision=1, approvals=(), edited_by=None, parts=())
    form = {**FORM, "name": f"name-{len(room.browsers)}"} if method == "POST" else None
    query = {"state": "nobody-made-this"} if path == "/accounts/callback" else None
    return browser(room, principal).request(method, address(path), data=form, params=query).status_code


def address(path: str, link: str = "nobody-made-this") -> str:
    file = "style.css" if path.startswith("/static") else "atom.xml"
    known = (
        path.replace("/me/{word}", "/me/end-others")
        .replace("/members/{word}", "/members/add")
        .replace("{name}.opml", "feeds.opml")
        .replace("{path:path}", file)
        .replace("{feed}", "blog")
        .replace("{token}", link)
    )
    return (
        known.replace("{id}", "1")
        .replace("{remark}", "1")
        .replace("{action}", "approve")
        .replace("{body}/{word}", "anct/handle")
        .replace("{account}/{word}", "masto/disconnect")
        .replace("{body}", "anct")
        .replace("{name}", PICTURE.name)
        .replace("{word}", "yes")
        .replace("{source}", "anct")
        .replace("{remedy}", "back")
        .replace("{place}", "1")
    )


def listed(room: Newsroom) -> set[tuple[str, str]]:
    routes = [route for route in create(room.office).routes if isinstance(route, Route)]
    return {(method, route.path) for route in routes for method in (route.methods or set()) - {"HEAD"}}


def test_every_route_has_a_rule(room: Newsroom) -> None:
    assert listed(room) == set(ROUTES) | HUBS | STREAMS | PROGRAMS
    assert all(isinstance(route, Route) for route in create(room.office).routes)


def test_every_action_has_a_rule() -> None:
    assert {action.name for action in ACTIONS} == set(ACTS)


@pytest.mark.parametrize(
    ("route", "principal"),
    [pair for pair in product(sorted(ROUTES), sorted(EVERYBODY)) if pair[1] in ROUTES[pair[0]]],
    ids=str,
)
def test_who_may_is_let_in(room: Newsroom, route: tuple[str, str], principal: str) -> None:
    assert ask(room, principal, *route) not in {401, 403, 404, 405, 500}


@pytest.mark.parametrize(
    ("route", "principal"),
    [pair for pair in product(sorted(ROUTES), sorted(EVERYBODY)) if pair[1] not in ROUTES[pair[0]]],
    ids=str,
)
def test_who_may_not_is_kept_out(room: Newsroom, route: tuple[str, str], principal: str) -> None:
    expected = 403 if principal in MEMBERS or route[1] in DOORS else 401
    assert ask(room, principal, *route) == expected


def act(room: Newsroom, action: str, principal: str, **headers: str) -> int:
    state = ACTS[action][0]
    parts = (PART,) if state in {State.SENT, State.EDIT_PROPOSED, State.DELETE_PROPOSED} else ()
    own = f"writer-{len(room.browsers)}" if principal == "writer" else None
    room.change(1, state=state, revision=1, approvals=(), edited_by=own, parts=parts)
    return browser(room, principal).post(f"/review/1/{action}", data=FORM, headers=headers).status_code


@pytest.mark.parametrize(("action", "principal"), list(product(sorted(ACTS), sorted(EVERYBODY))))
def test_an_action_is_for_its_roles_alone(room: Newsroom, action: str, principal: str) -> None:
    refused = 403 if principal in MEMBERS else 401
    assert act(room, action, principal) == (303 if principal in ACTS[action][1] else refused)


@pytest.mark.parametrize(
    ("action", "principal"), list(product(sorted(ACTS), [ANONYMOUS, DISABLED, PROGRAM, "viewer", "admin"]))
)
def test_what_was_refused_has_not_happened(room: Newsroom, action: str, principal: str) -> None:
    act(room, action, principal)
    after = room.crosspost(1)
    assert (after.state, after.revision, after.approvals) == (ACTS[action][0], 1, ())


@pytest.mark.parametrize("route", sorted(route for route in ROUTES if route[0] not in SAFE), ids=str)
@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_no_form_is_taken_from_elsewhere(room: Newsroom, route: tuple[str, str], site: str) -> None:
    path = address(route[1], room.link("eve").removeprefix("/c/"))
    answer = room.editor("dora", Role.DIRECTOR).post(path, data=FORM, headers={"Sec-Fetch-Site": site})
    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)


@pytest.mark.parametrize("route", sorted(route for route in ROUTES if route[0] not in SAFE), ids=str)
def test_no_address_that_changes_anything_does_so_when_it_is_only_opened(
    room: Newsroom, route: tuple[str, str]
) -> None:
    room.change(1, state=State.WAITING, revision=1, approvals=(), parts=())
    room.editor("dora", Role.DIRECTOR).get(address(route[1]), params=FORM)
    assert room.crosspost(1).state is State.WAITING


@pytest.mark.parametrize("route", sorted(route for route in ROUTES if route[0] == "GET"), ids=str)
@pytest.mark.parametrize("principal", [ANONYMOUS, "director"])
def test_every_answer_is_of_a_policy_that_runs_no_script_of_others(
    room: Newsroom, route: tuple[str, str], principal: str
) -> None:
    headers = browser(room, principal).get(address(route[1])).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none';")
    assert ("unsafe" in policy, "base-uri 'none'" in policy) == (False, True)
    assert headers["x-content-type-options"] == "nosniff"


def test_the_folder_of_the_pages_is_not_a_route(tmp_path: Path) -> None:
    with open_newsroom(tmp_path) as room:
        assert room.visitor().get("/templates/review.html.j2").status_code == 404
