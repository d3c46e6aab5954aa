"""No address of relay's sends anybody on to a host that a stranger has written into it."""

import re
from collections.abc import Iterator
from itertools import product
from urllib.parse import urlsplit

import pytest
from starlette.routing import Route

from relay.core.people import Role
from relay.web.app import create
from tests.edges.newsroom import Newsroom, open_newsroom

ELSEWHERE = "evil.example"
WRITTEN = ("//evil.example", "https://evil.example/", "/%5Cevil.example", "%2F%2Fevil.example", "https:evil.example")
QUERIES = ("next", "url", "redirect_url", "return", "back", "to", "language")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path_factory.mktemp("room"), public_url="http://localhost") as newsroom:
        (newsroom.office.feeds / "blog").mkdir(parents=True)
        yield newsroom


def leads_away(location: str) -> bool:
    """As a browser reads it, which takes a backslash for a slash."""
    host = urlsplit(location.replace("\\", "/").strip()).hostname
    return bool(host) and ELSEWHERE in str(host)


def addresses(room: Newsroom) -> list[str]:
    paths = [one.path for one in create(room.office).routes if isinstance(one, Route) and "GET" in (one.methods or ())]
    quiet = [path for path in paths if "live" not in path and "events" not in path]
    filled = [re.sub(r"{[^}]+}", written, path) for path, written in product(quiet, WRITTEN) if "{" in path]
    asked = [f"{re.sub(r'{[^}]+}', '1', path)}?{query}=//{ELSEWHERE}" for path, query in product(quiet, QUERIES)]
    return [*(f"/{written}" for written in WRITTEN), *filled, *asked]


@pytest.mark.parametrize("is_member", [False, True])
def test_no_address_of_ours_leads_to_a_host_that_a_stranger_names(room: Newsroom, *, is_member: bool) -> None:
    client = room.editor("camille", Role.ADMIN) if is_member else room.visitor()
    told = {path: client.get(path, follow_redirects=False).headers.get("location", "") for path in addresses(room)}
    assert [path for path, location in told.items() if leads_away(location)] == []
    assert len(told) > 150


@pytest.mark.parametrize(
    "location", ["//evil.example", "https://evil.example/x", "/\\evil.example", "\\\\evil.example"]
)
def test_a_way_out_is_known_as_one(location: str) -> None:
    assert leads_away(location)
