"""The reference is whole: commands, options, exit codes, variables, alarms, alerts, the log, the API, the metrics."""

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from docs.reference.environment import alerts, environment, lines, of_file

from relay.cli.main import whole
from relay.cli.manual import ENDS, VARIABLES, below, manual
from relay.core.alarm import Alarm
from relay.core.review.transitions import TRANSITIONS
from relay.pipeline.measuring import MEASURES
from relay.web.api.operations import OPERATIONS
from relay.wiring import NETWORKS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SOURCES = sorted((ROOT / "src" / "relay").rglob("*.py"))
NAMED = re.compile(r"""(?:environ(?:\.get|\.pop)?[\[(]|^VARIABLE = )"([A-Z_]+)\"""", re.MULTILINE)


def every(path: tuple[str, ...], parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Each command, those below it too, by its words."""
    yield " ".join(path), parser
    for name, own in below(parser):
        yield from every((*path, name), own)


COMMANDS = dict(every(("relay",), whole()))


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_every_option_is_on_its_page_and_in_the_manual(command: str) -> None:
    options = [name for action in COMMANDS[command]._actions for name in action.option_strings]
    section = re.split(rf"^##+ {re.escape(command)}\n", page("commands.md"), flags=re.MULTILINE)[1].partition(
        "\n```\n"
    )[0]
    told = manual().replace(r"\-", "-").partition("\n.SS " + command)[2].partition("\n.SS ")[0]

    assert [name for name in options if name not in section] == []
    assert [name for name in options if name not in told and name not in {"-h", "--help"}] == [] or command == "relay"


@pytest.mark.parametrize("command", [name for name, parser in COMMANDS.items() if not [*below(parser)]])
def test_every_option_says_what_it_is_for(command: str) -> None:
    shown = [action for action in COMMANDS[command]._actions if action.option_strings]
    assert [action.option_strings for action in shown if not action.help] == []


def test_the_manual_is_current() -> None:
    assert (ROOT / "src" / "man" / "relay.1").read_text(encoding="utf-8") == manual()


def test_the_page_of_what_surrounds_relay_is_current() -> None:
    assert page("environment.md") == environment()


def test_every_exit_code_of_the_source_is_told() -> None:
    texts = (file.read_text(encoding="utf-8") for file in SOURCES)
    said = {code for text in texts if "Ending(" in text or "def run(" in text for code in codes(ast.parse(text))}
    assert said == {code for code, _ in ENDS} - {0}


def codes(tree: ast.AST) -> Iterator[int]:
    """What ``Ending`` is given beside its sentence, and what a command's ``run`` returns."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Ending":
            given = (*node.args[1:], *(word.value for word in node.keywords))
            yield from (int(ast.literal_eval(one)) for one in given if isinstance(one, ast.Constant))
        if isinstance(node, ast.FunctionDef) and node.name == "run":
            returned = [one.value for one in ast.walk(node) if isinstance(one, ast.Return)]
            yield from (
                one.value
                for one in returned
                if isinstance(one, ast.Constant) and isinstance(one.value, int) and one.value
            )


def test_every_variable_that_the_source_asks_for_is_told() -> None:
    asked = {name for file in SOURCES for name in NAMED.findall(file.read_text(encoding="utf-8"))}
    assert {"RELAY_CONFIG", "RELAY_DATABASE"} < asked
    assert [name for name in sorted(asked) if f"`{name}`" not in page("environment.md")] == []
    assert sorted(VARIABLES) == sorted(name for name in asked if name.startswith("RELAY_"))


@pytest.mark.parametrize("alarm", Alarm)
def test_every_alarm_is_told(alarm: Alarm) -> None:
    assert f"| `{alarm}` |" in page("environment.md")


def test_every_alert_is_told() -> None:
    text = (ROOT / "deploy" / "prometheus" / "relay.rules.yml").read_text(encoding="utf-8")
    named = re.findall(r"^\s*- alert: (\w+)$", text, flags=re.MULTILINE)
    assert named == [rule["alert"] for rule in alerts()]
    assert [name for name in named if f"| `{name}` |" not in page("environment.md")] == []


def test_every_warning_of_the_log_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "one.py"
    file.write_text('log.warning("a %s", 1)\nlog.info("b")\nlog.exception("c %(d)s" "e", {})\nprint.error("f")\n')
    monkeypatch.setattr("docs.reference.environment.SOURCE", tmp_path)
    assert [(line.level, line.words) for line in of_file(file)] == [("warning", "a %s"), ("exception", "c %(d)se")]


def test_every_line_of_the_log_is_told() -> None:
    calls = sum(
        len(
            re.findall(r"\blog\.(?:warning|error|exception|critical)\(", file.read_text(encoding="utf-8"), re.MULTILINE)
        )
        for file in SOURCES
    )
    assert 0 < calls == len(lines())


def test_every_metric_is_told() -> None:
    assert [one.name for one in MEASURES if f"| `{one.name}` |" not in page("metrics.md")] == []


def test_every_move_between_states_is_told() -> None:
    assert [
        move for move in TRANSITIONS if f"| {move[0]} | {move[1]} | {TRANSITIONS[move]} |" not in page("states.md")
    ] == []


def test_every_operation_of_the_api_is_described() -> None:
    written = page("openapi.json")
    assert OPERATIONS
    assert [one for one in OPERATIONS if f'"/api/v1{one.path}": {{' not in written] == []


@pytest.mark.parametrize("network", NETWORKS)
def test_every_network_is_on_the_list_and_among_the_keys(network: str) -> None:
    assert f"({network}.md)" in page("networks/README.md")
    assert f"\n### {network}\n" in page("configuration.md")
