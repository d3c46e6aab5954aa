"""What is released: it is whole, it is the same each time, and it works where there is no source."""

import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
WHEEL, SDIST = f"relay-{VERSION}-py3-none-any.whl", f"relay-{VERSION}.tar.gz"


def run(*words: str | Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command with nothing of this process' Python around it."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "RELAY"))
    }
    return subprocess.run(
        [*words], cwd=folder, env={**kept, **environment}, capture_output=True, text=True, check=False, timeout=120
    )


def tracked() -> list[str]:
    """Every file that a clone has, or will have."""
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    named = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sorted(name for name in named.split("\0") if (ROOT / name).is_file())


def copied(to: Path, also: tuple[str, ...] = ("docs/", "config/")) -> Path:
    """What a clone has of what a package is made of; its times and modes are those of now."""
    for name in tracked():
        if name.startswith(("src/", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", *also)):
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            (to / name).write_bytes((ROOT / name).read_bytes())
    return to


def built(folder: Path, *words: str, **environment: str) -> None:
    done = run(sys.executable, "-m", "hatchling", "build", *words, folder=folder, **environment)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist of a clean copy."""
    folder = copied(tmp_path_factory.mktemp("clean"))
    built(folder, "-d", "dist")
    return folder / "dist"


@pytest.fixture(scope="module")
def python(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel, and what it depends on from beside these tests, but not the source."""
    home = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    own = next(home.glob("lib/python*/site-packages"))
    # A path alone: the .pth files there, one of which leads to the source, are not read.
    (own / "beside.pth").write_text(f"{Path(pytest.__file__).parents[1]}\n")
    words = ("-m", "pip", "--python", home, "install", "-q", "--no-deps", "--no-index", "--no-compile")
    with_pip = (
        sys.executable if run(sys.executable, "-m", "pip", "--version", folder=home).returncode == 0 else "python3"
    )
    done = run(with_pip, *words, released / WHEEL, folder=home, PIP_DISABLE_PIP_VERSION_CHECK="1")
    assert done.returncode == 0, done.stderr
    return home / "bin" / "python"


def test_everything_that_the_source_has_is_in_the_wheel(released: Path) -> None:
    with zipfile.ZipFile(released / WHEEL) as wheel:
        packed = set(wheel.namelist())
    needed = {name.removeprefix("src/") for name in tracked() if name.startswith("src/relay/")}
    assert needed - packed == set()
    assert {name for name in packed if ".dist-info/" not in name and ".data/" not in name} - needed == set()
    assert any(name.endswith(".data/data/share/man/man1/relay.1") for name in packed)
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in packed)
    assert "relay/py.typed" in packed


def test_it_is_the_same_from_the_sdist_and_at_another_time_byte_for_byte(released: Path, tmp_path: Path) -> None:
    with tarfile.open(released / SDIST) as sdist:
        sdist.extractall(tmp_path, filter="data")
    unpacked = tmp_path / SDIST.removesuffix(".tar.gz")
    for file in unpacked.rglob("*.py"):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    built(unpacked, "-d", "again", TZ="Pacific/Auckland", LC_ALL="C")

    assert (unpacked / "again" / WHEEL).read_bytes() == (released / WHEEL).read_bytes()
    assert (unpacked / "again" / SDIST).read_bytes() == (released / SDIST).read_bytes()


def test_it_says_its_version_by_both_names(python: Path, tmp_path: Path) -> None:
    for words in ((python.with_name("relay"),), (python, "-m", "relay")):
        assert run(*words, "--version", folder=tmp_path).stdout == f"relay {VERSION}\n"


def test_it_walks_an_entry_through_every_step_where_there_is_no_source(python: Path, tmp_path: Path) -> None:
    asked = "import importlib.util as found; print(found.find_spec('relay.wiring').origin)"
    where = run(python, "-c", asked, folder=tmp_path).stdout
    assert Path(where.strip()).is_relative_to(python.parents[1])

    walked = run(python.with_name("relay"), "demo", "--once", folder=tmp_path)

    assert walked.returncode == 0, walked.stderr
    assert "13  core/review/settling.py · settle" in walked.stdout
    assert list(tmp_path.iterdir()) == []


def test_its_manual_is_where_man_looks(python: Path) -> None:
    page = python.parents[1] / "share" / "man" / "man1" / "relay.1"
    assert page.read_bytes() == (ROOT / "src" / "man" / "relay.1").read_bytes()
