"""Who tries doors: what opening an address does, what is taken from elsewhere, and how much work a try is."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from socket import create_connection
from threading import Event
from typing import Any, NoReturn, cast

import argon2
import httpx
import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from relay.core.account import Secret
from relay.core.people import Role
from relay.core.signing.waiting import MANY
from relay.core.signing.ways import Provider, SignIn
from relay.storage import hashing, people
from relay.web import security
from relay.web.security import SAFE, Guarded
from relay.web.signing import discovery
from tests.edges.newsroom import Newsroom, open_newsroom
from tests.edges.test_web_authorisation import PROGRAM, PROGRAMS, address, browser, listed
from tests.fakes.oidc import CLIENT, SECRET, providing
from tests.fakes.wire import Call, Reply, Wire, listening
from tests.headers.asking import addresses, ask
from tests.slow.serving import NAME, PASSWORD, Change, newsroom, serving
from tests.slow.state import Watched

MIB = 1024
"""As Argon2 counts memory."""
COSTS = "$argon2id$v=19$m=65536,t=3,p=4"
FOREIGN: tuple[dict[str, str], ...] = (
    {},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://ailleurs.example"},
    {"Origin": "null"},
    {"Referer": "https://ailleurs.example/"},
)
"""What a request of another site says of where it comes from, or one that says nothing."""
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
FORM = {"revision": "1", "act": "approve", "reason": "r"}
Try = tuple[str, str, dict[str, str]]
"""By which method, where, and what it says of where it comes from."""
WRITTEN = {"/sign-in/provider": {"ceremonies"}, "/audit.jsonl": {"audit"}}
"""What opening an address writes: the way to a provider, bounded and over in five minutes; who has taken the audit."""
QUERY = "?state=x&code=y&lang=en&act=approve&revision=1&reason=r&hub.mode=subscribe&hub.topic=x&name=n&email=e"
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with newsroom(tmp_path_factory.mktemp("room")) as found:
        yield found


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """One with every way in."""
    with providing() as provider:
        ways = SignIn(passwords=True, provider=Provider(provider.url, CLIENT, Secret(SECRET), "Annuaire"))
        more: dict[str, Any] = {"sign_in": ways, "post_letter": lambda *_: None}
        with open_newsroom(tmp_path_factory.mktemp("furnished"), public_url="http://localhost", **more) as found:
            yield found


def _tried(room: Newsroom, name: str, password: str) -> int:
    return room.visitor().post("/sign-in/password", data={"name": name, "password": password}).status_code


def _asked(room: Newsroom) -> list[tuple[httpx.Client, str]]:
    """Everybody opens; one who may do most also asks as programs do before they open."""
    director, admin = (room.editor(f"{role}-{len(room.browsers)}", role) for role in (Role.DIRECTOR, Role.ADMIN))
    opening = [(one, "GET") for one in (room.visitor(), browser(room, PROGRAM), director, admin)]
    return [*opening, (director, "HEAD"), (admin, "OPTIONS")]


def changing(room: Newsroom, asked: list[tuple[httpx.Client, str]], paths: list[str]) -> dict[str, set[str]]:
    """Which addresses change anything when they are opened, and in which tables."""
    found: dict[str, set[str]] = {}
    watched = Watched(room)
    for path in paths:
        for visitor, method in asked:
            if method == "GET" or not path.startswith("/audit.jsonl"):  # whose line is written behind a HEAD's answer
                ask(visitor, method, path)
        if changed := watched.changed():
            found.setdefault(path.partition("?")[0], set()).update(changed)
    return found


def test_no_address_changes_anything_when_it_is_opened(furnished: Newsroom) -> None:
    asked = _asked(furnished)
    furnished.clock.now += 2 * HOUR
    paths = [path if "?" in path else path + QUERY for path in addresses(furnished) if path != "/live"]
    assert changing(furnished, asked, paths) == WRITTEN


def test_an_address_that_changes_something_is_found(furnished: Newsroom) -> None:
    def end(_: Request) -> Response:
        with furnished.office.db.write() as tx:
            people.disable(tx, "nobody") or people.add(tx, "somebody", Role.VIEWER, furnished.clock())
        return Response()

    def planted(app: Starlette) -> Starlette:
        app.add_route("/end", end)
        return app

    with serving(furnished, change=planted) as served, httpx.Client(trust_env=False) as visitor:
        path = f"http://127.0.0.1:{served.port}/end"
        assert changing(furnished, [(visitor, "GET")], [path]) == {path: {"users"}}


def taken(room: Newsroom, tried: list[Try], change: Change = lambda app: app) -> list[Try]:
    """The requests that are not refused by 403, though they come from elsewhere with a director's session."""
    cookie = room.editor("dora", Role.DIRECTOR).cookies["relay"]
    with serving(room, change=change) as served, httpx.Client(trust_env=False) as client:
        url = f"http://127.0.0.1:{served.port}"
        return [
            (method, path, foreign)
            for method, path, foreign in tried
            if client.request(
                method, url + address(path), data=FORM, headers={"Cookie": f"relay={cookie}", **foreign}
            ).status_code
            != 403
        ]


def _from_elsewhere(room: Newsroom) -> list[Try]:
    """Every page's address by every unsafe method; what takes a form, from everywhere."""
    pages = {(method, path) for method, path in listed(room) if not path.startswith((security.HUB, *security.PROGRAMS))}
    forms = [(method, path, foreign) for method, path in pages for foreign in FOREIGN if method not in SAFE]
    return [*forms, *((method, path, {}) for _, path in pages for method in UNSAFE)]


def test_no_request_of_another_site_is_taken(room: Newsroom) -> None:
    tried = _from_elsewhere(room)
    assert (len(tried) > 400, taken(room, tried)) == (True, [])


def test_what_is_taken_of_another_site_is_found(room: Newsroom) -> None:
    def open_(app: Starlette) -> Starlette:
        app.user_middleware = [one for one in app.user_middleware if cast("object", one.cls) is not Guarded]
        return app

    tried: list[Try] = [("POST", "/keys", foreign) for foreign in FOREIGN]
    assert taken(room, tried, open_) == tried


def test_no_program_is_let_in_by_a_cookie(room: Newsroom) -> None:
    cookie = room.editor("dora", Role.DIRECTOR).cookies["relay"]
    visitor = room.visitor(Cookie=f"relay={cookie}")
    unsafe = [
        (method, address(path))
        for method, path in sorted(PROGRAMS)
        if method not in SAFE and path != "/api/{path:path}"
    ]
    assert {visitor.request(method, path).status_code for method, path in unsafe} == {401}


def test_a_password_is_kept_at_the_cost_of_46_mebibytes_at_least() -> None:
    for kept in (hashing.kept(PASSWORD), hashing._NOBODYS):
        found = argon2.extract_parameters(kept)
        assert (found.type, found.memory_cost >= 46 * MIB, found.time_cost) == (argon2.Type.ID, True, 3)


class Counting(PasswordHasher):
    """Writes down what it is compared with, and how many are at work at once; nothing matches."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.at_once = self.most = 0
        self.pause = 0.0

    def verify(self, hash: str | bytes, password: str | bytes) -> NoReturn:  # noqa: A002, ARG002  # as the library has it
        self.at_once += 1
        self.seen.append(str(hash))
        self.most = max(self.most, self.at_once)
        Event().wait(self.pause)
        self.at_once -= 1
        raise VerifyMismatchError

    def costs(self) -> list[str]:
        return [one.rpartition("$")[0].rpartition("$")[0] for one in self.seen]


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Counting:
    """What stands in for the work."""
    counting = Counting()
    monkeypatch.setattr(hashing, "_hasher", lambda: counting)
    return counting


@pytest.mark.parametrize("name", [NAME, "camille@blog.example", "nobody", "zoe", "gone", ""])
@pytest.mark.parametrize("password", ["wrong", "", "x" * 5000])
def test_every_try_is_the_same_work(room: Newsroom, work: Counting, name: str, password: str) -> None:
    with room.office.db.write() as tx:
        people.add(tx, "zoe", Role.EDITOR, room.clock())
        people.add(tx, "gone", Role.EDITOR, room.clock())
        people.disable(tx, "gone")
    room.clock.now += 2 * HOUR
    assert _tried(room, name, password) == 403
    assert work.costs() == [COSTS]


def test_a_try_that_counts_for_nothing_is_the_same_work(room: Newsroom, work: Counting) -> None:
    room.clock.now += 2 * HOUR
    for name in (NAME, "camille@blog.example") * (MANY // 2):
        _tried(room, name, "wrong")
    room.clock.now += timedelta(seconds=3)
    assert _tried(room, NAME, PASSWORD) == 403
    assert (work.costs(), work.seen[-1]) == ([COSTS] * (MANY + 1), hashing._NOBODYS)
    assert hashing._NOBODYS not in work.seen[:-1]


def test_no_more_than_two_are_worked_on_at_once(room: Newsroom, work: Counting) -> None:
    work.pause = 0.2
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda number: _tried(room, f"nobody {number}", "wrong"), range(20)))
    assert work.most == 2


def _answered_beside_a_provider_that_does_not(folder: Path, patience: float) -> int:
    """The status of the first page, while more visitors than there are threads wait for their provider."""
    held = Event()

    def silent(_: Call) -> Reply:
        held.wait(20)
        return Reply(200, b"{}")

    with listening(Wire(silent, publishes="never")) as far, ExitStack() as stack:
        ways = SignIn(provider=Provider(far.url, CLIENT, Secret(SECRET), "Annuaire"))
        other = stack.enter_context(open_newsroom(folder, sign_in=ways))
        stack.callback(held.set)
        here = httpx.URL(other.url)
        for _ in range(45):
            visitor = stack.enter_context(create_connection((here.host, here.port or 0)))
            visitor.sendall(b"GET /sign-in/provider HTTP/1.1\r\nHost: relay\r\n\r\n")
        Event().wait(0.5)
        return httpx.get(other.url, trust_env=False, timeout=patience).status_code


def test_a_provider_that_does_not_answer_holds_up_no_page(tmp_path: Path) -> None:
    assert _answered_beside_a_provider_that_does_not(tmp_path, 5) == 200


def test_a_line_that_takes_every_thread_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "LINE", 1000)
    with pytest.raises(httpx.ReadTimeout):
        _answered_beside_a_provider_that_does_not(tmp_path, 1)
