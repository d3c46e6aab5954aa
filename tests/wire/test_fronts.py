"""``relay export nginx`` and ``caddy``: addresses and words with signs that mean something there."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from relay.cli import main
from relay.core.retired import Retired
from relay.publish import fronts
from tests.wire.servers import caddy, nginx
from tests.wire.site import FEED, HUB

CONFIGURATION = """\
version = 1
language = "en"
[feeds.blog]
title = "The town"
link = "https://blog.example/feeds/blog/"
from = []
formerly = "news"
[retired.letter]
message = "Gone."
"""


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("nginx", ["map $request_uri $relay_moved {", "^/feeds/news(", "'/feeds/blog/$relay_rest'", "<p>Gone.</p>"]),
        ("caddy", ["redir @news /feeds/blog/{re.news.1} 301", "<p>Gone.</p>", "` 410"]),
    ],
)
def test_the_command_writes_what_the_configuration_says(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], form: str, expected: list[str]
) -> None:
    file = tmp_path / "relay.toml"
    file.write_text(CONFIGURATION.replace("from = []\n", ""))
    assert main.run(["export", form, "--config", str(file)]) == 0
    written = capfdbinary.readouterr().out.decode()
    assert [words for words in expected if words not in written] == []
    assert 'rel="self"' in written


def test_nothing_in_a_farewell_can_end_its_text() -> None:
    said = Retired("old", "fr", None, None, "it's ${x} \\' `{y}` \"z\"\n; } <b>")
    nginx_page = re.findall(r"\$relay_farewell \{\n.*\n\s+\S+ '(.*)';\n\}", fronts.nginx([], [said], date(2026, 1, 1)))
    assert len(nginx_page) == 1
    assert not set(nginx_page[0]) & {"'", "$", "\\"}
    caddy_page = fronts.caddy([], [said], date(2026, 1, 1)).split("`")
    assert len(caddy_page) == 3
    assert not set(caddy_page[1]) & {"{", "}"}


def test_a_hub_of_strange_address_is_no_variable_of_nginx() -> None:
    strange = replace(FEED, hubs=("https://hub.example/?a=$uri'",))
    assert "%24uri%27" in fronts.nginx([strange], [], date(2026, 1, 1))
    assert HUB not in fronts.nginx([strange], [], date(2026, 1, 1))


@pytest.mark.parametrize("server", [nginx, caddy])
def test_a_reader_is_not_sent_to_another_site(tmp_path: Path, server: type) -> None:
    with server(tmp_path) as site:
        site.publish(2)
        for path in ("veille//evil.example/", "veille/%0d%0aSet-Cookie:%20a=b", "veille/..%2f..%2f"):
            answer = site.ask(path)
            assert answer.status_code in {301, 400, 404}
            assert "set-cookie" not in answer.headers
            assert answer.headers.get("location", "/feeds/blog/").startswith("/feeds/blog/")
