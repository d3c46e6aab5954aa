"""The table is whole, and says what the tests and the networks themselves say."""

import os
import subprocess
import sys
from functools import cache

import pytest

from relay.networks.abilities import Abilities
from relay.wiring import NETWORKS
from tests.edges.conftest import COMPARED, CONTAINED, FAR_ENDS, KEYED, READABLE, REPEATABLE
from tests.networks.gathering import ROOT
from tests.networks.page import PAGE, reasons
from tests.networks.rows import COLUMNS, ROWS, Row

SIGNS = {"●": "shown", "○": "shown", "×": "lacking", "–": "no"}


@cache
def made() -> str:
    """The page as the tests have it now; pytest in pytest wants a program of its own."""
    command = [sys.executable, "-m", "tests.networks", "--collect-only"]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(command, cwd=ROOT, env=plain, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def sign(row: Row, column: str) -> str:
    """What stands in a cell of the overview: ``shown``, ``lacking`` or ``no``."""
    [line] = [line for line in made().splitlines() if line.startswith(f"| [{row.title}](")]
    cell = line.strip("|").split(" | ")[1 + list(COLUMNS).index(column)]
    return SIGNS[cell.strip(" [|")[0]]


def can(row: Row) -> Abilities:
    return NETWORKS[row.network].abilities(row.account())


def named(ends: list[object]) -> set[str]:
    """The fixtures' names, of which some stand in a ``pytest.param``."""
    return {str(getattr(end, "values", [end])[0]) for end in ends}


@pytest.fixture(params=ROWS, ids=lambda row: row.ends[0])
def row(request: pytest.FixtureRequest) -> Row:
    found: Row = request.param
    return found


def test_the_page_is_what_the_tests_show() -> None:
    assert PAGE.read_text(encoding="utf-8") == made(), "run: .venv/bin/python -m tests.networks"


def test_every_network_has_a_row() -> None:
    assert {row.network for row in ROWS} == NETWORKS.keys()


def test_every_far_end_belongs_to_a_row() -> None:
    assert named([*FAR_ENDS]) <= {end for row in ROWS for end in row.ends}


def test_a_cell_has_a_test_or_a_reason_and_never_both(row: Row) -> None:
    missing = {column for column in COLUMNS if sign(row, column) == "no"}
    assert missing == reasons().get(row.title, {}).keys()


def test_every_network_posts_and_refuses_what_it_must(row: Row) -> None:
    assert [sign(row, column) for column in ("post", "refusal", "length")] == ["shown"] * 3


def test_reasons_are_given_for_rows_that_there_are() -> None:
    assert reasons().keys() <= {row.title for row in ROWS}


def test_what_a_network_can_do_is_shown_and_nothing_else(row: Row) -> None:
    abilities = can(row)
    told = {"edit": bool(abilities.edit), "delete": bool(abilities.delete), "thread": abilities.threads}
    signs = {column: sign(row, column) for column in told}
    assert [column for column, is_able in told.items() if not is_able and signs[column] == "shown"] == []
    assert [column for column, is_able in told.items() if is_able and signs[column] == "no"] == []


def test_only_where_handles_count_is_somebody_mentioned(row: Row) -> None:
    mentions = NETWORKS[row.network].SETTINGS.mentions
    assert (sign(row, "mention") == "shown") is (mentions and row.ends != ("linkedin_member",))


def test_a_token_that_can_be_renewed_is_shown_to_be_where_its_network_ends_it(row: Row) -> None:
    connect = can(row).connect
    renewed = bool(connect and connect.refresh)
    if sign(row, "token") == "shown":
        assert renewed or row.network == "bluesky", "only a session is opened anew"
    elif renewed:
        assert row.network == "mastodon", "the one dance is shown at Mastodon"


def test_a_doubt_ends_where_posts_can_be_found_or_repeated(row: Row) -> None:
    ends = set(row.ends) & named([*READABLE, *REPEATABLE])
    assert (sign(row, "doubt") == "shown") is bool(ends)


def test_a_repeat_is_harmless_where_the_suite_says_so(row: Row) -> None:
    ends = set(row.ends) & named([*KEYED, *COMPARED, *CONTAINED, *REPEATABLE])
    assert (sign(row, "repeat") == "shown") is bool(ends)
