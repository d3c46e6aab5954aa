"""A configuration of somebody who has another tool still, and commands in this process."""

from collections.abc import Callable
from pathlib import Path

import pytest

from relay.cli import main
from tests.commands.blog import Ran
from tests.edges.opened import migrated

Command = Callable[..., Ran]
CONFIGURATION = """# my own words
version  = 1
language = "en"

[service]
database = "{folder}/relay.db"
feeds    = "{folder}/feeds"

[sources.anru]   # there already
url = "http://www.anru.example/rss/"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The configuration."""
    migrated(tmp_path / "relay.db").close()
    file = tmp_path / "relay.toml"
    file.write_text(CONFIGURATION.format(folder=tmp_path))
    return file


@pytest.fixture
def relay(file: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """One command in this process."""

    def run(*words: str) -> Ran:
        code = main.run([words[0], "--config", str(file), *words[1:]])
        return Ran(code, *capsys.readouterr())

    return run
