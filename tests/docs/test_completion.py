"""What shells complete, asked of the shells themselves."""

import shutil
import subprocess
from pathlib import Path

import pytest

from relay.cli.completion import script
from relay.cli.main import run

ASK = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
compopt() { :; }
$(complete -p relay | sed 's/.*-F \\([^ ]*\\).*/\\1/') relay "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scripts")
    for shell in ("bash", "zsh", "fish"):
        (folder / shell).write_text(script(shell))
    (folder / "relay.toml").touch()
    return folder


def of_bash(scripts: Path, *words: str) -> list[str]:
    """What bash would offer behind ``words``, the last of which is begun."""
    command: list[str | Path] = ["bash", "--norc", "-c", ASK, "ask", scripts / "bash", "relay", *words]
    done = subprocess.run(command, cwd=scripts, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return [line.strip() for line in done.stdout.splitlines()]


def of_fish(scripts: Path, line: str) -> list[str]:
    command = ["fish", "--no-config", "-c", f"source {scripts / 'fish'}; complete --do-complete '{line}'"]
    done = subprocess.run(command, cwd=scripts, capture_output=True, text=True, check=True)
    return [offered.partition("\t")[0] for offered in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("pub",), ["publish"]),
        (("queue", "appr"), ["approve", "approve-withdrawal"]),
        (("queue", "list", "--sta"), ["--state"]),
        (("queue", "list", "--state", "wai"), ["waiting"]),
        (("--conf",), ["--config"]),
        (("completion", "z"), ["zsh"]),
    ],
)
def test_bash_completes_commands_verbs_options_and_choices(
    scripts: Path, words: tuple[str, ...], offered: list[str]
) -> None:
    assert sorted(of_bash(scripts, *words)) == offered


def test_bash_completes_files_where_files_belong(scripts: Path) -> None:
    assert "relay.toml" in of_bash(scripts, "--config", "rel")
    assert of_bash(scripts, "restore", "rel") == ["relay.toml"]
    assert of_bash(scripts, "import", "feed2toot", "rel") == ["relay.toml"], "it is kept as a text"


@pytest.mark.skipif(not shutil.which("fish"), reason="there is no fish here")
def test_fish_completes_commands_verbs_options_and_choices(scripts: Path) -> None:
    assert of_fish(scripts, "relay pub") == ["publish"]
    assert of_fish(scripts, "relay queue appr") == ["approve", "approve-withdrawal"]
    assert of_fish(scripts, "relay queue list --state wai") == ["waiting"]


@pytest.mark.skipif(not shutil.which("zsh"), reason="there is no zsh here")
def test_zsh_takes_its_script_where_it_looks_for_such(scripts: Path, tmp_path: Path) -> None:
    shutil.copy(scripts / "zsh", tmp_path / "_relay")
    asked = "fpath=($1 $fpath); autoload -U compinit && compinit -D -u && echo $_comps[relay] && autoload +X _relay"
    done = subprocess.run(["zsh", "-f", "-c", asked, "zsh", tmp_path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr, done.stdout.strip()) == (0, "", "_relay")


@pytest.mark.skipif(not shutil.which("man"), reason="there is no man here")
def test_man_has_nothing_to_warn_of_in_the_manual() -> None:
    page = Path(__file__).parents[2] / "src" / "man" / "relay.1"
    words: list[str | Path] = ["man", "--warnings", "-E", "UTF-8", "-Tutf8", "-Z", "-l", page]
    done = subprocess.run(
        words, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_command_prints_it(scripts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", "fish"]) == 0
    assert capsys.readouterr().out == (scripts / "fish").read_text() + "\n"
