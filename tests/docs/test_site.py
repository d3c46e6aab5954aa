"""The site has every page once, each link leads somewhere, and what is planted is noticed."""

import tomllib
from pathlib import Path

import pytest

from tests.docs.site import FOREIGN, build, sphinx

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def listed() -> list[str]:
    """The pages that the navigation names, without the end of their file; ``folder/*`` as it is."""
    with (DOCS / "site" / "navigation.toml").open("rb") as file:
        written = tomllib.load(file)
    return [name for part in (*written["part"], *written["below"]) for name in part["pages"]]


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    built = build(tmp_path, "dummy")
    assert (built.stderr, built.returncode) == ("", 0)


def test_no_page_stands_in_it_twice() -> None:
    named = listed()
    assert sorted(set(named)) == sorted(named)


@pytest.mark.parametrize("kind", ["First five minutes", "How to", "Reasons", "Reference"])
def test_each_kind_of_page_has_its_part(kind: str) -> None:
    with (DOCS / "site" / "navigation.toml").open("rb") as file:
        assert any(part["title"].startswith(kind) for part in tomllib.load(file)["part"])


@pytest.mark.parametrize("page", ["index", "first-minutes"])
def test_the_first_pages_are_in_both_languages_and_lead_to_one_another(page: str) -> None:
    french = {"index": "fr/index", "first-minutes": "fr/premieres-minutes"}[page]
    assert f"[en français]({french}.md)" in (DOCS / f"{page}.md").read_text(encoding="utf-8")
    assert f"[in English](../{page}.md)" in (DOCS / f"{french}.md").read_text(encoding="utf-8")


def test_a_link_that_leads_nowhere_and_a_page_that_is_nowhere_are_noticed(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text('extensions = ["myst_parser"]\n')
    (tmp_path / "index.md").write_text("# one\n\n[two](two.md)\n")
    (tmp_path / "alone.md").write_text("# alone\n")
    done = sphinx("dummy", tmp_path, tmp_path / "out")
    assert done.returncode == 1
    assert "two.md" in done.stderr
    assert "alone" in done.stderr


@pytest.mark.parametrize(
    "planted", ['<script async src="https://cdn.example/x.js">', "<link href='//fonts.example/a.css'>"]
)
def test_what_another_host_would_be_asked_for_is_noticed(planted: str) -> None:
    assert FOREIGN.search(planted)
    assert not FOREIGN.search('<a href="https://www.example/"><link href="../_static/a.css"><img src="a.png">')


def test_every_link_of_the_readme_leads_to_a_file() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        links = [part.partition(")")[0].partition("#")[0] for part in text.split("](")[1:]]
        assert [one for one in links if one and "://" not in one and not (ROOT / one).exists()] == []
