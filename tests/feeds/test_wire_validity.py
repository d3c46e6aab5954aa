"""What the validator would say of our documents as relay serves them; every rule is also shown to find its fault."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from relay.publish import atom, rss
from relay.publish.write import write
from tests.edges.newsroom import Newsroom, open_newsroom
from tests.feeds.editions import blog
from tests.feeds.wire_rules import WIRE_RULES, wire_findings

DOCUMENT = atom.render(blog())[0].body
SOUND = {"content-type": "application/atom+xml; charset=utf-8", "content-encoding": "identity"}
FAULTS = [
    ("UnexpectedContentType", {"content-type": "application/rss+xml"}),
    ("UnexpectedContentType", {"content-type": "text/html"}),
    ("NonSpecificMediaType", {"content-type": "application/xml"}),
    ("TextXml", {"content-type": "text/xml"}),
    ("EncodingMismatch", {"content-type": "application/atom+xml; charset=iso-8859-1"}),
    ("Uncompressed", {"content-encoding": ""}),
    ("TempRedirect", {}),
]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path) as newsroom:
        write(newsroom.office.feeds / "blog", [*atom.render(blog()), *rss.render(blog())])
        yield newsroom


@pytest.mark.parametrize("path", ["atom.xml", "rss.xml", ""])
def test_what_relay_serves_earns_no_finding(room: Newsroom, path: str) -> None:
    answer = room.visitor(accept="*/*").get(f"/feeds/blog/{path}", follow_redirects=True)
    assert answer.status_code == 200
    assert wire_findings(answer) == []


def test_the_address_without_its_slash_leads_on_for_good(room: Newsroom) -> None:
    assert wire_findings(room.visitor(accept="*/*").get("/feeds/blog", follow_redirects=True)) == []


@pytest.mark.parametrize(("finding", "changed"), FAULTS)
def test_the_rules_find_a_fault(finding: str, changed: dict[str, str]) -> None:
    headers = {name: value for name, value in (SOUND | changed).items() if value}
    answer = httpx.Response(200, headers=headers, content=DOCUMENT)
    answer.history = [httpx.Response(302)] if finding == "TempRedirect" else []
    assert finding in wire_findings(answer)


def test_a_sound_answer_earns_none() -> None:
    assert wire_findings(httpx.Response(200, headers=SOUND, content=DOCUMENT)) == []


def test_every_rule_is_shown_to_find_what_it_is_for() -> None:
    assert {name for name, _ in FAULTS} == WIRE_RULES.keys()
