"""`python -m tests.splitting [CORPUS …]`: how the documents of every corpus read in parts, and where that differs."""

import hashlib
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.corpora.corpus import CORPORA
from tests.splitting.equal import judged

KINDS = ("documents", "equal", "whole", "unsplit", "repaired", "different")
_SIGNS = (b"<rss", b"<feed", b"RDF", b":feed")


def main(names: list[str]) -> int:
    """1 where anything differs."""
    total: Counter[str] = Counter()
    print(f"{'corpus':24}" + "".join(f"{kind:>11}" for kind in KINDS))  # noqa: T201
    for corpus in sorted(one for one in CORPORA.iterdir() if one.is_dir() and (one.name in names or not names)):
        counted: Counter[str] = Counter()
        for path, body in _documents(corpus):
            outcome, why = judged(body)
            counted.update(("documents", outcome))
            if why:
                print(f"{path}: {why[:500]}")  # noqa: T201
        if counted:
            print(f"{corpus.name:24}" + "".join(f"{counted[kind]:>11}" for kind in KINDS), flush=True)  # noqa: T201
        total += counted
    print(f"{'all':24}" + "".join(f"{total[kind]:>11}" for kind in KINDS))  # noqa: T201
    return int(total["different"] > 0)


def _documents(corpus: Path) -> Iterator[tuple[Path, bytes]]:
    """Those that look like feeds, each once."""
    seen: set[bytes] = set()
    for path in sorted(one for one in corpus.rglob("*") if one.is_file()):
        body = path.read_bytes()
        digest = hashlib.sha256(body).digest()
        if digest not in seen and any(sign in body for sign in _SIGNS):
            seen.add(digest)
            yield path, body


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
