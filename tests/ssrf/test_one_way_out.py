import ast

import pytest

from tests.ssrf import exits


def test_every_call_that_leaves_is_in_the_table() -> None:
    assert exits.found() == exits.written()


def test_only_the_transport_makes_a_client() -> None:
    made = {name: exits.openers(tree) for name, tree in exits.modules().items() if exits.openers(tree)}
    assert made == {"relay.intake.wire.transport": ["httpx.Client"], "relay.cli.health": ["httpx.get"]}


def test_nothing_opens_connections_past_the_guard() -> None:
    assert {name: bad for name, tree in exits.modules().items() if (bad := exits.forbidden(tree))} == {}


@pytest.mark.parametrize(
    "code",
    [
        "def f(http): return http.get('https://exemple.fr')",
        "def f(wire: httpx.Client): return wire.post('https://exemple.fr')",
        "def f(self): return self.reader.http.stream('GET', 'https://exemple.fr')",
        "from relay.networks.wire.answers import ask\nask(1, 'GET', 'https://exemple.fr')",
        "from relay.intake.wire.page import get_page as page\npage(1, 'https://exemple.fr')",
        "from relay.intake.wire import follow\nfollow.get(1, 'https://exemple.fr', [])",
        "import httpx\nhttpx.get('https://exemple.fr')",
        "def f(way: Getting): return way.get('https://exemple.fr', [])",
        "def f(curl: pycurl.Curl): return curl.perform()",
        "def f(self): self._curl.add_handle(handle)",
        "def f(exchanges: Exchanges): exchanges.start(1, 'https://exemple.fr', [])",
    ],
)
def test_a_new_call_would_be_seen(code: str) -> None:
    assert exits.calls(ast.parse(code)) == 1


def test_a_look_into_a_mapping_is_no_call() -> None:
    assert exits.calls(ast.parse("def f(headers: dict[str, str]): return headers.get('etag')")) == 0


@pytest.mark.parametrize(
    "code",
    [
        "import urllib.request",
        "from urllib.request import urlopen",
        "from urllib import request",
        "import http.client",
        "from websockets.sync.client import connect",
        "import asyncio\nasyncio.open_connection('exemple.fr', 80)",
        "import requests",
        "from httpx import Client",
    ],
)
def test_another_way_out_would_be_seen(code: str) -> None:
    assert exits.forbidden(ast.parse(code))
