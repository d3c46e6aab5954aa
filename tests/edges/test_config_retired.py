"""``formerly`` and ``[retired.…]``, as the page about serving writes them."""

import re
from datetime import date
from pathlib import Path

import pytest

from relay.core.retired import Retired
from tests.edges.configurations import ROOT, good

PAGE = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8")
WRITTEN = "\n".join(re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL))


def test_what_the_page_writes_is_understood(tmp_path: Path) -> None:
    found = good(tmp_path, f"version = 1\n{WRITTEN}")
    assert found.feeds[0].formerly == ("veille", "actualites")
    link, message = "https://lettre.example/feeds/lettre/", "La lettre a maintenant son propre site."
    assert found.retired == (Retired("lettre", "fr", link, date(2027, 1, 31), message),)


def test_all_keys_of_a_farewell_may_be_left_out(tmp_path: Path) -> None:
    assert good(tmp_path, "version = 1\n[retired.lettre]\n").retired == (Retired("lettre", "fr"),)


@pytest.mark.parametrize(
    ("link", "path", "today", "expected"),
    [
        ("https://new.example/flux/", "atom.xml", date(2027, 1, 30), "https://new.example/flux/atom.xml"),
        ("https://new.example/", "", date(2027, 1, 30), "https://new.example/"),
        ("https://new.example/news", "atom.xml", date(2027, 1, 30), "https://new.example/news"),
        ("https://new.example/flux/", "atom.xml", date(2027, 1, 31), None),
        (None, "atom.xml", date(2027, 1, 30), None),
    ],
)
def test_readers_are_sent_on_until_the_day(link: str | None, path: str, today: date, expected: str | None) -> None:
    assert Retired("old", "fr", link, date(2027, 1, 31)).onward(path, today) == expected
    assert Retired("old", "fr", link).onward(path, today) is None
