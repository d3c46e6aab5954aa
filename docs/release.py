"""Releases a version: ``./run release 1.0.0``, in a clean tree, on this machine alone.

The fragments of changelog.d become a section of CHANGELOG.md, pyproject.toml gets the version, both are committed and
tagged, and dist/ gets wheel, sdist, bill of materials and their checksums. Nothing is pushed: that is a person's to do.
"""

import argparse
import hashlib
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
import time
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

VERSION = re.compile(r"\d+\.\d+\.\d+(?:(?:a|b|rc)\d+)?")
KINDS = ("Added", "Changed", "Fixed", "Removed", "Security")
"""In the order of Keep a Changelog; a paragraph that names none tells of something new."""
_KIND = re.compile(rf"({'|'.join(KINDS)}): ")


class Refused(Exception):  # nothing was done, or what was is said
    """Why there is no release, in a sentence."""


def release(root: Path, version: str, check: list[str], day: str) -> list[Path]:
    """Make the release in ``root`` after ``check`` succeeded; the files of dist/. ``day`` is ISO 8601."""
    refuse(root, version)
    if subprocess.run(check, cwd=root, check=False).returncode:
        raise Refused(f"“{shlex.join(check)}” failed: mend that first. Nothing was changed.")
    gather(root, version, day)
    project = root / "pyproject.toml"
    text = project.read_text(encoding="utf-8")
    project.write_text(
        re.sub(r'^version = ".*"$', f'version = "{version}"', text, count=1, flags=re.MULTILINE), encoding="utf-8"
    )
    commit(root, version)
    made = build(root)
    git(root, "tag", "--annotate", f"v{version}", "--message", f"relay {version}")
    return made


def refuse(root: Path, version: str) -> None:
    """Raise why ``version`` cannot be released from ``root`` as it stands."""
    if not VERSION.fullmatch(version):
        raise Refused(f"{version!r} is no version: write one like 1.0.0 or 1.0.0rc1.")
    if git(root, "tag", "--list", f"v{version}"):
        raise Refused(f"{version} is released already: there is a tag v{version}.")
    if git(root, "status", "--porcelain"):
        raise Refused("there are changes that are not committed: commit them, or put them away by git stash.")
    if not fragments(root):
        raise Refused("changelog.d has no fragment: nothing has changed for those who use relay.")


def commit(root: Path, version: str) -> None:
    """Commit what was written; where git does not, all of it is as it was before."""
    written = ("CHANGELOG.md", "changelog.d", "pyproject.toml")
    git(root, "add", "--all", *written)
    try:
        git(root, "commit", "--quiet", "--message", f"Release {version}")
    except Refused as refused:
        git(root, "checkout", "--quiet", "HEAD", "--", *written)
        raise Refused(f"{refused}. Nothing was changed.") from refused


def gather(root: Path, version: str, day: str) -> None:
    """Put the fragments into CHANGELOG.md, above the versions before, and take them away."""
    changelog = root / "CHANGELOG.md"
    head, _, before = changelog.read_text(encoding="utf-8").partition("\n## ")
    parts = [head.strip(), section(fragments(root), version, day), f"## {before.strip()}" if before else ""]
    changelog.write_text("\n\n".join(filter(None, parts)) + "\n", encoding="utf-8")
    for file in fragments(root):
        file.unlink()


def fragments(root: Path) -> list[Path]:
    """What is not released yet, the oldest first."""
    return sorted((root / "changelog.d").glob("[0-9]*.md"))


def section(files: list[Path], version: str, day: str) -> str:
    """What a version brings, by kind."""
    found: dict[str, list[str]] = defaultdict(list)
    for kind, words in (change for file in files for change in changes(file.read_text(encoding="utf-8"))):
        found[kind].append(f"- {words}")
    parts = [f"### {kind}\n\n" + "\n".join(found[kind]) for kind in KINDS if found[kind]]
    return "\n\n".join([f"## {version} – {day}", *parts])


def changes(fragment: str) -> Iterator[tuple[str, str]]:
    """Each paragraph of a fragment: its kind, and its words on one line."""
    for paragraph in filter(str.strip, re.split(r"\n\s*\n", fragment)):
        words = " ".join(paragraph.split())
        named = _KIND.match(words)
        start = words[named.end() :] if named else words
        yield (named[1] if named else KINDS[0]), start[:1].upper() + start[1:]


def build(root: Path) -> list[Path]:
    """Wheel, sdist, bill of materials and checksums of what is committed, in dist/."""
    dist = root / "dist"
    dist.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        there = Path(folder)
        archive = subprocess.run(["git", "archive", "HEAD"], cwd=root, capture_output=True, check=True).stdout
        with tarfile.open(fileobj=BytesIO(archive)) as committed:
            committed.extractall(there, filter="data")
        packed = subprocess.run([sys.executable, "-m", "hatchling", "build", "-d", "made"], cwd=there, check=False)
        if packed.returncode:
            raise Refused(
                "the package could not be built: take the commit back by git reset --hard HEAD~1, and mend it."
            )
        said = subprocess.run([sys.executable, "docs/sbom.py"], cwd=there, capture_output=True, check=True).stdout
        (there / "made" / "sbom.cdx.json").write_bytes(said)
        made = [Path(shutil.copy(file, dist)) for file in sorted((there / "made").iterdir())]
    sums = dist / "SHA256SUMS"
    sums.write_text("".join(f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.name}\n" for one in made))
    return [*made, sums]


def git(root: Path, *words: str) -> str:
    """What git says; its own words are the sentence where it fails."""
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refused(f"git {words[0]}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout.strip()


def main() -> int:
    """0 and what was made, or 1 and a sentence."""
    parser = argparse.ArgumentParser(prog="./run release", description="Release a version; nothing is pushed.")
    parser.add_argument("version", help="such as 1.0.0")
    parser.add_argument("--check", default="./run test", help="what must succeed first (default: ./run test)")
    asked = parser.parse_args()
    root = Path(__file__).resolve().parents[1]
    try:
        made = release(root, asked.version, shlex.split(asked.check), time.strftime("%Y-%m-%d", time.gmtime()))
    except Refused as refused:
        print(f"release: {refused}", file=sys.stderr)
        return 1
    print("\n".join(str(one.relative_to(root)) for one in made))
    print(f"Committed and tagged v{asked.version}. It is yours to push: git push --follow-tags")
    return 0


if __name__ == "__main__":
    sys.exit(main())
