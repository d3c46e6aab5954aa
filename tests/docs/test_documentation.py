"""The documentation names everything there is, and its generated pages are current."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from relay.building import FORMATS
from relay.cli.main import COMMANDS
from relay.core.crosspost import State
from relay.wiring import NETWORKS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


@pytest.fixture
def generate(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The generator, on a terminal of one width."""
    monkeypatch.setenv("COLUMNS", "100")
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(
    sys.version_info[:2] != (3, 11), reason="argparse words its help differently from version to version"
)
def test_the_page_of_commands_is_current(generate: ModuleType) -> None:
    assert (DOCS / "commands.md").read_text(encoding="utf-8") == generate.commands()


def test_the_page_of_states_is_current(generate: ModuleType) -> None:
    assert (DOCS / "states.md").read_text(encoding="utf-8") == generate.states()


@pytest.mark.parametrize("state", State)
def test_every_state_is_documented(state: State) -> None:
    assert f"| {state} |" in (DOCS / "states.md").read_text(encoding="utf-8") or f"{state}" in _last_line("states.md")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented_with_an_example(name: str) -> None:
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    section = page.partition(f"## relay {name}\n")[2].partition("\n## ")[0]

    assert f"example:\n  relay {name}" in section


@pytest.mark.parametrize("network", NETWORKS)
def test_every_network_has_a_page_with_its_settings(network: str) -> None:
    page = (DOCS / "networks" / f"{network}.md").read_text(encoding="utf-8")
    settings = NETWORKS[network].SETTINGS
    names = [*settings.required, *settings.optional, *settings.secret, *settings.optional_secret]

    assert [name for name in names if f"`{name}`" not in page] == []


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_in_the_architecture_or_the_readme(name: str) -> None:
    assert {"atom": "Atom", "rss": "RSS", "json": "JSON Feed", "html": "HTML"}[name] in (ROOT / "README.md").read_text()


@pytest.mark.parametrize("record", sorted((DOCS / "decisions").glob("0*.md")), ids=lambda path: path.stem)
def test_every_decision_is_listed(record: Path) -> None:
    assert f"({record.name})" in (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")


def _last_line(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8").strip().split("\n")[-1]


@pytest.mark.parametrize("page", ["docs/architecture.md", "src/relay/demo/walk.py", "docs/first-minutes.md"])
def test_every_step_of_the_walk_names_a_file_that_is_there(page: str) -> None:
    named = set(re.findall(r"\b([a-z_]+/[a-z_/]+\.py) · ", (ROOT / page).read_text()))
    assert named
    assert [name for name in sorted(named) if not (ROOT / "src/relay" / name).is_file()] == []
