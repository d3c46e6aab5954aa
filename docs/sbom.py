"""Lists what relay is installed with, as CycloneDX 1.6 (ECMA-424) in JSON: each package of requirements.lock.

``python docs/sbom.py > sbom.cdx.json``; with ``--installed`` only what stands beside this Python, as in the image.
Name, version, condition and hashes are the lock's, licences those that installed packages name. Nothing but the
standard library is needed. The same lock and packages give the same bytes: there is no time and no chance in it.
"""

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata, version
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

HERE = Path(__file__).resolve().parents[1]
_LINE = re.compile(
    r"(?P<name>[a-z0-9][a-z0-9-]*)==(?P<version>[\w.]+)(?: +; +(?P<marker>[^#@]+?))?"
    r"(?P<hashes>(?: +--hash=sha256:[0-9a-f]{64})+)"
)


@dataclass(frozen=True, slots=True)
class Pin:
    """One package as a lock has it; ``marker`` is the condition under which it is installed (PEP 508)."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    @property
    def purl(self) -> str:
        """Its name among all packages of the world (package-url)."""
        return f"pkg:pypi/{self.name}@{self.version}"


def pins(lock: str) -> Iterator[Pin]:
    """What a lock pins; raises ``ValueError`` for a line that is not a package, one version and its hashes."""
    for line in re.sub(r"\s*\\\n\s*", " ", lock).splitlines():
        if found := _LINE.fullmatch(line.strip()):
            hashes = tuple(re.findall(r"[0-9a-f]{64}", found["hashes"]))
            yield Pin(found["name"], found["version"], (found["marker"] or "").strip(), hashes)
        elif line.strip() and not line.startswith("#"):
            raise ValueError(f"not a package with one version and its hashes: {line[:100]}")


def bill(project: dict[str, object], found: list[Pin]) -> dict[str, object]:
    """The bill of materials of ``project`` (its table in pyproject.toml)."""
    own = {"type": "application", "bom-ref": "relay", "name": project["name"], "version": project["version"]}
    named = " ".join(sorted(f"{pin.purl} {pin.hashes}" for pin in found))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, named)}",
        "version": 1,
        "metadata": {"component": own | {"licenses": [{"expression": project["license"]}]}},
        "components": [_component(pin) for pin in sorted(found, key=lambda pin: (pin.name, pin.version))],
    }


def is_installed(pin: Pin) -> bool:
    """Whether it stands beside this Python, in this version."""
    try:
        return version(pin.name) == pin.version
    except PackageNotFoundError:
        return False


def _component(pin: Pin) -> dict[str, object]:
    facts = {
        "type": "library",
        "bom-ref": pin.purl,
        "name": pin.name,
        "version": pin.version,
        "purl": pin.purl,
        "licenses": _licences(pin),
        "hashes": [{"alg": "SHA-256", "content": one} for one in pin.hashes],
        "properties": [{"name": "relay:condition", "value": pin.marker}] if pin.marker else [],
    }
    return {name: fact for name, fact in facts.items() if fact}


def _licences(pin: Pin) -> list[dict[str, object]]:
    """An expression of SPDX where its authors give one, else the name that they give."""
    if not is_installed(pin):
        return []
    said = metadata(pin.name)
    if "License-Expression" in said:
        return [{"expression": said["License-Expression"]}]
    classes = said.get_all("Classifier") or []
    classified = ", ".join(one.rpartition(" :: ")[2] for one in classes if one.startswith("License :: "))
    name = said["License"].partition("\n")[0] if "License" in said else classified
    return [{"license": {"name": name}}] if name else []


def main() -> int:
    """Print the bill; 1 with a sentence where the lock is not one."""
    parser = argparse.ArgumentParser(prog="sbom.py", description="What relay is installed with, as CycloneDX 1.6.")
    parser.add_argument("--installed", action="store_true", help="only what stands beside this Python")
    asked = parser.parse_args()
    project = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    try:
        found = [*pins((HERE / "requirements.lock").read_text(encoding="utf-8"))]
    except (OSError, ValueError) as error:
        sys.stderr.write(f"sbom.py: requirements.lock: {error}\n")
        return 1
    wanted = [pin for pin in found if is_installed(pin)] if asked.installed else found
    sys.stdout.write(json.dumps(bill(project, wanted), indent=1, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
