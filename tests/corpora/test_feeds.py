"""Feeds of fourteen other projects: what relay reads in them, and what feedparser does. None may cost two seconds."""

import re
from pathlib import Path

import pytest

from tests.corpora.corpus import printed, run, unexplained

FEEDS = (
    *("fastfeedparser", "feed-rs", "feedjira", "feeds-misc", "french", "french-press", "gofeed"),
    *("laminas-feed", "miniflux", "picofeed", "reader", "realworld", "rss-parser", "yarr"),
)
RELAY = "tests.corpora.neutral:neutral"


@pytest.fixture(scope="module")
def feedparser_reads() -> dict[str, int]:
    """How many cases of each corpus feedparser passes."""
    lines = printed("run_neutral.py", "base_feedparser:neutral", "--lenient")
    return {corpus: int(passed) for corpus, passed in re.findall(r"^([\w-]+): passed (\d+) of", lines, re.MULTILINE)}


@pytest.mark.parametrize("corpus", FEEDS)
def test_relay_reads_no_less_than_feedparser_and_every_difference_has_a_reason(
    corpus: str, feedparser_reads: dict[str, int], tmp_path: Path
) -> None:
    rows = run(tmp_path, "run_neutral.py", RELAY, "--lenient", "--corpora", corpus)
    assert unexplained(corpus, rows) == []
    assert sum(row["ok"] for row in rows) >= feedparser_reads[corpus]


@pytest.mark.parametrize(
    ("corpus", "runner", "target"),
    [
        ("feedvalidator", "run_robust.py", RELAY),
        ("encodings", "run_values.py", RELAY),
        ("dates", "run_values.py", "relay.intake.dates:parse"),
    ],
)
def test_every_case_is_read_or_has_a_reason(corpus: str, runner: str, target: str, tmp_path: Path) -> None:
    assert unexplained(corpus, run(tmp_path, runner, target, "--corpus", corpus)) == []


def test_no_document_made_to_hurt_does(tmp_path: Path) -> None:
    assert unexplained("hostile", run(tmp_path, "run_hostile.py", RELAY)) == []
