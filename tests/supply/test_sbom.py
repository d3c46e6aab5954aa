"""The bill of materials: exactly what the lock pins, in the form that others' programs read."""

import json
import subprocess
import sys
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from referencing import Registry, Resource

from tests.supply.lock import ROOT, pinned, script

SCHEMAS = ("bom-1.6.SNAPSHOT.schema.json", "spdx.SNAPSHOT.schema.json", "jsf-0.82.SNAPSHOT.schema.json")


@cache
def written() -> str:
    return run()


def run(*words: str) -> str:
    command = [sys.executable, str(ROOT / "docs" / "sbom.py"), *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@cache
def schema() -> Draft7Validator:
    """CycloneDX's own, as its authors' library carries it."""
    own = files("cyclonedx.schema") / "_res"
    found: list[Any] = [json.loads((own / name).read_text(encoding="utf-8")) for name in SCHEMAS]
    known: Registry[Any] = Registry().with_resources((one["$id"], Resource.from_contents(one)) for one in found)
    return Draft7Validator(found[0], registry=known)


def test_it_lists_what_the_lock_pins() -> None:
    listed = json.loads(written())["components"]
    assert sorted(one["purl"] for one in listed) == sorted(pin.purl for pin in pinned("requirements.lock"))
    hashes = {one["name"]: [each["content"] for each in one["hashes"]] for one in listed}
    assert hashes == {pin.name: [*pin.hashes] for pin in pinned("requirements.lock")}


def test_it_is_what_cyclonedx_says() -> None:
    assert [error.message for error in schema().iter_errors(json.loads(written()))] == []


@pytest.mark.parametrize(
    "wrong", [{"bomFormat": "other"}, {"components": [{"type": "library"}]}, {"serialNumber": "1"}]
)
def test_what_it_does_not_say_is_noticed(wrong: dict[str, object]) -> None:
    assert not schema().is_valid(json.loads(written()) | wrong)


def test_it_is_the_same_each_time() -> None:
    assert run() == written()


def test_what_is_installed_has_a_licence() -> None:
    listed = json.loads(run("--installed"))["components"]
    assert len(listed) > 50
    unnamed = {"pysqlite3"}  # its metadata name none: see docs/dependencies.md
    assert {one["name"] for one in listed if "licenses" not in one} <= unnamed


def test_a_lock_that_is_none_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    (tmp_path / "requirements.lock").write_text("nh3>=0.3\n")
    monkeypatch.setattr(script(), "HERE", tmp_path)
    monkeypatch.setattr(sys, "argv", ["sbom.py"])
    assert script().main() == 1
    assert (
        "sbom.py: requirements.lock: not a package with one version and its hashes: nh3>=0.3" in capsys.readouterr().err
    )
