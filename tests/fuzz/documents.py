"""``python -m tests.fuzz.documents [--minutes 30 --seed 0 --corpus FOLDER]``: documents, mutated; 1 if one breaks.

Each goes from the wire to what is published. With atheris (docs/security/fuzzing.md says how to have it), which sees
what code a document reaches and keeps what reaches more; without it, by changes of our own.
"""
# ruff: noqa: T201  # it is a command

import argparse
import hashlib
import json
import os
import subprocess
import sys
import sysconfig
import tempfile
import traceback
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from random import Random
from time import monotonic

from tests.fuzz.seeds import LARGEST, TOKENS, document, seeds

ROOT = Path(__file__).parents[2]
INSTRUMENTED = ROOT / ".lab" / "atheris" / "bin" / "python"
_TOLD = 15


@dataclass
class Report:
    """``reached`` are the documents of which there were posts; ``wrong`` has the trace of each fault once."""

    by: str
    runs: int = 0
    reached: int = 0
    slowest: float = 0.0
    stumbled: dict[str, int] = field(default_factory=dict)
    """Where libraries fell over documents that relay then refused, and how often."""
    wrong: dict[str, str] = field(default_factory=dict)


def one(walk: Callable[[bytes], object], body: bytes, report: Report, kept: Path) -> None:
    """Walk with one document; whatever it breaks is kept, and others have their turn."""
    report.runs += 1
    try:
        walked = walk(body)
        report.reached += bool(walked.posts)  # type: ignore[attr-defined]  # a Walked: it is loaded instrumented
        report.slowest = max(report.slowest, walked.seconds)  # type: ignore[attr-defined]
        fault = walked.wrong  # type: ignore[attr-defined]
        if place := walked.stumbled:  # type: ignore[attr-defined]
            report.stumbled[place] = report.stumbled.get(place, 0) + 1
    except Exception as error:  # noqa: BLE001  # that is what is looked for
        fault = "".join(traceback.format_exception(error)[-4:])
    if fault and fault not in report.wrong:
        file = kept / f"found-{hashlib.sha256(body).hexdigest()[:16]}"
        file.write_bytes(body)
        report.wrong[fault] = str(file)


def mutate(walk: Callable[[bytes], object], seed: int, kept: Path, lasts: Callable[[Report], bool]) -> Report:
    """By changes of our own, the same for the same seed, as long as it ``lasts``."""
    report, chance = Report("changes of our own"), Random(f"{seed} documents")  # noqa: S311  # no secret
    while lasts(report):
        one(walk, document(chance), report, kept)
    return report


def instrumented(seed: int, kept: Path, seconds: float) -> None:
    """By atheris, in this process, which it ends; what is known stands in a file after every hundred runs."""
    atheris = import_module("atheris")  # it is in .lab/atheris alone

    with atheris.instrument_imports(include=["relay", "feedparser"], enable_loader_override=False):
        from tests.fuzz.walk import walk  # noqa: PLC0415  # only what is loaded here is watched
    report, began = Report("atheris"), monotonic()

    def run(body: bytes) -> None:
        one(walk, body, report, kept)
        if report.runs % 100 == 0 or monotonic() - began > seconds - 1:
            (kept / "report.json").write_text(json.dumps(asdict(report)))

    words = "".join('"' + "".join(f"\\x{byte:02X}" for byte in token) + '"\n' for token in TOKENS)
    (kept / "words").write_text(words)
    told = [f"-max_total_time={int(seconds)}", f"-seed={seed + 1}", f"-dict={kept / 'words'}", f"-max_len={LARGEST}"]
    atheris.Setup(
        [sys.argv[0], *told, "-timeout=20", "-rss_limit_mb=3000", f"-artifact_prefix={kept}/", str(kept / "corpus")],
        run,
    )
    atheris.Fuzz()


def _by_atheris(seed: int, kept: Path, seconds: float) -> Report:
    """In a process of its own; one that ended before its time has left what it stumbled over."""
    corpus = kept / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for body in seeds():
        (corpus / hashlib.sha256(body).hexdigest()[:16]).write_bytes(body)
    (kept / "report.json").unlink(missing_ok=True)
    asked = ["--seed", str(seed), "--minutes", str(seconds / 60), "--corpus", str(kept), "--inside"]
    log = kept / "log"
    with log.open("wb") as out:
        command = [str(INSTRUMENTED), "-m", "tests.fuzz.documents", *asked]
        # All but atheris is where this interpreter has it: both must be of one version.
        path = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "src", ROOT, sysconfig.get_path("purelib")))),
        }
        code = subprocess.run(command, cwd=ROOT, env=path, stdout=out, stderr=out, check=False).returncode
    told = kept / "report.json"
    report = Report(**json.loads(told.read_text())) if told.exists() else Report("atheris")
    for name in ("crash-*", "timeout-*", "oom-*"):
        report.wrong.update({f"{file.name} ({log})": str(file) for file in kept.glob(name)})
    if code and not report.wrong:
        report.wrong[f"it ended with {code}"] = str(log)
    return report


def main(argv: Sequence[str]) -> int:
    """Read what is asked, do it, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.documents", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30, help="how long (30)")
    parser.add_argument("--seed", type=int, default=0, help="what chance begins with (0)")
    parser.add_argument(
        "--corpus", type=Path, help="where documents are kept; never in the repository (a folder that goes)"
    )
    parser.add_argument("--plain", action="store_true", help="by changes of our own, though there is atheris")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        kept = asked.corpus or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        if asked.inside:
            instrumented(asked.seed, kept, asked.minutes * 60)
        return _fuzzed(asked.seed, kept, asked.minutes * 60, is_plain=asked.plain or not INSTRUMENTED.exists())


def _fuzzed(seed: int, kept: Path, seconds: float, *, is_plain: bool) -> int:
    began = monotonic()
    if is_plain:
        from tests.fuzz.walk import walk  # noqa: PLC0415  # see instrumented

        report = mutate(walk, seed, kept, lambda _: monotonic() - began < seconds)
    else:
        report = _by_atheris(seed, kept, seconds)
    print(f"{report.runs} documents by {report.by}, seed {seed}, {monotonic() - began:.0f} s")
    print(f"{report.reached} of them had entries; the slowest took {report.slowest:.2f} s; wrong: {len(report.wrong)}")
    print(f"refused because a library fell over it: {sum(report.stumbled.values())}, at {len(report.stumbled)} places")
    for fault, file in list(report.wrong.items())[:_TOLD]:
        print(f"{file}\n{fault}")
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
