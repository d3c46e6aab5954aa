"""Whatever takes a process of the tests down, its own test has failed and every other one is asked."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
DEADLY = "import os\ndef test_before(): pass\ndef test_deadly(): os._exit(1)\ndef test_after(): pass\n"


def test_a_process_that_dies_takes_only_its_own_test_with_it(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"test_{name}.py").write_text(DEADLY)
        (tmp_path / f"test_short_{name}.py").write_text("def test_short(): pass\n")

    words = [
        "-p",
        "tests.sharing",
        "-p",
        "no:cacheprovider",
        "-n",
        "2",
        "--dist",
        "loadfile",
        "--rootdir",
        tmp_path,
        tmp_path,
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *map(str, words)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 1, ran.stdout
    assert "2 failed, 6 passed" in ran.stdout
