"""A real feed2toot posts, its files are imported, and none of it is posted again. Long form: ``python -m tests.importing``."""

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from tests.importing.trial import Plan, run
from tests.peers.adapter import Place
from tests.peers.table import missing
from tests.peers.tools.feed2toot import Feed2toot

NEWEST = """
import re, sys
from urllib.parse import urlencode
from urllib.request import Request, urlopen
feed, server, token = sys.argv[1:]
title = re.findall("<item><title>([^<]*)", urlopen(feed).read().decode())[0]
body = urlencode({"status": title}).encode()
urlopen(Request(server + "/api/v1/statuses", body, {"Authorization": "Bearer " + token})).read()
"""


class Poster:
    """A program that posts the newest entry, and keeps no files: enough where none are imported."""

    name = "feed2toot"

    def version(self) -> str | None:
        return "1"

    def prepare(self, place: Place) -> None:
        """It has no configuration."""

    def command(self, place: Place, _: datetime) -> Sequence[str]:
        return [sys.executable, "-S", "-c", NEWEST, place.feed, place.server, place.token]


@pytest.fixture
def feed2toot() -> Feed2toot:
    """The tool, where it is installed."""
    tool = Feed2toot()
    if tool.version() is None:
        pytest.skip(missing(tool))
    return tool


def test_what_feed2toot_has_posted_is_not_posted_again(feed2toot: Feed2toot, tmp_path: Path) -> None:
    result = run(feed2toot, Plan(before=3, after=1), tmp_path)

    assert (result.posted, result.twice, result.lost) == (3, 0, 0)
    assert result.published == result.entries == 7
    assert {*result.skipped} == {"Already posted by feed2toot."}


@pytest.mark.thorough
def test_the_trial_sees_when_nothing_is_remembered(tmp_path: Path) -> None:
    result = run(Poster(), Plan(before=1, after=0, forgets=True), tmp_path)

    assert not result.is_kept
    assert result.twice == result.posted == 1
