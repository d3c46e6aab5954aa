"""What is promised about security names the tests that show it: each of them is there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "SECURITY.md", *sorted((ROOT / "docs" / "security").glob("*.md"))]
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
LESSONS = [
    "CVE-2023-27592",
    "CVE-2023-27591",
    "GO-2025-3591",
    "GO-2025-4226",
    "GO-2026-4287",
    "CVE-2025-62166",
    "CVE-2025-54875",
    "CVE-2025-54592",
    "CVE-2022-23497",
    "CVE-2023-22481",
    "CVE-2020-25788",
    "CVE-2020-25789",
    "CVE-2017-1000035",
    "CVE-2025-53641",
    "CVE-2026-40168",
    "CVE-2026-42346",
    "CVE-2026-42556",
    "CVE-2021-21278",
    "CVE-2023-1350",
    "CVE-2019-9187",
    "CVE-2025-62175",
]
"""Records of programs of relay's kind that were looked at."""


@cache
def names_in(file: Path) -> frozenset[str]:
    """The names of its tests."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef))


def missing(text: str) -> list[str]:
    """The tests that ``text`` names and that are not there."""
    named = [(ROOT / file, name) for file, name in TEST.findall(text)]
    return [f"{file}::{name}" for file, name in named if not file.is_file() or (name and name not in names_in(file))]


def rows(page: Path) -> list[str]:
    """The lines of its tables that make a claim."""
    text = page.read_text(encoding="utf-8").rpartition("\n## What is promised")[2]
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [line for line in lines if not line.startswith("|-") and "| shown by |" not in line]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_test_that_a_page_names_is_there(page: Path) -> None:
    assert missing(page.read_text(encoding="utf-8")) == []


def test_a_test_that_is_not_there_is_noticed() -> None:
    here = "tests/docs/test_security.py"
    assert missing(f"`{here}` `{here}::test_a_test_that_is_not_there_is_noticed`") == []
    assert len(missing(f"`{here}::test_of_nothing` `tests/docs/test_nothing.py`")) == 2


@pytest.mark.parametrize("page", [PAGES[0], ROOT / "docs" / "security" / "lessons.md"], ids=lambda page: page.name)
def test_every_row_of_a_table_names_its_test(page: Path) -> None:
    found = rows(page)
    assert found
    assert [row for row in found if not TEST.search(row)] == []


@pytest.mark.parametrize("record", LESSONS)
def test_every_record_has_its_lesson(record: str) -> None:
    assert any(record in row for row in rows(ROOT / "docs" / "security" / "lessons.md"))


@pytest.mark.parametrize("page", ["README.md", "docs/architecture.md"])
def test_the_promises_are_linked(page: str) -> None:
    assert "SECURITY.md)" in (ROOT / page).read_text(encoding="utf-8")


def test_every_page_that_is_linked_is_there() -> None:
    linked = re.findall(r"\]\(((?!https?:)[^)#]+)\)", PAGES[0].read_text(encoding="utf-8"))
    assert linked
    assert [page for page in linked if not (ROOT / page).exists()] == []
