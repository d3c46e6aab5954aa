"""feedparser's own expectations, held against what relay reads."""

import json

import pytest

from tests.corpora.corpus import CORPORA, DIFFERENCES, Row, run, unexplained
from tests.corpora.expectations import names

NOT_KEPT = frozenset(DIFFERENCES["not_kept"])


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    return run(tmp_path_factory.mktemp("own"), "run_feedparser.py", "tests.corpora.feedparser_shape:raw")


@pytest.fixture(scope="module")
def expected() -> dict[str, str]:
    lines = (CORPORA / "feedparser" / "cases.jsonl").read_text("utf-8").splitlines()
    return {case["id"]: case["expect"] or "" for case in map(json.loads, lines)}


def test_what_relay_keeps_is_as_feedparser_expects_or_has_a_reason(rows: list[Row], expected: dict[str, str]) -> None:
    ours = [row for row in rows if row["ok"] or not names(expected[row["id"]]) & NOT_KEPT]
    assert unexplained("feedparser", ours) == []


def test_nine_in_ten_of_what_relay_keeps_is_as_feedparser_expects(rows: list[Row], expected: dict[str, str]) -> None:
    kept = [row for row in rows if not names(expected[row["id"]]) & NOT_KEPT]
    assert sum(row["ok"] for row in kept) >= 0.93 * len(kept)
    assert len(kept) > 0.75 * len(rows)


def test_what_relay_does_not_keep_is_listed_for_a_case(rows: list[Row], expected: dict[str, str]) -> None:
    named = {name for row in rows if not row["ok"] for name in names(expected[row["id"]])}
    assert named >= NOT_KEPT
