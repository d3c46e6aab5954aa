"""Every package that is asked for has its reason, its licence, and what it reads of strangers, on one page."""

import re
import tomllib
from functools import cache

import pytest
from lxml import etree

from tests.supply.lock import ROOT

PLACES = ("Always", "Extras", "To build and develop")


@cache
def asked_for() -> dict[str, list[str]]:
    read = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras, groups = read["project"]["optional-dependencies"], read["dependency-groups"]
    found = (
        read["project"]["dependencies"],
        [one for extra in extras.values() for one in extra],
        [one for group in groups.values() for one in group if isinstance(one, str)],
    )
    return {place: sorted({name(one) for one in every}) for place, every in zip(PLACES, found, strict=True)}


def name(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0]


@cache
def rows(place: str) -> list[list[str]]:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    section = page.partition(f"\n## {place}\n")[2].partition("\n## ")[0]
    lines = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line] for line in lines[2:]]


@pytest.mark.parametrize("place", PLACES)
def test_the_page_lists_what_is_asked_for_and_nothing_else(place: str) -> None:
    assert [row[0] for row in rows(place)] == asked_for()[place]


@pytest.mark.parametrize("place", PLACES)
def test_no_cell_is_empty(place: str) -> None:
    width = 3 if place == PLACES[2] else 4
    assert [row for row in rows(place) if len(row) != width or not all(row)] == []


def test_a_package_is_told_by_its_name_alone() -> None:
    assert name("psycopg[binary]>=3.3.9") == "psycopg"
    assert name("pysqlite3>=0.6.1; sys_platform == 'linux'") == "pysqlite3"


def test_lxml_brings_a_libxml2_that_is_kept() -> None:
    assert etree.LIBXML_VERSION >= (2, 14, 6)
