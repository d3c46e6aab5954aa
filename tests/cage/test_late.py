"""A source that takes its time, on the way or while it is read, keeps nobody from being asked when it is due."""

from dataclasses import replace
from pathlib import Path
from threading import Event

import httpx
import pytest

from relay.core.document import ParsedFeed
from relay.core.polling.pollstate import PollState
from relay.core.source import Source
from relay.intake.parse import parse
from relay.intake.parsing import DIRECT
from relay.pipeline import poll
from relay.pipeline.poll import poll_due
from relay.pipeline.polling.asking import Polled
from relay.pipeline.reading.reader import Reader
from relay.storage import sources
from relay.storage.database import Database
from tests.pipeline.world import NOON, Agency, World, desk


@pytest.fixture
def town(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Two sources, each on a host of its own."""
    monkeypatch.setattr(poll, "AGAIN", 0.05)
    usual = desk()
    quick = Source("quick", "https://quick.example/rss", "Source : Quick")
    return World(db, tmp_path / "feeds", replace(usual, sources={**usual.sources, "quick": quick}), Agency())


def test_who_becomes_due_is_asked_while_another_document_is_still_read(town: World) -> None:
    asked, released = list[str](), Event()

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return httpx.Response(200, content=town.agency.feed())

    def slowly(body: bytes, url: str, content_type: str | None) -> ParsedFeed:
        if url.startswith("https://agence.example/"):
            assert released.wait(20)
        return parse(body, url, content_type)

    def brought(polled: list[Polled]) -> None:
        """The quick one is due again at once, three times; then the slow document has an end."""
        if [one.source_id for one in polled] != ["quick"]:
            return
        if asked.count("quick.example") == 3:
            released.set()
            return
        with town.db.write() as tx:
            sources.save(tx, "quick", replace(sources.state(tx, "quick"), due=NOON), None)

    with httpx.Client(transport=httpx.MockTransport(answer)) as http:
        reader = Reader.over(http, replace(DIRECT, feed=slowly))
        polled = poll_due(town.db, reader, town.desk, None, NOON, brought)  # type: ignore[arg-type]

    assert asked.count("agence.example") == 1
    assert asked.count("quick.example") == 3
    assert sorted(one.source_id for one in polled) == ["cget", "quick", "quick", "quick"]


def test_a_source_that_a_person_wants_asked_is_asked_once(town: World) -> None:
    """And nobody else with it, however long that takes."""
    with town.db.write() as tx:
        sources.save(tx, "quick", PollState(due=NOON), None)
    released = Event()

    def slowly(body: bytes, url: str, content_type: str | None) -> ParsedFeed:
        released.wait(0.3)
        return parse(body, url, content_type)

    with httpx.Client(transport=httpx.MockTransport(town.agency.answer)) as http:
        reader = Reader.over(http, replace(DIRECT, feed=slowly))
        polled = poll_due(town.db, reader, town.desk, ["cget"], NOON)
    assert [one.source_id for one in polled] == ["cget"]
    assert len(town.agency.requests) == 1
