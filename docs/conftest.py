"""The documentation runs: ``console`` blocks of every page are typed into a shell, and must show what they say.

All blocks of a page share one empty folder. A line that is only "…" stands for any lines, "…" within one for any words.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from sybil import Example, Sybil
from sybil.integration.pytest import SybilItem
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser

COMMAND_SECONDS = 60


def typed(example: Example) -> str | None:
    """Run the commands of a block one after another; what differs from the page, or ``None``."""
    folder: Path = example.namespace["folder"]
    for command, expected in commands(str(example.parsed)):
        said = shell(command, folder)
        if not re.fullmatch(pattern(plain(expected)), plain(said.stdout + said.stderr)):
            return f"$ {command}\nthe page says:\n{expected}\nit printed:\n{said.stdout}{said.stderr}"
    return None


def commands(block: str) -> list[tuple[str, str]]:
    """Each "$ …" line with the lines below it."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    split = (part.partition("\n") for part in parts)
    return [(command, expected.strip()) for command, _, expected in split]


def plain(text: str) -> str:
    """Text whose spaces are all of one kind and number: French typography has several."""
    return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))


def pattern(expected: str) -> str:
    """The page's words as a regular expression."""
    lines = [r"(?s:.*)" if line == "…" else re.escape(line).replace("…", ".*") for line in expected.split("\n")]
    return r"\s*".join(lines)


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Type a command, with the relay under test first on the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(  # noqa: S602  # the pages are ours
        command,
        shell=True,
        cwd=folder,
        env={**os.environ, "PATH": path, "COLUMNS": "100"},
        capture_output=True,
        text=True,
        timeout=COMMAND_SECONDS,
        check=False,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which a page's commands are typed."""
    return tmp_path_factory.mktemp("page")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests are shuffled, but a page is read from its top."""
    places = [place for place, item in enumerate(items) if isinstance(item, SybilItem)]
    pages = sorted((items[place] for place in places), key=lambda item: (item.location[0], item.location[1] or 0))
    for place, block in zip(places, pages, strict=True):
        items[place] = block


pytest_collect_file = Sybil(
    parsers=[CodeBlockParser(language="console", evaluator=typed), PythonCodeBlockParser(), SkipParser()],
    patterns=["*.md"],
    fixtures=["folder"],
    excludes=["decisions/*"],
).pytest()
