"""The table of docs/serving.md is true: where it says yes a server keeps the rule, where it says no it does not."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.wire.rules import RULES
from tests.wire.servers import caddy, nginx
from tests.wire.site import Site, daemon

SERVERS = {"daemon": daemon, "nginx": nginx, "caddy": caddy}
PAGE = (Path(__file__).parents[2] / "docs" / "serving.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (H\d+ ?\w*|[A-Z]\w+ ?\w*) \| (.+) \| (yes|no) \| (yes|no) \| (yes|no) \|$", re.MULTILINE)
SAID = {name: (words, dict(zip(SERVERS, marks, strict=True))) for name, words, *marks in ROW.findall(PAGE)}


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Site]]:
    with SERVERS[request.param](tmp_path_factory.mktemp(request.param)) as site:
        site.publish(2)
        yield request.param, site


@pytest.mark.parametrize("name", RULES)
def test_the_table_is_true(server: tuple[str, Site], name: str) -> None:
    kind, site = server
    rule = RULES[name][1]
    if SAID[name][1][kind] == "yes":
        rule(site)
    else:
        with pytest.raises((AssertionError, KeyError)):
            rule(site)


def test_the_table_has_every_rule_in_its_words() -> None:
    assert {name: words for name, (words, _) in SAID.items()} == {name: words for name, (words, _) in RULES.items()}


def test_the_daemon_keeps_them_all() -> None:
    assert [name for name, (_, marks) in SAID.items() if marks["daemon"] != "yes"] == []
