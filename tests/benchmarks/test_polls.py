"""The cost of polls, measured for moments: what is counted is what was to be counted, and ratios are what they say."""

import shutil
import subprocess
from datetime import UTC, datetime
from fractions import Fraction

import feedparser
import pytest
from benchmarks.cost import Cpu, cpu
from benchmarks.polls import __main__ as polls
from benchmarks.polls.documents import Place, document
from benchmarks.polls.goals import Goal
from benchmarks.polls.report import mistakes, ratio, verdict
from benchmarks.polls.running import Found
from benchmarks.polls.sides import Called, Spent
from benchmarks.polls.slow import Manners
from benchmarks.polls.waiting import Pass, measured

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
GOAL = Goal("P9", "a test", "validators", {"reader": Fraction(1, 8)}, status="304")


def test_relay_and_the_bare_client_do_on_the_farm_what_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    if shutil.which("nginx", path="/usr/sbin:/usr/bin") is None:
        pytest.skip("nginx is not installed")
    few = ("--sources", "6", "--entries", "2", "--rounds", "1", "--only", "relay,floor")

    assert polls.main(["--goal", "P4,P1,P2,P3", *few]) in {0, 1}  # 2: answers or news were others than meant
    said = capsys.readouterr().out
    assert [line.split()[0] for line in said.splitlines() if line[0] == "P"] == ["P4", "P1", "P2", "P3"]
    assert said.count("relay / bare pycurl") == 4


@pytest.mark.thorough
def test_a_pass_over_slow_sources_is_watched() -> None:
    found = measured(20, Manners(delay=0.2, slowness=1, slow=10, hanging=0))

    assert found.spent.said["answers"] == {"304": 20}
    assert (len(found.asked), found.spent.wall >= 1, found.peak > 10e6) == (20, True, True)


@pytest.mark.parametrize("n", [0, 1])
def test_documents_are_feeds_of_thirty_entries_and_the_next_has_one_more(n: int) -> None:
    place = Place(n, "http://127.0.0.1/0")
    first, second = (feedparser.parse(document(place, newest, NOON)) for newest in (0, 1))

    assert (first.bozo, len(first.entries), first.version) == (False, 30, ["rss20", "atom10"][n])
    assert [one.id for one in second.entries[1:]] == [one.id for one in first.entries[:-1]]
    assert second.entries[0].published_parsed > first.entries[0].published_parsed
    size = sum(len(one.content[0].value.encode()) for one in first.entries) / 30
    assert 1000 < size < 8000


def test_no_two_sources_say_the_same() -> None:
    titles = [one.title for n in range(4) for one in feedparser.parse(document(Place(n, ""), 0, NOON)).entries]

    assert len({*titles}) == len(titles)


def test_a_goal_is_kept_by_the_middle_of_the_ratios_of_its_rounds() -> None:
    found = Found(rounds={"P9": {"relay": _spent(1.0, 2.0, 1.0), "reader": _spent(8.0, 8.0, 9.0)}})

    lines, is_reached = verdict(found, GOAL, 1)
    assert (is_reached, "1/8.0 (1/9.0 to 1/4.0)" in lines[0]) == (True, True)
    assert not verdict(found, Goal("P9", "", "", {"reader": Fraction(1, 9)}), 1)[1]


@pytest.mark.parametrize(
    "said",
    [
        {"polls": 3, "answers": {"304": 3}, "new": 0, "failed": 0},
        {"polls": 4, "answers": {"304": 3, "200": 1}, "new": 0, "failed": 0},
        {"polls": 4, "answers": {"304": 4}, "new": 1, "failed": 0},
        {"polls": 4, "answers": {"304": 4}, "new": 0, "failed": 1},
    ],
)
def test_a_round_that_did_something_else_is_told(said: dict[str, object]) -> None:
    meant = {"polls": 4, "answers": {"304": 4}, "new": 0, "failed": 0}
    rounds = [Spent(Cpu(1.0, 0.0), 1.0, one) for one in (meant, said)]

    assert len(mistakes(Found(rounds={"P9": {"relay": rounds}}), GOAL, 4)) == 1


def test_ratios_are_said_as_the_goals_are() -> None:
    assert [ratio(value) for value in (1 / 19, 1 / 2.5, 3.04)] == ["1/19", "1/2.5", "3.0 ×"]


def test_who_is_late_is_so_beside_a_pass_in_which_nobody_hangs() -> None:
    calm, held = (Pass(Spent(Cpu(0, 0), 0), 0, asked) for asked in ((0.0, 1.0, 2.0), (0.0, 1.5, 9.0)))

    assert held.late(calm) == 7


def test_a_command_costs_what_it_costs_above_a_start() -> None:
    busy = "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass"
    side = Called("python", ("python3", "-S", "-c", busy), ("python3", "-S", "-c", ""))
    side.start()

    assert 0.25 < side.round().cpu.whole < 0.6


def test_a_process_that_has_ended_has_cost_nothing_more() -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()

    assert cpu(ended.pid) == Cpu(0.0, 0.0)


def _spent(*seconds: float) -> list[Spent]:
    return [Spent(Cpu(one, 0.0), one) for one in seconds]
