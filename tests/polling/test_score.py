"""The suite is whole, and its score says what happened."""

import re
from pathlib import Path

import pytest

from tests.polling.rules import RULES
from tests.polling.score import BEGIN, END, into, mark, outcomes, table

LETTERS = {"A": 20, "B": 12, "C": 10, "D": 9, "E": 7, "F": 7, "G": 10}
CASES = {rule: f'<testcase name="test_{rule.lower()}_one"/>' for rule in RULES}
CASES["A1"] += '<testcase name="test_a1_two[x]"><failure message="no"/></testcase>'
CASES["A3"] = '<testcase name="test_a3_one"><skipped/></testcase><testcase name="test_other"/>'


def test_every_rule_of_the_contract_is_named() -> None:
    assert list(RULES) == [f"{letter}{number}" for letter, last in LETTERS.items() for number in range(1, last + 1)]


def test_every_rule_has_a_test() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    assert {rule.upper() for rule in re.findall(r"^def test_([a-g]\d+)_", text, re.MULTILINE)} == set(RULES)


@pytest.mark.parametrize(
    ("passed", "said"),
    [([True, True], "yes"), ([True, False], "in part (1 of 2)"), ([False], "no"), ([], "no")],
)
def test_a_rule_is_kept_when_all_its_tests_pass(passed: list[bool], said: str) -> None:
    assert mark(passed) == said


def written(folder: Path, cases: dict[str, str]) -> Path:
    report = folder / "relay.xml"
    report.write_text(f"<testsuites><testsuite>{''.join(cases.values())}</testsuite></testsuites>")
    return report


def test_a_run_that_broke_off_scores_nothing(tmp_path: Path) -> None:
    cases = {rule: case for rule, case in CASES.items() if rule != "D5"}
    with pytest.raises(SystemExit, match="no test of D5"):
        outcomes(written(tmp_path, cases))


def test_what_pytest_wrote_becomes_a_table_between_its_marks(tmp_path: Path) -> None:
    found = outcomes(written(tmp_path, CASES))
    assert [found[rule] for rule in ("A1", "A2", "A3")] == [[True, False], [True], [False]]
    page = into(f"before\n{BEGIN}\nold\n{END}\nafter\n", table({"relay": found}, {"relay": 1}))
    assert page.startswith(f"before\n{BEGIN}\n\n| rule | what it asks | relay |\n|---|---|---|\n| A1 |")
    assert "| A2 | an ETag goes back byte for byte | yes |" in page
    assert page.endswith(f"| **1** |\n\n{END}\nafter\n")
