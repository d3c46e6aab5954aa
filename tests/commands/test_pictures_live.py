"""The daemon as a process: news go out with their picture, which the daemon itself serves."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from tests.commands.test_daemon import demo

PATIENCE = 40.0
"""Seconds; the demo asks its sources every five."""


def items(client: httpx.Client, public: str) -> list[dict[str, Any]]:
    answer = client.get(f"{public}/feeds/blog/feed.json")
    found: list[dict[str, Any]] = json.loads(answer.content)["items"] if answer.is_success else []
    return found


def test_news_are_published_with_their_picture_and_never_without_it(tmp_path: Path) -> None:
    with demo("--keep", str(tmp_path)) as (_, address), httpx.Client() as client:
        public = address.partition("/c/")[0]
        source = next(
            line.partition('"')[2].rpartition("/")[0]
            for line in (tmp_path / "relay.toml").read_text().splitlines()
            if line.startswith("url ") and "agence" in line
        )
        before = {one["id"] for one in wait_for(lambda: several(items(client, public)))}
        client.post(f"{source}/publish")
        news = wait_for(lambda: [one for one in items(client, public) if one["id"] not in before])[0]
        picture = client.get(news["image"])

    assert news["image"].startswith(f"{public}/feeds/blog/pictures/")
    assert picture.status_code == 200
    assert picture.headers["content-type"] in {"image/png", "image/jpeg"}
    assert "immutable" in picture.headers["cache-control"]
    assert len(picture.content) == news["attachments"][0]["size_in_bytes"]


def several(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of both sources, or none yet."""
    return found if len(found) >= 10 else []


def wait_for(look: Callable[[], list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """What there is as soon as there is something."""
    end = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)
    return found
