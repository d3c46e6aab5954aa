"""A release: its section, its commit, its tag and its files; and why there is none."""

import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from docs.release import changes, gather, section

from tests.docs.test_package import copied

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON"))},
    **{f"GIT_{who}_{what}": "relay@blog.exemple" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with what a package is made of, and two changes."""
    folder = copied(tmp_path_factory.mktemp("origin"), ("docs/release.py", "docs/sbom.py", "requirements.lock"))
    (folder / ".gitignore").write_text("dist/\n__pycache__/\n")
    (folder / "changelog.d").mkdir()
    (folder / "changelog.d" / "README.md").write_text("# changelog.d/\n")
    (folder / "changelog.d" / "0002-two.md").write_text("Fixed: a link\nwas lost.\n\nChanged: slower.\n")
    (folder / "changelog.d" / "0001-one.md").write_text("First light.\n")
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "All of it")
    return folder


@pytest.fixture
def clone(origin: Path, tmp_path: Path) -> Path:
    git(tmp_path, "clone", "--quiet", str(origin), "clone")
    return tmp_path / "clone"


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def released(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    words = (sys.executable, "-m", "docs.release", *words)
    return subprocess.run(words, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)


def test_a_release_is_a_section_a_commit_a_tag_and_files_with_their_checksums(clone: Path) -> None:
    done = released(clone, "1.0.0rc1", "--check", "true")
    assert done.returncode == 0, done.stderr

    changelog = (clone / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "\n## 1.0.0rc1 – 20" in changelog
    assert changelog.endswith(
        "### Added\n\n- First light.\n\n### Changed\n\n- Slower.\n\n### Fixed\n\n- A link was lost.\n"
    )
    assert [file.name for file in (clone / "changelog.d").iterdir()] == ["README.md"]
    assert git(clone, "status", "--porcelain") == ""
    assert git(clone, "describe", "--exact-match") == "v1.0.0rc1"
    assert git(clone, "log", "-1", "--format=%s") == "Release 1.0.0rc1"
    assert git(clone, "ls-remote", "--tags", "origin") == ""

    lines = (clone / "dist" / "SHA256SUMS").read_text().splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    assert set(sums) == {"relay-1.0.0rc1-py3-none-any.whl", "relay-1.0.0rc1.tar.gz", "sbom.cdx.json"}
    for name, digest in sums.items():
        assert hashlib.sha256((clone / "dist" / name).read_bytes()).hexdigest() == digest
    with zipfile.ZipFile(clone / "dist" / "relay-1.0.0rc1-py3-none-any.whl") as wheel:
        assert b"\nVersion: 1.0.0rc1\n" in wheel.read("relay-1.0.0rc1.dist-info/METADATA")
    assert "is released already" in released(clone, "1.0.0rc1", "--check", "true").stderr


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("1.0.0", "--check", "false"), "release: “false” failed: mend that first. Nothing was changed.\n"),
        (("one", "--check", "true"), "release: 'one' is no version: write one like 1.0.0 or 1.0.0rc1.\n"),
    ],
)
def test_what_is_not_ready_is_not_released(clone: Path, words: tuple[str, ...], why: str) -> None:
    done = released(clone, *words)
    assert (done.returncode, done.stderr) == (1, why)
    assert git(clone, "status", "--porcelain") == ""
    assert git(clone, "tag", "--list") == ""


def test_changes_that_are_not_committed_are_not_released(clone: Path) -> None:
    (clone / "README.md").write_text("other")
    done = released(clone, "1.0.0", "--check", "true")
    assert done.stderr.startswith("release: there are changes that are not committed: ")
    assert git(clone, "tag", "--list") == ""


def test_what_git_does_not_commit_is_as_before(clone: Path) -> None:
    hook = clone / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho the hook says no >&2\nexit 1\n")
    hook.chmod(0o755)
    done = released(clone, "1.0.0", "--check", "true")
    assert (done.returncode, done.stderr) == (1, "release: git commit: the hook says no. Nothing was changed.\n")
    assert git(clone, "status", "--porcelain") == ""
    assert (clone / "changelog.d" / "0001-one.md").exists()


def test_nothing_new_is_not_released(clone: Path) -> None:
    git(clone, "rm", "--quiet", "changelog.d/0001-one.md", "changelog.d/0002-two.md")
    git(clone, "commit", "--quiet", "--message", "Nothing")
    assert "changelog.d has no fragment" in released(clone, "1.0.0", "--check", "true").stderr


def test_what_each_fragment_of_today_says_is_kept() -> None:
    files = sorted((ROOT / "changelog.d").glob("[0-9]*.md"))
    written = "".join(section(files, "1.0.0", "2026-11-28").split())
    said = [words for file in files for _, words in changes(file.read_text(encoding="utf-8"))]
    assert len(said) >= len(files)
    assert [words for words in said if "".join(words.split()) not in written] == []


def test_a_fragment_that_git_does_not_know_is_not_released(clone: Path) -> None:
    """It would stand in the changelog, and be gone."""
    mine = clone / "changelog.d" / "0003-mine.md"
    mine.write_text("Not ready.\n")
    done = released(clone, "1.0.0", "--check", "true")
    assert done.stderr.startswith("release: there are changes that are not committed: ")
    assert mine.exists()
    assert git(clone, "tag", "--list") == ""


def test_the_versions_before_stay_below_it(tmp_path: Path) -> None:
    (tmp_path / "changelog.d").mkdir()
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\nFor people.\n")
    for version in ("1.0.0", "1.1.0", "1.2.0"):
        (tmp_path / "changelog.d" / "0001-one.md").write_text(f"What {version} brings.\n")
        gather(tmp_path, version, "2026-11-28")
    parts = [f"## {one} – 2026-11-28\n\n### Added\n\n- What {one} brings." for one in ("1.2.0", "1.1.0", "1.0.0")]
    text = (tmp_path / "CHANGELOG.md").read_text(encoding="utf-8")
    assert text == "\n\n".join(("# Changelog\n\nFor people.", *parts)) + "\n"


def test_what_cannot_be_built_has_no_tag(clone: Path) -> None:
    project = clone / "pyproject.toml"
    project.write_text(project.read_text(encoding="utf-8").replace('readme = "README.md"', 'readme = "none.md"'))
    git(clone, "commit", "--quiet", "--all", "--message", "Broken")
    done = released(clone, "1.0.0", "--check", "true")
    assert (done.returncode, "the package could not be built" in done.stderr) == (1, True)
    assert git(clone, "tag", "--list") == ""
