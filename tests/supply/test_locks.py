"""Nothing of others is installed but in one version, known by its hash, from wherever the operator gets packages."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.supply.lock import LOCKS, ROOT, pinned, script

PIN = "nh3==0.3.8 \\\n    --hash=sha256:" + "0" * 64


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_one_version_with_its_hashes(lock: str) -> None:
    found = pinned(lock)
    assert len(found) > 50
    assert [pin for pin in found if not pin.hashes] == []
    assert [name for name, times in Counter((pin.name, pin.marker) for pin in found).items() if times > 1] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_a_host(lock: str) -> None:
    assert re.findall(r"://|index-url|find-links|trusted-host|^-|@", (ROOT / lock).read_text(encoding="utf-8")) == []


def test_what_is_tested_is_what_is_installed() -> None:
    tested = {(pin.name, pin.version, pin.hashes) for pin in pinned("requirements-dev.lock")}
    assert {(pin.name, pin.version, pin.hashes) for pin in pinned("requirements.lock")} - tested == set()


@pytest.mark.parametrize(
    "planted",
    [
        "nh3==0.3.8",
        PIN.replace("==", ">="),
        PIN.replace("sha256", "md5"),
        PIN.replace("0" * 64, "0" * 63),
        PIN.replace("nh3==0.3.8", "nh3 @ https://a.example/nh3.whl"),
        "--extra-index-url https://a.example/simple",
        "-e .",
        f"{PIN} \\\n    --pre",
    ],
)
def test_any_other_line_is_refused(planted: str) -> None:
    assert [pin.name for pin in script().pins(PIN)] == ["nh3"]
    with pytest.raises(ValueError, match="not a package with one version"):
        list(script().pins(planted))


def installs(text: str) -> Iterator[str]:
    """The commands of a Dockerfile that install."""
    yield from (one for one in re.split(r"\n|&&", text.replace("\\\n", " ")) if re.search(r"\bpip install\b", one))


def installing(python: str) -> Iterator[str]:
    """The commands in Python that install, as their words."""
    for one in ast.walk(ast.parse(python)):
        if isinstance(one, ast.List):
            words = " ".join(str(word.value) for word in one.elts if isinstance(word, ast.Constant))
            if "install" in words.split():
                yield words


def is_safe(command: str) -> bool:
    """Others' by hash, our own alone."""
    return "--require-hashes" in command or ("--no-deps" in command and "--no-build-isolation" in command)


def test_both_ways_to_install_ask_for_hashes() -> None:
    found = [*installs((ROOT / "Dockerfile").read_text()), *installing((ROOT / "run").read_text())]
    assert len(found) == 4
    assert [command for command in found if not is_safe(command)] == []


def test_an_install_without_hashes_is_found() -> None:
    planted = [
        *installs("RUN pip check && pip install \\\n -r requirements.lock"),
        *installing('[*pip, "install", "x"]'),
    ]
    assert [is_safe(command) for command in planted] == [False, False]
