"""Where tools are installed: each in an environment of its own, a folder of ``.lab`` with the name of its package."""

import subprocess
from pathlib import Path

LAB = Path(__file__).parents[3] / ".lab"
_ASK = "import sys, importlib.metadata; print(importlib.metadata.version(sys.argv[1]))"


def program(package: str, name: str = "") -> str:
    """The path of what a package installs, which is called as the package is if nothing else is said."""
    return str(LAB / package / "bin" / (name or package))


def starts(*command: str) -> bool:
    """Whether a program is there, and ends well."""
    return Path(command[0]).exists() and not subprocess.run(command, capture_output=True, check=False).returncode


def installed(package: str) -> str | None:
    """Its version; ``None`` if it is not there."""
    python = program(package, "python")
    if not Path(python).exists():
        return None
    asked = subprocess.run([python, "-c", _ASK, package], capture_output=True, text=True, check=False)
    return asked.stdout.strip() or None
