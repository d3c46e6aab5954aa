"""Where the peers live: an environment of their own, made when one of them is first asked for."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOM = Path(__file__).parents[2] / ".lab" / "peers"
PACKAGES = ("reader==3.26", "sgmllib3k==1.0.0", "rss2email==3.14")
"""reader 3.26 fails at its first feed until sgmllib3k is installed beside it."""


def python() -> Path:
    """The interpreter that has them; ``SystemExit`` with what to do where it cannot be made."""
    program = ROOM / "bin" / "python"
    if not (ROOM / "made").exists():
        print(f"making an environment for {', '.join(PACKAGES)} in {ROOM}", file=sys.stderr)
        shutil.rmtree(ROOM, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(ROOM)], check=True)
        command = [str(program), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        if ended.returncode:
            raise SystemExit(f"The peers could not be installed in {ROOM}: {ended.stderr}")
        (ROOM / "made").touch()
    return program
