"""Every network under every fault, as one seed has it; and bugs, each of which must be found."""

from pathlib import Path

import pytest

from tests.faults.kinds import Kind
from tests.faults.networks import ROWS
from tests.faults.page import BEGIN, END, PAGE
from tests.faults.plants import PLANTS
from tests.faults.staging import cases, run

pytestmark = pytest.mark.filterwarnings(
    "ignore:'imghdr' is deprecated:DeprecationWarning",  # Apprise looks for it
    "ignore:Session.login_data is deprecated:DeprecationWarning",  # aiosmtpd's own
)
TOGETHER = [[kind] for kind in (Kind.TIMEOUT, Kind.REFUSED)]
TOGETHER += [[kind for kind in Kind if kind not in {Kind.TIMEOUT, Kind.REFUSED}]]
PLANTED = {
    "never-looks": Kind.LOST,
    "no-settle": Kind.IN_FLIGHT,
    "timeout-is-retry": Kind.TIMEOUT,
}


@pytest.mark.parametrize("kinds", TOGETHER, ids=["timeout", "refused", "others"])
def test_whatever_breaks_a_post_is_public_once_and_known_to_be(kinds: list[Kind], tmp_path: Path) -> None:
    found = run(cases(ROWS, kinds, [0]), tmp_path)
    assert [one for one in found if one.wrong] == []
    assert len({one.case for one in found}) == len(ROWS) * len(kinds)
    assert sum(one.struck for one in found) > len(found) // 2


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_bug_is_found(name: str, tmp_path: Path) -> None:
    plant = PLANTS[name]
    some = cases(["gotosocial", "slack-bot", "micropub-listing"], [PLANTED[name]], range(2), plant.network)
    with plant.hasty():
        found = run(some, tmp_path)
    assert "duplicated" in {one.wrong for one in found}


def test_a_doubt_that_asks_nobody_is_found(tmp_path: Path) -> None:
    plant = PLANTS["says-nothing"]
    found = run(cases(["discord"], [Kind.LOST], [0], plant.network), tmp_path)
    assert [one.wrong[:14] for one in found] == ["in doubt since"] * len(found)


def test_what_relay_can_find_out_it_asks_nobody(tmp_path: Path) -> None:
    able = [name for name, row in ROWS.items() if row.tells]
    found = run(cases(able, [Kind.LOST], [1]), tmp_path)
    assert [one for one in found if one.is_asked] == []


def test_the_page_has_every_network_and_every_fault() -> None:
    table = PAGE.read_text().partition(BEGIN)[2].partition(END)[0].strip().splitlines()
    told = {line.split(" | ")[0].removeprefix("| ") for line in table if line.startswith("| ")}
    assert told == {"network", *ROWS}
    assert all(f"| {kind} |" in next(line for line in table if line.startswith("| network")) for kind in Kind)
