"""The blogs that ``config/examples`` shows: a good configuration each, and a page and a feed that were read by eye."""

import pytest

from relay.cli.main import run
from tests.feeds.examples import EXAMPLES, GOLDEN, NAMES, entries, page


def test_every_example_is_tested() -> None:
    assert {file.stem for file in EXAMPLES.glob("*.toml")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_clean(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--config", str(EXAMPLES / f"{name}.toml")]) == 0
    assert capsys.readouterr().out.count("\n") == 1  # nothing but the summary


@pytest.mark.parametrize("name", NAMES)
def test_an_example_gives_the_page_it_shows(name: str) -> None:
    assert page(name) == (GOLDEN / f"{name}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_an_example_gives_the_feed_it_shows(name: str) -> None:
    assert entries(name) == (GOLDEN / f"{name}.atom.txt").read_text(encoding="utf-8")
